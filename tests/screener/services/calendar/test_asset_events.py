from datetime import timedelta

import pytest

from screener.services.calendar.asset_events import read_asset_events
from screener.services.calendar.dated_event import Span
from tests.screener.services.calendar.dated_facts import (
    NOW,
    TODAY,
    company,
    events_of,
    ref,
    tell_pool,
    tell_reports,
    tell_schedule,
    tell_split,
    unlock,
)

pytestmark = pytest.mark.django_db

AROUND = Span(TODAY - timedelta(days=400), TODAY + timedelta(days=100))


def test_they_are_those_of_the_calendar_of_this_asset_alone():
    schedule = (unlock(-40), unlock(14), unlock(90, category="lockup"))
    asset = tell_schedule(*schedule)
    tell_schedule(*schedule, asset=ref("Other"))
    tell_pool(30)
    found = read_asset_events(asset, AROUND, now=NOW)
    assert found == tuple(each for each in events_of(span=AROUND) if each.asset == asset)
    assert [each.kind for each in found] == ["unlock", "unlock", "liquidity-lock", "lock-up"]
    assert [(each.on - TODAY).days for each in found] == [-40, 14, 30, 90]


def test_a_company_has_its_splits_and_what_lies_beyond_the_days_is_left_out():
    asset = tell_split(TODAY - timedelta(days=20))
    tell_split(TODAY - timedelta(days=500), event="split", ratio=2.0, asset=company())
    assert [each.kind for each in read_asset_events(asset, AROUND, now=NOW)] == ["split"]


def test_as_of_a_past_moment_counts_what_was_known_then():
    asset = tell_schedule(unlock(-40), at=NOW - timedelta(days=9))
    tell_schedule(unlock(-39), at=NOW)
    before = NOW - timedelta(days=1)
    (then,) = read_asset_events(asset, AROUND, now=NOW, known_by=before)
    (now,) = read_asset_events(asset, AROUND, now=NOW)
    assert [(each.on - TODAY).days for each in (then, now)] == [-40, -39]
    assert then.source.as_of == NOW - timedelta(days=9)
    assert read_asset_events(asset, AROUND, now=NOW, known_by=NOW - timedelta(days=10)) == ()


def test_a_kind_without_a_day_costs_one_query(django_assert_max_num_queries):
    asset = tell_pool(None)
    with django_assert_max_num_queries(4):
        assert read_asset_events(asset, AROUND, now=NOW) == ()


def test_filings_due_are_worked_out_where_they_are_wanted():
    share = tell_reports(("10-K", "2026-03-25", "2025-12-31"), ("10-Q", "2026-11-12", "2026-09-30"))
    ahead = Span(TODAY, TODAY + timedelta(days=120))
    due = read_asset_events(share, ahead, now=NOW, with_filings_due=True)
    assert due
    assert {each.kind for each in due} == {"filing"}
    assert all(each.on in ahead for each in due)
    assert read_asset_events(share, ahead, now=NOW) == ()
