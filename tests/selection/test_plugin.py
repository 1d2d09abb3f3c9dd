"""What a run leaves out, looked at in the run that leaves out nothing but what was asked for."""

import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.selection import plugin
from tests.selection.plugin import concerns_slow, may_touch, touches_database, watched

ROOT = Path(__file__).resolve().parents[2]
HERE = "tests/selection"


def item(*marks, file="test_plugin.py"):
    found = [SimpleNamespace(args=args) for args in marks]
    return SimpleNamespace(path=ROOT / HERE / file, iter_markers=lambda _name: iter(found))


def test_what_is_not_slow_always_runs():
    assert concerns_slow(item(), frozenset())
    assert concerns_slow(item(), None)


def test_a_slow_test_runs_where_its_files_changed_or_nobody_knows():
    slow = item(("assets", "screener/tasks.py"), ("screener/benches",))
    assert watched(slow) == {HERE, "assets", "screener/tasks.py", "screener/benches"}
    for path in (f"{HERE}/test_plugin.py", f"{HERE}/beside.py", "assets/a/b.py", "screener/benches/load.py"):
        assert concerns_slow(slow, frozenset({path})), path
    assert concerns_slow(slow, None)
    assert not concerns_slow(slow, frozenset({"docs/a.md", "screener/views/health.py"}))


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


@pytest.mark.parametrize(
    ("asked", "changed", "runs"),
    [
        ("all", frozenset(), True),
        ("changed", frozenset(), False),
        ("changed", frozenset({"assets/tasks.py"}), True),
        ("changed", None, True),
    ],
)
def test_slow_tests_run_unless_a_change_is_asked_for(monkeypatch, asked, changed, runs):
    slow, other, left_out = item(("assets",)), item(), []
    monkeypatch.setattr(plugin, "changed_files", lambda root: changed)
    monkeypatch.setattr(plugin, "is_on_postgres", lambda: False)
    hook = SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items))
    items = [slow, other]
    plugin.pytest_collection_modifyitems(SimpleNamespace(getoption=lambda _name: asked, hook=hook), items)
    assert items == ([slow, other] if runs else [other])
    assert left_out == ([] if runs else [slow])


def test_every_test_runs_in_one_target_and_those_of_a_change_in_the_other():
    """Without the option nothing is left out, and the run of a change leaves out slow ones and no others."""
    targets = {name: recipe(name) for name in ("test", "test-all")}
    assert "--slow changed" in targets["test"]
    assert "--slow" not in targets["test-all"].replace("--slow all", "")
    assert "make test\n" in (ROOT / ".ci" / "run").read_text()


def recipe(target):
    """What make would do; it may itself be what runs this test, with variables of its own."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SLOW"))
    }
    command = ["make", "--dry-run", "--no-print-directory", target]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    return done.stdout
