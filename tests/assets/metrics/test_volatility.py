import math
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.volatility import garman_klass, parkinson, rogers_satchell, yang_zhang
from tests.assets.metrics.series import bars_of, candle, days, random_candles, random_prices

ESTIMATORS = [parkinson, garman_klass, rogers_satchell, yang_zhang]


def slow_parkinson(rows):
    return math.sqrt(sum(math.log(h / low) ** 2 for _o, h, low, _c in rows) / (4 * len(rows) * math.log(2)))


def slow_garman_klass(rows):
    total = 0.0
    for o, h, low, c in rows:
        total += 0.5 * math.log(h / low) ** 2 - (2 * math.log(2) - 1) * math.log(c / o) ** 2
    return math.sqrt(total / len(rows))


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


SLOW = dict(
    zip(ESTIMATORS, [slow_parkinson, slow_garman_klass, slow_rogers_satchell, slow_yang_zhang], strict=True)
)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_ragged_batch_equals_the_plain_formula(estimator):
    lengths = {4: 60, 2: 3, 9: 21, 7: 45}
    rows = [row for asset, count in lengths.items() for row in random_candles(asset, count, asset_id=asset)]
    told = estimator(bars_of(rows, ids=[2, 4, 5, 7, 9]).sound())
    slow = {
        asset: SLOW[estimator](list(zip(*random_prices(asset, count), strict=True)))
        for asset, count in lengths.items()
    }
    assert told == pytest.approx([slow[2], slow[4], np.nan, slow[7], slow[9]], rel=1e-12, nan_ok=True)


def test_worked_by_hand():
    """A day from 100 to 100 through 110 and 90: ln(H/L) = .2007, ln(H/O) = .0953, ln(L/O) = −.1054."""
    bars = bars_of([candle(days(1)[0], 100, 110, 90, 100)])
    assert parkinson(bars) == pytest.approx([0.12052], abs=1e-5)
    assert garman_klass(bars) == pytest.approx([0.14190], abs=1e-5)
    assert rogers_satchell(bars) == pytest.approx([0.14208], abs=1e-5)
    assert np.isnan(yang_zhang(bars)).all()


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_finds_the_volatility_that_was_put_in(estimator):
    """A little below: a price that is seen 1,000 times a day does not show its whole range."""
    rows = random_candles(3, 400, sigma=0.05, spread=0, trades_a_day=1_000)
    assert 0.046 < estimator(bars_of(rows))[0] < 0.051


@pytest.mark.parametrize("estimator", [rogers_satchell, yang_zhang])
def test_a_steady_rise_is_not_volatility(estimator):
    prices = [1.1**each for each in range(31)]
    rows = [candle(day, a, b, a, b) for day, a, b in zip(days(30), prices, prices[1:], strict=False)]
    assert estimator(bars_of(rows)) == pytest.approx([0], abs=1e-7)


@pytest.mark.parametrize("estimator", ESTIMATORS)
@settings(max_examples=25)
@given(scale=st.floats(1e-9, 1e9), seed=st.integers(0, 50))
def test_the_unit_of_the_price_does_not_matter(estimator, scale, seed):
    rows = random_candles(seed, 30)
    scaled = [
        candle(row["opened_at"], *(scale * row[f"{name}_usd"] for name in ("open", "high", "low", "close")))
        for row in rows
    ]
    assert estimator(bars_of(scaled)) == pytest.approx(estimator(bars_of(rows)), rel=1e-6)


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


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_bars_for_yang_zhang(count):
    assert np.isnan(yang_zhang(bars_of(random_candles(1, count)))).all()
