from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.columns import Groups
from assets.metrics.witnesses.turns import A_TURN, LONGEST_DAYS, THERE_AND_BACK, around_turns, prices_now
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.looking import asked

DAYS = 80
DAY = timedelta(days=1)


def bars(off, *, times=1_000.0):
    """Bars at about 1; of the days in `off`, counted from the last, so many times that."""
    return [
        {
            "market": "m",
            "opened_at": NOW.replace(hour=0) - day * DAY,
            **dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), times if day in off else 1.0),
            "volume_usd": 100.0,
        }
        for day in range(DAYS, 0, -1)
    ]


def days_off(candles, **market):
    """The days whose bar is in a run, counted from today."""
    facts = facts_of_one(candles=candles, market=market)
    listed = Groups.of(facts.candles, facts.asset_ids)
    around = around_turns(listed, prices_now(facts, listed))
    return {DAYS - place for place in np.flatnonzero(~np.isnan(around)).tolist()}


@pytest.mark.parametrize("length", [1, 4, 5, 10, LONGEST_DAYS - 1])
@pytest.mark.parametrize("times", [1.01 * THERE_AND_BACK, 1e6, 0.99 / THERE_AND_BACK, 1e-9])
def test_a_month_at_another_price_and_back_is_of_another_unit(length, times):
    off = set(range(20, 20 + length))
    assert days_off(bars(off, times=times)) == off


@pytest.mark.parametrize(
    ("off", "times"),
    [
        (range(20, 25), 0.99 * THERE_AND_BACK),
        (range(20, 20 + LONGEST_DAYS), 1_000),
        (range(1, 25), 1_000),  # it may have risen
        (range(60, DAYS + 1), 1_000),  # or have fallen
    ],
)
def test_a_price_that_stays_or_is_not_so_far_off_may_be_one(off, times):
    assert days_off(bars(set(off), times=times)) == set()


@pytest.mark.parametrize(
    ("price", "is_off"), [(1.0, True), (1.9, True), (2.1, False), (1_000, False), (None, False)]
)
def test_what_is_off_to_the_end_is_told_by_the_price_of_now(price, is_off):
    off = set(range(1, 6))
    assert days_off(bars(off), price_usd=price, price_usd_at=NOW) == (off if is_off else set())
    assert days_off(bars(off), price_usd=price, price_usd_at=NOW - 3 * DAY) == set()
    assert days_off(bars(off, times=A_TURN), price_usd=price, price_usd_at=NOW) == set()


def test_the_bar_of_the_return_is_off_where_it_opens_there():
    candles = bars({20, 21, 22, 23})
    next(each for each in candles if each["opened_at"] == NOW.replace(hour=0) - 19 * DAY)["open_usd"] = 1_000
    assert days_off(candles) == {19, 20, 21, 22, 23}


def test_such_bars_are_questioned():
    assert {each[2] for each in asked(candles=bars({20, 21, 22, 23, 24}))} == {
        "open_usd",
        "high_usd",
        "low_usd",
        "close_usd",
    }


@given(st.lists(st.floats(0.5, 1.9), min_size=2, max_size=40))
def test_prices_near_each_other_have_no_turn(prices):
    candles = [
        {"opened_at": NOW - day * DAY, "open_usd": each, "close_usd": each} for day, each in enumerate(prices)
    ]
    assert days_off(candles[::-1], price_usd=1.0, price_usd_at=NOW) == set()
