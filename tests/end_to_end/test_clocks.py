"""A clock that is a day ahead and is set right, on a machine of another time zone, on both databases."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.end_to_end.clocks import MovableClock
from tests.end_to_end.house import house_on
from tests.end_to_end.readers import assert_healthy
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("screener/scheduler.py", "screener/celery.py", "screener/tasks.py", "screener/views/health.py"),
        *("screener/services/operation/readiness.py", "screener/services/scoring", "screener/words"),
        *("assets/services/reading", "assets/services/refreshing", "assets/services/storing"),
        *("assets/network/locks.py", "assets/network/pacing.py"),
    ),
]

A_DAY = timedelta(days=1)
ZONE = "Pacific/Kiritimati"
"""Fourteen hours ahead of UTC: for most of a day another date."""


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    return MovableClock(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request, clock):
    with house_on(request.param, TZ=ZONE, **clock.settings) as house:
        if house.postgres is not None:
            house.execute("ALTER SYSTEM SET timezone = 'America/St_Johns'")
            house.execute("SELECT pg_reload_conf()")
        house.start("worker")
        house.start("scheduler")
        refresh(house, "listing")
        house.recovered()
        yield house


def refresh(house, *families):
    for family in families:
        house.manage("refresh", "--provider", "sandbox", "--family", family, "--wait")


def assert_works(house):
    """Readers read, scheduler and worker do new work, facts come in and are judged."""
    house.recovered()
    assert_healthy(house)
    until(lambda: house.look("worker")["status"] == "ok", "a sign of life of scheduler and worker")
    refresh(house, "market")
    until(lambda: house.ask("c.is_at_rest()"), "the end of the runs")


def ages(page):
    """Each age of a page as it is read: "3 h", "in the future"."""
    return [re.sub(r"\s", " ", each) for each in re.findall(r"<time [^>]*data-age[^>]*>([^<]*)<", page)]


def test_a_time_zone_of_the_machine_moves_no_moment(house):
    begun = datetime.now(UTC)
    refresh(house, "market")
    moments = [datetime.fromisoformat(each) for each in house.ask("c.newest_moments()")]
    assert len(moments) == 2
    assert all(begun <= each <= datetime.now(UTC) for each in moments)
    assert house.look("clock") == {"status": "ok", "sentence": "The clocks agree."}
    assert house.look("data")["sentence"] == "The newest data came 0.0 h ago."
    until(lambda: house.look("worker")["status"] == "ok", "a sign of life of scheduler and worker")
    slug = house.ask("c.newest_cards()[3][1]")
    assert set(ages(house.get(f"/assets/{slug}/").text)) <= {"0 min", "1 min", "2 min"}


def test_a_clock_that_is_a_day_ahead_and_is_set_right(house, clock):
    slug = house.ask("c.newest_cards()[3][1]")
    assert_works(house)
    clock.set_ahead(A_DAY)
    try:
        assert_works(house)
        if house.postgres is not None:
            assert house.look("clock")["sentence"] == "The clock of the database is 24 h behind ours."
    finally:
        clock.set_ahead(timedelta(0))
    assert "in the future" in house.look("clock")["sentence"] or house.look("clock")["status"] == "warning"
    assert_works(house)
    assert house.ask("c.faults()") == {}
    for logged_in in (True, False):
        read = ages(house.get(f"/assets/{slug}/", logged_in=logged_in).text)
        assert read
        assert [each for each in read if each.startswith("-")] == []
