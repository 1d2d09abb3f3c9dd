from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.market_history.group_returns import cumulated
from assets.metrics.market_history.phases import (
    BEAR,
    BULL,
    LEAST_PHASE_DAYS,
    UNDECIDED,
    Phase,
    behaviour,
    phases,
)

INDEX = st.lists(st.integers(50, 200).map(float), min_size=2, max_size=60).map(np.array)


def named(index):
    return [(each.direction, each.start, each.end) for each in phases(np.array(index, dtype=float))]


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        # A fall of a fifth is a bear market, one of less is none.
        ([100, 90, 80], [(BEAR, 0, 2)]),
        ([100, 90, 80.1], [(UNDECIDED, 0, 2)]),
        ([100, 110, 120], [(BULL, 0, 2)]),
        ([100, 110, 119.9], [(UNDECIDED, 0, 2)]),
        # From the last high, not from the first value; before it nobody knows.
        ([100, 110, 100, 88], [(UNDECIDED, 0, 1), (BEAR, 1, 3)]),
        ([100, 130, 120, 150, 120, 118, 145], [(BULL, 0, 3), (BEAR, 3, 5), (BULL, 5, 6)]),
        ([100, np.nan, 80, np.nan], [(BEAR, 0, 2)]),
        ([100, np.nan], []),
    ],
)
def test_phases_turn_at_a_fifth_from_the_last_extreme(index, expected):
    assert named(index) == expected


def test_the_last_phase_alone_is_open():
    found = phases(np.array([100.0, 130, 100, 125]))
    assert [each.is_open for each in found] == [False, False, True]


@given(INDEX)
def test_phases_follow_each_other_and_alternate(index):
    found = phases(index)
    assert (found[0].start, found[-1].end) == (0, index.size - 1)
    assert all(one.end == next_one.start for one, next_one in pairwise(found))
    directions = [each.direction for each in found if each.direction]
    assert all(one != other for one, other in pairwise(directions))


@given(INDEX)
def test_a_phase_moves_by_a_fifth_and_once_it_has_never_that_much_back(index):
    for phase in phases(index):
        part = pd.Series(index[phase.start : phase.end + 1])
        from_start = part / part.iloc[0]
        if phase.direction == BULL:
            turned = part[(from_start >= 1.2 * (1 - 1e-12)).idxmax() :]
            assert from_start.max() >= 1.2 * (1 - 1e-12)
            assert (turned / turned.cummax()).min() > 0.8
        elif phase.direction == BEAR:
            turned = part[(from_start <= 0.8 * (1 + 1e-12)).idxmax() :]
            assert from_start.min() <= 0.8 * (1 + 1e-12)
            assert (turned / turned.cummin()).max() < 1.2


def test_behaviour_is_that_of_pandas():
    returns = pd.Series(np.random.default_rng(2).normal(-0.002, 0.03, 80))
    returns[[20, 33]] = np.nan
    phase = Phase(direction=BEAR, start=10, end=60)
    within = returns[11:61].dropna()
    path = pd.concat([pd.Series([1.0]), np.exp(within.cumsum())])
    found = behaviour(returns.to_numpy(), phase)
    assert found.days == 48
    assert found.return_share == pytest.approx(path.iloc[-1] - 1)
    assert found.daily_return_share == pytest.approx(np.exp(within.mean()) - 1)
    assert found.drawdown_share == pytest.approx(1 - (path / path.cummax()).min())


def test_a_group_of_few_known_days_has_no_behaviour():
    returns = np.full(20, np.nan)
    returns[:LEAST_PHASE_DAYS] = 0.01  # the day on which it starts is none of its own
    found = behaviour(returns, Phase(direction=BULL, start=0, end=19))
    assert found.days == LEAST_PHASE_DAYS - 1
    assert np.isnan([found.return_share, found.daily_return_share, found.drawdown_share]).all()


def test_a_group_that_only_rose_never_fell():
    found = behaviour(np.full(10, 0.01), Phase(direction=BULL, start=0, end=9))
    assert found.drawdown_share == 0
    assert found.return_share == pytest.approx(cumulated(np.full(9, 0.01))[-1] / 100 - 1)
