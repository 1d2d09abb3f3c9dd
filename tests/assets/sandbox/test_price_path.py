import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.price_path import tick_of

INDEX = st.integers(min_value=0, max_value=1_000_000)
NUMBER = st.integers(min_value=700_000, max_value=760_000)


def ticks(index, count, *, first=730_000, volatility=0.04, quiet_share=0.03):
    return [
        tick_of(index, first + place, volatility=volatility, quiet_share=quiet_share)
        for place in range(count)
    ]


def returns_of(index, count=1_500, **traits):
    levels = [each.level for each in ticks(index, count, **traits)]
    return np.diff(levels)


@given(INDEX, NUMBER)
def test_a_tick_is_told_by_the_asset_and_its_number_alone(index, number):
    first = tick_of(index, number, volatility=0.04, quiet_share=0.03)
    before = tick_of(index, number - 1, volatility=0.04, quiet_share=0.03)
    assert first == tick_of(index, number, volatility=0.04, quiet_share=0.03)
    assert first.level - before.level == pytest.approx(first.move, abs=1e-9)
    assert 0 <= first.gap_share < 1
    assert first.reach >= 0
    assert first.volume_factor > 0
    assert abs(first.level) < 4, "prices keep near where they began"


def test_the_same_on_every_machine():
    tick = tick_of(7, 739_000, volatility=0.04, quiet_share=0.03)
    assert [round(value, 9) for value in (tick.level, tick.move, tick.volume_factor)] == [
        0.095880839,
        -0.013775949,
        0.659627122,
    ]


def test_tails_are_heavy_and_no_wave_is_in_them():
    moves = np.concatenate([returns_of(index) / returns_of(index).std() for index in range(12)])
    assert np.mean(moves**4) > 5, "a normal distribution has 3"
    spectrum = np.abs(np.fft.rfft(returns_of(3))) ** 2
    assert spectrum.max() / spectrum.sum() < 0.03, "a sine has all of it at one frequency"


def test_unrest_comes_in_clusters_and_volume_with_it():
    lagged, with_volume = [], []
    for index in range(12):
        days = ticks(index, 1_500, quiet_share=0.0)
        size = np.abs(np.diff([each.level for each in days]))
        volume = np.log([each.volume_factor for each in days])[1:]
        lagged.append(np.corrcoef(size[1:], size[:-1])[0, 1])
        with_volume.append(np.corrcoef(size, volume)[0, 1])
    assert np.mean(lagged) > 0.08
    assert np.mean(with_volume) > 0.2


def test_direction_does_not_come_in_clusters():
    assert np.mean([np.corrcoef(r[1:], r[:-1])[0, 1] for r in map(returns_of, range(12))]) == pytest.approx(
        0, abs=0.05
    )


def test_volume_is_as_usual_in_the_mean():
    factors = [each.volume_factor for index in range(30) for each in ticks(index, 400, quiet_share=0.0)]
    assert np.mean(factors) == pytest.approx(1, abs=0.1)


def test_on_quiet_days_hardly_anything_happens():
    days = ticks(1, 1_000, quiet_share=0.3)
    quiet = [each for each in days if each.reach == 0]
    assert len(quiet) == pytest.approx(300, abs=60)
    assert max(each.volume_factor for each in quiet) < 0.1
    assert len({each.level for each in ticks(1, 50, quiet_share=1.0)}) == 1
