"""Which tests a change reaches: a small project of invented modules, then this one."""

import ast
import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.selection import dependents
from tests.selection.changes import ALWAYS
from tests.selection.dependents import affected_tests, open_tests

ROOT = Path(__file__).resolve().parents[2]

PROJECT = {
    "assets/__init__.py": "",
    "assets/metrics/__init__.py": "",
    "assets/metrics/supply.py": "",
    "assets/metrics/caps.py": "from assets.metrics import (\n    x,  # (y)\n    supply,\n)\n",
    "assets/metrics/lazy.py": "def later():\n    from assets.metrics.caps import cap\n",
    "assets/models/__init__.py": "from assets.models.asset import Asset",
    "assets/models/asset.py": "",
    "assets/identity.py": 'TABLE = Path(__file__).parent / "venues.toml"',
    "screener/__init__.py": "",
    "screener/models.py": "",
    "screener/urls.py": "from screener import views",
    "screener/settings.py": 'STATICFILES_DIRS = [BASE_DIR / "static"]',
    "screener/attack.py": 'get("/static/css/page.css")',
    "screener/views.py": 'render("page.html")',
    "tests/__init__.py": "",
    "tests/test_caps.py": "from assets.metrics.caps import cap",
    "tests/test_lazy.py": "import assets.metrics.lazy",
    "tests/test_named.py": 'monkeypatch.setattr("assets.metrics.lazy.later", None)',
    "tests/test_models.py": "pytestmark = pytest.mark.django_db",
    "tests/test_views.py": "def test_a_page(client):\n    ...",
    "tests/test_command.py": 'call_command("score")',
    "tests/test_attack.py": "from screener.attack import attack",
    "tests/test_colours.py": 'TOKENS = ROOT / "static/css/tokens.css"',
    "tests/look/__init__.py": "",
    "tests/look/conftest.py": "@pytest.fixture\ndef page(live_server): ...",
    "tests/look/test_look.py": "def test_a_page(page): ...",
    "tests/test_process.py": "subprocess.run(serve)",
    "tests/test_identity.py": "from assets.identity import TABLE",
    "tests/test_alone.py": '"""Nothing of docs/a.md."""',
    "tests/test_documents.py": 'TEXT = ROOT / "docs" / "a.md"',
    "screener/templatetags/__init__.py": "",
    "screener/templatetags/figures.py": "",
    "tests/test_figures.py": 'Template("{% load figures %}{{ size|usd }}")',
    "tests/test_tree.py": 'FILES = ROOT.rglob("*.toml")',
    "tests/vendor/__init__.py": "",
    "tests/vendor/conftest.py": "from tests.bodies import body",
    "tests/vendor/test_vendor.py": "",
    "tests/bodies.py": 'BODIES = ROOT / "payloads"',
}
MEETS_ALL = {"views", "command", "look", "process"}
"""Tests that meet the whole product."""


@pytest.fixture
def project(tmp_path):
    for path, text in PROJECT.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def names(found):
    return {Path(path).stem.removeprefix("test_") for path in found} - {"tree"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("assets/metrics/supply.py", {"caps", "lazy", "named"} | MEETS_ALL),
        ("assets/metrics/lazy.py", {"lazy", "named"} | MEETS_ALL),
        ("assets/metrics/__init__.py", {"caps", "lazy", "named"} | MEETS_ALL),
        ("assets/metrics/gone.py", {"caps", "lazy", "named"} | MEETS_ALL),
        ("assets/models/asset.py", {"models"} | MEETS_ALL),
        ("screener/models.py", {"models"} | MEETS_ALL),
        ("screener/views.py", MEETS_ALL),
        ("screener/templatetags/figures.py", {"figures"} | MEETS_ALL),
        ("templates/page.html", MEETS_ALL),
        ("templates/parts/other.html", MEETS_ALL),
        ("static/css/page.css", {"look", "process", "attack", "colours"}),
        ("static/js/page.js", {"look", "process", "attack", "colours"}),
        ("screener/attack.py", {"attack"} | MEETS_ALL),
        ("assets/venues.toml", {"identity"} | MEETS_ALL),
        ("docs/a.md", {"documents"}),
        ("docs/other.txt", {"documents"}),
        ("README.md", {"documents"}),
        ("tests/test_alone.py", {"alone"}),
        ("tests/payloads/vendor/fine.json", {"vendor"}),
        ("tests/vendor/conftest.py", {"vendor"}),
        ("nobody.reads", set()),
    ],
)
def test_a_change_reaches_what_depends_on_it(project, changed, expected):
    assert names(affected_tests(project, frozenset({changed}))) == expected


def test_who_looks_at_files_that_no_text_names_always_runs(project):
    assert affected_tests(project, frozenset()) == {"tests/test_tree.py"}


def test_several_changes_reach_what_each_of_them_does(project):
    both = affected_tests(project, frozenset({"docs/a.md", "assets/identity.py"}))
    assert names(both) == {"documents", "identity"} | MEETS_ALL


def test_open_is_what_meets_more_than_the_texts_it_depends_on(project):
    assert names(open_tests(project)) == MEETS_ALL | {"models"}
    assert "tests/test_tree.py" in open_tests(project)


@pytest.mark.parametrize(
    ("path", "text", "is_open"),
    [
        ("test_alone.py", "@pytest.mark.shared\ndef test_of_recorded_answers(): ...", "alone"),
        ("bodies.py", "def read():\n    subprocess.run(['find'])", "vendor"),
        ("vendor/conftest.py", "@pytest.fixture\ndef body(db): ...", "vendor"),
    ],
)
def test_so_is_what_has_such_a_helper(project, path, text, is_open):
    (project / "tests" / path).write_text(text)
    assert names(open_tests(project)) == MEETS_ALL | {"models", is_open}


@pytest.mark.parametrize("changed", [None, *(frozenset({each}) for each in ALWAYS)])
def test_where_nobody_knows_and_where_everything_hangs_on_it_all_run(project, changed):
    assert affected_tests(project, changed) is None


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("def test_a_page(client, ana):", True),
        ("def test_a_page(\n    ana,\n    admin_client,\n):", True),
        ("@pytest.fixture\ndef page(live_server):", True),
        ('@pytest.fixture(scope="module")\ndef ready(worker):', True),
        ('@pytest.mark.usefixtures("valkey")', True),
        ("Client().get(address)", True),
        ("found = self.client.get(address)", True),
        ("subprocess.run(command)", True),
        ("def fetch(self, client):", False),
        ("def test_a_client_is_asked(vendor):", False),
    ],
)
def test_who_meets_the_whole_product_says_so(text, is_whole):
    assert bool(dependents.WHOLE.search(text)) is is_whole


def test_each_module_of_this_project_is_read_under_its_name():
    texts, _importers = dependents.graph(ROOT)
    assert {"assets", "assets.metrics.supply", "screener.settings", "tests.selection.test_dependents"} <= set(
        texts
    )


def test_its_own_tests_are_among_those_that_a_module_reaches():
    """Each test file that mirrors a module runs where it has changed; those of migrations are slow."""
    texts, importers = dependents.graph(ROOT)
    met = dependents.reached(dependents.meeting(dependents.WHOLE, ROOT), importers)
    missed = [
        name
        for name in texts
        if "migrations" not in name
        and (own := mirrored(name)) in texts
        and own not in dependents.reached({name}, importers) | met
    ]
    assert missed == []


def mirrored(name):
    package, _, module = name.rpartition(".")
    return f"tests.{package}.test_{module}"


def test_documents_reach_few_tests_and_a_measure_reaches_its_scores():
    documents = affected_tests(ROOT, frozenset({"docs/decisions.md"}))
    measure = affected_tests(ROOT, frozenset({"assets/metrics/supply.py"}))
    assert "tests/test_documents.py" in documents
    assert not [each for each in documents if each.startswith("tests/assets/services")]
    assert {
        *("tests/assets/metrics/test_supply.py", "tests/golden/test_golden.py"),
        *("tests/screener/views/dossier/test_asset.py", "tests/pages/test_asset.py"),
    } <= measure
    assert "tests/assets/network/test_http.py" not in measure


def test_style_and_scripts_reach_whoever_may_look_at_them():
    """Those with a browser or a server of their own, and those that name a file of that kind."""
    looking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(
            r"mark\.page|live_server|runserver|Popen|[\"/]static/|\w\.(?:css|js)\"", path.read_text()
        )
    }
    style = affected_tests(ROOT, frozenset({"static/css/base.css"}))
    assert len(looking) > 30
    assert looking <= style
    assert style == affected_tests(ROOT, frozenset({"static/css/base.css", "static/css/new.css"}))
    assert "tests/screener/views/dossier/test_asset.py" not in style


def test_who_meets_a_server_a_database_or_recorded_answers_is_open():
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"django_db|\bclient\.(?:get|post)\(|mark\.(?:broker|page|shared)", path.read_text())
    }
    found = open_tests(ROOT)
    assert len(asking) > 200
    assert asking <= found
    assert {"tests/assets/metrics/test_supply.py", "tests/screener/checklist/test_judge.py"}.isdisjoint(found)


# Held against the syntax trees of this project -----------------------------------------------

MODULES = [path for package in dependents.PACKAGES for path in (ROOT / package).rglob("*.py")]
TEMPLATES = ROOT / "templates"


@cache
def importers():
    """By the path of a module those that import it, wherever in them, by Python's own parser."""
    paths = {dependents.module_name(path.relative_to(ROOT).as_posix()): path for path in MODULES}
    found = defaultdict(set)
    for name, path in paths.items():
        for imported in imported_by(ast.parse(path.read_text())):
            for each in dependents.with_parents(imported):
                if each in paths and each != name:
                    found[paths[each]].add(path)
    return found


def imported_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def reaching(start):
    seen, waiting = set(start), list(start)
    while waiting:
        new = importers()[waiting.pop()] - seen
        seen |= new
        waiting.extend(new)
    return {path.relative_to(ROOT).as_posix() for path in seen if path.name.startswith("test_")}


def a_dozen(paths):
    return random.Random(12).sample(sorted(each.relative_to(ROOT).as_posix() for each in paths), 12)


@pytest.mark.slow("tests/selection")
@pytest.mark.parametrize(
    "path", a_dozen(each for each in MODULES if each.relative_to(ROOT).parts[0] in dependents.PRODUCT)
)
def test_every_test_that_imports_a_changed_module_is_selected(path):
    selected = affected_tests(ROOT, frozenset({path}))
    assert selected is None or reaching({ROOT / path}) <= selected


@pytest.mark.slow("tests/selection")
@pytest.mark.parametrize("path", a_dozen(TEMPLATES.rglob("*.html")))
def test_every_test_that_renders_a_changed_template_is_selected(path):
    """It names the template, or one that takes it in, or imports what names it; or it asks for pages."""
    shown, grown = {path.removeprefix("templates/")}, True
    while grown:
        taking = {
            each.relative_to(TEMPLATES).as_posix()
            for each in TEMPLATES.rglob("*.html")
            if shown & set(re.findall(r'"([^"#\s]+\.html)', each.read_text()))
        }
        grown, shown = not taking <= shown, shown | taking
    naming = {each for each in MODULES if shown & set(re.findall(r'"([^"#\s]+\.html)', each.read_text()))}
    asking = {
        each.relative_to(ROOT).as_posix()
        for each in MODULES
        if each.name.startswith("test_") and re.search(r"\bclient\.(?:get|post)\(", each.read_text())
    }
    selected = affected_tests(ROOT, frozenset({path}))
    assert selected is None or reaching(naming) | asking <= selected
