from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.pools import (
    BONDING_CURVE,
    BOUNDED,
    CERTAINTIES,
    CONCENTRATED,
    CONSTANT_PRODUCT,
    KNOWN,
    MOST_OF_FDV,
    POOL_TYPES,
    REFUSED,
    UNEVEN,
    UNKNOWN,
    VERDICTS,
    Pools,
    certainty_counts,
)
from tests.assets.metrics.batch import NOW, facts_of_one

NAN = np.nan
HONEST = {
    "pool_type": CONSTANT_PRODUCT,
    "price_usd": 0.02,
    "reserve_usd": 372_000,
    "volume_24h_usd": 83_500,
    "buys_24h": 575,
    "sells_24h": 515,
    "quote_is_listed": True,
}
UNITS = {"total": 100e6}
UNTOLD = {"volume_24h_usd": None, "buys_24h": None, "sells_24h": None}
SIDES = {"base_reserve": 9_300_000, "quote_reserve": 62.0, "quote_price_usd": 3_000}


def pools_of(*pools, of_supply=UNITS, **others):
    facts = facts_of_one(pools=list(pools), supply=of_supply, **others)
    return Pools.of(facts)


def verdict(**changed):
    (code,) = pools_of({**HONEST, **changed}).verdict.tolist()
    return VERDICTS[code].id


def test_an_honest_pool_counts_with_half_of_its_reserve_on_either_side():
    pools = pools_of(HONEST)
    assert pools.certainty == [KNOWN]
    assert pools.formula_usd.tolist() == [186_000]
    assert pools.counted_usd.tolist() == [372_000]
    assert pools.depth_down_usd() == pytest.approx([186_000 * (1 - 0.98**0.5)])


@pytest.mark.parametrize(
    ("completed", "pool_type", "expected"),
    [
        (None, "", "formula"),
        (False, "", "curve"),
        (True, "", "formula"),
        (None, BONDING_CURVE, "curve"),
        (False, BONDING_CURVE, "curve"),
        (True, BONDING_CURVE, "completed"),
        (False, CONSTANT_PRODUCT, "counts"),
        (True, CONSTANT_PRODUCT, "counts"),
    ],
)
def test_where_a_launch_stands_says_what_its_pools_are(completed, pool_type, expected):
    pools = pools_of({**HONEST, "pool_type": pool_type}, market={"launch_completed": completed})
    assert [VERDICTS[code].id for code in pools.verdict] == [expected]


def test_after_a_launch_the_curve_counts_no_longer_and_the_new_pool_does():
    curve = {**HONEST, "address": "curve", "pool_type": BONDING_CURVE}
    pools = pools_of(curve, {**HONEST, "address": "new"}, market={"launch_completed": True})
    assert pools.is_refused.tolist() == [True, False]
    assert np.nansum(pools.counted_usd) == 372_000


@pytest.mark.parametrize(
    ("dex", "expected"),
    [("pump-fun", "counts"), ("PumpFun", "counts"), ("", "counts"), ("boop-fun", "curve")],
)
def test_the_formula_of_a_launchpad_is_for_its_own_curves(dex, expected):
    sol_usd, raised = 200.0, 7.0
    virtual = 30 + raised
    price = virtual / (30 * 1.073e9 / virtual)
    unsold = 30 * 1.073e9 / virtual - (1.073e9 - 793.1e6)
    curve = {
        **HONEST,
        "pool_type": BONDING_CURVE,
        "dex": dex,
        "price_usd": price * sol_usd,
        "quote_price_usd": sol_usd,
        "reserve_usd": (unsold * price + raised) * sol_usd,
    }
    pools = pools_of(curve, of_supply={"total": 1e9})
    assert [VERDICTS[code].id for code in pools.verdict] == [expected]


def test_the_other_side_is_what_is_told_or_what_is_left():
    told = pools_of({**HONEST, **SIDES})
    assert told.formula_usd == pytest.approx([62.0 * 3_000])
    left = pools_of({**HONEST, "base_reserve": 18_100_000})
    assert left.formula_usd == pytest.approx([10_000])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "counts"),
        ({"quote_is_listed": None}, "counts"),
        ({"quote_is_listed": None, "quote_address": "0xbad::coin::COIN"}, "unknown_quote"),
        ({"quote_is_listed": True, "quote_address": "0x2::sui::SUI"}, "counts"),
        ({"quote_is_listed": None, "quote_address": "0xb", "reserve_usd": 2e6 * 2.11}, "beyond_supply"),
        ({"quote_is_listed": False}, "unlisted_quote"),
        ({"reserve_usd": 2e6 * 2.11}, "beyond_supply"),
        ({"reserve_usd": 2e6 * 2.09}, "counts"),
        ({**SIDES, "quote_reserve": 62.0 * 101}, "sides_differ"),
        ({**SIDES, "quote_reserve": 62.0 * 99}, "uneven"),
        ({**SIDES, "quote_reserve": 62.0 * 1.9}, "counts"),
        ({**SIDES, "quote_reserve": 62.0 / 1.9}, "counts"),
        ({**SIDES, "quote_reserve": 62.0 / 10}, "uneven"),
        ({**SIDES, "reserve_usd": 1e6}, "uneven"),  # the whole is no more than its sides
        ({**SIDES, "quote_reserve": 62.0 * 10, "pool_type": "weighted"}, "formula"),
        ({"base_reserve": 18_600_000}, "beyond_whole"),
        ({"base_reserve": 40_000_000}, "beyond_whole"),
        ({**SIDES, "quote_reserve": 0.001}, "one_sided"),
        ({"base_reserve": 18_599_000}, "one_sided"),
        ({"reserve_usd": None}, "no_reserve"),
        ({"pool_type": ""}, "formula"),
        ({"pool_type": "stable"}, "formula"),
        ({"pool_type": "weighted"}, "formula"),
        ({"pool_type": CONCENTRATED}, "formula"),
        ({"pool_type": BONDING_CURVE}, "curve"),
        ({"buys_24h": 20, "sells_24h": 29}, "untested"),
        ({"buys_24h": 20, "sells_24h": 30}, "counts"),
        ({"buys_24h": 2, "sells_24h": 1, "reserve_usd": 99_999}, "counts"),
        ({"volume_24h_usd": 365}, "untested"),
        ({**UNTOLD, "reserve_usd": 999_000}, "counts"),
        ({**UNTOLD, "reserve_usd": 1_000_000}, "untested"),
        ({**UNTOLD, "reserve_usd": 1_000_000, "volume_24h_usd": 9_000}, "counts"),
    ],
)
def test_why_a_pool_counts_or_not(changed, expected):
    assert verdict(**changed) == expected


def test_where_no_supply_is_known_a_reserve_is_not_held_against_it():
    assert pools_of({**HONEST, "reserve_usd": 9e6}, of_supply={}).verdict.tolist() == [0]


@pytest.mark.parametrize("refused", [{"quote_is_listed": False}, {"reserve_usd": 1e12}])
def test_a_refused_pool_gives_nothing(refused):
    pools = pools_of({**HONEST, **refused})
    assert pools.certainty == [REFUSED]
    for column in (pools.formula_usd, pools.drawable_usd, pools.likely_usd, pools.counted_usd):
        assert np.isnan(column).all()


def test_what_is_paid_in_a_token_that_nobody_knows_is_not_known():
    unknown = {**HONEST, "quote_is_listed": None, "quote_address": "0xbad::coin::COIN"}
    pools = pools_of(unknown)
    assert pools.certainty == [UNKNOWN]
    for column in (pools.formula_usd, pools.drawable_usd, pools.counted_usd, pools.depth_down_usd()):
        assert np.isnan(column).all()
    assert pools.is_left_out.tolist() == pools.is_unpriced.tolist() == [True]
    assert pools.likely_usd.tolist() == [186_000], "it may be the largest pool there is"


def test_what_nobody_trades_against_counts_as_far_as_it_was_traded():
    pools = pools_of({**HONEST, "buys_24h": 2, "sells_24h": 2, "volume_24h_usd": 1_310})
    assert pools.certainty == [BOUNDED]
    assert pools.formula_usd.tolist() == [1_310]
    assert pools.counted_usd.tolist() == [2_620]


def test_of_a_one_sided_concentrated_pool_the_other_side_counts_twice():
    pools = pools_of({**HONEST, "pool_type": CONCENTRATED, "quote_reserve": 0.4, "quote_price_usd": 3_000})
    assert pools.certainty == [BOUNDED]
    assert pools.counted_usd.tolist() == [2_400]


@pytest.mark.parametrize(
    ("units_in_diluted", "expected"), [(2e6, "beyond_supply"), (100e6, "counts"), (None, "counts")]
)
def test_what_nobody_counts_is_what_the_fdv_says(units_in_diluted, expected):
    market = {"price_usd": 0.02, "units_in_diluted": units_in_diluted, "units_in_diluted_at": NOW}
    (code,) = pools_of(HONEST, of_supply={}, market=market).verdict.tolist()
    assert VERDICTS[code].id == expected


def test_of_a_one_sided_pool_the_other_side_counts_twice():
    pools = pools_of({**HONEST, **SIDES, "quote_reserve": 0.01})
    assert pools.formula_usd == pytest.approx([30])
    assert pools.counted_usd == pytest.approx([60])


@pytest.mark.parametrize(
    ("sides", "counted_usd"),
    [
        ({**SIDES, "quote_reserve": 6.2}, 18_600),
        ({**SIDES, "quote_reserve": 620.0}, 186_000),
        ({**SIDES, "base_reserve": 930_000}, 18_600),
        ({"base_reserve": 1_860_000}, 37_200),  # its formula keeps no tenth on one side
        ({"base_reserve": 18_100_000}, 10_000),
        ({**SIDES, "reserve_usd": 1e6}, 186_000),
    ],
    ids=["less quote", "more quote", "less base", "little base", "much base", "more in all"],
)
def test_sides_that_are_not_worth_the_same_count_by_the_lesser_one(sides, counted_usd):
    pools = pools_of({**HONEST, **sides})
    assert pools.certainty == [BOUNDED]
    for column in (pools.formula_usd, pools.drawable_usd, pools.counted_usd / 2):
        assert column == pytest.approx([counted_usd])


@pytest.mark.parametrize("base", [18_600_000, 18_700_000, 90_000_000])
def test_half_of_a_pool_that_is_said_to_be_all_token_is_no_depth(base):
    """What is left beside it falls to nothing as the token's side grows, and does not become half again."""
    pools = pools_of({**HONEST, "base_reserve": base})
    assert pools.certainty == [UNKNOWN]
    assert np.isnan(pools.formula_usd).all()
    assert np.isnan(pools.counted_usd).all()


def test_an_empty_pool_holds_nothing_and_not_nobody_knows_what():
    pools = pools_of({**HONEST, "reserve_usd": 0, "base_reserve": 0})
    assert (pools.formula_usd.tolist(), pools.counted_usd.tolist()) == ([0], [0])


# Bonding curves -------------------------------------------------------------------------

SOL_USD = 200.0


def on_curve(raised_sol, **changed):
    """A coin on Pump.fun's standard curve after so many SOL, as GeckoTerminal tells it."""
    virtual = 30 + raised_sol
    tokens = 30 * 1.073e9 / virtual
    price = virtual / tokens * SOL_USD
    reserve = (tokens - 279.9e6) * price + raised_sol * SOL_USD
    told = {
        "pool_type": BONDING_CURVE,
        "price_usd": price,
        "quote_price_usd": SOL_USD,
        "reserve_usd": reserve,
    }
    return {**told, "volume_24h_usd": 900, "opened_at": NOW - timedelta(hours=2), **changed}


def test_sellers_on_a_curve_are_paid_from_what_buyers_left():
    pools = pools_of(on_curve(0.4))
    assert pools.certainty == [KNOWN]
    assert pools.formula_usd == pytest.approx([30.4 * SOL_USD])
    assert pools.drawable_usd == pytest.approx([0.4 * SOL_USD])
    assert pools.counted_usd == pytest.approx([80])
    assert pools.depth_down_usd() == pytest.approx([30.4 * SOL_USD * (1 - 0.98**0.5)])
    assert pools_of(on_curve(0.1)).depth_down_usd() == pytest.approx([20]), "no more than is there"
    cost = pools.round_trip_share(5_000, buy_tax=np.zeros(1), sell_tax=np.zeros(1))
    assert cost == pytest.approx([1 - 80 / 5_000])


def test_a_curve_of_another_shape_is_unknown_and_never_half_its_reserve():
    pools = pools_of(on_curve(0.4, reserve_usd=25_000, quote_price_usd=1))
    assert pools.certainty == [UNKNOWN]
    assert np.isnan(pools.depth_down_usd()).all()
    assert np.isnan(pools.counted_usd).all()
    assert pools.drawable_usd.tolist() == [900], "in its first day nobody left more than was paid"
    older = pools_of(on_curve(0.4, reserve_usd=25_000, opened_at=NOW - timedelta(days=9)))
    assert older.drawable_usd.tolist() == [25_000]


def test_a_sold_out_curve_is_no_market_any_more():
    (code,) = pools_of(on_curve(85)).verdict.tolist()
    assert VERDICTS[code].id == "completed"


# What holds for any pool ----------------------------------------------------------------

MONEY = st.one_of(st.none(), st.floats(0, 1e14))
VIRTUAL = {"quote_price_usd": 200, "virtual_quote_reserve": 32, "quote_reserve": 2}


def test_a_curve_of_any_parameters_counts_by_its_own_account():
    pools = pools_of({**HONEST, "pool_type": BONDING_CURVE, "reserve_usd": None, **VIRTUAL})
    assert [VERDICTS[code].id for code in pools.verdict] == ["counts"]
    assert (pools.formula_usd.tolist(), pools.drawable_usd.tolist()) == ([6_400], [400])
    assert pools.counted_usd.tolist() == [400]
    (depth,) = pools.depth_down_usd()
    assert depth == pytest.approx(6_400 * (1 - 0.98**0.5))
    unpriced = {**HONEST, "pool_type": BONDING_CURVE, **VIRTUAL, "quote_price_usd": None}
    assert [VERDICTS[code].id for code in pools_of(unpriced).verdict] == ["curve"]


def test_a_concentrated_pool_counts_by_the_liquidity_at_its_price():
    bounded = {**HONEST, "pool_type": CONCENTRATED, **VIRTUAL, "quote_reserve": 1_000}
    pools = pools_of({**bounded, "virtual_quote_reserve": 20_000})
    assert (pools.certainty, pools.formula_usd.tolist()) == ([KNOWN], [4_000_000])
    assert pools.drawable_usd.tolist() == [200_000], "no more than the other side holds"
    assert pools_of({**bounded, "virtual_quote_reserve": None}).certainty == [BOUNDED]
    assert pools_of({**bounded, "virtual_quote_reserve": 0}).certainty == [BOUNDED]


def test_a_trade_beyond_the_ticks_that_were_read_has_no_formula():
    """Within 2 % of the price: 4 M USD take 40,202 USD before they move by so much."""
    concentrated = {**HONEST, "pool_type": CONCENTRATED, **VIRTUAL, "virtual_quote_reserve": 20_000}
    pools = pools_of(
        concentrated, {**HONEST, "address": "other"}, {**concentrated, "virtual_quote_reserve": None}
    )
    assert pools.holds_for(40_000).tolist() == [True, True, False]
    assert pools.holds_for(41_000).tolist() == [False, True, False]


ANY_POOL = st.fixed_dictionaries(
    {
        "pool_type": st.sampled_from(["", *POOL_TYPES]),
        "price_usd": MONEY,
        "reserve_usd": MONEY,
        "volume_24h_usd": MONEY,
        "base_reserve": MONEY,
        "quote_reserve": MONEY,
        "quote_price_usd": MONEY,
        "buys_24h": st.one_of(st.none(), st.integers(0, 10_000)),
        "sells_24h": st.one_of(st.none(), st.integers(0, 10_000)),
        "quote_is_listed": st.sampled_from([None, True, False]),
        "quote_address": st.sampled_from(["", "0xquote"]),
        "opened_at": st.sampled_from([None, NOW, NOW - timedelta(days=9)]),
    }
)


@given(pools=st.lists(ANY_POOL, max_size=6), size=st.floats(1, 1e7), more=st.floats(1, 1e3))
def test_depth_is_never_below_zero_and_a_larger_size_costs_no_smaller_share(pools, size, more):
    found = pools_of(*pools)
    depth = found.depth_down_usd()
    assert not (depth < 0).any()
    assert not (depth > found.drawable_usd + 1e-9).any()
    tax = np.zeros(1)
    less, all_of_it = (
        found.round_trip_share(each, buy_tax=tax, sell_tax=tax) for each in (size, size * more)
    )
    assert (np.isnan(less) | ((less >= 0) & (less <= all_of_it + 1e-9) & (all_of_it <= 1))).all()


@given(pools=st.lists(ANY_POOL, max_size=6))
def test_every_pool_is_counted_once(pools):
    counts = certainty_counts(pools_of(*pools))
    assert sum(counts[each] for each in CERTAINTIES) == len(pools)
    for certainty in (BOUNDED, UNKNOWN, REFUSED):
        assert counts[certainty] == sum(n for name, n in counts.items() if name.startswith(f"{certainty}: "))


@given(
    pool=ANY_POOL,
    base=st.floats(0, 1e9),
    quote=st.floats(0, 1e9),
    reserve=st.one_of(st.none(), st.floats(0, 2e9)),
)
def test_a_constant_product_counts_for_no_more_than_a_few_times_its_lesser_side(pool, base, quote, reserve):
    sides = {"base_reserve": base, "quote_reserve": quote, "reserve_usd": reserve}
    found = pools_of({**pool, **sides, "pool_type": CONSTANT_PRODUCT, "price_usd": 1, "quote_price_usd": 1})
    limit = UNEVEN * min(base, quote) * (1 + 1e-9)
    assert not (found.formula_usd > limit).any()
    assert not (found.counted_usd > 2 * UNEVEN * limit).any()


@given(pool=ANY_POOL, units=st.floats(1, 1e15))
def test_no_pool_counts_for_more_than_twice_all_units(pool, units):
    pool = {**pool, "price_usd": 1.0}
    counted = pools_of(pool, of_supply={"total": units}).counted_usd
    on_curve = pool["pool_type"] == BONDING_CURVE
    assert on_curve or np.isnan(counted[0]) or counted[0] <= MOST_OF_FDV * units * (1 + 1e-9)


def test_two_halves_of_a_pool_that_nobody_trades_count_as_the_whole():
    idle = {**HONEST, "buys_24h": 2, "sells_24h": 1, "volume_24h_usd": 90_000}
    halves = pools_of({**idle, "reserve_usd": 60_000}, {**idle, "reserve_usd": 70_000})
    assert halves.counted_usd.sum() == pytest.approx(100_000)
    small = pools_of({**idle, "reserve_usd": 900}, HONEST)
    assert small.counted_usd.tolist() == [900, 372_000], "a living pool beside it makes it no larger"
