import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.unit_jumps import round_ratio, unit_jumps

DAYS = list(range(200))


def series(first, *steps):
    """A value a day; `steps` are days from which it is so many times as much."""
    values = np.full(len(DAYS), float(first))
    for day, times in steps:
        values[day:] *= times
    return values


def found(supply, price):
    return [(each.before, each.after, each.ratio) for each in unit_jumps(DAYS, supply, price)]


@pytest.mark.parametrize("ratio", [1000, 100, 10, 1 / 1000, 1 / 10])
def test_a_redenomination_moves_supply_and_price_against_each_other(ratio):
    ((before, after, size),) = found(series(1e9, (100, ratio)), series(2.0, (100, 1 / ratio)))
    assert (before, after, size) == (99, 100, pytest.approx(ratio))


@pytest.mark.parametrize("late", [-3, -1, 1, 3])
def test_a_vendor_takes_up_the_two_on_different_days(late):
    ((before, after, size),) = found(series(1e9, (100, 1000)), series(2.0, (100 + late, 1e-3)))
    assert (size, before < 100 <= after) == (1000, True)


@pytest.mark.parametrize("late", [-60, -20, 20, 60])
@pytest.mark.parametrize("ratio", [1000, 50, 1 / 100])
def test_of_a_large_factor_it_may_take_weeks(late, ratio):
    supply, price = series(1e9, (100, ratio)), series(2.0, (100 + late, 1 / ratio))
    ((before, after, size),) = found(supply, price)
    assert (before, after) == (99 + min(late, 0), 100 + max(late, 0))
    assert size == pytest.approx(ratio)


def test_the_price_moves_by_itself_meanwhile():
    assert found(series(1e9, (100, 1000)), series(2.0, (100, 1.2e-3)))[0][2] == 1000


@pytest.mark.parametrize(
    ("supply", "price"),
    [
        ([(100, 1.8)], []),
        ([(100, 1000)], []),
        ([], [(100, 1e-3)]),
        ([(100, 1000)], [(180, 1e-3)]),
        ([(100, 9)], [(120, 1 / 9)]),
        ([(100, 50)], [(120, 1 / 20)]),
        ([(100, 1.1)], [(100, 1 / 1.1)]),
        ([(100, 2)], [(98, 0.75)]),
        ([(100, 1000)], [(100, 1000)]),
    ],
)
def test_an_emission_or_a_fall_is_none(supply, price):
    assert found(series(1e9, *supply), series(2.0, *price)) == []


def test_a_steady_fall_is_no_change_of_units():
    assert found(series(1e9, (100, 1.5)), 2.0 * 0.9 ** np.arange(len(DAYS))) == []


def test_a_swelling_at_a_steady_worth_is_a_change_of_unknown_ratio():
    ((_before, _after, size),) = found(series(1e9, (100, 1.8)), series(2.0, (100, 1 / 1.8)))
    assert math.isnan(size)


@pytest.mark.parametrize(
    ("ratio", "expected"), [(1003, 1000), (1 / 99.4, 1 / 99), (5.02, 5), (4, math.nan), (7.4, math.nan)]
)
def test_only_large_whole_factors_are_known(ratio, expected):
    assert round_ratio(ratio) == pytest.approx(expected, nan_ok=True)


@settings(max_examples=40)
@given(
    scale=st.sampled_from([1e-6, 1e-3, 1, 1e3]),
    ratio=st.sampled_from([10, 100, 1000]),
    day=st.integers(1, 199),
)
def test_the_unit_of_the_whole_history_is_irrelevant(scale, ratio, day):
    supply, price = series(1e9, (day, ratio)), series(2.0, (day, 1 / ratio))
    assert found(supply * scale, price / scale) == found(supply, price)
    assert len(found(supply, price)) == 1
