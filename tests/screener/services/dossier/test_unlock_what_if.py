import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import UnlockEvent
from screener.services.dossier.unlock_values import unlock_values
from screener.services.dossier.unlock_what_if import AskedUnlock, unlock_what_if

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
EXAMPLE = {
    "price_usd": 0.5,
    "circulating_supply": 50e6,
    "market_cap_usd": 25e6,
    "volume_24h_usd": 500_000.0,
    "depth_down_usd": 25_000.0,
    "unlocks_open": 0.0,
}
NEXT = AskedUnlock()


def day(number):
    return NOW + timedelta(days=number)


def event(begins, amount=20e6, category="investors", *, ends=None):
    ends_at = None if ends is None else day(ends)
    return UnlockEvent(unlock_at=day(begins), ends_at=ends_at, amount=Decimal(amount), category=category)


def what_if(*events, asked=NEXT, figures=EXAMPLE):
    return unlock_what_if(unlock_values(events, figures=figures, now=NOW), asked, figures=figures, now=NOW)


def named(begins, ends=None):
    moments = (day(begins),) if ends is None else (day(begins), day(ends))
    return AskedUnlock(name="/".join(f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in moments))


def test_without_a_question_it_is_the_next_unlock_and_25_million_are_35():
    found = what_if(event(-9, 1), event(14))
    assert found.chosen.unlock_at == day(14)
    assert found.together is None, "nothing else comes before it"
    assert (found.alone.units, found.alone.circulating) == (20e6, 70e6)
    assert found.alone.market_cap_usd == 35_000_000
    assert found.alone.price_usd == pytest.approx(0.5 * 25 / 35)
    assert (found.alone.worth_usd, found.alone.volume_days, found.alone.worth_to_depth) == (10e6, 20, 400)


def test_what_comes_free_at_one_moment_is_one_choice_for_all_who_get_it():
    found = what_if(event(14, 1), event(14, 2, "team"), event(15, 4))
    assert [(each.amount, each.categories) for each in found.choices] == [
        (3, ("investors", "team")),
        (4, ("investors",)),
    ]
    assert found.alone.units == 3
    assert [(each.category, each.alone) for each in found.recipients] == [("team", 2), ("investors", 1)]


def test_a_later_unlock_is_told_alone_and_with_all_before_it():
    found = what_if(event(14, 1e6), event(20, 2e6, "team"), event(30, 4e6), asked=named(20))
    assert (found.alone.units, found.together.units) == (2e6, 3e6)
    assert (found.alone.circulating, found.together.circulating) == (52e6, 53e6)
    assert [(each.category, each.alone, each.together) for each in found.recipients] == [
        ("team", 2e6, 2e6),
        ("investors", 0, 1e6),
    ]


@given(st.timedeltas(timedelta(0), timedelta(days=9)))
def test_what_comes_free_until_a_day_does_not_change_while_time_goes_by(later):
    steady, asked = event(60, 10e6, ends=160), AskedUnlock(until=day(110).date())
    first, then = (
        unlock_what_if(unlock_values([steady], figures=EXAMPLE, now=now), asked, figures=EXAMPLE, now=now)
        for now in (NOW, NOW + later)
    )
    assert then.together.units == first.together.units


def test_of_a_steady_unlock_only_the_rest_comes_free():
    running = event(-10, 4e6, ends=30)
    found = what_if(running, event(14, 1e6), asked=named(-10, 30))
    assert (found.alone.units, found.together.units) == (3e6, 4e6)
    cliff = what_if(running, event(14, 1e6), asked=named(14))
    assert (cliff.alone.units, cliff.together.units) == (1e6, pytest.approx(2.4e6))


def test_the_next_one_is_one_that_has_not_begun_or_else_the_first_to_end():
    assert what_if(event(-10, ends=30), event(99)).chosen.unlock_at == day(99)
    both = what_if(event(-10, ends=30), event(-9, ends=20))
    assert [each.is_running for each in both.choices] == [True, True]
    assert both.chosen.ends_at == day(20)


@pytest.mark.parametrize(("number", "units"), [(13, 0), (14, 1e6), (15, 1e6), (31, 3e6)])
def test_until_a_day_all_counts_that_comes_free_before_it_is_over(number, units):
    asked = AskedUnlock(until=day(number).date())
    found = what_if(event(-3, 9e6), event(14, 1e6), event(30, 2e6, "team"), asked=asked)
    assert (found.chosen, found.alone) == (None, None)
    assert found.together.units == units
    assert sum(each.together for each in found.recipients) == units


def test_today_is_a_day_to_come_and_yesterday_is_not():
    assert not what_if(event(14), asked=AskedUnlock(until=NOW.date())).problem
    past = what_if(event(14), asked=AskedUnlock(until=date(2026, 1, 1)))
    assert past.problem.startswith("This day is past")
    assert past.cases == ()
    assert past.choices, "so that another one can be chosen"


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (named(-9), "This unlock is past"),
        (named(5), "The schedule lists no such unlock"),
        (AskedUnlock(name="x"), "The schedule lists no such unlock"),
        (AskedUnlock(problem="Write it so."), "Write it so."),
    ],
)
def test_what_there_is_no_answer_to_has_a_reason(asked, problem):
    found = what_if(event(-9), event(14), asked=asked)
    assert found.problem.startswith(problem)
    assert found.cases == ()


@pytest.mark.parametrize("events", [(), (event(-1),), (event(-9, ends=-1),)])
def test_a_schedule_that_is_over_leads_nowhere(events):
    assert what_if(*events) is None


def test_nothing_is_zero_and_of_an_incomplete_schedule_it_is_not_known():
    asked = AskedUnlock(until=day(2).date())
    whole = what_if(event(14), asked=asked)
    assert (whole.together.units, whole.together.circulating, whole.is_least) == (0, 50e6, False)
    part = what_if(event(14), asked=asked, figures=EXAMPLE | {"unlocks_open": 1.0})
    assert math.isnan(part.together.units)
    assert math.isnan(part.together.market_cap_usd)
    assert part.is_least


def test_where_the_market_cap_of_today_is_questioned_none_is_told_of_then():
    without_cap = {name: value for name, value in EXAMPLE.items() if name != "market_cap_usd"}
    found = what_if(event(14), figures=without_cap)
    assert found.cap_is_questioned
    assert math.isnan(found.alone.market_cap_usd)
    assert math.isnan(found.alone.price_usd)
    assert found.alone.worth_usd == 10e6
    assert not what_if(event(14), figures={"circulating_supply": 5.0}).cap_is_questioned


def test_a_depth_of_which_only_the_least_is_known_gives_the_most_pressure():
    figures = {**EXAMPLE, "depth_least_usd": 50_000.0}
    del figures["depth_down_usd"]
    found = what_if(event(14), figures=figures)
    assert (found.depth_usd, found.depth_is_least, found.alone.worth_to_depth) == (50_000, True, 200)
    unknown = what_if(event(14), figures={"circulating_supply": 5.0})
    assert (unknown.depth_usd, unknown.depth_is_least) == (None, False)
    assert math.isnan(unknown.alone.worth_to_depth)


EVENTS = st.lists(
    st.tuples(st.integers(-50, 400), st.integers(0, 10**9), st.one_of(st.none(), st.integers(1, 400))),
    min_size=1,
    max_size=8,
)


@given(events=EVENTS, days=st.integers(0, 900))
def test_until_a_day_it_is_what_walking_hour_by_hour_adds_up_to(events, days):
    """Independent of the columns: each event by itself, in fractions of seconds as Decimal."""
    listed = [
        event(begins, amount, ends=None if more is None else begins + more) for begins, amount, more in events
    ]
    found = what_if(*listed, asked=AskedUnlock(until=day(days).date()))
    end = datetime.combine(day(days).date(), datetime.max.time(), UTC)
    total = Decimal(0)
    for each in listed:
        if each.ends_at is None:
            total += each.amount if NOW < each.unlock_at <= end else 0
            continue
        first, last = max(NOW, each.unlock_at), min(end, each.ends_at)
        if last > first:
            part = Decimal((last - first) / timedelta(microseconds=1))
            total += each.amount * part / Decimal((each.ends_at - each.unlock_at) / timedelta(microseconds=1))
    if found is None:
        assert total == 0
    else:
        assert found.together.units == pytest.approx(float(total), rel=1e-9, abs=1e-3)


def test_moments_of_one_day_are_one_unlock():
    seconds = timedelta(seconds=10)
    first = UnlockEvent(unlock_at=day(14), ends_at=None, amount=Decimal(1), category="team")
    later = UnlockEvent(unlock_at=day(14) + seconds, ends_at=None, amount=Decimal(2), category="investors")
    found = what_if(first, later, event(15, 4))
    assert [(each.amount, each.unlock_at, each.is_out_at) for each in found.choices] == [
        (3, day(14), day(14) + seconds),
        (4, day(15), day(15)),
    ]
    assert (found.alone.units, found.together) == (3, None)
