import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.sizing import (
    KELLY_PART,
    LEAST_RETURNS,
    correlation,
    fixed_fractional_usd,
    log_returns,
    quarter_kelly_of_returns_share,
    quarter_kelly_share,
)

NAN = np.nan


def one(value):
    return np.array([value], dtype=float)


def columns(**values):
    return {name: one(value) for name, value in values.items()}


def walk(seed, days=120, drift=0.0):
    dice = np.random.default_rng(seed)
    return pd.Series(np.exp(np.cumsum(dice.normal(drift, 0.05, days))))


# Position -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risk", "entry", "stop", "expected"),
    [
        (0.01, 10, 8, 5_000),
        (0.01, 10, 12, 5_000),
        (0.01, 10, 0, 1_000),
        (0.02, 10, 0, 2_000),
        (0.01, 10, 10, NAN),
        (0.01, 0, 0, NAN),
        (0.01, 10, -1, NAN),
        (1.5, 10, 8, NAN),
        (NAN, 10, 8, NAN),
        (0.01, NAN, 8, NAN),
        (0.01, 10, NAN, NAN),
    ],
)
def test_fixed_fractional(risk, entry, stop, expected):
    found = fixed_fractional_usd(
        **columns(equity_usd=100_000, risk_share=risk, entry_usd=entry, stop_usd=stop)
    )
    assert found == pytest.approx([expected], nan_ok=True)


@given(st.floats(1, 1e9), st.floats(0.001, 1), st.floats(0.01, 1e6), st.floats(0, 0.99))
def test_what_is_lost_at_the_stop_is_what_was_risked(equity, risk, entry, kept):
    stop = entry * kept
    position = fixed_fractional_usd(
        **columns(equity_usd=equity, risk_share=risk, entry_usd=entry, stop_usd=stop)
    )
    assert position / entry * (entry - stop) == pytest.approx([equity * risk])


@pytest.mark.parametrize(
    ("wins", "payoff", "expected"),
    [
        (0.6, 1, 0.25 * 0.2),
        (0.5, 2, 0.25 * 0.25),
        (1, 1, 0.25),
        (0.5, 1, 0),
        (0.2, 1, 0),
        (1.1, 1, NAN),
        (0.6, 0, NAN),
        (NAN, 1, NAN),
        (0.6, NAN, NAN),
    ],
)
def test_a_quarter_of_kelly(wins, payoff, expected):
    found = quarter_kelly_share(**columns(win_share=wins, payoff_ratio=payoff))
    assert found == pytest.approx([expected], nan_ok=True)


@given(st.floats(0.05, 0.95), st.floats(0.1, 10))
def test_nothing_grows_faster_than_kelly(wins, payoff):
    kelly = quarter_kelly_share(**columns(win_share=wins, payoff_ratio=payoff)) / KELLY_PART
    shares = np.linspace(0, 0.99, 500)
    growth = wins * np.log1p(payoff * shares) + (1 - wins) * np.log1p(-shares)
    assert shares[growth.argmax()] == pytest.approx(kelly, abs=0.01)


@pytest.mark.parametrize(
    ("mean", "variance", "expected"),
    [
        (0.02, 0.04, 0.125),
        (0.08, 0.04, 0.25),
        (-0.02, 0.04, 0),
        (0.02, 0, NAN),
        (NAN, 0.04, NAN),
        (0.02, NAN, NAN),
    ],
)
def test_a_quarter_of_kelly_of_returns(mean, variance, expected):
    found = quarter_kelly_of_returns_share(**columns(mean_return=mean, return_variance=variance))
    assert found == pytest.approx([expected], nan_ok=True)


def test_a_quarter_keeps_44_percent_of_the_growth_and_6_of_the_variance():
    """Growth of a share f of equity is μ·f − σ²·f²/2, its variance σ²·f²."""
    mean, variance = 0.02, 0.04
    kelly = mean / variance
    growth = [mean * share - variance * share**2 / 2 for share in (KELLY_PART * kelly, kelly)]
    assert growth[0] / growth[1] == pytest.approx(0.4375)
    assert pytest.approx(0.0625) == KELLY_PART**2


# Correlation --------------------------------------------------------------------------


def test_log_returns_of_what_is_known():
    prices = pd.DataFrame({"a": [1, np.e, 0, 1, 1 / np.e]})
    assert log_returns(prices)["a"].to_numpy() == pytest.approx([NAN, 1, NAN, NAN, -1], nan_ok=True)


@pytest.mark.parametrize("ranks", [False, True])
@pytest.mark.parametrize("days", [30, 90])
def test_correlation_is_that_of_pandas(ranks, days):
    prices = pd.DataFrame({"a": walk(1), "b": walk(2), "c": walk(3)})
    prices.loc[100, "b"] = NAN
    benchmark = walk(2) * walk(4) ** 0.5
    returns = np.log(prices).diff().tail(days)
    of_market = np.log(benchmark).diff().tail(days)
    if ranks:
        known = {name: returns[name].dropna().index for name in prices}
        expected = [returns[name].rank().corr(of_market[known[name]].rank()) for name in prices]
    else:
        expected = [returns[name].corr(of_market) for name in prices]
    assert correlation(prices, benchmark, days=days, ranks=ranks) == pytest.approx(expected)


@pytest.mark.parametrize("ranks", [False, True])
def test_what_moves_alike_and_what_moves_against_it(ranks):
    benchmark = walk(1)
    prices = pd.DataFrame({"alike": 3 * benchmark**2, "against": 1 / benchmark, "still": 1.0})
    found = correlation(prices, benchmark, days=90, ranks=ranks)
    assert found == pytest.approx([1, -1, NAN], nan_ok=True)


def test_a_few_returns_are_not_enough():
    prices = walk(1, days=LEAST_RETURNS + 1).to_frame("a")
    assert correlation(prices, prices["a"], days=90, ranks=False) == pytest.approx([1])
    assert np.isnan(correlation(prices.iloc[1:], prices["a"], days=90, ranks=False))


def test_the_benchmark_is_matched_by_day():
    prices = walk(1).to_frame("a")
    found = correlation(prices, prices["a"].iloc[::-1], days=30, ranks=False)
    assert found == pytest.approx([1])


@pytest.mark.parametrize("ranks", [False, True])
def test_the_last_binary_places_do_not_lead_beyond_one(ranks):
    benchmark = walk(1)
    prices = pd.DataFrame({power: benchmark ** (power / 7) for power in range(1, 200)})
    assert correlation(prices, benchmark, days=90, ranks=ranks).max() == 1


@given(st.lists(st.floats(allow_nan=True), min_size=30, max_size=30), st.booleans())
def test_it_is_never_beyond_one(values, ranks):
    found = correlation(pd.DataFrame({"a": values}), walk(1, days=30), days=90, ranks=ranks)
    assert np.isnan(found) or -1 <= found <= 1
