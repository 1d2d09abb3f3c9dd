"""A worker that stands still in the midst of a change, on both databases, and goes on long after.

A machine that swaps, a virtual machine that is moved, a debugger: the process is there, and does nothing.
"""

import signal
import sqlite3

import psycopg
import pytest

from tests.end_to_end.house import house_on
from tests.end_to_end.readers import assert_healthy, assert_one_sentence
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("assets/tasks.py", "assets/network/locks.py", "assets/services/refreshing", "screener/tasks.py"),
        *("screener/celery.py", "screener/postgres", "screener/limits.py", "screener/services/scoring"),
        *("screener/outages.py", "screener/views/health.py"),
    ),
]

FAMILIES = ["market", "candles", "contract", "disclosure"]
CHANGING = """
SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND backend_xid IS NOT NULL
AND (state LIKE 'idle in transaction%' OR (state = 'active' AND wait_event = 'ClientRead'))
"""
"""Between two statements, or between the rows of a COPY."""


@pytest.fixture(params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param, ASSAY_SANDBOX_ASSETS="200", ASSAY_TASK_REDELIVERY_S="30") as house:
        house.start("worker")
        house.start("scheduler")
        house.manage("refresh", "--provider", "sandbox", "--family", "listing", "--wait")
        house.recovered()
        until(lambda: house.look("worker")["status"] == "ok", "the first sign of life of the worker")
        yield house


def is_being_changed(house):
    """Whether somebody is in the midst of a change of the database."""
    if house.postgres is not None:
        with psycopg.connect(house.postgres.url) as connection:
            return connection.execute(CHANGING).fetchone()[0] > 0
    other = sqlite3.connect(house.database, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        other.close()
    return False


def freeze_within_a_change(house):
    """Stop the worker where others would have to wait for it; a process goes on until it is caught there."""

    def stands_still():
        house.kill("worker", signal.SIGSTOP)
        if is_being_changed(house):
            return True
        house.kill("worker", signal.SIGCONT)
        if house.ask("c.is_at_rest()"):
            house.ask(f"c.order_everything({FAMILIES})")
        return False

    until(stands_still, "a worker that is frozen within a change")


def test_others_do_the_work_of_a_worker_that_stands_still_and_it_does_no_harm_later(house):
    house.ask(f"c.order_everything({FAMILIES})")
    freeze_within_a_change(house)
    try:
        assert house.answers("/")
        assert house.answers("/", logged_in=False)
        assert_healthy(house)
        until(lambda: house.look("worker")["status"] == "failing", "a worker that is missed")
        assert "last took a task" in house.look("worker")["sentence"]
        if house.postgres is None:  # Whoever holds the file may hold it for ever: who writes is told.
            answer = house.post("/watchlists/", name="Mine")
            assert_one_sentence(answer, ["busy with another change"])
        else:
            assert house.post("/watchlists/", name="Mine").status_code == 302
            house.start("worker-2")
            until(lambda: house.ask("c.is_at_rest()"), "the work of the one that stands still")
            assert house.look("worker")["status"] == "ok"
            assert house.ask("c.faults()") == {}
    finally:
        house.kill("worker", signal.SIGCONT)
    until(lambda: house.ask("c.is_at_rest()"), "the end of the runs")
    until(lambda: house.look("worker")["status"] == "ok", "a sign of life of the worker")
    assert house.post("/watchlists/", name="Mine again").status_code == 302
    assert house.ask("c.faults()") == {}, "what it had in hand counts once"
