from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.liquidity import (
    FOREVER_DAYS,
    LATER_DAYS,
    MAJORITY_SHARE,
    SOON_DAYS,
    book_round_trip_share,
    cpmm_depth_usd,
    cpmm_round_trip_share,
    days_to_exit,
    lp_control_days,
    pullable_share,
    quoted_spread_share,
    sqrt_impact_share,
    wallet_pullable_share,
)
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
MONEY = st.floats(1, 1e12)
SOUND_BOOK = {"spread_share": 0.01, "depth_up_usd": 50_000, "depth_down_usd": 25_000}


def one(value):
    return np.array([value], dtype=float)


def test_round_trip_against_the_pool_traded_by_hand():
    """Buy 5,000 USD from 100,000 USD : 1,000 units, restore the pool, sell what was bought."""
    fee, dollars, units, size = 0.003, 100_000.0, 1_000.0, 5_000.0
    bought = units * size * (1 - fee) / (dollars + size * (1 - fee))
    got = dollars * bought * (1 - fee) / (units + bought * (1 - fee))
    assert cpmm_round_trip_share(one(dollars), size, one(fee)) == pytest.approx([1 - got / size])
    assert 1 - got / size == pytest.approx(0.0960, abs=5e-4)


@given(reserve=MONEY, size=MONEY, fee=st.floats(0, 0.99))
def test_a_round_trip_costs_the_fees_at_least_and_everything_at_most(reserve, size, fee):
    cost = cpmm_round_trip_share(one(reserve), size, one(fee))[0]
    assert 1 - (1 - fee) ** 2 - 1e-9 <= cost <= 1


@given(reserve=MONEY, size=MONEY, more=st.floats(1.01, 100))
def test_a_larger_position_costs_more_and_a_deeper_pool_less(reserve, size, more):
    cost = cpmm_round_trip_share(one(reserve), size, one(0.003))[0]
    assert cpmm_round_trip_share(one(reserve), size * more, one(0.003))[0] >= cost
    assert cpmm_round_trip_share(one(reserve * more), size, one(0.003))[0] <= cost


def test_an_empty_pool_takes_everything():
    assert cpmm_round_trip_share(one(0), 1, one(0.003)).tolist() == [1]


def test_depth_of_a_pool_is_about_a_hundredth_of_one_side():
    assert cpmm_depth_usd(one(100_000)) == pytest.approx([1005.05], abs=0.01)
    assert cpmm_depth_usd(one(100_000), 0.02) == pytest.approx([995.05], abs=0.01)


def test_round_trip_in_a_book():
    """1 % spread; 5,000 moves a 50,000 side by 0.2 %, a 25,000 side by 0.4 %, and pays half of either."""
    cost = book_round_trip_share(one(0.01), one(50_000), one(25_000), 5_000)
    assert cost == pytest.approx([0.01 + 0.001 + 0.002])
    assert book_round_trip_share(one(0.01), one(0), one(25_000), 5_000).tolist() == [1]


def test_square_root_impact():
    assert sqrt_impact_share(10_000, one(1e6), 0.04) == pytest.approx([0.004])
    assert sqrt_impact_share(10_000, one(0)).tolist() == [1]


@pytest.mark.parametrize(
    ("bid", "ask", "expected"), [(99, 101, 0.02), (101, 99, NAN), (NAN, 1, NAN), (0, 0, NAN)]
)
def test_quoted_spread(bid, ask, expected):
    assert quoted_spread_share(one(bid), one(ask)) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(("volume", "expected"), [(50_000, 1), (5_000, 10), (0, FOREVER_DAYS), (NAN, NAN)])
def test_days_to_exit(volume, expected):
    assert days_to_exit(5_000, one(volume)) == pytest.approx([expected], nan_ok=True)


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


def test_pools_are_summed_and_the_deepest_one_is_looked_at_for_control():
    found = measured(
        pools=[
            {
                "reserve_usd": 300_000,
                "volume_24h_usd": 30_000,
                "buys_24h": 60,
                "sells_24h": 40,
                "lp_burned_share": 1,
            },
            {
                "reserve_usd": 100_000,
                "volume_24h_usd": 10_000,
                "buys_24h": 5,
                "sells_24h": 5,
                "lp_burned_share": 0,
            },
        ]
    )
    assert found["liquidity_usd"] == 400_000
    assert found["volume_to_liquidity"] == pytest.approx(0.1)
    assert found["trades_24h"] == 110
    assert found["lp_control_days"] == FOREVER_DAYS
    assert found["depth_down_usd"] == pytest.approx(200_000 * (1 - 0.98**0.5))
    assert found["depth_to_position"] == pytest.approx(found["depth_down_usd"] / 5_000)


def test_the_cheapest_venue_counts():
    pool = {"reserve_usd": 10_000, "fee_share": 0.01}
    assert measured(pools=[pool], books=[SOUND_BOOK])["round_trip_cost_share"] == pytest.approx(0.013)


def test_a_pool_that_does_not_tell_its_fee_is_taken_for_a_common_one():
    silent, telling = {"reserve_usd": 10_000}, {"reserve_usd": 10_000, "fee_share": 0.003}
    costs = [measured(pools=[pool])["round_trip_cost_share"] for pool in (silent, telling)]
    assert costs[0] == costs[1]


@pytest.mark.parametrize("flaw", [{"stale": True}, {"anomalous": True}])
def test_stale_and_anomalous_books_count_for_nothing(flaw):
    found = measured(books=[{**SOUND_BOOK, **flaw, "volume_24h_usd": 1_000}])
    assert found[["spread_share", "depth_down_usd", "round_trip_cost_share", "liquidity_usd"]].isna().all()
    assert np.isnan(found["volume_24h_usd"])


def test_books_alone():
    found = measured(kind="equity", books=[SOUND_BOOK, {**SOUND_BOOK, "spread_share": 0.002}])
    assert found["liquidity_usd"] == 150_000
    assert found["depth_down_usd"] == 50_000
    assert found["spread_share"] == 0.002


def test_a_book_without_depth_is_priced_by_its_volume():
    found = measured(books=[{"bid_usd": 99.5, "ask_usd": 100.5, "volume_24h_usd": 500_000}])
    assert found["spread_share"] == pytest.approx(0.01)
    assert found["round_trip_cost_share"] == pytest.approx(0.01 + 2 * 0.05 * 0.1)


def test_a_lock_is_counted_from_now():
    lock = {"lp_locked_share": 1, "lp_locked_until": NOW + timedelta(days=45)}
    assert measured(pools=[{"reserve_usd": 1, **lock}])["lp_control_days"] == pytest.approx(45)


@pytest.mark.parametrize("reserve", [np.inf, -1, 1e16, None])
def test_an_absurd_reserve_is_not_known(reserve):
    found = measured(pools=[{"reserve_usd": reserve, "volume_24h_usd": 5}])
    names = ["liquidity_usd", "depth_down_usd", "round_trip_cost_share", "volume_to_liquidity"]
    assert found[names].isna().all()


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


PULLABLE = ["lp_pullable_30d_share", "lp_pullable_180d_share", "lp_wallet_pullable_share"]


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


# The last trade ------------------------------------------------------------------------


def hours_ago(hours):
    return None if hours is None else NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("traded", "asked", "expected"),
    [(5, 2, 3), (5, 5, 0), (5, None, 5), (2, 5, NAN), (None, 2, NAN), (None, None, NAN)],
)
def test_hours_since_the_last_trade_when_somebody_looked(traded, asked, expected):
    trading = {"last_traded_at": hours_ago(traded), "asked_at": hours_ago(asked)}
    assert measured(trading=trading)["last_trade_hours"] == pytest.approx(expected, nan_ok=True)


def test_where_nobody_looked_the_last_trade_is_not_known():
    assert np.isnan(measured()["last_trade_hours"])
