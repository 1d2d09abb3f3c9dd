import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.market_history.group_returns import (
    LEAST_MEMBERS,
    cumulated,
    daily_returns,
    group_returns,
    total_return,
    trimmed_mean,
)

RETURNS = st.lists(st.floats(-0.5, 0.5), min_size=LEAST_MEMBERS, max_size=60)


def test_returns_are_between_neighbouring_days_that_are_both_known():
    prices = pd.DataFrame([[1.0, 2.0, np.nan, 4.0, 8.0]])
    expected = np.log(prices / prices.shift(axis=1))
    np.testing.assert_allclose(daily_returns(np.log(prices.to_numpy())), expected)


def test_the_index_of_a_market_is_that_of_pandas():
    """All of it once more with pandas: prices, returns, a trimmed mean by ranks, the path."""
    random = np.random.default_rng(3)
    prices = pd.DataFrame(np.exp(random.normal(0, 0.05, (40, 90)).cumsum(axis=1)))
    prices = prices.mask(random.random(prices.shape) < 0.1)
    returns = np.log(prices).diff(axis=1)
    ranks, counts = returns.rank(axis=0, method="first"), returns.notna().sum()
    out = np.ceil(counts / 10)
    kept = returns.where((ranks > out) & (ranks <= counts - out))
    expected = kept.mean().where(counts >= LEAST_MEMBERS)
    found = group_returns(daily_returns(np.log(prices.to_numpy())), np.ones(prices.shape, dtype=bool))
    np.testing.assert_allclose(found.log_return, expected)
    np.testing.assert_array_equal(found.members, counts)
    path = 100 * np.exp(expected.fillna(0).cumsum()).where(expected.notna())
    np.testing.assert_allclose(cumulated(found.log_return), path)


@given(RETURNS, st.floats(3, 20), st.sampled_from([-1, 1]))
def test_one_broken_price_moves_nothing_out_of_the_range_of_the_others(returns, size, sign):
    values = np.array([*returns, sign * size])
    assert min(returns) - 1e-12 <= trimmed_mean(values) <= max(returns) + 1e-12


def test_a_price_a_thousand_times_too_high_for_a_day_is_no_return_of_the_market():
    closes = np.zeros((10, 4))
    sound = group_returns(daily_returns(closes), np.ones((10, 4), dtype=bool)).log_return
    closes[3, 2] = np.log(1_000)
    broken = group_returns(daily_returns(closes), np.ones((10, 4), dtype=bool)).log_return
    np.testing.assert_array_equal(broken, sound)


def test_too_few_members_are_unknown_and_no_zero():
    returns = np.zeros((LEAST_MEMBERS, 2))
    is_member = np.ones((LEAST_MEMBERS, 2), dtype=bool)
    is_member[0, 1] = False
    found = group_returns(returns, is_member)
    assert found.members.tolist() == [LEAST_MEMBERS, LEAST_MEMBERS - 1]
    assert found.log_return[0] == 0
    assert np.isnan(found.log_return[1])


def test_a_few_values_are_averaged_whole_where_the_caller_says_so():
    assert trimmed_mean(np.array([1.0, 2.0, 6.0]), least=1) == pytest.approx(3)
    assert np.isnan(trimmed_mean(np.array([]), least=1))


def test_a_total_return_needs_its_days():
    returns = np.log([1.1, 1.2, 1.0])
    assert total_return(np.append(returns, np.nan), least=3) == pytest.approx(0.32)
    assert np.isnan(total_return(returns, least=4))
