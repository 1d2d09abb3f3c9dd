import math
import statistics
from itertools import pairwise

import bidask
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.spreads import amihud, corwin_schultz, edge, roll
from tests.assets.metrics.series import bars_of, candle, days, random_candles, random_prices

ESTIMATORS = [edge, corwin_schultz, roll]
PRICES = st.integers(1, 6).map(float)
RAGGED = st.lists(
    st.tuples(PRICES, PRICES, PRICES, PRICES).map(
        lambda four: (four[0], max(four), min(four), four[3])  # ties are what EDGE treats apart
    ),
    min_size=3,
    max_size=30,
)


def candles(rows, *, asset_id=1):
    return [candle(day, *row, asset_id=asset_id) for day, row in zip(days(len(rows)), rows, strict=True)]


def oracle(rows):
    """What the authors' own library says; NaN for a negative estimate."""
    told = bidask.edge(*zip(*rows, strict=True), sign=True)
    return told if told >= 0 else np.nan


@pytest.mark.parametrize("spread", [0.0, 0.001, 0.01, 0.05])
def test_edge_of_a_ragged_batch_is_that_of_the_authors(spread):
    lengths = {asset: 3 + 7 * asset for asset in range(1, 13)}
    told = edge(
        bars_of(
            [
                row
                for asset, count in lengths.items()
                for row in random_candles(asset, count, asset_id=asset, spread=spread)
            ],
            ids=list(lengths),
        ).sound()
    )
    slow = [
        oracle(list(zip(*random_prices(each, count, spread=spread), strict=True)))
        for each, count in lengths.items()
    ]
    assert told == pytest.approx(slow, rel=1e-9, nan_ok=True)
    assert spread < 0.05 or not np.isnan(told).any()


@settings(max_examples=100)
@given(rows=RAGGED)
def test_edge_of_few_and_equal_prices_is_that_of_the_authors(rows):
    signed = bidask.edge(*zip(*rows, strict=True), sign=True)
    told = edge(bars_of(candles(rows)))[0]
    if abs(signed) > 1e-6:
        assert told == pytest.approx(oracle(rows), rel=1e-6, nan_ok=True)
    else:  # where rounding decides on which side of 0 the estimate lies
        assert np.isnan(told) or told == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("estimator", "tolerance"), [(edge, 0.1), (corwin_schultz, 0.3), (roll, 0.3)])
def test_finds_the_spread_that_was_put_in(estimator, tolerance):
    told = estimator(bars_of(random_candles(5, 3_000, sigma=0.02, spread=0.02)))
    assert told == pytest.approx([0.02], rel=tolerance)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_another_asset_of_the_batch_does_not_matter(estimator):
    """To the last bit: a score must come out the same in any batch."""
    calm, wild = random_candles(1, 60, sigma=0.002, spread=0.0005), random_candles(2, 60, asset_id=2, sigma=2)
    alone, together = estimator(bars_of(calm)), estimator(bars_of([*wild, *calm], ids=[1, 2]))
    assert alone[0] == together[0]


@pytest.mark.parametrize(("estimator", "least"), [(edge, 3), (corwin_schultz, 2), (roll, 4), (amihud, 2)])
def test_too_few_bars(estimator, least):
    rows = random_candles(0, 4, sigma=0.01, spread=0.1)
    told = [np.isnan(estimator(bars_of(rows[:count])))[0] for count in range(5)]
    assert told == [count < least for count in range(5)]


def test_prices_that_never_move_say_nothing():
    assert np.isnan(edge(bars_of(candles([(1.0,)] * 30)))).all()


def test_edge_uses_neighbours_only():
    """Bars on both sides of a gap are no pair: as if two series had been put one after the other."""
    rows = random_candles(1, 60, spread=0.03)
    shifted = [{**row, "opened_at": days(100)[at if at < 30 else at + 30]} for at, row in enumerate(rows)]
    bars = bars_of(shifted)
    assert np.isnan(bars.previous(bars.close)).sum() == 2
    assert edge(bars)[0] != edge(bars_of(rows))[0]
    assert edge(bars)[0] == pytest.approx(edge(bars_of(rows))[0], rel=0.2)


def slow_corwin_schultz(rows):
    estimates = []
    for (_o1, h1, l1, c1), (_o, high, low, _c) in pairwise(rows):
        gap = low - c1 if low > c1 else high - c1 if high < c1 else 0
        beta = (high - low) ** 2 + (h1 - l1) ** 2
        gamma = (max(high - gap, h1) - min(low - gap, l1)) ** 2
        k = 3 - 2 * math.sqrt(2)
        alpha = (math.sqrt(2 * beta) - math.sqrt(beta)) / k - math.sqrt(gamma / k)
        estimates.append(max(2 * (math.exp(alpha) - 1) / (1 + math.exp(alpha)), 0))
    return statistics.fmean(estimates)


def slow_roll(rows):
    changes = [now[3] - before[3] for before, now in pairwise(rows)]
    covariance = np.cov(changes[1:], changes[:-1], ddof=1)[0, 1]
    return 2 * math.sqrt(-covariance) if covariance <= 0 else math.nan


@pytest.mark.parametrize(("estimator", "slow"), [(corwin_schultz, slow_corwin_schultz), (roll, slow_roll)])
@pytest.mark.parametrize("spread", [0, 0.03])
def test_cross_checks_equal_the_plain_formula(estimator, slow, spread):
    lengths = {asset: 4 + 9 * asset for asset in range(1, 9)}
    told = estimator(
        bars_of(
            [
                row
                for asset, count in lengths.items()
                for row in random_candles(asset, count, asset_id=asset, spread=spread)
            ],
            ids=list(lengths),
        )
    )
    expected = [
        slow(list(np.log(random_prices(each, count, spread=spread)).T.tolist()))
        for each, count in lengths.items()
    ]
    assert told == pytest.approx(expected, rel=1e-9, nan_ok=True)


def test_roll_of_a_trend_is_not_defined():
    assert np.isnan(roll(bars_of(candles([(2.0 ** (each**2 / 50),) for each in range(10)])))).all()


def test_amihud_worked_by_hand():
    """Up 10 % on $50,000 and down 10 % on $20,000: (0.1/50,000 + 0.1/20,000)/2 × 10⁶ = 3.5."""
    prices, volumes = [1.0, 1.1, 0.99], [1_000, 50_000, 20_000]
    rows = [
        candle(day, price, volume_usd=volume)
        for day, price, volume in zip(days(3), prices, volumes, strict=True)
    ]
    assert amihud(bars_of(rows)) == pytest.approx([3.5])


@pytest.mark.parametrize("volume_usd", [0, None])
def test_amihud_leaves_out_days_without_volume(volume_usd):
    rows = [candle(day, 1.1**at) for at, day in enumerate(days(3))]
    rows.append(candle(days(4)[3], 5, volume_usd=volume_usd))
    assert amihud(bars_of(rows)) == pytest.approx([0.1 / 1_000 * 1e6])
