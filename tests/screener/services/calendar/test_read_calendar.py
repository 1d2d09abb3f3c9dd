from datetime import timedelta

import pytest

from assets.models import Asset
from screener.services.calendar import read_calendar as reading
from screener.services.calendar.dated_event import Span
from screener.services.calendar.read_calendar import LONGEST_DAYS, CalendarFilter, read_calendar
from screener.universe.live import UNIVERSE
from tests.factories.market import score
from tests.screener.services.calendar.dated_facts import (
    A_YEAR_AHEAD,
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
    watched,
)

pytestmark = pytest.mark.django_db


def days(number):
    return TODAY + timedelta(days=number)


def answer(span=A_YEAR_AHEAD, *, watchlist=None, **shown):
    return read_calendar(span, CalendarFilter(**shown), now=NOW, watchlist=watchlist)


@pytest.fixture
def universe():
    UNIVERSE.forget()
    yield
    UNIVERSE.forget()


def test_events_stand_in_the_order_of_their_days():
    tell_pool(30)
    tell_schedule(unlock(14), unlock(40))
    tell_split(days(20))
    assert [each.kind for each in events_of()] == ["unlock", "split", "liquidity-lock", "unlock"]


def test_the_first_and_the_last_day_are_in_it_and_no_other():
    tell_schedule(unlock(9), unlock(10), unlock(20), unlock(21))
    assert [each.on for each in events_of(span=Span(days(10), days(20)))] == [days(10), days(20)]


def test_one_kind_of_asset_alone():
    tell_schedule(unlock(14))
    tell_split(days(20))
    assert [each.kind for each in events_of(asset_kind="token")] == ["unlock"]
    assert [each.kind for each in events_of(asset_kind="equity")] == ["split"]


def test_a_watchlist_has_its_assets_alone(django_user_model):
    alpha = tell_schedule(unlock(14))
    tell_schedule(unlock(15), asset=ref("Omega"))
    watchlist = watched(django_user_model.objects.create_user("ana"), alpha)
    found = answer(watchlist=watchlist)
    assert [each.asset for each in found.events] == [alpha]
    assert (found.of_assets, found.not_read, found.left_out) == (1, 0, ())


def test_filings_are_left_out_without_a_watchlist_and_it_says_so():
    tell_reports(("10-K", "2026-03-25", "2025-12-31"))
    assert answer().left_out == ("filing",)
    assert answer(asset_kind="token").left_out == ()


def test_of_a_long_watchlist_the_newest_are_read(django_user_model, monkeypatch):
    monkeypatch.setattr(reading, "MOST_WATCHED", 1)
    alpha, omega = tell_schedule(unlock(14)), tell_schedule(unlock(15), asset=ref("Omega"))
    found = answer(watchlist=watched(django_user_model.objects.create_user("ana"), alpha, omega))
    assert [each.asset for each in found.events] == [omega]
    assert (found.of_assets, found.not_read) == (1, 1)


def test_of_too_many_assets_the_earliest_days_are_whole(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ASSETS", 2)
    for number in range(4):
        tell_schedule(unlock(10 + number), asset=ref(f"Token {number}"))
    found = answer()
    assert [each.on for each in found.events] == [days(10), days(11)]
    assert found.cut == {"unlock": days(12)}


def test_a_day_that_a_newer_answer_took_back_is_no_event():
    """A stored row finds the asset; what counts is read of it as a whole."""
    tell_schedule(unlock(14), at=NOW - timedelta(days=1))
    tell_schedule(unlock(300))
    assert events_of(span=Span(TODAY, days(30))) == ()


@pytest.mark.usefixtures("universe")
def test_invented_assets_stay_out_beside_real_ones_unless_asked_for(django_user_model):
    real, invented = tell_schedule(unlock(14)), tell_schedule(unlock(15), asset=ref("Omega"))
    Asset.objects.filter(pk=invented.pk).update(fictional=True)
    score(now=NOW)
    assert [each.asset for each in answer().events] == [real]
    assert answer().without_sandbox
    assert [each.asset for each in answer(with_sandbox=True).events] == [real, invented]
    mine = watched(django_user_model.objects.create_user("ana"), invented)
    assert [each.asset for each in answer(watchlist=mine).events] == [invented]


@pytest.mark.usefixtures("universe")
def test_where_all_are_invented_they_are_shown():
    invented = tell_schedule(unlock(15))
    Asset.objects.update(fictional=True)
    score(now=NOW)
    assert [each.asset for each in answer().events] == [invented]


def test_its_cost_does_not_grow_with_the_assets(django_assert_max_num_queries):
    def fill(numbers):
        for number in numbers:
            tell_schedule(unlock(10), asset=ref(f"Token {number}"))
            tell_split(days(11), asset=company(f"Company {number}"))

    fill(range(2))
    with django_assert_max_num_queries(40) as few:
        answer()
    fill(range(2, 12))
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(answer().events) == 24


def test_more_days_than_anybody_needs_are_refused():
    with pytest.raises(ValueError, match="too many days"):
        answer(Span(TODAY, days(LONGEST_DAYS + 1)))
