"""Each outage on both databases, with real servers: the sentence, the status, and recovery without a hand."""

import signal
import sqlite3

import pytest

from tests.end_to_end.house import house_on
from tests.end_to_end.readers import assert_said

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("screener/outages.py", "screener/schema.py", "screener/limits.py", "screener/postgres"),
        *("screener/cache.py", "screener/universe", "screener/views/health.py", "screener/admission"),
        *("screener/services/operation/readiness.py", "screener/wsgi.py", "screener/asgi.py"),
    ),
]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param) as house:
        house.recovered()
        yield house


def test_a_database_that_is_gone(house):
    if house.postgres is not None:
        house.postgres.kill()
    else:
        house.database.parent.rename(house.folder / "elsewhere")
    try:
        assert_said(house, ["The database does not answer", "The database file"])
        assert house.look("database")["status"] == "failing"
    finally:
        if house.postgres is not None:
            house.postgres.start_again()
        else:
            (house.folder / "elsewhere").rename(house.database.parent)
    house.recovered()


def test_a_database_that_hangs(house):
    """PostgreSQL stands still as a process that is stopped; SQLite's writers wait for another."""
    if house.postgres is not None:
        house.postgres.signal(signal.SIGSTOP)
        try:
            assert_said(house, ["did not answer in time", "does not answer"])
        finally:
            house.postgres.signal(signal.SIGCONT)
    else:
        other = sqlite3.connect(house.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            answer = house.post("/watchlists/", name="Mine")
            assert (answer.status_code, "busy with another change" in answer.text) == (503, True)
            assert house.answers("/"), "readers wait for nobody"
        finally:
            other.execute("ROLLBACK")
            other.close()
    house.recovered()


def test_a_schema_that_is_newer(house):
    house.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('assets', '9999_x', '2026-01-01')"
    )
    house.execute("ALTER TABLE screener_scorecard RENAME TO later")
    try:
        assert_said(house, ["newer version than this program"], path="/")
        assert "assets.9999_x" in house.look("schema")["sentence"]
    finally:
        house.execute("ALTER TABLE later RENAME TO screener_scorecard")
        house.execute("DELETE FROM django_migrations WHERE name = '9999_x'")
    house.recovered()
    assert house.look("schema")["status"] == "ok"


def test_a_schema_that_is_older(house):
    house.execute("UPDATE django_migrations SET app = 'kept' WHERE app = 'screener'")
    house.execute("ALTER TABLE screener_scorecard RENAME TO later")
    try:
        assert_said(house, ["Run manage.py migrate"], path="/")
        assert house.look("schema")["status"] == "failing"
    finally:
        house.execute("ALTER TABLE later RENAME TO screener_scorecard")
        house.execute("UPDATE django_migrations SET app = 'screener' WHERE app = 'kept'")
    house.recovered()
