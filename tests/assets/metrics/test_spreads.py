import bidask
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.spreads import amihud, edge
from tests.assets.metrics.series import bars_of, candle, days, random_candles, random_prices

ESTIMATORS = [edge, amihud]
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
    signed = bidask.edge(*zip(*rows, strict=True), sign=True)
    return signed if signed >= 0 else np.nan


@pytest.mark.parametrize("spread", [0.0, 0.001, 0.01, 0.05])
def test_edge_of_a_ragged_batch_is_that_of_the_authors(spread):
    lengths = {asset: 3 + 7 * asset for asset in range(1, 13)}
    found = edge(
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
    assert found == pytest.approx(slow, rel=1e-9, nan_ok=True)
    assert spread < 0.05 or not np.isnan(found).any()


@settings(max_examples=100)
@given(rows=RAGGED)
def test_edge_of_few_and_equal_prices_is_that_of_the_authors(rows):
    signed = bidask.edge(*zip(*rows, strict=True), sign=True)
    found = edge(bars_of(candles(rows)))[0]
    if abs(signed) > 1e-6:
        assert found == pytest.approx(oracle(rows), rel=1e-6, nan_ok=True)
    else:  # where rounding decides on which side of 0 the estimate lies
        assert np.isnan(found) or found == pytest.approx(0, abs=1e-6)


def test_finds_the_spread_that_was_put_in():
    found = edge(bars_of(random_candles(5, 3_000, sigma=0.02, spread=0.02)))
    assert found == pytest.approx([0.02], rel=0.1)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_another_asset_of_the_batch_does_not_matter(estimator):
    """To the last bit: a score must come out the same in any batch."""
    calm, wild = random_candles(1, 60, sigma=0.002, spread=0.0005), random_candles(2, 60, asset_id=2, sigma=2)
    alone, together = estimator(bars_of(calm)), estimator(bars_of([*wild, *calm], ids=[1, 2]))
    assert alone[0] == together[0]


@pytest.mark.parametrize(("estimator", "least"), [(edge, 3), (amihud, 2)])
def test_too_few_bars(estimator, least):
    rows = random_candles(0, 4, sigma=0.01, spread=0.1)
    found = [np.isnan(estimator(bars_of(rows[:count])))[0] for count in range(5)]
    assert found == [count < least for count in range(5)]


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
