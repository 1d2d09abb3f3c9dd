import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.price_moves import price_moves
from tests.assets.metrics.series import bars_of, candle, days, random_candles


def flat(prices, **whose):
    return [
        candle(day, each, each, each, each, **whose)
        for day, each in zip(days(len(prices)), prices, strict=True)
    ]


def test_volatility_and_band_equal_the_plain_formula_over_a_ragged_batch():
    rows = [*random_candles(1, 120, asset_id=1), *random_candles(2, 40, asset_id=2)]
    bars = bars_of(rows, ids=[1, 2])
    moves = price_moves(bars)
    for owner in (0, 1):
        closes = bars.close[bars.owner == owner]
        returns = np.diff(closes)
        for place in range(1, len(closes)):
            before = returns[max(0, place - 1 - 90) : place - 1]
            expected = statistics.stdev(before) if len(before) >= 21 else math.nan
            found = moves.volatility_share[bars.owner == owner][place]
            assert found == pytest.approx(expected, nan_ok=True, rel=1e-9)
            change = math.exp(returns[place - 1]) - 1
            limit = (
                abs(change) >= 0.25
                if math.isnan(expected)
                else (abs(returns[place - 1]) > 3 * expected and abs(change) >= 0.05)
            )
            assert moves.is_beyond[bars.owner == owner][place] == limit


def test_the_first_bar_is_no_move_and_no_bars_are_none():
    assert price_moves(bars_of(flat([1.0]))).is_beyond.tolist() == [False]
    assert price_moves(bars_of([])).is_beyond.tolist() == []


def test_a_price_that_never_moves_leaves_its_band_by_five_per_cent():
    still = [100.0] * 40
    assert price_moves(bars_of(flat([*still, 104.9]))).is_beyond[-1] == np.False_
    assert price_moves(bars_of(flat([*still, 105.1]))).is_beyond[-1] == np.True_


@settings(max_examples=25)
@given(scale=st.floats(1e-6, 1e6), seed=st.integers(0, 50))
def test_the_unit_of_the_price_does_not_matter(scale, seed):
    prices = np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.1, 60))).tolist()
    plain, scaled = (price_moves(bars_of(flat([each * by for each in prices]))) for by in (1, scale))
    assert plain.change_share == pytest.approx(scaled.change_share, nan_ok=True, rel=1e-6, abs=1e-9)
