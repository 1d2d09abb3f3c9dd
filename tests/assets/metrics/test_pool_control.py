from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.exits import FOREVER_DAYS
from assets.metrics.pool_control import (
    LATER_DAYS,
    MAJORITY_SHARE,
    SOON_DAYS,
    locked_beside,
    lp_control_days,
    pullable_share,
    wallet_pullable_share,
)
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan


def one(value):
    return np.array([value], dtype=float)


@pytest.mark.parametrize(
    ("burned", "locked", "until", "expected"),
    [
        (0.95, NAN, NAN, FOREVER_DAYS),
        (0.0, 0.99, 200, 200),
        (NAN, 0.95, 200, 200),
        (0.5, 0.45, 10, 10),
        (0.0, 0.99, -3, 0),
        (0.0, 0.99, NAN, NAN),
        (0.0, 0.90, 400, 0),
        (0.0, 0.0, NAN, 0),
        (0.5, NAN, NAN, NAN),
        (NAN, 0.5, 400, NAN),
        (NAN, NAN, NAN, NAN),
    ],
)
def test_for_how_long_nobody_can_pull_the_pool(burned, locked, until, expected):
    assert lp_control_days(one(burned), one(locked), one(until)) == pytest.approx([expected], nan_ok=True)


def test_a_lock_is_counted_from_now():
    lock = {"lp_locked_share": 1, "lp_locked_until": NOW + timedelta(days=45)}
    assert measured(pools=[{"reserve_usd": 1, **lock}])["lp_control_days"] == pytest.approx(45)


# Who can pull the pool -----------------------------------------------------------------


SHARES = st.floats(0, 1)
PERHAPS = st.one_of(st.just(NAN), SHARES)
DAYS = st.one_of(st.just(NAN), st.floats(-400, 4_000))


def pullable(burned, locked, until, largest, *, within_days=SOON_DAYS):
    found = pullable_share(one(burned), one(locked), one(until), one(largest), within_days=within_days)
    return float(found[0])


@pytest.mark.parametrize(
    ("burned", "locked", "until", "largest", "expected"),
    [
        (0.0, 0.0, NAN, NAN, 1),  # nothing known of its holders: one may hold it all
        (0.0, 0.0, NAN, 0.3, 0.3),
        (0.96, 0.0, NAN, NAN, 0.04),
        (0.96, NAN, NAN, NAN, 0.04),
        (0.5, NAN, NAN, NAN, NAN),
        (NAN, NAN, NAN, NAN, NAN),
        (NAN, NAN, NAN, 0.7, 0.7),
        (0.0, 0.9, 31, 0.1, 0.1),
        (0.0, 0.9, 30, 0.1, 0.9),
        (0.0, 0.9, -3, 0.1, 0.9),
        (0.0, 0.2, 10, 0.8, 0.8),
        (0.0, 0.9, NAN, 0.1, NAN),  # a lock without an end that is told may end tomorrow
        (0.0, 0.4, NAN, 0.6, 0.6),  # more than half is free, whenever the lock ends
        (0.0, 0.04, NAN, 0.3, 0.3),  # a lock of next to nothing
        (0.0, 0.04, 10, 0.3, 0.3),
    ],
)
def test_how_much_of_a_pool_one_owner_can_take_out(burned, locked, until, largest, expected):
    assert pullable(burned, locked, until, largest) == pytest.approx(expected, nan_ok=True)


@given(burned=PERHAPS, locked=PERHAPS, until=DAYS, largest=PERHAPS)
def test_what_can_be_pulled_is_a_share_and_no_less_later(burned, locked, until, largest):
    soon, later = (
        pullable(burned, locked, until, largest, within_days=days) for days in (SOON_DAYS, LATER_DAYS)
    )
    assert np.isnan(soon) or 0 <= soon <= 1
    assert not soon > later


@given(burned=SHARES, locked=SHARES, more=SHARES, largest=PERHAPS, days=st.floats(SOON_DAYS + 1, 4_000))
def test_more_that_is_locked_beyond_the_day_never_raises_it(burned, locked, more, largest, days):
    less, all_of_it = (pullable(burned, each, days, largest) for each in sorted((locked, more)))
    assert all_of_it <= less + 1e-12


@given(locked=PERHAPS, until=DAYS, largest=PERHAPS, burned=SHARES, more=SHARES)
def test_more_that_is_burned_never_raises_it(locked, until, largest, burned, more):
    less, all_of_it = (pullable(each, locked, until, largest) for each in sorted((burned, more)))
    assert not all_of_it > less + 1e-12


@pytest.mark.parametrize(
    ("share", "locked", "until", "is_wallet", "expected"),
    [
        (0.9, 0.0, NAN, 1, 0.9),
        (0.9, 0.0, NAN, 0, 0),
        (0.9, 0.0, NAN, NAN, NAN),
        (0.9, 0.9, 10, NAN, 0.9),  # what a lock gives back goes to a person
        (0.9, 0.9, 10, 0, 0.9),
        (0.9, 0.02, 10, 0, 0),  # a lock of next to nothing makes no person of the program
        (0.9, 0.9, SOON_DAYS + 1, 0, 0),
        (MAJORITY_SHARE, 0.0, NAN, NAN, MAJORITY_SHARE),
        (MAJORITY_SHARE, 0.0, NAN, 0, MAJORITY_SHARE),
        (NAN, 0.0, NAN, 1, NAN),
    ],
)
def test_what_a_person_can_take_out_alone(share, locked, until, is_wallet, expected):
    found = wallet_pullable_share(one(share), one(locked), one(until), one(is_wallet))
    assert found == pytest.approx([expected], nan_ok=True)


@given(share=PERHAPS, locked=PERHAPS, until=DAYS, is_wallet=st.sampled_from([0.0, 1.0, NAN]))
def test_a_person_takes_no_more_than_anybody(share, locked, until, is_wallet):
    found = wallet_pullable_share(one(share), one(locked), one(until), one(is_wallet))[0]
    assert not found > share
    assert not found < 0


@pytest.mark.parametrize(
    ("burned", "locked", "expected"),
    [(1, 1, 0), (0.3, 1, 0.7), (0.3, 0.5, 0.5), (NAN, 1, 1), (0.3, NAN, NAN)],
)
def test_no_share_is_burned_and_locked(burned, locked, expected):
    assert locked_beside(one(burned), one(locked)) == pytest.approx([expected], nan_ok=True)


def test_a_burned_pool_needs_no_lock_with_an_end():
    """As one vendor counts its burned shares and another calls them locked."""
    found = measured(pools=[{"reserve_usd": 9, "lp_burned_share": 1, "lp_locked_share": 1}])
    assert found[PULLABLE].tolist() == [0, 0, 0]


PULLABLE = ["lp_pullable_30d_share", "lp_pullable_180d_share", "lp_wallet_pullable_share"]


@pytest.mark.parametrize(
    ("locked", "until", "days", "open_share"),
    [
        (0.9, NOW + timedelta(days=200), 200, NAN),
        (0.9, NOW - timedelta(days=3), 0, NAN),
        (0.9, None, NAN, 0.9),
        (0.02, NOW + timedelta(days=200), NAN, NAN),  # a lock of next to nothing
        (None, NOW + timedelta(days=200), NAN, NAN),
    ],
)
def test_when_the_lock_of_the_deepest_pool_ends(locked, until, days, open_share):
    pool = {"reserve_usd": 9_000, "lp_burned_share": 0, "lp_locked_share": locked, "lp_locked_until": until}
    found = measured(pools=[pool])
    assert found["lp_lock_days"] == pytest.approx(days, nan_ok=True)
    assert found["lp_locked_open_share"] == pytest.approx(open_share, nan_ok=True)


def test_the_deepest_pool_tells_who_can_pull_it():
    deep = {
        "reserve_usd": 9,
        "lp_burned_share": 0,
        "lp_locked_share": 0.8,
        "lp_locked_until": NOW + timedelta(days=90),
        "lp_largest_free_share": 0.15,
        "lp_free_holder_is_wallet": True,
    }
    shallow = {"reserve_usd": 1, "lp_burned_share": 0, "lp_locked_share": 0}
    for pools in ([deep, shallow], [shallow, deep]):
        assert measured(pools=pools)[PULLABLE].tolist() == pytest.approx([0.15, 0.8, 0.15])


@pytest.mark.parametrize("pools", [[], [{"reserve_usd": 9}], [{"reserve_usd": 9, "lp_burned_share": 1.5}]])
def test_of_a_pool_of_which_nothing_is_told_nobody_knows_who_can_pull_it(pools):
    assert measured(pools=pools)[PULLABLE].isna().all()
