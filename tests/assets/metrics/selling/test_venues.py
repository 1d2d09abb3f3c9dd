"""Venues of an asset as sale curves: by the same rules as the round trip, and never more than is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.pools import POOL_TYPES
from assets.metrics.round_trips import HOPELESS_SHARE, venues_of
from assets.metrics.selling.outcome import sell, sell_at_best
from assets.metrics.selling.venues import NOTHING, exit_venues
from tests.assets.metrics.batch import facts_of_one

POOL = {
    "address": "0xa",
    "dex": "uniswap",
    "price_usd": 2.0,
    "reserve_usd": 100_000,
    "pool_type": "constant_product",
    "fee_share": 0.003,
}
BOOK = {"venue": "Kraken", "pair": "A/USD", "bid_usd": 1.99, "ask_usd": 2.01, "spread_share": 0.01}
DEEP = {**BOOK, "depth_up_usd": 50_000, "depth_down_usd": 25_000}
LEVELS = [
    {"book": 0, "is_bid": 1.0, "price_usd": 1.99, "quantity": 1_000},
    {"book": 0, "is_bid": 1.0, "price_usd": 1.90, "quantity": 5_000},
    {"book": 0, "is_bid": 0.0, "price_usd": 2.01, "quantity": 9_000},
]


def venues(*, price_usd=2.0, **rows):
    return exit_venues(facts_of_one(**rows), price_usd=price_usd)


def bought_usd(size_usd, *, buy_tax=0.0):
    """What this money buys in the pool, at its price."""
    put_in = size_usd * 0.997
    return 50_000 * put_in / (50_000 + put_in) * (1 - buy_tax)


@pytest.mark.parametrize("size_usd", [100, 7_300, 200_000])
@pytest.mark.parametrize("taxes", [{}, {"buy_tax_share": 0.02, "sell_tax_share": 0.05}])
def test_the_sale_is_the_way_back_of_the_round_trip(size_usd, taxes):
    facts = facts_of_one(pools=[POOL], contract=taxes)
    found = exit_venues(facts, price_usd=2.0)
    sold = found.sure.sell(bought_usd(size_usd, buy_tax=taxes.get("buy_tax_share", 0.0)) / 2.0)
    cost = venues_of(facts).cost(size_usd).share[0]
    assert 1 - sold.proceeds_usd / size_usd == pytest.approx(cost, rel=1e-9)


@pytest.mark.parametrize("size_usd", [100, 3_000, 9_000])
def test_orders_are_those_of_the_round_trip(size_usd):
    facts = facts_of_one(books=[{**BOOK, "volume_24h_usd": 1e6}], levels=LEVELS)
    found, fee = exit_venues(facts, price_usd=2.0), 0.004
    sold = found.sure.sell(size_usd * (1 - fee) / 2.01)
    cost = venues_of(facts).cost(size_usd).share[0]
    assert found.venues[0].basis == "orders"
    assert 1 - sold.proceeds_usd / size_usd == pytest.approx(cost, abs=1e-9)


def test_a_curve_pays_no_more_than_buyers_left_in_it():
    curve = {
        **{
            **POOL,
            "pool_type": "bonding_curve",
            "dex": "launchlab",
            "reserve_usd": 30_000,
            "price_usd": 2e-5,
        },
        **{"quote_price_usd": 150.0, "quote_reserve": 20.0, "virtual_quote_reserve": 50.0},
    }
    found = venues(price_usd=2e-5, pools=[curve])
    assert found.sure.sell(1e12).proceeds_usd == pytest.approx(20 * 150)
    assert not found.is_bounded


def test_a_concentrated_pool_is_sure_about_its_price_and_bounded_beyond():
    pool = {
        **{**POOL, "pool_type": "concentrated", "quote_price_usd": 1.0},
        **{"quote_reserve": 40_000.0, "virtual_quote_reserve": 500_000.0},
    }
    found = venues(pools=[pool])
    everything = 1e9
    near = 500_000 * (1 - np.sqrt(0.98))
    assert found.sure.sell(everything).proceeds_usd == pytest.approx(near)
    assert found.at_best.sell(everything).proceeds_usd == pytest.approx(40_000)
    assert found.is_bounded
    assert not found.is_open_ended


def test_a_pool_of_unknown_formula_only_bounds():
    found = venues(pools=[{**POOL, "pool_type": "stable"}])
    assert found.venues[0].basis == "nothing"
    assert found.sure.most_units == 0
    assert found.at_best.sell(1e9).proceeds_usd == pytest.approx(100_000)


def test_an_empty_pool_is_known_to_take_nothing_and_an_unknown_one_is_not():
    empty = {**POOL, "reserve_usd": 0.0}
    assert venues(pools=[empty]).is_known
    assert not venues(pools=[empty]).is_bounded
    assert not venues(pools=[{**POOL, "pool_type": "stable"}]).is_known
    assert not venues().is_known


@pytest.mark.parametrize("kind", ["", *POOL_TYPES])
@pytest.mark.parametrize("price_usd", [2.0, None])
def test_a_pool_without_a_counterpart_takes_nothing_whatever_its_formula_is(kind, price_usd):
    """Nor does it matter what a unit costs."""
    drained = {**POOL, "pool_type": kind, "quote_reserve": 0, "quote_price_usd": 1.0, "price_usd": price_usd}
    facts = facts_of_one(pools=[drained])
    found = exit_venues(facts, price_usd=np.nan if price_usd is None else price_usd)
    assert found.takes_nothing
    assert found.venues[0].basis != NOTHING
    assert venues_of(facts).cost(5_000).share.tolist() == [1]
    assert venues_of(facts).pools.depth_down_usd().tolist() == [0]


def test_what_is_not_known_takes_something_maybe():
    unknown = {**POOL, "address": "0xb", "pool_type": "", "reserve_usd": None}
    drained = {**POOL, "pool_type": "", "quote_reserve": 0, "quote_price_usd": 1.0}
    both = facts_of_one(pools=[drained, unknown])
    assert not exit_venues(both, price_usd=2.0).takes_nothing
    assert np.isnan(venues_of(both).cost(5_000).share[0])
    assert not venues().takes_nothing
    assert not venues(pools=[unknown]).takes_nothing


def test_of_a_pool_whose_other_side_nobody_tells_nothing_is_sure():
    """What its formula counts with there is no bound to what can be taken out."""
    virtual = {**POOL, "pool_type": "weighted", "reserve_usd": None, "virtual_quote_reserve": 400_000}
    facts = facts_of_one(pools=[{**virtual, "quote_price_usd": 1.0}])
    (found,) = exit_venues(facts, price_usd=2.0).venues
    assert (found.basis, found.is_open_ended) == (NOTHING, True)
    assert np.isnan(venues_of(facts).cost(5_000).share[0])


AMOUNT = st.sampled_from([None, 0, 40, 9_000, 100_000])
ANY_POOL = st.fixed_dictionaries(
    {
        "pool_type": st.sampled_from(["", *POOL_TYPES]),
        "price_usd": st.sampled_from([None, 2.0]),
        "reserve_usd": AMOUNT,
        "base_reserve": st.sampled_from([None, 0, 20, 25_000]),
        "quote_reserve": AMOUNT,
        "quote_price_usd": st.sampled_from([None, 1.0]),
        "virtual_quote_reserve": st.sampled_from([None, 0, 500, 400_000]),
        "volume_24h_usd": st.sampled_from([None, 0, 9_000]),
        "buys_24h": st.just(90),
        "sells_24h": st.just(90),
        "quote_is_listed": st.sampled_from([None, True, False]),
        "fee_share": st.just(0.003),
    }
)


@given(pools=st.lists(ANY_POOL, min_size=1, max_size=3), size_usd=st.sampled_from([10.0, 5_000.0, 1e6]))
def test_the_sale_and_the_round_trip_know_the_same(pools, size_usd):
    facts = facts_of_one(pools=[{**each, "address": f"0x{n}"} for n, each in enumerate(pools)])
    cost, found = venues_of(facts).cost(size_usd).share[0], exit_venues(facts, price_usd=2.0)
    sale, best = sell(found, size_usd / 2.0), sell_at_best(found, size_usd / 2.0)
    is_told = found.is_known and sale.is_known
    if np.isnan(cost) and len(pools) == 1:  # A sale over several may need less of each than a round trip.
        assert not is_told or sale.is_least, "the sale is exact where the round trip is not known"
    if cost >= HOPELESS_SHARE:
        brought = sale.proceeds_usd if is_told and not sale.is_least else best and best.proceeds_usd
        assert brought is not None, "a loss is told of which the sale knows nothing"
        # Who sells has lost nothing by buying first.
        assert brought <= 2 * (1 - cost) * size_usd + 1e-6 or brought <= size_usd * HOPELESS_SHARE**0.5
    if found.takes_nothing:
        assert cost == 1
    if is_told and not sale.is_least and sale.proceeds_usd == 0:
        assert cost == 1


def test_a_pool_of_unknown_reserve_leaves_the_answer_open():
    found = venues(pools=[POOL, {**POOL, "address": "0xb", "reserve_usd": None}])
    assert found.is_open_ended
    assert found.sure.best_usd == pytest.approx(2 * 0.997)


def test_a_refused_pool_counts_for_nothing():
    found = venues(pools=[POOL, {**POOL, "address": "0xb", "quote_is_listed": 0.0, "reserve_usd": 9e6}])
    assert [bool(each.sure.venue.size) for each in found.venues] == [True, False]
    assert not found.is_bounded
    assert found.venues[1].verdict


def test_no_venue_pays_more_than_the_price_of_the_asset():
    dear = venues(pools=[{**POOL, "price_usd": 3.0}], books=[{**BOOK, "bid_usd": 4.0, "ask_usd": 4.1}])
    assert {each.mid_usd for each in dear.venues} == {2.0}
    cheap = venues(pools=[{**POOL, "price_usd": 1.5}])
    assert cheap.reference_usd == 1.5


def test_without_a_price_of_the_asset_venues_keep_their_own():
    found = venues(price_usd=np.nan, pools=[{**POOL, "price_usd": 3.0}])
    assert found.reference_usd == 3.0
    assert np.isnan(venues(price_usd=np.nan).reference_usd)


@pytest.mark.parametrize(
    ("book", "basis"),
    [
        (DEEP, "depth"),
        ({**BOOK, "volume_24h_usd": 90_000}, "volume"),
        ({**BOOK, "depth_down_usd": 0.0, "depth_up_usd": 1.0}, "depth"),
        ({**BOOK, "spread_share": None, "bid_usd": None}, "nothing"),
    ],
)
def test_a_book_is_taken_by_the_best_that_is_told_of_it(book, basis):
    (found,) = venues(books=[book]).venues
    assert found.basis == basis
    assert found.is_open_ended == (basis == "nothing")
    assert bool(found.sure.venue.size) == (basis != "nothing" and book.get("depth_down_usd") != 0)


def test_a_crossed_book_is_not_sold_into_and_one_without_asks_is():
    crossed = [{**each, "price_usd": 1.5} if not each["is_bid"] else each for each in LEVELS]
    assert venues(books=[BOOK], levels=crossed).sure.most_units == 0
    assert venues(books=[BOOK], levels=LEVELS[:2]).sure.most_units == 6_000


def test_a_book_that_was_cut_may_hold_more():
    assert venues(books=[{**BOOK, "truncated": 1.0}], levels=LEVELS).is_open_ended
    assert not venues(books=[BOOK], levels=LEVELS).is_bounded


def test_a_tax_that_nobody_tells_is_said():
    assert not venues(pools=[POOL]).is_tax_known
    taxed = venues(pools=[POOL], contract={"sell_tax_share": 0.1})
    assert taxed.is_tax_known
    assert taxed.venues[0].keep_share == pytest.approx(0.9 * 0.997)


@pytest.mark.parametrize("kind", ["constant_product", "stable"])
def test_nothing_is_sold_where_the_tax_takes_all(kind):
    found = venues(pools=[{**POOL, "pool_type": kind}], contract={"sell_tax_share": 1.0})
    assert found.sure.most_units == found.at_best.most_units == 0
    assert not found.is_bounded
    lost = sell(found, 10)
    assert (lost.unfilled_share, lost.proceeds_usd, lost.tax_usd) == (1, 0, 0)


@pytest.mark.parametrize(
    ("given", "is_priced"),
    [
        ({"pools": [POOL]}, True),
        ({"pools": [{**POOL, "price_usd": None}]}, False),
        ({"books": [BOOK]}, True),
        ({"books": [{**BOOK, "bid_usd": None, "ask_usd": None}]}, False),
        ({"books": [{**BOOK, "bid_usd": None, "ask_usd": None}], "levels": LEVELS}, True),
    ],
)
def test_a_venue_without_a_price_of_its_own_has_that_of_the_asset(given, is_priced):
    (found,) = venues(**given).venues
    assert (found.mid_usd, found.is_priced) == (2.0, is_priced)
