"""What a sale brings, and what took the rest."""

import numpy as np
import pytest

from assets.metrics.selling.outcome import after_others, most_within, outcome, sell, sell_at_best
from assets.metrics.selling.venues import BOOK as OF_BOOK
from assets.metrics.selling.venues import POOL as OF_POOL
from assets.metrics.selling.venues import exit_venues
from tests.assets.metrics.batch import facts_of_one

POOL = {
    "address": "0xa",
    "price_usd": 2.0,
    "reserve_usd": 100_000,
    "pool_type": "constant_product",
    "fee_share": 0.003,
}
BOOK = {"venue": "Kraken", "pair": "A/USD", "bid_usd": 1.97, "ask_usd": 1.99}
LEVELS = [
    {"book": 0, "is_bid": 1.0, "price_usd": 1.97, "quantity": 1_000},
    {"book": 0, "is_bid": 1.0, "price_usd": 1.90, "quantity": 5_000},
    {"book": 0, "is_bid": 0.0, "price_usd": 1.99, "quantity": 9_000},
]
TAXED = {"sell_tax_share": 0.05}


@pytest.fixture
def venues():
    return exit_venues(facts_of_one(pools=[POOL], books=[BOOK], levels=LEVELS, contract=TAXED), price_usd=2.0)


@pytest.mark.parametrize("units", [10, 900, 4_000, 50_000])
def test_its_parts_add_up_to_what_was_sold(venues, units):
    found = sell(venues, units)
    lost = found.fees_usd + found.tax_usd + found.spread_usd + found.impact_usd
    assert found.proceeds_usd + lost == pytest.approx(found.worth_usd)
    assert found.slippage_share == pytest.approx(lost / found.worth_usd)
    assert found.average_usd * found.sold_units == pytest.approx(found.proceeds_usd)
    assert sum(each.units for each in found.venues) == pytest.approx(found.sold_units)
    assert min(found.fees_usd, found.tax_usd, found.impact_usd, found.spread_usd) >= -1e-9


def test_a_pool_takes_tax_and_fee_and_the_formula_the_rest():
    venues = exit_venues(facts_of_one(pools=[POOL], contract=TAXED), price_usd=2.0)
    found, left = sell(venues, 1_000), 1_000 * 0.95 * 0.997
    expected = 50_000 * left / (25_000 + left)
    assert found.proceeds_usd == pytest.approx(expected)
    assert found.spread_usd == pytest.approx(0, abs=1e-9)
    assert found.tax_usd == pytest.approx(0.05 * expected / 0.95 / 0.997)
    assert found.fees_usd == pytest.approx(0.003 * expected / 0.997)
    assert found.price_share == pytest.approx(1 / (1 + left / 25_000) ** 2)
    assert found.impact_share < found.slippage_share


def test_pools_and_exchanges_keep_their_own_fees(venues):
    found = sell(venues, 4_000)
    pool, book = found.venues
    assert (pool.venue.kind, book.venue.kind) == (OF_POOL, OF_BOOK)
    assert found.fees_of_usd(OF_POOL) == pytest.approx(pool.proceeds_usd / 0.997 * 0.003)
    assert found.fees_of_usd(OF_BOOK) == pytest.approx(book.proceeds_usd / 0.996 * 0.004)
    assert found.fees_of_usd(OF_POOL) + found.fees_of_usd(OF_BOOK) == pytest.approx(found.fees_usd)
    late = after_others(venues, 1_000, 4_000)
    assert late.fees_of_usd(OF_POOL) + late.fees_of_usd(OF_BOOK) == pytest.approx(late.fees_usd)


def test_the_smallest_sale_pays_fee_tax_and_spread_alone(venues):
    assert sell(venues, 1e-6).impact_share == pytest.approx(0, abs=1e-6)


def test_what_nobody_takes_is_told():
    venues = exit_venues(facts_of_one(books=[BOOK], levels=LEVELS), price_usd=2.0)
    found = sell(venues, 8_000)
    assert found.unfilled_units == 2_000
    assert found.unfilled_share == 0.25
    assert found.worth_usd == pytest.approx(6_000 * venues.reference_usd)


def test_without_venues_nothing_is_sold():
    found = sell(exit_venues(facts_of_one(), price_usd=2.0), 10)
    assert found.unfilled_share == 1
    assert np.isnan([found.average_usd, found.slippage_share, found.impact_share]).all()


def test_at_best_is_only_said_where_it_is_more_and_known():
    bounded = {**POOL, "address": "0xb", "pool_type": "stable"}
    unknown = {**POOL, "address": "0xc", "reserve_usd": None}
    alone, wider, open_ended = (
        exit_venues(facts_of_one(pools=pools), price_usd=2.0)
        for pools in ([POOL], [POOL, bounded], [POOL, bounded, unknown])
    )
    assert sell_at_best(alone, 5_000) is None
    assert sell_at_best(open_ended, 5_000) is None
    assert sell_at_best(wider, 5_000).proceeds_usd > sell(wider, 5_000).proceeds_usd
    assert outcome(wider, wider.sure, 5_000) == sell(wider, 5_000)


def test_a_sale_that_ends_above_what_is_unsure_brings_just_that():
    """The liquidity of a concentrated pool is known within 2 %, and a book that was cut to its last bid."""
    pool = {**POOL, "pool_type": "concentrated", "quote_price_usd": 1.0}
    pool |= {"quote_reserve": 40_000.0, "virtual_quote_reserve": 500_000.0}
    ranged = exit_venues(facts_of_one(pools=[pool]), price_usd=2.0)
    near = ranged.sure.most_units
    assert not sell(ranged, 0.99 * near).is_least
    assert sell_at_best(ranged, 0.99 * near) is None
    assert sell(ranged, 1.01 * near).is_least
    assert sell_at_best(ranged, 1.01 * near).unfilled_units == 0
    cut = exit_venues(facts_of_one(books=[{**BOOK, "truncated": 1.0}], levels=LEVELS), price_usd=2.0)
    assert [sell(cut, units).is_least for units in (900, 6_000, 6_001)] == [False, False, True]
    assert after_others(cut, 5_900, 200).is_least
    whole = exit_venues(facts_of_one(books=[BOOK], levels=LEVELS), price_usd=2.0)
    assert not sell(whole, 8_000).is_least


def test_what_a_venue_of_unknown_price_takes_may_be_all():
    unknown = {**POOL, "address": "0xc", "pool_type": "", "price_usd": None}
    venues = exit_venues(facts_of_one(pools=[POOL, unknown]), price_usd=np.nan)
    assert venues.unsure_below_usd == np.inf
    assert sell(venues, 1e-6).is_least


def test_the_most_for_a_slippage_costs_just_that(venues):
    for slippage, units in most_within(venues).items():
        assert sell(venues, units).slippage_share == pytest.approx(slippage, abs=1e-9) or units == 0


def test_whoever_leaves_first_takes_the_better_prices(venues):
    alone, late = sell(venues, 2_000), after_others(venues, 10_000, 2_000)
    both = sell(venues, 12_000)
    assert late.proceeds_usd < alone.proceeds_usd
    assert late.proceeds_usd + sell(venues, 10_000).proceeds_usd == pytest.approx(both.proceeds_usd)
    assert late.price_share == both.price_share
    assert after_others(venues, 0, 2_000).proceeds_usd == pytest.approx(alone.proceeds_usd)


def test_nothing_may_be_left_for_the_last():
    venues = exit_venues(facts_of_one(books=[BOOK], levels=LEVELS), price_usd=2.0)
    late = after_others(venues, 5_500, 1_000)
    assert late.unfilled_units == 500
    assert after_others(venues, 9_000, 1_000).unfilled_share == 1
