import numpy as np
import pytest

from tests.assets.metrics.series import bars_of, candle, days, random_candles

DAYS = days(40)


def test_the_logarithms_of_prices_by_asset():
    bars = bars_of([candle(DAYS[0], 2, 4, 1, 3), candle(DAYS[0], 5, asset_id=7)], ids=[7, 1])
    assert bars.owner.tolist() == [1, 0]
    assert (
        pytest.approx(np.array([[2, 4, 1, 3], [5, 5, 5, 5]]))
        == np.exp([bars.open, bars.high, bars.low, bars.close]).T
    )


def test_of_a_day_told_twice_the_last_word_counts():
    bars = bars_of([candle(DAYS[0], 1), candle(DAYS[0].replace(hour=4), 2), candle(DAYS[1], 3)])
    assert np.exp(bars.close).tolist() == pytest.approx([2, 3])


def test_the_same_day_of_two_assets_is_not_told_twice():
    assert bars_of([candle(DAYS[0], 1), candle(DAYS[0], 1, asset_id=2)], ids=[1, 2]).count().tolist() == [
        1,
        1,
    ]


@pytest.mark.parametrize("price", [0, -1, None, float("inf"), 1e16])
def test_a_price_that_cannot_be_is_not_known(price):
    assert np.isnan(bars_of([candle(DAYS[0], price)]).close).all()


@pytest.mark.parametrize(
    ("prices", "volume_usd", "traded"),
    [
        ((1,), 10, 1),
        ((1,), 0, 0),
        ((1,), None, None),
        ((1, 2, 1, 2), None, 1),  # a range of prices is a trade, whatever the volume says
        ((1, 2, 1, 2), 0, 1),
        ((None,), 10, 1),
        ((None,), None, None),
    ],
)
def test_whether_a_day_traded(prices, volume_usd, traded):
    found = bars_of([candle(DAYS[0], *prices, volume_usd=volume_usd)]).traded().tolist()
    assert found == pytest.approx([np.nan if traded is None else traded], nan_ok=True)


@pytest.mark.parametrize(
    ("prices", "volume_usd", "is_sound"),
    [
        ((2, 3, 1, 2), 10, True),
        ((2, 3, 1, 2), None, True),
        ((2,), None, True),
        ((2,), 0, False),
        ((2, 1.9, 1, 1.5), 10, False),  # opens above its high
        ((2, 3, 2.1, 2.5), 10, False),  # opens below its low
        ((2, 3, 1, 3.1), 10, False),
        ((2, 3, 1, 0.9), 10, False),
        ((None, 3, 1, 2), 10, False),
        ((2, None, 1, 2), 10, False),
        ((2, 3, None, 2), 10, False),
        ((2, 3, 1, None), 10, False),
    ],
)
def test_sound_bars(prices, volume_usd, is_sound):
    assert bars_of([candle(DAYS[0], *prices, volume_usd=volume_usd)]).sound().count() == [is_sound]


@pytest.mark.parametrize(("apart", "are_neighbours"), [(1, True), (3, True), (4, True), (5, False)])
def test_neighbours_lie_at_most_a_long_weekend_apart(apart, are_neighbours):
    bars = bars_of([candle(DAYS[0], 2), candle(DAYS[apart], 3)])
    previous = bars.previous(bars.close)
    assert np.isnan(previous[0])
    assert (previous[1] == np.log(2)) == are_neighbours


def test_an_asset_is_not_the_neighbour_of_another():
    bars = bars_of([candle(DAYS[0], 2), candle(DAYS[1], 3, asset_id=2)], ids=[1, 2])
    assert np.isnan(bars.previous(bars.close)).all()


def test_statistics_by_asset():
    rows = [*random_candles(1, 30, asset_id=5), *random_candles(2, 1, asset_id=9)]
    bars = bars_of(rows, ids=[9, 3, 5])
    values, of_five = bars.close, bars.close[:30]
    assert bars.count().tolist() == [1, 0, 30]
    assert bars.total(values) == pytest.approx([values[30], 0, of_five.sum()])
    assert bars.mean(values) == pytest.approx([values[30], np.nan, of_five.mean()], nan_ok=True)
    assert bars.variance(values) == pytest.approx([np.nan, np.nan, of_five.var(ddof=1)], nan_ok=True)
    assert bars.last(values) == pytest.approx([values[30], np.nan, of_five[-1]], nan_ok=True)


def test_a_value_that_is_not_known_makes_its_asset_unknown_only():
    bars = bars_of([candle(DAYS[0], None), candle(DAYS[0], 2, asset_id=2)], ids=[1, 2])
    assert bars.mean(bars.close) == pytest.approx([np.nan, np.log(2)], nan_ok=True)


def test_no_bars():
    bars = bars_of([], ids=[1, 2])
    assert bars.previous(bars.close).size == 0
    assert bars.count().tolist() == [0, 0]
    assert np.isnan(bars.mean(bars.close)).all()
