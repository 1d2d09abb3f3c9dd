"""The shape of the code: each module in a layer, each module mirrored by its tests, registries complete."""

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.metrics.families import FAMILY_NAMES
from assets.providers import PROVIDERS
from assets.sourcing.contract import Provider
from screener.checklist import CRITERIA, DIMENSIONS

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
CORE = ("assets.metrics", "screener.checklist", "screener.screens", "screener.validation")
TOP_LEVEL = {
    *(".ci", ".dockerignore", ".env.example", ".gitignore", ".pre-commit-config.yaml"),
    *("CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "README.md", "docs"),
    *(
        "assets",
        "docker-compose.yml",
        "manage.py",
        "pyproject.toml",
        "screener",
        "static",
        "templates",
        "tests",
    ),
    *("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"),
}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
WITHOUT_OWN_TEST = {
    *("screener.apps", "screener.asgi", "screener.celery", "screener.urls", "screener.wsgi"),
    "screener.page_process",
    "assets.apps",
}
"""Wiring: what they connect is tested where it is used."""


def modules() -> Iterator[str]:
    """Dotted names of every module of the product; packages go by their own name."""
    for package in ("assets", "screener"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if "migrations" not in parts:
                yield name


MODULES = tuple(modules())


def inside(package: str) -> set[str]:
    return {module for module in MODULES if module.startswith(f"{package}.")}


def path_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [name.strip() for layer in contracts[0]["layers"] for name in layer.replace("|", ":").split(":")]


def test_the_top_level_is_what_it_should_be():
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if files.returncode:
        pytest.skip("This is not a git checkout, so nobody knows which files belong to it.")
    assert {line.split("/")[0] for line in files.stdout.splitlines()} <= TOP_LEVEL


def test_each_module_stands_in_a_layer():
    """import-linter does not look at a module that the first contract in pyproject.toml does not name."""
    named = layers()
    assert [
        module
        for module in MODULES
        if "." in module and not any(module == layer or module.startswith(f"{layer}.") for layer in named)
    ] == []


def test_each_layer_exists():
    assert [layer for layer in layers() if layer not in MODULES] == []


def test_no_module_is_a_catch_all():
    required = {"screener.postgres.base"}  # Django looks for a database backend under this name.
    named = {module for module in MODULES if module.rsplit(".", 1)[-1] in BANNED_NAMES}
    assert named == required


def test_each_class_has_a_name_of_its_own():
    """A name that is searched for leads to one class; those within a model belong to it."""
    named = [
        node.name
        for module in MODULES
        for node in ast.parse(path_of(module).read_text()).body
        if isinstance(node, ast.ClassDef) and node.name != "Command"
    ]
    assert {name for name, count in Counter(named).items() if count > 1} == set()


def test_parameters_are_named_after_what_they_hold():
    """Never `told`: the word says neither what a parameter holds nor what it is for."""
    files = [path for area in ("assets", "screener", "tests") for path in (ROOT / area).rglob("*.py")]
    assert [path.relative_to(ROOT).as_posix() for path in files if "told" in set(parameters(path))] == []


def parameters(path: Path) -> Iterator[str]:
    """Names of the parameters of every function in a file."""
    return (node.arg for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.arg))


def test_each_module_with_logic_has_its_test():
    assert [
        module
        for module in MODULES
        if needs_test(module) and not (TESTS / mirror(module).with_suffix(".py")).exists()
    ] == []


def needs_test(module: str) -> bool:
    """Whether a module has functions of its own; nothing but fields or names needs no test."""
    path = path_of(module)
    if path.name == "__init__.py" or module in WITHOUT_OWN_TEST or ".models." in module:
        return False
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text())))


def mirror(module: str) -> Path:
    *folders, name = module.split(".")
    return Path(*folders) / f"test_{name}"


def test_each_test_mirrors_a_module():
    """A test of a whole package mirrors the package; the migrations of an app are one package."""
    mirrored = {mirror(module) for module in (*MODULES, "assets.migrations", "screener.migrations")}
    found = {
        path.relative_to(TESTS).with_suffix("")
        for area in ("assets", "screener")
        for path in (TESTS / area).rglob("test_*.py")
    }
    assert sorted(found - mirrored) == []


def test_each_folder_of_tests_is_a_package():
    folders = {path.parent for path in TESTS.rglob("test_*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_test_module_imports_another():
    """What several tests build things with stands in `tests/factories`, or in a module beside them."""
    imports = {path.relative_to(TESTS): set(imported(path)) for path in TESTS.rglob("*.py")}
    assert {
        str(path): found
        for path, names in imports.items()
        if (found := {each for each in names if each.startswith("tests.") and ".test_" in each})
    } == {}


def test_what_needs_a_browser_stands_in_pages_and_nothing_else_does():
    """The other runs don't look into that folder."""
    marked = {path for path in TESTS.rglob("test_*.py") if "pytest.mark." + "page" in path.read_text()}
    assert marked == set((TESTS / "pages").glob("test_*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every name that a file imports, with its module: `from a import b` is `a.b`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_each_provider_is_registered():
    """A vendor is one file, or one folder whose `provider.py` says what it promises."""
    vendors = {module for module in inside("assets.providers") if module.count(".") == 2}
    assert {provider.__module__.removesuffix(".provider") for provider in PROVIDERS} == vendors
    assert len({provider.name for provider in PROVIDERS}) == len(PROVIDERS)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda each: each.name)
def test_each_provider_promises_known_families(provider: type[Provider]):
    assert set(provider.families) <= set(FAMILY_NAMES)
    assert provider.per_asset <= set(provider.families)


def test_each_dimension_and_each_criterion_is_registered():
    files = {each.rsplit(".", 1)[-1] for each in inside("screener.checklist.dimensions")}
    assert {dimension.id for dimension in DIMENSIONS} == files
    listed = [criterion.id for dimension in DIMENSIONS for criterion in dimension.criteria]
    assert sorted(listed) == sorted(CRITERIA)
    assert all(each.split(".")[0] in files for each in listed)


def test_the_core_loads_no_framework():
    """A Celery import in a package's `__init__` would slip through the import contracts."""
    core = [module for module in MODULES if module.startswith(CORE)]
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(core)}; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "pandas" in loaded
    assert {"celery", "django", "httpx2", "redis"} & set(loaded) == set()
