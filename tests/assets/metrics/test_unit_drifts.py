import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.unit_drifts import LEAST_DAYS, drifts

DAYS = np.arange(366.0)


@pytest.mark.parametrize("daily", [1.01, 1.002, 1.0009, 0.998, 0.9])
def test_a_supply_that_changes_by_the_same_part_drifts(daily):
    assert drifts(DAYS, 1e6 * daily**DAYS)
    assert drifts(DAYS[::7], 1e6 * daily ** DAYS[::7])


@pytest.mark.parametrize(
    "supply",
    [
        1 + 0.44 * DAYS / 365,  # the same amount each day
        1 + 3 * DAYS / 365,
        1 + 0.05 * (DAYS // 30),
        np.where(DAYS < 100, 1.0, 2.0),
        1.0005**DAYS,  # a stake's reward
        1 + 0.6 * np.sin(DAYS / 40),
        np.ones(len(DAYS)),
        np.where(DAYS < 180, 1.002**DAYS, 1.002**180),
    ],
)
def test_one_that_comes_by_amounts_or_hardly_grows_does_not(supply):
    assert not drifts(DAYS, supply)


def test_a_short_history_says_nothing():
    days = np.arange(float(LEAST_DAYS))
    assert not drifts(days, 1.01**days)
    assert not drifts([], [])
    assert not drifts([0.0, 400.0], [1.0, 9.0])


@given(st.floats(1e-9, 1e9), st.integers(0, 2**32))
def test_neither_the_unit_nor_a_slip_of_a_day_matters(unit, seed):
    random = np.random.default_rng(seed)
    noise = np.exp(random.normal(0, 0.002, len(DAYS)))
    supply = unit * 1.003**DAYS * noise
    supply[random.integers(len(DAYS))] *= 1_000
    assert drifts(DAYS, supply)
