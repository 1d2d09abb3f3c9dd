import numpy as np
import pytest

from assets.metrics.market_history.size_groups import (
    NO_SIZE,
    SIZES,
    TIERS_OF_SIZE,
    caps_carried_back,
    sizes_before,
    sizes_of_caps,
)
from assets.metrics.size_tiers import TIERS


@pytest.mark.parametrize(
    ("kind", "cap", "size"),
    [
        ("token", 99.9e6, "micro"),
        ("token", 100e6, "small"),
        ("token", 2e9, "large"),
        ("equity", 10e6, "micro"),
        ("equity", 299.9e6, "micro"),
        ("equity", 300e6, "small"),
        ("equity", 1.99e9, "small"),
        ("equity", 12e9, "large"),
    ],
)
def test_the_limits_are_those_of_the_tiers(kind, cap, size):
    assert sizes_of_caps(np.array([[cap]]), kind=kind)[0, 0] == SIZES.index(size)


def test_an_unknown_cap_is_of_no_group():
    assert sizes_of_caps(np.array([[np.nan, np.inf]]), kind="token").tolist() == [[NO_SIZE, NO_SIZE]]


def test_every_tier_belongs_to_one_group():
    assert [tier for size in SIZES for tier in TIERS_OF_SIZE[size]] == [*TIERS]


def test_a_cap_is_carried_back_by_price():
    closes = np.log([[10.0, 5.0, np.nan, 1.0]])
    caps = caps_carried_back(np.array([50e6]), np.array([1.0]), closes, has_changed_units=np.array([False]))
    np.testing.assert_allclose(caps, [[500e6, 250e6, np.nan, 50e6]])


@pytest.mark.parametrize(("price", "changed"), [(np.nan, False), (1.0, True)])
def test_what_cannot_be_held_against_todays_price_keeps_todays_cap(price, changed):
    closes = np.log([[10.0, 5.0]])
    caps = caps_carried_back(
        np.array([50e6]), np.array([price]), closes, has_changed_units=np.array([changed])
    )
    assert caps.tolist() == [[50e6, 50e6]]


def test_groups_are_those_of_the_day_before():
    sizes = np.array([[0, 1, 2]], dtype=np.int8)
    assert sizes_before(sizes).tolist() == [[NO_SIZE, 0, 1]]
