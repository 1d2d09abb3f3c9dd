from datetime import timedelta

import pytest

from tests.screener.services.calendar.dated_facts import (
    NOW,
    TODAY,
    company,
    events_of,
    tell_schedule,
    unlock,
)

pytestmark = pytest.mark.django_db


def test_an_unlock_stands_on_its_day_with_its_size_and_source():
    asset = tell_schedule(unlock(14, 5_000_000), source_url="https://example.org/vesting")
    (event,) = events_of()
    assert (event.kind, event.asset, event.on) == ("unlock", asset, TODAY + timedelta(days=14))
    assert event.figures == {"units": 5_000_000, "of_circulating_share": 0.1}
    assert event.words == ("at once", "team")
    assert (event.source.provider, event.source.as_of, event.source.is_stale) == ("sandbox", NOW, False)
    assert event.source.url == "https://example.org/vesting"


def test_what_comes_free_together_is_one_event():
    tell_schedule(unlock(14, 2_000_000), unlock(14, 3_000_000, category="investors"))
    (event,) = events_of()
    assert event.figures["units"] == 5_000_000
    assert event.words[1:] == ("investors", "team")


def test_a_steady_vesting_does_not_stand_on_every_day():
    tell_schedule(unlock(10, 1_000_000, lasts=90))
    begins, ends = events_of()
    assert [each.series for each in (begins, ends)] == ["begins", "ends"]
    assert (ends.on - begins.on).days == 90


def test_a_steady_vesting_that_runs_has_only_its_end_before_it():
    tell_schedule(unlock(-10, 1_000_000, lasts=90))
    assert [each.series for each in events_of()] == ["ends"]


def test_what_a_newer_answer_moved_stands_on_the_new_day_alone():
    tell_schedule(unlock(14), at=NOW - timedelta(days=2))
    tell_schedule(unlock(20))
    assert [each.on for each in events_of()] == [TODAY + timedelta(days=20)]


def test_what_a_newer_answer_no_longer_lists_is_gone():
    tell_schedule(unlock(14), unlock(40), at=NOW - timedelta(days=2))
    tell_schedule(unlock(14))
    assert [each.on for each in events_of()] == [TODAY + timedelta(days=14)]


def test_what_only_an_old_answer_tells_is_stale():
    tell_schedule(unlock(14), at=NOW - timedelta(days=31))
    assert [each.source.is_stale for each in events_of()] == [True]


def test_without_a_circulating_supply_the_units_are_known_and_the_share_is_not():
    tell_schedule(unlock(14, 5_000_000), circulating=0)
    (event,) = events_of()
    assert event.figures == {"units": 5_000_000, "of_circulating_share": None}


def test_a_schedule_beyond_all_there_can_be_has_days_and_no_amounts():
    """More comes free than can exist: its unit is questioned, its days are not."""
    tell_schedule(unlock(14, 900_000_000))
    (event,) = events_of()
    assert event.figures == {"units": None, "of_circulating_share": None}


def test_lock_ups_are_a_kind_of_their_own():
    tell_schedule(unlock(21, 1_000_000, category="lockup"), unlock(30), asset=company())
    assert [each.kind for each in events_of("lock-up")] == ["lock-up"]
    assert [each.kind for each in events_of("unlock")] == ["unlock"]
