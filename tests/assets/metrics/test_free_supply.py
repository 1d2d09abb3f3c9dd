import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.free_supply import FREE_TYPES, free_share
from assets.metrics.holders import HOLDER_TYPES, listed_of
from tests.assets.metrics.batch import facts_of_one, measured

FIXED = {"mint_authority": "none", "proxy": False}
BOUNDS = ["float_least_share", "locked_most_share"]


def positions(**shares):
    return [{"holder_type": kind, "share": share} for kind, share in shares.items()]


def bounds(*, contract=FIXED, count=4, **rows):
    told = measured(contract=contract, holders={"holder_count": count}, **rows)
    return [told[name] for name in BOUNDS]


def test_what_wallets_and_pools_hold_can_be_sold():
    """Of 100 units 20 are burned, 70 free, 9 may be locked and 1 is not listed."""
    listed = positions(wallet=0.5, burn=0.2, pool=0.2, locker=0.06, contract=0.03)
    assert bounds(positions=listed, count=9) == pytest.approx([0.7 / 0.8, 0.1 / 0.7])


@pytest.mark.parametrize("kind", sorted({*HOLDER_TYPES} - {*FREE_TYPES, "burn"}))
def test_whatever_may_bind_units_counts_as_locked(kind):
    assert bounds(positions=positions(wallet=0.9, **{kind: 0.1}), count=2) == pytest.approx([0.9, 1 / 9])


@pytest.mark.parametrize(
    "contract",
    [{}, {"mint_authority": "wallet"}, {"mint_authority": "none", "proxy": True}],
    ids=["not known", "somebody mints", "code that can be replaced"],
)
def test_where_more_can_be_made_a_list_bounds_nothing(contract):
    np.testing.assert_equal(bounds(contract=contract, positions=positions(wallet=1.0)), [np.nan, np.nan])


def test_without_a_list_nothing_is_known():
    np.testing.assert_equal(bounds(), [np.nan, np.nan])


def test_a_list_that_can_not_be_that_of_the_largest_bounds_nothing():
    np.testing.assert_equal(bounds(positions=positions(wallet=0.3), count=2), [np.nan, np.nan])


def test_what_is_told_needs_no_bound():
    supply = {"circulating": 50.0, "total": 100.0}
    told = bounds(positions=positions(wallet=1.0), count=1, supply=supply)
    np.testing.assert_equal(told, [np.nan, 0.0])


@pytest.mark.parametrize(
    ("supply", "contract", "locked"),
    [
        ({"circulating": 80.0, "total": 90.0, "maximum": 100.0}, {}, 0.25),
        ({"circulating": 80.0, "total": 90.0}, {"mint_authority": "none"}, 0.125),
        ({"circulating": 80.0, "total": 90.0}, {}, np.nan),
        ({"circulating": 80.0, "total": 110.0, "maximum": 100.0}, {}, 0.375),
        ({"total": 90.0, "maximum": 100.0}, {}, np.nan),
    ],
    ids=["maximum", "fixed total", "total that may grow", "more than the maximum", "circulating unknown"],
)
def test_no_more_can_come_free_than_does_not_circulate(supply, contract, locked):
    told = measured(supply=supply, contract=contract)["locked_most_share"]
    assert told == pytest.approx(locked, nan_ok=True)


def test_of_a_list_that_adds_up_to_a_hair_more_than_all_nothing_is_locked():
    listed = positions(pool=0.04) + [{"holder_type": "wallet", "share": 0.024 + 1e-12}] * 40
    assert bounds(positions=listed, count=41)[1] == 0


def test_of_two_bounds_the_lower_counts():
    """By the list a tenth may be locked, by the supply a twentieth."""
    supply = {"circulating": 100.0, "total": 105.0}
    told = bounds(positions=positions(wallet=0.9, locker=0.1), count=2, supply=supply)
    assert told[1] == pytest.approx(0.05)


SHARES = st.lists(st.tuples(st.sampled_from(HOLDER_TYPES), st.floats(0.001, 1)), min_size=1, max_size=20)


@given(SHARES, st.floats(0, 1))
def test_free_and_locked_are_the_whole(weights, unlisted):
    """However the list is: what is free is at most what is not burned, and less the more is not listed."""
    total = sum(weight for _kind, weight in weights) / (1 - unlisted / 2)
    listed = [{"holder_type": kind, "share": weight / total} for kind, weight in weights]
    facts = facts_of_one(positions=listed, holders={"holder_count": 10**6})
    (free,) = free_share(listed_of(facts))
    assert np.isnan(free) or 0 <= free <= 1 + 1e-9
    if not any(kind in FREE_TYPES for kind, _weight in weights):
        assert np.isnan(free) or free == 0
