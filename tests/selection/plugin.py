"""Pytest plugin: `--select changed` leaves out what this branch can't break; by default everything runs.

A test file runs where something that it depends on has changed (`tests/selection/dependents.py`); a file that
doesn't is not even read in. A slow test says itself which files and folders it is about, as in
`@pytest.mark.slow("screener/benches")`. The folder that it stands in and what every test hangs on belong
to them.

On the main branch a change is what differs from the commit on which the nightly run last passed. What it
can't break is left out of the slow tests, and of those that rest on the texts they depend on and on nothing
else (all but `open_tests`): without a database, a process or a file found by looking, the same texts give
the same again. All others run. Where no such commit is named everything runs.

On PostgreSQL only what touches the database runs, and of that what a change can break, on the main branch
too: on SQLite all of it runs. `--select changed` tries there what asks and writes; what
pages, commands and cards make of the answers (`OF_ANSWERS`) is the same on every database, and each page is
asked once by its query budget. A change of code that asks no database (`WITHOUT_SQL`) is tried there by the
tests of what is stored.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.selection.changes import changed_files, changed_since_tested, concerns
from tests.selection.dependents import affected_tests, open_tests

ROOT = Path(__file__).resolve().parents[2]
DATABASE = re.compile(
    r"\b(?:django_db|db|transactional_db|live_server|worker|django_user_model|admin_client)\b"
)
FIXTURES = {"db", "transactional_db", "live_server"}
SLOW = re.compile(r"\bmark\.slow\(")

WITHOUT_SQL = (
    *("assets/documents", "assets/identity", "assets/metrics", "assets/providers", "assets/sandbox"),
    *("assets/scheduling", "assets/sheets", "assets/sourcing", "screener/charts", "screener/checklist"),
    *("screener/locale", "screener/screens", "screener/validation", "screener/words", "static", "templates"),
)
"""What gives the same whichever database stands behind it."""

STORED = (
    *("tests/assets/services/refreshing", "tests/assets/services/storing", "tests/screener/models"),
    *("tests/screener/services/scoring", "tests/screener/universe"),
)
"""Tests of what is written: a column of PostgreSQL refuses figures and texts that one of SQLite takes."""

OF_ANSWERS = (
    *("tests/golden", "tests/screener/management", "tests/screener/views", "tests/test_one_value.py"),
    *("tests/sweeps/test_csrf.py", "tests/sweeps/test_headers.py", "tests/sweeps/test_permissions.py"),
    *("tests/sweeps/test_positions.py", "tests/sweeps/test_words.py"),
)
"""Tests of what is made of the services' answers, and of who gets them. Their queries are plain look-ups."""

CHANGED = pytest.StashKey[frozenset[str] | None]()
AFFECTED = pytest.StashKey[frozenset[str] | None]()
HANDED = "assay_selection"
"""Under this name the first process tells those of pytest-xdist what it found; it alone reads all modules."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--select",
        choices=("all", "changed"),
        default="all",
        help="tests to run: all, or those that the changes of this branch can break",
    )


def pytest_configure(config: pytest.Config) -> None:
    handed = getattr(config, "workerinput", {}).get(HANDED)
    config.stash[CHANGED], config.stash[AFFECTED] = handed or selection(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[HANDED] = (node.config.stash[CHANGED], node.config.stash[AFFECTED])


def selection(config: pytest.Config) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The changed files and the test files that they can break; None where that is each of them."""
    of_branch = changed = None
    if config.getoption("--select") == "changed":
        of_branch = changed_files(ROOT)
        changed = changed_since_tested(ROOT) if of_branch is None else of_branch
    if is_on_postgres():
        return changed, affected_on_postgres(changed)
    if of_branch is None:
        return changed, affected_on_main(changed)
    return changed, affected_tests(ROOT, of_branch)


def affected_on_main(changed: frozenset[str] | None) -> frozenset[str] | None:
    affected = affected_tests(ROOT, changed)
    return None if affected is None else affected | open_tests(ROOT)


def affected_on_postgres(changed: frozenset[str] | None) -> frozenset[str] | None:
    affected = affected_tests(ROOT, changed)
    if changed is None or affected is None:
        return None
    asking = affected_tests(ROOT, frozenset(each for each in changed if not is_within(each, WITHOUT_SQL)))
    return frozenset(each for each in affected if asking is None or each in asking or is_within(each, STORED))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """None leaves the decision to others."""
    if not is_test(collection_path):
        return None
    if is_on_postgres() and (not may_touch(collection_path) or is_of_answers(collection_path, config)):
        return True
    return None if is_affected(collection_path, config) or has_slow(collection_path) else True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [
        item
        for item in items
        if is_concerned(item, config) and (not is_on_postgres() or belongs_on_postgres(item, config))
    ]
    left_out = set(map(id, items)) - set(map(id, kept))
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left_out])
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A change that can break no test passes."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.stash[CHANGED] is not None:
        session.exitstatus = pytest.ExitCode.OK


def is_concerned(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("nightly"):
        return config.getoption("--select") == "all"
    if item.get_closest_marker("slow"):
        return concerns(watched(item), config.stash[CHANGED])
    return is_affected(item.path, config)


def is_affected(path: Path, config: pytest.Config) -> bool:
    affected = config.stash[AFFECTED]
    return affected is None or path.relative_to(ROOT).as_posix() in affected


def belongs_on_postgres(item: pytest.Item, config: pytest.Config) -> bool:
    return touches_database(item) and not is_of_answers(item.path, config)


def is_of_answers(path: Path, config: pytest.Config) -> bool:
    """Whether the nightly run alone tries these tests on PostgreSQL."""
    return config.getoption("--select") == "changed" and is_within(
        path.relative_to(ROOT).as_posix(), OF_ANSWERS
    )


def watched(item: pytest.Item) -> set[str]:
    """The files and folders whose change a slow test has to see."""
    own = item.path.parent.relative_to(ROOT).as_posix()
    return {own, *(path for mark in item.iter_markers("slow") for path in mark.args)}


def is_within(path: str, folders: Iterable[str]) -> bool:
    return any(path == each or path.startswith(f"{each}/") for each in folders)


def is_on_postgres() -> bool:
    return connection.vendor == "postgresql"


def is_test(path: Path) -> bool:
    return path.suffix == ".py" and path.name.startswith("test_")


def has_slow(path: Path) -> bool:
    return bool(SLOW.search(path.read_text()))


def may_touch(path: Path) -> bool:
    """Whether a test file names the database, or a fixture that brings it along."""
    return bool(DATABASE.search(path.read_text()))


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & FIXTURES)
