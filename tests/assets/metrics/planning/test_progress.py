import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.planning.progress import EPOCH, PlannedOrders, progress
from tests.assets.metrics.planning.made import PLANNED_ON, bars


def orders(*prices, units=10.0, stop=0.0):
    return PlannedOrders(price_usd=np.array(prices), units=np.full(len(prices), units), stop_usd=stop)


def day(number):
    return EPOCH + timedelta(days=PLANNED_ON + number)


def made(planned, *days, **more):
    return progress(planned, bars(*days, **more), planned_on=PLANNED_ON)


def test_an_order_is_filled_on_the_first_day_that_reaches_it():
    found = made(orders(2.0, 1.5, 1.0), (2.2, 2.1, 2.1), (2.1, 1.4, 1.8), (1.8, 1.4, 1.6))
    assert found.filled_on == (day(2), day(2), None)
    assert (found.units, found.spent_usd, found.filled_count) == (20, 35, 2)
    assert found.value_usd == pytest.approx(20 * 1.6)
    assert found.gain_usd == pytest.approx(-3)
    assert (found.last_usd, found.last_on, found.stopped_on) == (pytest.approx(1.6), day(3), None)


def test_the_day_of_the_plan_is_not_later_than_it():
    assert made(orders(2.0), (2.0, 1.0, 1.0), first=PLANNED_ON).last_on is None


def test_without_a_later_price_nothing_is_known_but_that_nothing_is_bought():
    found = made(orders(2.0), (2.0, 1.0, 1.0), first=PLANNED_ON - 5)
    assert (found.filled_on, found.units, found.spent_usd) == ((None,), 0, 0)
    assert math.isnan(found.value_usd)
    assert math.isnan(found.gain_usd)


def test_a_stop_sells_what_was_filled_by_then():
    found = made(orders(2.0, 1.5, stop=1.2), (2.1, 1.9, 2.0), (2.0, 1.1, 1.3), (1.3, 1.0, 5.0))
    assert found.filled_on == (day(1), day(2))
    assert found.stopped_on == day(2)
    assert found.value_usd == pytest.approx(20 * 1.2)


def test_a_day_that_opens_below_the_stop_sells_at_its_open():
    found = made(orders(2.0, stop=1.5), (2.0, 1.9, 2.0), (1.1, 1.0, 1.4))
    assert found.value_usd == pytest.approx(10 * 1.1)


def test_an_order_below_the_stop_is_not_wanted_after_it():
    found = made(orders(2.0, 1.0, stop=1.5), (2.0, 0.5, 0.9), (0.9, 0.5, 0.9))
    assert found.filled_on == (day(1), None)


def test_a_bar_without_a_low_reaches_down_to_what_it_tells():
    found = progress(
        orders(1.7),
        bars((1.6, math.nan, 1.8), (2.0, math.nan, 2.0)),
        planned_on=PLANNED_ON,
    )
    assert found.filled_on == (day(1),)


PRICES = st.integers(1, 10_000).map(lambda cents: cents / 100)


@given(
    st.lists(st.tuples(PRICES, PRICES, PRICES), min_size=1, max_size=30),
    st.lists(PRICES, min_size=1, max_size=10, unique=True),
    st.just(0.0) | PRICES,
)
def test_it_is_what_walking_day_by_day_gives(days, prices, stop):
    days = [(opened, min(opened, low, close), close) for opened, low, close in days]
    prices = sorted(prices, reverse=True)
    filled, stopped, sold = {}, None, None
    for number, (opened, low, _close) in enumerate(days, start=1):
        for price in prices:
            is_wanted = price > stop or low > stop
            if is_wanted and low <= price and price not in filled:
                filled[price] = day(number)
        if low <= stop:
            stopped, sold = day(number), min(stop, opened)
            break
    found = made(orders(*prices, stop=stop), *days)
    assert found.filled_on == tuple(filled.get(price) for price in prices)
    assert found.stopped_on == stopped
    price = days[-1][2] if sold is None else sold
    assert found.value_usd == pytest.approx(10 * len(filled) * price)
    assert found.spent_usd == pytest.approx(10 * sum(filled))


def test_days_are_counted_from_the_first_of_1970():
    assert date(1970, 1, 1) == EPOCH
