"""Exit columns at another size: in proportion, by the kept costs, and as stored where it was judged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.exits import FOREVER_DAYS
from screener.screens.at_position import OF_POSITION, at_position, exit_column, judged_values
from screener.screens.conditions import Number, Transform
from screener.screens.evaluate import Context, numbers_of
from screener.screens.position import PositionSize
from screener.screens.table import JUDGED_SIZE
from tests.screener.screens.tables import table_of

JUDGED = {JUDGED_SIZE: 5_000, "exit_days": 2.0, "depth": 50_000, "depth_to_position": 10, "round_trip": 0.03}
COSTS = {1_000: 0.02, 2_500: 0.025, 5_000: 0.0301, 10_000: 0.04, 25_000: 0.08, 50_000: 0.15}


def test_the_judged_size_changes_nothing():
    table = table_of({**JUDGED, "costs": COSTS})
    assert at_position(table, PositionSize(usd=5_000)) is table


def test_another_size_changes_the_three_columns_and_their_bins():
    table = table_of({**JUDGED, "costs": COSTS, "volume": 25_000})
    sized = at_position(table, PositionSize(usd=25_000))
    assert sized.numbers["exit_days"] == pytest.approx([10])
    assert sized.numbers["depth_to_position"] == pytest.approx([2])
    assert sized.numbers["round_trip"] == pytest.approx([0.08])
    assert sized.bins["round_trip"][0] > table.bins["round_trip"][0]
    assert sized.numbers["volume"] is table.numbers["volume"]
    assert at_position(sized, PositionSize(usd=5_000)).numbers["exit_days"] == pytest.approx([2])


def test_a_change_is_that_of_the_judged_size():
    """What was known then was judged at it, and at no other."""
    sized = at_position(table_of({**JUDGED, "costs": COSTS, "volume": 25_000}), PositionSize(usd=25_000))
    twice = at_position(sized, PositionSize(usd=50_000))
    number = Number("exit_days", transform=Transform.CHANGE, days=7)
    for table in (sized, twice):
        assert judged_values(table, "exit_days", now_s=0.0) == pytest.approx([2])
        past = Context(now_s=0.0, past=lambda _key, _days: np.array([2.0]))
        assert numbers_of(table, number, past) == pytest.approx([0.0])


def test_units_are_a_size_of_its_own_for_each_asset():
    table = table_of({**JUDGED, "price": 2.5}, {**JUDGED, "price": 0.5}, JUDGED)
    sized = at_position(table, PositionSize(units=10_000))
    assert sized.numbers["exit_days"] == pytest.approx([10, 2, np.nan], nan_ok=True)


def test_what_never_sells_does_at_no_size():
    table = table_of({**JUDGED, "exit_days": FOREVER_DAYS, "volume": 0}, {**JUDGED, "exit_days": np.nan})
    days = exit_column(table, "exit_days", 10.0)
    assert days == pytest.approx([FOREVER_DAYS, np.nan], nan_ok=True)


@given(size=st.integers(1, 10**9))
def test_what_is_not_known_is_known_at_no_size(size):
    sized = at_position(table_of({JUDGED_SIZE: 5_000}), PositionSize(usd=size))
    assert all(np.isnan(sized.numbers[key]).all() for key in OF_POSITION)
