"""What a run leaves out, looked at in the run that leaves out nothing but what was asked for."""

import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from execnet import dumps, loads

from tests.selection import plugin
from tests.selection.changes import ALWAYS, concerns
from tests.selection.plugin import may_touch, touches_database, watched

ROOT = Path(__file__).resolve().parents[2]
HERE = "tests/selection"


def item(*marks, file="test_plugin.py"):
    found = [SimpleNamespace(args=args) for args in marks]
    return SimpleNamespace(
        path=(ROOT / HERE / file).resolve(),
        iter_markers=lambda _name: iter(found),
        get_closest_marker=lambda name: found if name == "slow" and found else None,
    )


def test_a_slow_test_runs_where_its_files_changed_or_nobody_knows():
    slow = item(("assets", "screener/tasks.py"), ("screener/benches",))
    assert watched(slow) == {HERE, "assets", "screener/tasks.py", "screener/benches"}
    for path in (f"{HERE}/test_plugin.py", f"{HERE}/beside.py", "assets/a/b.py", "screener/benches/load.py"):
        assert concerns(watched(slow), frozenset({path})), path
    assert concerns(watched(slow), None)
    assert not concerns(watched(slow), frozenset({"docs/a.md", "screener/views/health.py"}))


def test_what_is_said_to_ask_no_database_has_no_query():
    asking = re.compile(
        r"^from (?:django\.db|assets\.services|screener\.services)\b|\.objects\b", re.MULTILINE
    )
    modules = [path for folder in plugin.WITHOUT_SQL for path in (ROOT / folder).rglob("*.py")]
    assert len(modules) > 200
    assert [str(path) for path in modules if asking.search(path.read_text())] == []


def test_the_run_on_postgres_is_known_by_its_database():
    assert plugin.is_on_postgres() is (os.environ.get("ASSAY_TEST_DATABASE") == "postgres")


def test_pages_and_commands_leave_queries_to_what_is_tried_on_postgres():
    asking = re.compile(
        r"\.(?:annotate|aggregate|alias|extra|raw|select_for_update|bulk_\w+|\w+_or_create)\("
        r"|\b(?:F|Q|Subquery|Exists|OuterRef|RawSQL|When|Window)\(|__(?:contains|icontains|regex|json)"
    )
    above = ("assets/management", "screener/forms", "screener/management", "screener/views")
    modules = [path for folder in above for path in (ROOT / folder).rglob("*.py")]
    assert len(modules) > 60
    assert [str(path) for path in modules if asking.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("asked", "on_postgres", "is_left_out"),
    [("changed", True, True), ("changed", False, False), ("all", True, False)],
)
@pytest.mark.parametrize("path", ["tests/screener/views/test_compare.py", "tests/golden/test_recorded.py"])
def test_what_is_made_of_answers_is_tried_on_postgres_at_night(run_of, asked, on_postgres, is_left_out, path):
    config = run_of(None, asked=asked, on_postgres=on_postgres)
    assert (plugin.pytest_ignore_collect(ROOT / path, config) is True) is is_left_out
    assert plugin.pytest_ignore_collect(ROOT / "tests/test_query_budgets.py", config) is None


def test_each_path_that_a_slow_test_watches_is_there(request):
    paths = {
        path for each in request.session.items for mark in each.iter_markers("slow") for path in mark.args
    }
    assert [each for each in paths if not (ROOT / each).exists()] == []


def test_each_slow_test_watches_more_than_itself(request):
    slow = [each for each in request.session.items if each.get_closest_marker("slow")]
    assert [each.nodeid for each in slow if not any(mark.args for mark in each.iter_markers("slow"))] == []


def test_each_test_that_touches_the_database_is_in_a_file_that_says_so(request):
    """On PostgreSQL no other file is read in."""
    assert {
        each.nodeid for each in request.session.items if touches_database(each) and not may_touch(each.path)
    } == set()


class Config:
    """What pytest knows of a run."""

    def __init__(self, asked="changed"):
        self.stash, self.left_out = pytest.Stash(), []
        self.getoption = lambda _name: asked
        self.hook = SimpleNamespace(pytest_deselected=lambda items: self.left_out.extend(items))


@pytest.fixture
def run_of(monkeypatch):
    """The configuration of a run: what is asked for, what has changed, on which database."""

    def configured(changed, *, asked="changed", on_postgres=False, since_tested=None):
        monkeypatch.setattr(plugin, "changed_files", lambda root: changed)
        monkeypatch.setattr(plugin, "changed_since_tested", lambda root: since_tested)
        monkeypatch.setattr(plugin, "is_on_postgres", lambda: on_postgres)
        config = Config(asked)
        plugin.pytest_configure(config)
        return config

    return configured


MEASURE = "assets/metrics/supply.py"
ITS_TEST = "../assets/metrics/test_supply.py"


@pytest.mark.parametrize(
    ("asked", "changed", "kept"),
    [
        ("all", frozenset(), ["slow", "quick", "supply"]),
        ("changed", None, ["slow", "quick", "supply"]),
        ("changed", frozenset(), []),
        ("changed", frozenset({"assets/tasks.py"}), ["slow"]),
        ("changed", frozenset({MEASURE}), ["slow", "supply"]),
        ("changed", frozenset({f"{HERE}/test_changes.py"}), ["slow", "quick", "supply"]),
    ],
)
def test_what_a_change_can_not_break_is_left_out(run_of, asked, changed, kept):
    items = {"slow": item(("assets",)), "quick": item(file="test_changes.py"), "supply": item(file=ITS_TEST)}
    config, running = run_of(changed, asked=asked), list(items.values())
    plugin.pytest_collection_modifyitems(config, running)
    assert running == [items[each] for each in kept]
    assert config.left_out == [each for each in items.values() if each not in running]


@pytest.mark.parametrize(
    ("since_tested", "kept"),
    [
        (None, ["slow", "quick", "supply"]),
        (frozenset(), ["quick"]),
        (frozenset({"screener/tasks.py"}), ["quick"]),
        (frozenset({"screener/tasks.py", "assets/tasks.py"}), ["slow", "quick"]),
        (frozenset({MEASURE}), ["slow", "quick", "supply"]),
        (frozenset({"assets/metrics/columns.py"}), ["slow", "quick", "supply"]),
        (frozenset({"tests/assets/metrics/batch.py"}), ["quick", "supply"]),
        *((frozenset({each}), ["slow", "quick", "supply"]) for each in ALWAYS),
    ],
)
def test_on_the_main_branch_what_the_nightly_run_tried_of_the_same_texts_may_rest(run_of, since_tested, kept):
    items = {"slow": item(("assets",)), "quick": item(file="test_changes.py"), "supply": item(file=ITS_TEST)}
    config, running = run_of(None, since_tested=since_tested), list(items.values())
    plugin.pytest_collection_modifyitems(config, running)
    assert running == [items[each] for each in kept]


@pytest.mark.parametrize("changed", [None, frozenset(), frozenset({MEASURE})])
def test_the_processes_of_a_run_are_told_what_the_first_one_found(run_of, monkeypatch, changed):
    first, further = run_of(changed), Config()
    node = SimpleNamespace(config=first, workerinput={})
    plugin.pytest_configure_node(node)
    further.workerinput = loads(dumps(node.workerinput))
    monkeypatch.setattr(plugin, "selection", lambda config: pytest.fail("it looks for itself"))
    plugin.pytest_configure(further)
    for key in (plugin.CHANGED, plugin.AFFECTED):
        assert further.stash[key] == first.stash[key]


@pytest.mark.parametrize(("asked", "runs"), [("all", True), ("changed", False)])
def test_a_nightly_test_waits_for_the_night(run_of, asked, runs):
    nightly = item(file="test_changes.py")
    nightly.get_closest_marker = lambda name: name == "nightly" or None
    assert plugin.is_concerned(nightly, run_of(None, asked=asked)) is runs


def test_the_nightly_run_and_a_branch_ask_nothing_of_the_night_before(run_of):
    untouched = frozenset()
    nightly = run_of(None, asked="all", since_tested=untouched)
    assert nightly.stash[plugin.CHANGED] is None
    assert nightly.stash[plugin.AFFECTED] is None
    of_branch = frozenset({"assets/tasks.py"})
    assert run_of(of_branch, since_tested=untouched).stash[plugin.CHANGED] == of_branch


@pytest.mark.parametrize("on_postgres", [False, True])
def test_a_file_that_a_change_can_not_break_is_not_read_in(run_of, on_postgres):
    config = run_of(frozenset({"assets/services/storing/merge_assets.py"}), on_postgres=on_postgres)

    def is_ignored(path):
        return plugin.pytest_ignore_collect(ROOT / path, config)

    assert is_ignored("tests/assets/network/test_http.py") is True
    assert is_ignored("tests/assets/services/storing/test_merge_assets.py") is None
    assert is_ignored("tests/assets/test_migrations.py") is None, (
        "its tests are slow and decide for themselves"
    )
    assert is_ignored("tests/conftest.py") is None


@pytest.mark.parametrize(
    ("changed", "in_full"),
    [(MEASURE, False), ("assets/services/reading/facts.py", True), ("tests/factories/market.py", True)],
)
def test_on_postgres_code_without_queries_is_tried_by_what_is_stored(run_of, changed, in_full):
    affected = run_of(frozenset({changed}), on_postgres=True).stash[plugin.AFFECTED]
    stored, shown = "tests/screener/services/scoring/test_score_assets.py", "tests/test_query_budgets.py"
    assert affected is None or stored in affected
    assert (affected is None or shown in affected) is in_full


@pytest.mark.parametrize(
    ("since_tested", "affected"),
    [(None, None), (frozenset(), False), (frozenset({"assets/services/reading/facts.py"}), True)],
)
def test_on_postgres_the_main_branch_tries_what_changed_since_the_nightly_run(run_of, since_tested, affected):
    found = run_of(None, on_postgres=True, since_tested=since_tested).stash[plugin.AFFECTED]
    assert (found if found is None else "tests/test_query_budgets.py" in found) is affected


def test_a_change_that_can_break_no_test_passes(run_of):
    none = pytest.ExitCode.NO_TESTS_COLLECTED
    for config, status in (
        (run_of(frozenset()), pytest.ExitCode.OK),
        (run_of(None, since_tested=frozenset()), pytest.ExitCode.OK),
        (run_of(None), none),
        (run_of(frozenset(), asked="all"), none),
    ):
        session = SimpleNamespace(config=config, exitstatus=none)
        plugin.pytest_sessionfinish(session, session.exitstatus)
        assert session.exitstatus == status


@pytest.mark.parametrize("paths", [plugin.WITHOUT_SQL, plugin.STORED, plugin.OF_ANSWERS])
def test_what_the_run_on_postgres_names_is_there(paths):
    assert [each for each in paths if not (ROOT / each).exists()] == []


def test_every_test_runs_in_one_target_and_those_of_a_change_in_the_other():
    """Without the option nothing is left out; the run of a change leaves out what it can't break."""
    targets = {name: recipe(name) for name in ("test", "test-all")}
    assert "--select changed" in targets["test"]
    assert "--select" not in targets["test-all"].replace("--select all", "")
    assert targets["test-all"].endswith(" -m tests.selection.tested\n"), "only where all of it has passed"
    assert "make test\n" in (ROOT / ".ci" / "run").read_text()


def recipe(target):
    """What make would do; it may itself be what runs this test, with variables of its own."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SELECT"))
    }
    command = ["make", "--dry-run", "--no-print-directory", target]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    return done.stdout
