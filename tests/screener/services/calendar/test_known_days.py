from datetime import timedelta

import pytest

from screener.services.calendar.dated_event import Span
from screener.services.calendar.known_days import KnownDays, known_days
from screener.services.calendar.read_calendar import CalendarFilter, read_calendar
from tests.screener.services.calendar.dated_facts import (
    NOW,
    TODAY,
    ref,
    tell_schedule,
    tell_split,
    unlock,
    watched,
)

pytestmark = pytest.mark.django_db


def known(*, watchlist=None, **shown):
    of = CalendarFilter(**shown)
    answer = read_calendar(Span(TODAY, TODAY), of, now=NOW, watchlist=watchlist)
    return known_days(of, after=TODAY, watchlist=watchlist, answer=answer)


def test_nothing_is_known():
    assert known() == KnownDays(is_any=False, next_on=None)


def test_the_next_day_is_that_of_the_first_kind_that_has_one():
    tell_schedule(unlock(40))
    tell_split(TODAY + timedelta(days=20))
    assert known().next_on == TODAY + timedelta(days=20)
    assert known(asset_kind="token").next_on == TODAY + timedelta(days=40)


def test_of_the_past_it_is_known_that_there_was_something():
    tell_split(TODAY - timedelta(days=20))
    assert known() == KnownDays(is_any=True, next_on=None)
    assert known(kinds=("unlock",)) == KnownDays(is_any=False, next_on=None)


def test_a_watchlist_asks_of_its_assets_alone(django_user_model):
    alpha = tell_schedule(unlock(40))
    tell_schedule(unlock(20), asset=ref("Omega"))
    mine = watched(django_user_model.objects.create_user("ana"), alpha)
    assert known(watchlist=mine).next_on == TODAY + timedelta(days=40)
