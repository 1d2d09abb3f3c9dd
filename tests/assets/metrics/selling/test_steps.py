"""Steps of sale curves: each kind of venue by the formula that it is known by elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.concentrated import sell_token0
from assets.metrics.constant_product import amount_out
from assets.metrics.exits import book_round_trip_share, sqrt_impact_share
from assets.metrics.selling.steps import (
    Steps,
    by_volume,
    concentrated,
    constant_product,
    even_depth,
    orders,
    until_move,
)
from tests.assets.metrics.selling.made import BOOKS, RANGED, VENUES, ranges_of


def column(*values):
    return np.array(values, dtype=float)


@pytest.mark.parametrize("units", [1e-6, 3, 40_000])
def test_constant_product_is_the_formula_of_the_pool(units):
    steps = constant_product(2.0, 10_000, keep_share=0.997)
    expected = amount_out(column(5_000), column(10_000), units, 0.003)
    assert steps.worth_usd(column(units)) == pytest.approx(expected)


def test_no_more_comes_out_of_a_curve_than_was_put_in():
    steps = constant_product(2.0, 10_000, keep_share=0.99, drawable_usd=1_000)
    assert steps.worth_usd(steps.units) == pytest.approx(1_000)
    assert np.isinf(constant_product(2.0, 10_000, keep_share=0.99, drawable_usd=10_000).units).all()


@given(st.lists(st.floats(1e2, 1e7), min_size=1, max_size=8), st.floats(0.01, 0.99))
def test_concentrated_is_the_swap_over_its_ranges(liquidity, part):
    ranges = ranges_of(*liquidity)
    steps = concentrated(ranges, 1.0, keep_share=0.997)
    units = part * steps.units.sum()
    left = np.clip(units - np.append(0, np.cumsum(steps.units[::-1])[:-1])[::-1], 0, steps.units)
    swap = sell_token0(ranges, column(1.0), column(units), column(0.003))
    assert steps.worth_usd(left).sum() == pytest.approx(swap.amount_out[0], rel=1e-9)


def test_ranges_above_the_price_hold_nothing_to_sell_into():
    steps = concentrated(ranges_of(5.0, 7.0), 0.98, keep_share=1.0)
    assert steps.top_usd.max() == pytest.approx(0.98**2)
    assert steps.top_usd.size == 2


def test_even_depth_is_the_book_of_the_round_trip():
    size, spread, up, down, fee = 800.0, 0.02, 5_000.0, 3_000.0, 0.002
    held = size * (1 - fee) / (1 + spread / 2 + 0.02 * size / 2 / up)
    steps = even_depth(4.0, spread, down, keep_share=1 - fee)
    sold = steps.worth_usd(column(held / 4))[0]
    cost = book_round_trip_share(column(spread), column(up), column(down), size, fee)[0]
    assert 1 - sold / size == pytest.approx(cost)


def test_by_volume_is_the_square_root_law():
    steps = by_volume(2.0, 0.01, 90_000, keep_share=1.0)
    average = steps.worth_usd(column(100))[0] / 200
    assert average == pytest.approx(1 - 0.005 - sqrt_impact_share(200, column(90_000))[0])


def test_orders_pay_what_the_fee_leaves():
    steps = orders(column(3, 2), column(5, 7), keep_share=0.9)
    assert steps.worth_usd(column(5, 7)) == pytest.approx([13.5, 12.6])
    assert steps.is_order.all()
    assert not until_move(constant_product(1.0, 10, keep_share=1.0)).is_order.any()


def test_until_a_move_a_pool_takes_its_depth():
    near = until_move(constant_product(2.0, 10_000, keep_share=1.0))
    assert near.worth_usd(near.units) == pytest.approx(10_000 * (1 - np.sqrt(0.98)))


@given(VENUES, st.floats(0.05, 0.999))
def test_a_step_takes_until_the_price_it_then_has(venues, part):
    steps = Steps.joined(venues)
    curves = steps.where(~steps.is_order)
    price = np.maximum(curves.top_usd * part, curves.floor_usd() * (1 + 1e-9))
    taken = curves.taken_until(price)
    is_within = (taken < curves.units) & (price < curves.top_usd)
    assert curves.price_after(taken)[is_within] == pytest.approx(price[is_within], rel=1e-6)
    assert (curves.width() > 0).all()


@given(VENUES)
def test_worth_is_what_each_unit_brings_added_up(venues):
    steps = Steps.joined(venues)
    units = np.minimum(steps.units, np.where(steps.is_order, steps.units, steps.width())) / 2
    parts = (np.arange(2_000) + 0.5) / 2_000
    each = np.mean([steps.price_after(part * units) for part in parts], axis=0)
    assert steps.worth_usd(units) == pytest.approx(each * units, rel=1e-4)


@given(BOOKS, st.floats(0.01, 0.5))
def test_after_a_fall_the_bids_above_it_are_gone(book, move):
    below = np.full(book.top_usd.size, book.top_usd.max() * (1 - move))
    left = book.fallen(move, below)
    assert (left.top_usd <= below[0]).all()
    assert left.units.sum() == pytest.approx(book.units[book.top_usd <= below[0]].sum())


@given(RANGED, st.floats(0.01, 0.5), st.floats(0.01, 1))
def test_after_a_fall_a_pool_pays_as_if_others_had_sold_before(pool, move, part):
    below = np.full(pool.top_usd.size, pool.top_usd.max() * (1 - move))
    sold, left = pool.taken_until(below), pool.fallen(move, below)
    rest = part * (pool.units - sold)
    expected = pool.worth_usd(sold + rest) - pool.worth_usd(sold)
    assert left.worth_usd(part * left.units).sum() == pytest.approx(expected.sum(), rel=1e-6, abs=1e-6)


def test_a_book_of_figures_is_quoted_anew():
    book = even_depth(1.0, 0.01, 1_000, keep_share=0.99)
    left = book.fallen(0.2, column(0.8 * 0.99))
    again = even_depth(0.8, 0.01, 1_000, keep_share=0.99)
    for name in ("top_usd", "units", "slope"):
        assert getattr(left, name) == pytest.approx(getattr(again, name))
