import math
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.volatility import yang_zhang
from tests.assets.metrics.series import bars_of, candle, days, random_candles, random_prices


def slow_rogers_satchell(rows):
    total = 0.0
    for o, h, low, c in rows:
        total += math.log(h / c) * math.log(h / o) + math.log(low / c) * math.log(low / o)
    return math.sqrt(total / len(rows))


def slow_yang_zhang(rows):
    """As in R's TTR: sample variances of overnight and open-to-close returns, and Rogers-Satchell's mean."""
    overnight = [math.log(now[0] / before[3]) for before, now in pairwise(rows)]
    inside = rows[1:]
    n = len(inside)
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    through = statistics.variance(math.log(c / o) for o, _h, _low, c in inside)
    return math.sqrt(
        statistics.variance(overnight) + k * through + (1 - k) * slow_rogers_satchell(inside) ** 2
    )


def test_a_ragged_batch_equals_the_plain_formula():
    lengths = {4: 60, 2: 3, 9: 21, 7: 45}
    rows = [row for asset, count in lengths.items() for row in random_candles(asset, count, asset_id=asset)]
    found = yang_zhang(bars_of(rows, ids=[2, 4, 5, 7, 9]).sound())
    slow = {
        asset: slow_yang_zhang(list(zip(*random_prices(asset, count), strict=True)))
        for asset, count in lengths.items()
    }
    assert found == pytest.approx([slow[2], slow[4], np.nan, slow[7], slow[9]], rel=1e-12, nan_ok=True)


def test_finds_the_volatility_that_was_put_in():
    """A little below: a price that is seen 1,000 times a day does not show its whole range."""
    rows = random_candles(3, 400, sigma=0.05, spread=0, trades_a_day=1_000)
    assert 0.046 < yang_zhang(bars_of(rows))[0] < 0.051


def test_a_steady_rise_is_not_volatility():
    prices = [1.1**each for each in range(31)]
    rows = [candle(day, a, b, a, b) for day, a, b in zip(days(30), prices, prices[1:], strict=False)]
    assert yang_zhang(bars_of(rows)) == pytest.approx([0], abs=1e-7)


@settings(max_examples=25)
@given(scale=st.floats(1e-9, 1e9), seed=st.integers(0, 50))
def test_the_unit_of_the_price_does_not_matter(scale, seed):
    rows = random_candles(seed, 30)
    scaled = [
        candle(row["opened_at"], *(scale * row[f"{name}_usd"] for name in ("open", "high", "low", "close")))
        for row in rows
    ]
    assert yang_zhang(bars_of(scaled)) == pytest.approx(yang_zhang(bars_of(rows)), rel=1e-6)


def test_a_move_over_a_gap_is_not_a_night():
    rows = random_candles(1, 60)
    with_gap = [*rows[:30], *rows[45:]]
    pairs = [*pairwise(rows[:30]), *pairwise(rows[45:])]
    overnight = statistics.variance(math.log(now["open_usd"] / before["close_usd"]) for before, now in pairs)
    inside = [tuple(now[f"{name}_usd"] for name in ("open", "high", "low", "close")) for _, now in pairs]
    n = len(inside)
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    through = statistics.variance(math.log(c / o) for o, _h, _low, c in inside)
    expected = math.sqrt(overnight + k * through + (1 - k) * slow_rogers_satchell(inside) ** 2)
    assert yang_zhang(bars_of(with_gap)) == pytest.approx([expected], rel=1e-12)


def test_one_bar_has_no_volatility():
    assert np.isnan(yang_zhang(bars_of([candle(days(1)[0], 100, 110, 90, 100)]))).all()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_bars_for_yang_zhang(count):
    assert np.isnan(yang_zhang(bars_of(random_candles(1, count)))).all()
