from datetime import date, timedelta

import pytest

from screener.services.calendar.dated_event import Span
from tests.screener.services.calendar.dated_facts import NOW, events_of, tell_reports, watched

pytestmark = pytest.mark.django_db

QUARTERS = (
    ("10-K", "2026-03-25", "2025-12-31"),
    ("10-Q", "2026-05-12", "2026-03-31"),
    ("10-Q", "2026-08-12", "2026-06-30"),
    ("10-Q", "2026-11-20", "2026-09-30"),
)
NEXT_MONTHS = Span(date(2027, 3, 1), date(2027, 6, 30))


@pytest.fixture
def mine(django_user_model):
    user = django_user_model.objects.create_user("ana")
    return lambda *assets: watched(user, *assets)


def test_the_next_reports_are_due_by_those_that_came(mine):
    asset = tell_reports(*QUARTERS)
    annual, quarterly = events_of(span=NEXT_MONTHS, watchlist=mine(asset))
    assert [(each.words, each.on) for each in (annual, quarterly)] == [
        (("10-K",), date(2027, 3, 31)),
        (("10-Q",), date(2027, 5, 17)),
    ]
    assert annual.days == {"period_ends_on": date(2026, 12, 31), "filed_on": None}
    assert (annual.source.as_of, annual.source.is_stale) == (NOW, False)
    assert annual.source.url == "https://example.org/list"


def test_one_that_came_late_stands_on_its_last_day_with_the_day_it_came(mine):
    asset = tell_reports(*QUARTERS)
    span = Span(date(2026, 11, 1), date(2026, 11, 30))
    (event,) = events_of(span=span, watchlist=mine(asset))
    assert (event.on, event.days["filed_on"]) == (date(2026, 11, 16), date(2026, 11, 20))
    assert event.source.url == "https://example.org/document"
    assert not event.source.is_stale


def test_a_list_that_nobody_read_for_long_is_stale(mine):
    asset = tell_reports(*QUARTERS, at=NOW - timedelta(days=130))
    assert {each.source.is_stale for each in events_of(span=NEXT_MONTHS, watchlist=mine(asset))} == {True}


def test_nothing_is_due_of_who_reports_no_more(mine):
    asset = tell_reports(*QUARTERS, deregistered=True)
    assert events_of(span=NEXT_MONTHS, watchlist=mine(asset)) == ()


def test_without_a_watchlist_it_is_not_worked_out():
    tell_reports(*QUARTERS)
    assert events_of(span=NEXT_MONTHS) == ()
