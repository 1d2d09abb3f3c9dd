from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.pools import CONCENTRATED, CONSTANT_PRODUCT, Pools
from assets.metrics.twin_pools import LEAST_TRADES, told_again
from tests.assets.metrics.batch import NOW, facts_of_one

POOL = {
    "address": "a",
    "pool_type": CONSTANT_PRODUCT,
    "price_usd": 0.02,
    "reserve_usd": 400_000,
    "volume_24h_usd": 90_000,
    "buys_24h": 600,
    "sells_24h": 500,
    "quote_price_usd": 3_000,
    "opened_at": NOW - timedelta(days=40),
}


def pools_of(*pools):
    facts = facts_of_one(pools=list(pools), supply={"total": 1e9})
    return Pools.of(facts)


def again(*pools):
    pools = pools_of(*pools)
    return told_again(pools.listed, pools.listed["reserve_usd"]).tolist()


@pytest.mark.parametrize(
    ("other", "is_twin"),
    [
        ({}, True),
        ({"reserve_usd": 411_000, "volume_24h_usd": 98_000, "buys_24h": 560}, True),
        ({"pool_type": "", "quote_price_usd": None, "opened_at": None}, True),
        ({"reserve_usd": 420_000}, False),
        ({"price_usd": 0.021}, False),
        ({"volume_24h_usd": 101_000}, False),
        ({"buys_24h": 800}, False),
        ({"pool_type": CONCENTRATED}, False),
        ({"quote_price_usd": 1}, False),
        ({"opened_at": NOW - timedelta(days=4)}, False),
        ({"volume_24h_usd": None}, False),
        ({"reserve_usd": None}, False),
    ],
)
def test_one_pool_by_two_names_has_the_same_figures(other, is_twin):
    assert sum(again(POOL, POOL | {"address": "b"} | other)) == is_twin


@pytest.mark.parametrize(("trades", "is_twin"), [(LEAST_TRADES, True), (LEAST_TRADES - 1, False)])
def test_pools_that_hardly_anybody_trades_in_may_be_alike(trades, is_twin):
    quiet = POOL | {"buys_24h": trades, "sells_24h": 0}
    assert sum(again(quiet, quiet | {"address": "b"})) == is_twin


def test_the_one_of_which_more_is_known_counts_and_once():
    told = POOL | {"address": "b", "lp_burned_share": 0.5}
    assert again(POOL, told) == [True, False]
    assert again(told, POOL) == [False, True]
    pools = pools_of(POOL, told, POOL | {"address": "c", "reserve_usd": 9_000})
    assert pools.listed.total(pools.counted_usd).tolist() == [409_000]
    assert pools.certainty == ["refused", "known", "known"]


def test_three_names_are_one_pool_too():
    assert sum(again(*(POOL | {"address": each} for each in "abc"))) == 2


ALIKE = [
    POOL | {"address": address, "reserve_usd": 4e5 * times}
    for address, times in (("a", 1), ("b", 1.01), ("c", 2), ("d", 3))
]


@given(st.permutations(ALIKE))
def test_the_order_in_which_pools_come_is_irrelevant(pools):
    assert sum(again(*pools)) == 1
