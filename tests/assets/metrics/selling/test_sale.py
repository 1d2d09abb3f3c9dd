"""A sale over several venues: the best split there is, whatever they are."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.selling.sale import Market, PriceStretch
from assets.metrics.selling.steps import Steps, by_volume, constant_product, even_depth, orders
from tests.assets.metrics.selling.made import LEVELS, POOLS, SIZES, VENUES

NEARLY = 1e-9


def brought(venues, units):
    return Market.of(Steps.joined(venues)).sell(units).proceeds_usd


def column(*values):
    return np.array(values, dtype=float)


def walked(levels, units):
    """What so many units bring order by order, in fractions."""
    left, usd = Fraction(units), Fraction(0)
    for price, quantity in sorted(levels, reverse=True):
        taken = min(left, Fraction(quantity))
        usd, left = usd + taken * Fraction(price), left - taken
    return float(usd)


@given(st.lists(LEVELS, min_size=1, max_size=4), SIZES)
def test_books_are_walked_as_one(books, units):
    parts = [orders(*np.array(levels, dtype=float).T, keep_share=1.0) for levels in books]
    every = [level for levels in books for level in levels]
    assert brought(parts, units) == pytest.approx(walked(every, units), rel=NEARLY)


@given(VENUES, SIZES)
def test_no_single_venue_brings_more(venues, units):
    best = max(brought([each], units) for each in venues)
    assert brought(venues, units) >= best * (1 - NEARLY)


@given(VENUES, SIZES, st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_no_other_split_brings_more(venues, units, weights):
    parts = np.array(weights[: len(venues)]) + 1e-9
    split = units * parts / parts.sum()
    apart = sum(brought([each], part) for each, part in zip(venues, split.tolist(), strict=True))
    assert brought(venues, units) >= apart * (1 - NEARLY)


@given(VENUES, SIZES, st.floats(1, 10))
def test_more_brings_more_and_less_for_each(venues, units, times):
    market = Market.of(Steps.joined(venues))
    few, many = market.sell(units), market.sell(units * times)
    assert many.proceeds_usd >= few.proceeds_usd * (1 - NEARLY)
    assert many.price_usd <= few.price_usd * (1 + NEARLY)
    averages = [each.proceeds_usd / each.sold_units for each in (few, many)]
    assert averages[1] <= averages[0] * (1 + NEARLY)


@given(VENUES, SIZES)
def test_what_is_sold_and_what_is_not_add_up(venues, units):
    market = Market.of(Steps.joined(venues))
    sale = market.sell(units)
    assert sale.sold_units + sale.unfilled_units == pytest.approx(units, rel=NEARLY)
    assert sale.unfilled_units == pytest.approx(max(units - market.most_units, 0), rel=NEARLY)
    assert (sale.units <= sale.steps.units * (1 + NEARLY)).all()
    assert sale.by_venue(sale.units, len(venues)).sum() == pytest.approx(sale.sold_units)


@given(VENUES, st.sampled_from([0.02, 0.05, 0.10, 0.5]))
def test_the_most_within_a_slippage_loses_just_that(venues, slippage):
    market = Market.of(Steps.joined(venues))
    reference = market.best_usd * 1.01
    most = market.most_within(slippage, reference)
    if most == 0:
        assert market.best_usd < (1 - slippage) * reference
        return
    sale = market.sell(most)
    lost = 1 - sale.proceeds_usd / most / reference
    assert lost <= slippage + 1e-7
    if most < market.most_units * (1 - NEARLY):
        assert lost == pytest.approx(slippage, abs=1e-7)


@given(POOLS, SIZES)
def test_a_pool_alone_pays_by_its_formula(pool, units):
    top, reserve = pool.top_usd[0], pool.reserve[0]
    assert brought([pool], units) == pytest.approx(top * reserve * units / (reserve + units), rel=NEARLY)


def test_a_sale_too_small_to_move_the_price_is_sold_all_the_same():
    pool = constant_product(1.0, 1e20, keep_share=1.0)
    assert brought([pool], 35) == pytest.approx(35, rel=1e-12)


def test_two_equal_pools_are_one_of_twice_the_size():
    half, whole = (constant_product(2.0, size, keep_share=0.997) for size in (1_000, 2_000))
    assert brought([half, half], 300) == pytest.approx(brought([whole], 300), rel=1e-12)


def test_orders_of_one_price_share_what_is_left():
    bids = [orders(column(1.0), column(each), keep_share=1.0) for each in (10, 30)]
    sale = Market.of(Steps.joined(bids)).sell(20)
    assert sale.by_venue(sale.units, 2) == pytest.approx([5, 15])


def test_nothing_is_taken_where_there_is_no_venue():
    market = Market.of(Steps.none())
    assert np.isnan(market.best_usd)
    assert market.sell(5).unfilled_units == 5
    assert market.most_within(0.1, 1.0) == 0


def test_all_is_sold_within_the_slippage_where_the_last_bid_is_near():
    bids = orders(column(1.0, 0.99), column(10, 5), keep_share=1.0)
    assert Market.of(bids).most_within(0.1, 1.0) == 15


def test_between_two_prices_pools_and_books_add_up():
    steps = Steps.joined(
        [
            constant_product(1.0, 10_000, keep_share=1.0),
            even_depth(1.0, 0.0, 500, keep_share=1.0),
            by_volume(1.0, 0.0, 90_000, keep_share=1.0),
        ]
    )
    between = PriceStretch.of(Market.of(steps), 1)
    for price in (0.99, 0.8, 0.3):
        taken = steps.taken_until(price)
        assert between.units_until(price) == pytest.approx(taken.sum())
        assert between.usd_until(price) == pytest.approx(steps.worth_usd(taken).sum())
