import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.market_history.correlation import (
    WINDOWS_DAYS,
    fisher_interval,
    least_days,
    rolling_correlation,
)

RETURN = st.one_of(st.floats(-0.5, 0.5), st.just(math.nan))
PAIRS = st.lists(st.tuples(RETURN, RETURN), min_size=1, max_size=60).map(lambda rows: np.array(rows).T)


def two_markets(days=400, *, gaps=0.1):
    random = np.random.default_rng(7)
    shared = random.normal(0, 0.03, days)
    both = [shared + random.normal(0, 0.03, days) for _each in range(2)]
    return [np.where(random.random(days) < gaps, np.nan, each) for each in both]


@pytest.mark.parametrize("window", WINDOWS_DAYS)
def test_it_is_that_of_pandas(window):
    one, other = two_markets()
    least = math.ceil(window * 2 / 3)
    expected = pd.Series(one).rolling(window, min_periods=least).corr(pd.Series(other))
    expected[: window - 1] = np.nan  # a window that has not yet begun is none
    common = (pd.Series(one) + pd.Series(other)).notna().rolling(window, min_periods=1).sum()
    found = rolling_correlation(one, other, window=window)
    np.testing.assert_allclose(found.r, expected.where(common >= least), atol=1e-12)
    np.testing.assert_array_equal(found.days, common)
    assert np.count_nonzero(~np.isnan(found.r)) > 200


@pytest.mark.parametrize(
    ("r", "days", "low", "high"),
    [
        # By hand: atanh 0.5 = 0.549306, 1.96/√27 = 0.377194; tanh 0.172112, tanh 0.926500.
        (0.5, 30, 0.170433, 0.728957),
        # atanh 0 = 0, 1.959964/√87 = 0.210130.
        (0.0, 90, -0.207093, 0.207093),
    ],
)
def test_the_interval_is_fishers(r, days, low, high):
    found = fisher_interval(np.array([r]), np.array([days]))
    assert [float(each[0]) for each in found] == pytest.approx([low, high], abs=1e-5)


def test_three_days_have_no_interval():
    low, high = fisher_interval(np.array([0.5]), np.array([3]))
    assert np.isnan([low[0], high[0]]).all()


@settings(deadline=None)
@given(PAIRS)
def test_it_lies_in_its_interval_and_between_minus_one_and_one(pairs):
    found = rolling_correlation(*pairs, window=9)
    known = ~np.isnan(found.r)
    assert (np.abs(found.r[known]) <= 1).all()
    assert (found.low[known] <= found.r[known] + 1e-12).all()
    assert (found.r[known] <= found.high[known] + 1e-12).all()
    assert (found.days[known] >= least_days(9)).all()


@settings(deadline=None)
@given(PAIRS, st.floats(0.01, 1_000), st.floats(0.01, 1_000))
def test_scale_makes_no_difference_and_a_sign_turns_it(pairs, scale, other_scale):
    one, other = np.round(pairs, 6)  # else what differs by rounding alone would be a market
    found = rolling_correlation(one, other, window=9).r
    np.testing.assert_allclose(
        rolling_correlation(scale * one, other_scale * other, window=9).r, found, atol=1e-6
    )
    np.testing.assert_allclose(rolling_correlation(-one, other, window=9).r, -found, atol=1e-6)


def test_of_returns_that_do_not_move_there_is_none():
    moving = np.linspace(-0.1, 0.1, 40)
    assert np.isnan(rolling_correlation(np.full(40, 0.01), moving, window=30).r).all()


def test_too_few_common_days_are_not_known():
    one, other = two_markets(30, gaps=0)
    one[: 30 - least_days(30) + 1] = np.nan
    found = rolling_correlation(one, other, window=30)
    assert np.isnan(found.r).all()
    assert found.days[-1] == least_days(30) - 1
