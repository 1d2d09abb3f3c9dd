from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses.bars import (
    LEAST_WICK,
    LONGEST_RUN,
    MOST_WICK,
    PRICES,
    RUN_FACTOR,
    SPIKE_FACTOR,
)
from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.looking import asked

DAYS = 40


def bars(range_share=0.02, **changes):
    """Quiet bars around 1, whose last but five is changed."""
    listed = [
        {
            "market": "m",
            "opened_at": NOW.replace(hour=0) - timedelta(days=day),
            "open_usd": 1.0,
            "high_usd": 1.0 + range_share / 2,
            "low_usd": 1.0 - range_share / 2,
            "close_usd": 1.0,
            "volume_usd": 100.0,
        }
        for day in range(DAYS, 0, -1)
    ]
    listed[-5] |= changes
    return listed


def questioned_fields(candles):
    return [(field, value) for _frame, _day, field, value, _against in asked(candles=candles)]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"high_usd": LEAST_WICK}, []),
        ({"high_usd": LEAST_WICK * 1.01}, ["high_usd"]),
        ({"low_usd": 1 / LEAST_WICK}, []),
        ({"low_usd": 0.99 / LEAST_WICK}, ["low_usd"]),
        ({"high_usd": 314_000, "low_usd": 1e-9}, ["high_usd", "low_usd"]),
        ({"high_usd": None}, []),
    ],
)
def test_a_wick_of_a_quiet_asset_is_no_price(changes, fields):
    assert [field for field, _value in questioned_fields(bars(**changes))] == fields


@pytest.mark.parametrize(("high", "fields"), [(MOST_WICK, []), (MOST_WICK * 1.01, ["high_usd"])])
def test_an_asset_that_always_moves_a_lot_may_reach_further(high, fields):
    restless = bars(range_share=0.8, high_usd=high)
    assert [field for field, _value in questioned_fields(restless)] == fields


def test_a_rise_that_lasts_is_no_wick():
    candles = bars()
    for each in candles[-5:]:
        each.update(open_usd=900.0, high_usd=1_000.0, low_usd=800.0, close_usd=900.0)
    assert questioned_fields(candles) == []
    candles[-5]["open_usd"] = 1.0
    candles[-5]["low_usd"] = 1.0
    assert questioned_fields(candles) == []


@pytest.mark.parametrize(
    ("price", "count"), [(SPIKE_FACTOR, 0), (SPIKE_FACTOR * 1.01, 4), (0.9 / SPIKE_FACTOR, 4)]
)
def test_a_bar_far_from_both_neighbours_is_questioned_as_a_whole(price, count):
    every = dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), price)
    assert len(questioned_fields(bars(**every))) == count


def test_measures_leave_the_wick_out():
    facts = questioned(facts_of_one(candles=bars(high_usd=314_000)))
    found = measure(facts, position_usd=5_000).iloc[0]
    plain = measure(facts_of_one(candles=bars()), position_usd=5_000).iloc[0]
    assert found["price_drawdown_90d_share"] == pytest.approx(plain["price_drawdown_90d_share"])
    assert found["volatility_daily_share"] == pytest.approx(plain["volatility_daily_share"], rel=0.1)
    assert found["zero_volume_days_60d"] == plain["zero_volume_days_60d"]
    assert facts.questions["place"].tolist() == [f"{NOW - timedelta(days=5):%Y-%m-%d}"]
    assert not np.isnan(facts.candles["close_usd"]).any()


def spiked(length, price):
    """Quiet bars of which so many in a row are at this price."""
    candles = bars()
    for each in candles[10 : 10 + length]:
        each.update(open_usd=price, high_usd=price, low_usd=price, close_usd=price)
    return candles


@pytest.mark.parametrize("length", range(2, LONGEST_RUN + 1))
@pytest.mark.parametrize(
    ("price", "is_asked"), [(RUN_FACTOR, False), (RUN_FACTOR * 1.01, True), (0.99 / RUN_FACTOR, True)]
)
def test_a_few_bars_in_a_row_are_of_another_unit(length, price, is_asked):
    closes = [value for field, value in questioned_fields(spiked(length, price)) if field == "close_usd"]
    assert closes == [price] * length * is_asked


def test_one_bar_may_rise_on_the_first_day_and_fall_on_the_second():
    candles = bars()
    candles[10].update(high_usd=500.0, close_usd=500.0)
    candles[11].update(open_usd=500.0, high_usd=500.0)
    assert [value for field, value in questioned_fields(candles) if field == "close_usd"] == [500.0, 1.0]


def test_a_longer_rise_is_a_price():
    closes = [field for field, _value in questioned_fields(spiked(LONGEST_RUN + 1, 50.0))]
    assert "close_usd" not in closes


OTHERS = ("others_high_usd", "others_low_usd", "others_close_usd")


def elsewhere(high, low=1.0, close=1.0):
    return dict(zip(OTHERS, (high, low, close), strict=True))


@pytest.mark.parametrize(
    ("high", "others", "fields"),
    [
        (40, elsewhere(40), []),  # another market had it too
        (40, elsewhere(16), []),
        (40, elsewhere(15.9), ["high_usd"]),
        (40, elsewhere(40, close=2.1), ["high_usd"]),  # and is one of another coin
        (2.6, elsewhere(1.0), ["high_usd"]),
        (2.4, elsewhere(1.0), []),
    ],
)
def test_a_wick_is_held_against_the_other_markets_of_its_day(high, others, fields):
    assert [field for field, _value in questioned_fields(bars(high_usd=high, **others))] == fields


def test_of_a_restless_asset_too():
    others = elsewhere(1.5)
    found = asked(candles=bars(range_share=0.8, high_usd=9.0, **others))
    assert [each[2:] for each in found] == [("high_usd", 9.0, 1.5)]
    assert asked(candles=bars(range_share=0.8, high_usd=9.0)) == []
    found = asked(candles=bars(range_share=0.8, low_usd=0.1, **elsewhere(1.1, low=0.7)))
    assert [each[2:] for each in found] == [("low_usd", 0.1, 0.7)]


def test_a_bar_that_another_market_has_too_does_not_stand_alone():
    every = dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), 30.0)
    assert len(questioned_fields(bars(**every, **elsewhere(1.1)))) == 4
    assert questioned_fields(bars(**every, **elsewhere(30.0, close=30.0))) == []


def test_a_last_bar_that_closes_far_from_where_others_do_is_questioned():
    """It has no bar after it; but the others of that day had the price of the day before."""
    candles = bars()
    for each in candles:
        each |= elsewhere(1.0)
    candles[-1]["close_usd"] = candles[-1]["high_usd"] = 5.1
    assert {field for field, _value in questioned_fields(candles)} == {*PRICES, "high_usd"}
    for each in candles:
        each |= elsewhere(0.1, low=0.1, close=0.1)  # always of another unit: nobody knows which is wrong
    assert questioned_fields(candles) == []
