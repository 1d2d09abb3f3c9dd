from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.holders import SUPPLY_TOLERANCE_SHARE
from tests.assets.metrics.batch import NOW, measured
from tests.assets.metrics.witnesses.looking import asked_by


def listed(*shares):
    return [{"holder_type": "wallet", "share": share} for share in shares]


@pytest.mark.parametrize(
    ("shares", "count"),
    [((0.6, 0.4), 0), ((0.6, 0.4 + SUPPLY_TOLERANCE_SHARE), 0), ((0.6, 0.42), 2), ((0.6, None), 0), ((), 0)],
)
def test_holders_have_no_more_than_there_is(shares, count):
    assert asked_by("more_than_supply", positions=listed(*shares)) == ["share"] * count


@pytest.mark.parametrize(
    ("holders", "fields"), [(2, []), (1, ["holder_count"]), (0, ["holder_count"]), (None, [])]
)
def test_there_are_as_many_holders_as_are_listed(holders, fields):
    assert (
        asked_by("fewer_than_listed", holders={"holder_count": holders}, positions=listed(0.3, 0.2)) == fields
    )


def test_a_position_of_nothing_is_no_holder():
    assert asked_by("fewer_than_listed", holders={"holder_count": 1}, positions=listed(0.3, 0.0)) == []


def test_a_list_beyond_the_supply_says_nothing():
    assert np.isnan(measured(positions=listed(0.9, 0.9))["top_ten_adjusted_share"])


@pytest.mark.parametrize(("days", "fields"), [(7, ["holder_count"]), (8, [])])
def test_a_count_of_another_time_does_not_contradict_a_list(days, fields):
    then = {"holder_count": 1, "holder_count_at": NOW - timedelta(days=days), "positions_at": NOW}
    assert asked_by("fewer_than_listed", holders=then, positions=listed(0.3, 0.2)) == fields
