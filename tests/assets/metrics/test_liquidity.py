from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.exits import FOREVER_DAYS, book_round_trip_share
from assets.metrics.pools import BONDING_CURVE
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
PRODUCT = {"pool_type": "constant_product"}
SOUND_BOOK = {"spread_share": 0.01, "depth_up_usd": 50_000, "depth_down_usd": 25_000}


def test_pools_are_summed_and_the_deepest_one_is_looked_at_for_control():
    found = measured(
        pools=[
            {
                "reserve_usd": 300_000,
                **PRODUCT,
                "volume_24h_usd": 30_000,
                "buys_24h": 60,
                "sells_24h": 40,
                "lp_burned_share": 1,
            },
            {
                "reserve_usd": 90_000,
                **PRODUCT,
                "volume_24h_usd": 10_000,
                "buys_24h": 5,
                "sells_24h": 5,
                "lp_burned_share": 0,
            },
        ]
    )
    assert found["liquidity_usd"] == 390_000
    assert found["volume_to_liquidity"] == pytest.approx(40 / 390)
    assert found["trades_24h"] == 110
    assert found["lp_control_days"] == FOREVER_DAYS
    assert found["depth_down_usd"] == pytest.approx(195_000 * (1 - 0.98**0.5))
    assert found["depth_to_position"] == pytest.approx(found["depth_down_usd"] / 5_000)


def test_the_cheapest_venue_counts():
    pool = {"reserve_usd": 10_000, "fee_share": 0.01, **PRODUCT}
    cost = book_round_trip_share(*(np.array([each]) for each in SOUND_BOOK.values()), 5_000, 0.002)
    assert measured(pools=[pool], books=[SOUND_BOOK])["round_trip_cost_share"] == pytest.approx(cost[0])


def test_a_pool_that_does_not_tell_its_fee_is_taken_for_a_common_one():
    silent = {"reserve_usd": 10_000, **PRODUCT}
    telling = {**silent, "fee_share": 0.003}
    costs = [measured(pools=[pool])["round_trip_cost_share"] for pool in (silent, telling)]
    assert costs[0] == costs[1]


@pytest.mark.parametrize("flaw", [{"stale": True}, {"anomalous": True}])
def test_stale_and_anomalous_books_count_for_nothing(flaw):
    found = measured(books=[{**SOUND_BOOK, **flaw, "volume_24h_usd": 1_000}])
    assert found[["spread_share", "depth_down_usd", "round_trip_cost_share", "liquidity_usd"]].isna().all()
    assert np.isnan(found["volume_24h_usd"])


@pytest.mark.parametrize(
    ("pools", "usd"),
    [
        ([{"reserve_usd": 40_000, **PRODUCT}, {"reserve_usd": 10_000, **PRODUCT}], 25_000),
        ([{"reserve_usd": 40_000, "quote_reserve": 3, "quote_price_usd": 100, **PRODUCT}], 300),  # one-sided
        ([{"reserve_usd": 40_000, "quote_is_listed": False, **PRODUCT}], NAN),
        ([{"reserve_usd": 40_000, "quote_address": "0xq", **PRODUCT}], NAN),
        (
            [{"reserve_usd": 40_000, "quote_address": "0xq", **PRODUCT}, {"reserve_usd": 10_000, **PRODUCT}],
            5_000,
        ),
        ([{"reserve_usd": 40_000}], 40_000),  # what lies on which side is not known: no more than this
        ([], NAN),
    ],
)
def test_sellers_take_out_no_more_than_the_other_side_holds(pools, usd):
    assert measured(pools=pools)["exit_liquidity_usd"] == pytest.approx(usd, nan_ok=True)


def test_a_pool_whose_quote_nobody_knows_gives_no_depth_no_cost_and_no_price():
    honest = {"address": "a", "reserve_usd": 40_000, "price_usd": 2, "volume_24h_usd": 900, **PRODUCT}
    unknown = {**honest, "address": "b", "quote_address": "0xq", "reserve_usd": 9e6, "price_usd": 50}
    names = ["price_usd", "liquidity_usd", "depth_down_usd", "round_trip_cost_share", "volume_24h_usd"]
    assert measured(pools=[unknown])[names].isna().all()
    beside, alone = measured(pools=[honest, unknown]), measured(pools=[honest])
    assert beside["price_usd"] == 2
    assert beside["liquidity_usd"] == 40_000
    assert np.isnan(beside["depth_down_usd"])
    assert beside["depth_least_usd"] == alone["depth_down_usd"], "more may be in the other pool"


def test_books_alone():
    found = measured(kind="equity", books=[SOUND_BOOK, {**SOUND_BOOK, "spread_share": 0.002}])
    assert found["liquidity_usd"] == 150_000
    assert found["depth_down_usd"] == 50_000
    assert found["spread_share"] == 0.002


def test_a_book_without_depth_is_priced_by_its_volume():
    found = measured(books=[{"bid_usd": 99.5, "ask_usd": 100.5, "volume_24h_usd": 500_000}])
    assert found["spread_share"] == pytest.approx(0.01)
    assert found["round_trip_cost_share"] == pytest.approx(0.01 + 2 * 0.002 + 2 * 0.05 * 0.1)


@pytest.mark.parametrize("reserve", [np.inf, -1, 1e16, None])
def test_an_absurd_reserve_is_not_known(reserve):
    found = measured(pools=[{"reserve_usd": reserve, **PRODUCT, "volume_24h_usd": 5}])
    names = ["liquidity_usd", "depth_down_usd", "round_trip_cost_share", "volume_to_liquidity"]
    assert found[names].isna().all()


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


# What can't be worked out ---------------------------------------------------------------

DEEP = {**PRODUCT, "reserve_usd": 90_000, "volume_24h_usd": 9_000}
RANGES = {"pool_type": "concentrated", "volume_24h_usd": 9_000}
EXIT = ["depth_down_usd", "round_trip_cost_share"]


def test_of_a_pool_whose_formula_is_not_known_no_depth_is_told():
    found = measured(pools=[{**RANGES, "reserve_usd": 90_000}])
    assert found[[*EXIT, "depth_to_position"]].isna().all()
    assert found["liquidity_usd"] == 90_000


@pytest.mark.parametrize(("other_usd", "is_told"), [(80_000, True), (100_000, False)])
def test_pools_that_are_known_speak_for_an_asset_while_the_others_are_smaller(other_usd, is_told):
    """A constant product of the other's size would double what is known."""
    found = measured(pools=[DEEP, {**RANGES, "reserve_usd": other_usd}])
    assert np.isnan(found["depth_down_usd"]) != is_told
    alone = measured(pools=[DEEP])
    assert (
        np.isnan(found["depth_least_usd"]) if is_told else found["depth_least_usd"] == alone["depth_down_usd"]
    )


def test_the_cost_is_not_told_where_another_pool_may_be_far_cheaper():
    shallow, deep = (
        {**PRODUCT, "reserve_usd": 2_000},
        {**RANGES, "reserve_usd": 5e6, "buys_24h": 900, "sells_24h": 0},
    )
    assert measured(pools=[shallow])["round_trip_cost_share"] > 0.5
    found = measured(pools=[shallow, deep])
    assert np.isnan(found["round_trip_cost_share"])
    assert found["round_trip_most_share"] == measured(pools=[shallow])["round_trip_cost_share"]
    assert measured(pools=[DEEP, {**RANGES, "reserve_usd": 100}])["round_trip_cost_share"] < 0.2


def test_nobody_gets_more_out_than_is_in():
    """Whatever its ranges are: 80 dollars are all that 5,000 can be sold for."""
    sides = {"price_usd": 1, "base_reserve": 400, "quote_price_usd": 2, "quote_reserve": 40}
    found = measured(pools=[{**RANGES, "reserve_usd": 480, **sides}])
    assert found["round_trip_cost_share"] == pytest.approx(1 - 80 / 5_000)
    assert np.isnan(found["depth_down_usd"])


# Taxes, orders ---------------------------------------------------------------------------


def test_a_round_trip_in_a_pool_pays_both_taxes():
    free = measured(pools=[DEEP])["round_trip_cost_share"]
    taxed = measured(pools=[DEEP], contract={"buy_tax_share": 0.1, "sell_tax_share": 0.2})
    assert 1 - taxed["round_trip_cost_share"] == pytest.approx((1 - free) * 0.9 * 0.8, rel=0.03)
    assert 1 - taxed["round_trip_cost_share"] > (1 - free) * 0.9 * 0.8, (
        "the smaller sale moves the price less"
    )


def orders(*levels, book=0):
    return [
        {"book": book, "is_bid": is_bid, "price_usd": price, "quantity": quantity}
        for is_bid, price, quantity in levels
    ]


BOOK = {"venue": "Kraken", "pair": "X/USD", "spread_share": 0.02, "depth_up_usd": 1e6, "depth_down_usd": 1e6}


def test_orders_are_walked_and_pay_the_venues_fee():
    found = measured(books=[BOOK], levels=orders((1, 99, 1_000), (0, 101, 1_000)))
    assert found["round_trip_cost_share"] == pytest.approx(1 - 0.996**2 * 99 / 101)


@pytest.mark.parametrize(("truncated", "is_known"), [(False, True), (None, True), (True, False)])
def test_a_book_too_short_for_the_position_fails_unless_it_was_cut(truncated, is_known):
    short = orders((1, 99, 30), (0, 101, 1_000))
    cost = measured(books=[{**BOOK, "truncated": truncated}], levels=short)["round_trip_cost_share"]
    assert np.isnan(cost) if not is_known else cost >= 0.5


def test_a_deeper_book_that_lists_no_orders_counts_beside_one_that_does():
    deep = {**BOOK, "venue": "Gate", "spread_share": 0.001}
    found = measured(books=[BOOK, deep], levels=orders((1, 99, 1_000), (0, 101, 1_000)))
    assert found["round_trip_cost_share"] < 0.01


def test_where_no_depth_is_told_it_follows_from_the_orders():
    book = {"venue": "Gate", "pair": "X/USD"}
    found = measured(books=[book], levels=orders((1, 99, 2), (1, 97, 50), (0, 101, 9)))
    assert found["depth_down_usd"] == pytest.approx(198)


def test_a_book_without_a_bid_near_its_middle_has_no_depth():
    found = measured(books=[{**BOOK, "depth_down_usd": None}], levels=orders((1, 90, 900), (0, 110, 900)))
    assert found["depth_down_usd"] == 0
    assert found["depth_to_position"] == 0


def test_shares_pay_no_takers_fee():
    found = measured(kind="equity", books=[BOOK], levels=orders((1, 99, 1_000), (0, 101, 1_000)))
    assert found["round_trip_cost_share"] == pytest.approx(1 - 99 / 101)


# Refused pools ----------------------------------------------------------------------------

FAKE = {
    **DEEP,
    "reserve_usd": 3e12,
    "volume_24h_usd": 4e11,
    "buys_24h": 900,
    "sells_24h": 900,
    "quote_is_listed": False,
}
OF_VENUES = [
    *EXIT,
    "liquidity_usd",
    "trades_24h",
    "volume_24h_usd",
    "days_to_exit",
    "volume_to_liquidity",
    "price_usd",
]


@pytest.mark.parametrize("pools", [[], [{**DEEP, "price_usd": 2, "buys_24h": 9, "sells_24h": 3}]])
def test_a_refused_pool_changes_nothing(pools):
    without, beside = measured(pools=pools), measured(pools=[*pools, {**FAKE, "price_usd": 9e9}])
    assert beside[OF_VENUES].tolist() == pytest.approx(without[OF_VENUES].tolist(), nan_ok=True)


def test_a_volume_that_was_made_in_refused_pools_is_none():
    found = measured(market={"volume_24h_usd": 4e11}, pools=[FAKE])
    assert found["volume_24h_usd"] == 0
    assert found["days_to_exit"] == FOREVER_DAYS
    doubtful = measured(market={"volume_24h_usd": 5_000}, pools=[FAKE])
    assert np.isnan(doubtful["days_to_exit"]), "on which venue is not known"
    honest = measured(market={"volume_24h_usd": 5_000}, pools=[FAKE, DEEP])
    assert honest["volume_24h_usd"] == 5_000, "who tells less has left it out"
    both = measured(market={"volume_24h_usd": 4e11 + 9_000}, pools=[FAKE, DEEP])
    assert both["volume_24h_usd"] == 9_000


@pytest.mark.parametrize(("quoted_usd", "expected"), [(7_000, np.nan), (7_300, np.nan), (20_000, 13_000)])
def test_the_volume_of_a_curve_of_unknown_shape_is_unknown_and_not_zero(quoted_usd, expected):
    curve = {**DEEP, "pool_type": BONDING_CURVE, "reserve_usd": None, "volume_24h_usd": 7_000}
    found = measured(market={"volume_24h_usd": quoted_usd}, pools=[curve])
    assert found["volume_24h_usd"] == pytest.approx(expected, nan_ok=True)
    beside = measured(market={"volume_24h_usd": quoted_usd}, pools=[curve, FAKE])
    assert np.isnan(beside["days_to_exit"]), "with a refused pool beside it as well"


def test_a_concentrated_pool_is_priced_as_far_as_its_ticks_were_read():
    """5,000 USD move a liquidity of 2.5 M USD by less than 2 %, and one of 150,000 USD by more."""
    pool = {**RANGES, "quote_reserve": 1_000, "quote_price_usd": 100, "price_usd": 1, "fee_share": 0.003}
    small, large = (
        measured(pools=[pool | {"virtual_quote_reserve": virtual}])["round_trip_cost_share"]
        for virtual in (1_500, 25_000)
    )
    assert np.isnan(small)
    assert large == pytest.approx(0.006, abs=0.01)


@pytest.mark.parametrize(
    ("native", "book", "expected"),
    [
        (True, {"last_traded_at": hours_ago(1)}, 1),
        (True, {"last_traded_at": hours_ago(25)}, NAN),
        (True, {"last_traded_at": None}, NAN),
        (True, {"last_traded_at": hours_ago(1), "stale": True}, NAN),
        (False, {"last_traded_at": hours_ago(1)}, NAN),
        (None, {"last_traded_at": hours_ago(1)}, NAN),
    ],
)
def test_a_native_coin_is_on_order_books_where_one_saw_a_trade_of_it(native, book, expected):
    found = measured(books=[{**SOUND_BOOK, **book}], contract={"native_coin": native})
    assert found["native_on_books"] == pytest.approx(expected, nan_ok=True)


def test_a_market_is_as_old_as_its_first_pool():
    opened = [{"opened_at": NOW - timedelta(days=days), **PRODUCT} for days in (3, 90)]
    assert measured(pools=[*opened, PRODUCT])["market_age_days"] == 90
    assert np.isnan(measured(pools=[PRODUCT])["market_age_days"])
