"""Pytest plugin: `--slow changed` leaves out slow tests whose files did not change; by default all run.

A slow test says which files and folders it is about: `@pytest.mark.slow("screener/benches")`. The folder
that it stands in and what every test hangs on belong to them.

On PostgreSQL only what touches the database runs, and files that can't touch it are not even read in.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.selection.changes import changed_files, concerns

ROOT = Path(__file__).resolve().parents[2]
DATABASE = re.compile(
    r"\b(?:django_db|db|transactional_db|live_server|worker|django_user_model|admin_client)\b"
)
FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow",
        choices=("all", "changed"),
        default="all",
        help="slow tests to run: all, or where files changed",
    )


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """None leaves the decision to others."""
    return True if is_on_postgres() and is_test(collection_path) and not may_touch(collection_path) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    changed = changed_files(ROOT) if config.getoption("slow") == "changed" else None
    kept = [
        item
        for item in items
        if concerns_slow(item, changed) and (not is_on_postgres() or touches_database(item))
    ]
    left_out = set(map(id, items)) - set(map(id, kept))
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left_out])
    items[:] = kept


def concerns_slow(item: pytest.Item, changed: frozenset[str] | None) -> bool:
    marks = list(item.iter_markers("slow"))
    return not marks or concerns(watched(item), changed)


def watched(item: pytest.Item) -> set[str]:
    """The files and folders whose change a slow test has to see."""
    own = item.path.parent.relative_to(ROOT).as_posix()
    return {own, *(path for mark in item.iter_markers("slow") for path in mark.args)}


def is_on_postgres() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def is_test(path: Path) -> bool:
    return path.suffix == ".py" and path.name.startswith("test_")


def may_touch(path: Path) -> bool:
    """Whether a test file names the database, or a fixture that brings it along."""
    return bool(DATABASE.search(path.read_text()))


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & FIXTURES)
