"""Dependents: the test files that a change can reach, read from the text of the modules.

A module depends on what it imports, at the top or within a function, on the packages above that, and on the
files whose name, folder or ending it quotes. A test depends besides on what it names in a string, on the
`conftest.py` above it, and on what Django connects without an import: models, receivers of signals, and
the whole product where it asks for a page, runs a command or starts a process. Style and scripts belong to
the product of those who meet a browser or a process. Too much is never wrong: a comment that names a module
counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.selection.changes import concerns

PRODUCT = ("assets", "screener")
PACKAGES = (*PRODUCT, "tests")

NAMED = re.compile(r"\b(?:assets|screener|tests)(?:\.\w+)+")
FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\((?:[^)#]|#[^\n]*)*\)|[^\n]*)", re.MULTILINE)
IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w.]+)", re.MULTILINE)
QUOTED = re.compile(r'(?<!")"([^"\s]+)"(?!")')

LOADED = re.compile(r"\{% load (\w+) %\}")

DATABASE = re.compile(r"\b(?:django_db|db|transactional_db|django_user_model|TestCase|TransactionTestCase)\b")
ADDRESS = re.compile(r"//|^[\w-]+\.[\w.-]+/")

CONNECTED = ("assets.models", "screener.models", "screener.services.desk.on_assets_merged")
"""What stands behind the tables: every model, and who is called when assets are merged."""

WHOLE = re.compile(
    r"(?:\bdef test_|@pytest\.fixture[^\n]*\n[ \t]*def )"
    r"[^)]*\b(?:admin_client|client|live_server|worker|valkey)\b"
    r"|\b(?:Client|call_command|Popen|Installation)\(|\b(?:subprocess|self\.client|getfixturevalue)\b"
    r"|\"(?:live_server|worker|valkey)\""
)
"""How a test says that it meets the product as a person does: by its pages, commands and processes."""

SERVED = re.compile(r"\b(?:live_server|collectstatic|Popen|Installation|subprocess)\b|\bmark\.page\b")
"""How a test says that a browser, or a process that may serve one, meets the product."""

STATIC = "static/"
"""What a browser alone reads: a page that is asked for within the test's process only names it."""

LISTED = re.compile(r"\b(?:rglob|iterdir|listdir|glob)\(")
"""How a test says that it looks at files which no text names."""

BESIDE = re.compile(r"\bmark\.(?:broker|page|shared)\b|\brecorded\(")
"""How a test says that it rests on what is no file of the project: a server, a browser, recorded answers."""


def affected_tests(root: Path, changed: frozenset[str] | None) -> frozenset[str] | None:
    """The test files that reach a changed file; None where every one does or nobody knows."""
    if changed is None or concerns((), changed):
        return None
    texts, importers = graph(root)
    start = {name for name, text in texts.items() if is_test(name) and LISTED.search(text)}
    for path in changed:
        found = set(changed_modules(path, texts)) if path.endswith(".py") else readers(path, texts)
        if any(name.startswith(PRODUCT) for name in found):
            found |= meeting(SERVED if path.startswith(STATIC) else WHOLE, root)
        start |= found
    return frozenset(f"{name.replace('.', '/')}.py" for name in reached(start, importers) if is_test(name))


@cache
def open_tests(root: Path) -> frozenset[str]:
    """The test files that rest on more than the texts they depend on: a database, pages, commands, processes,
    files that are only found by looking, or what is no file of the project; or whose helpers do."""
    texts, importers = graph(root)
    start = {
        name
        for name, text in texts.items()
        if (is_test(name) or is_of_tests(name)) and (meets_more(text) or BESIDE.search(text))
    }
    return frozenset(f"{name.replace('.', '/')}.py" for name in reached(start, importers) if is_test(name))


@cache
def meeting(product: re.Pattern[str], root: Path) -> frozenset[str]:
    """The tests, and what helps them, that meet the product in this way."""
    texts, _importers = graph(root)
    return frozenset(name for name, text in texts.items() if is_of_tests(name) and product.search(text))


def meets_more(text: str) -> bool:
    return any(each.search(text) for each in (DATABASE, WHOLE, LISTED))


def is_of_tests(name: str) -> bool:
    """Whether this is a test or helps one, but for what every test hangs on."""
    return name.startswith("tests.") and not concerns((), frozenset({f"{name.replace('.', '/')}.py"}))


@cache
def graph(root: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """The text of each module, and the modules that depend on it, but for those that meet all of them."""
    texts = modules(root)
    return texts, reversed_edges(edges(texts))


def modules(root: Path) -> dict[str, str]:
    """The text of each module by its dotted name; a package has that of its `__init__.py`."""
    texts = {}
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            texts[module_name(path.relative_to(root).as_posix())] = path.read_text()
    return texts


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def is_test(name: str) -> bool:
    return name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")


def changed_modules(path: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The module of a file; of one that is gone, the package that it stood in."""
    yield from nearest(module_name(path), texts)


def readers(path: str, texts: Mapping[str, str]) -> set[str]:
    """Modules that quote the name, a folder or the ending of a file that is no module."""
    file = Path(path)
    words = {*file.parts, file.suffix or file.name} - set(PACKAGES)
    return {
        name for name, text in texts.items() if any(word in text for word in words) and words & quoted(text)
    }


def quoted(text: str) -> set[str]:
    """Names of files and folders, and endings, in the strings of a module."""
    files = [Path(each) for each in QUOTED.findall(text) if not ADDRESS.search(each)]
    return {word for each in files for word in (*each.parts, each.suffix)}


def edges(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """What each module depends on."""
    return {
        name: {each for to in targets(name, text, texts) for each in with_parents(to)}
        for name, text in texts.items()
    }


def targets(name: str, text: str, texts: Mapping[str, str]) -> Iterator[str]:
    yield from nearest(name.rpartition(".")[0], texts)
    for module in IMPORT.findall(text):
        yield from nearest(module, texts)
    for module, names in FROM.findall(text):
        yield from nearest(module, texts)
        yield from (f"{module}.{each}" for each in re.findall(r"\w+", names) if f"{module}.{each}" in texts)
    if is_of_tests(name):
        yield from beside_imports(name, text, texts)


def beside_imports(name: str, text: str, texts: Mapping[str, str]) -> Iterator[str]:
    """What a test depends on without importing it."""
    for each in (*NAMED.findall(text), *(f"screener.templatetags.{tags}" for tags in LOADED.findall(text))):
        yield from nearest(each, texts)
    yield from (each for each in conftests(name) if each in texts)
    if DATABASE.search(text):
        yield from (each for each in CONNECTED if each in texts)


def conftests(name: str) -> Iterator[str]:
    """Those of the folders that a test stands in, but for the one that every test has."""
    folders = with_parents(name.rpartition(".")[0])
    yield from (f"{folder}.conftest" for folder in folders if folder != "tests")


def nearest(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The module of this name, or the one that has the name as an attribute."""
    while name and name not in texts:
        name = name.rpartition(".")[0]
    if name:
        yield name


def with_parents(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def reversed_edges(forward: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    importers: dict[str, set[str]] = defaultdict(set)
    for name, needed in forward.items():
        for each in needed:
            importers[each].add(name)
    return importers


def reached(start: Iterable[str], importers: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        new = importers.get(waiting.pop(), set()) - seen
        seen |= new
        waiting.extend(new)
    return seen
