"""Swaps that happened and books that stood: what the exit simulator says against what traders got.

Reads the recorded swaps and books beside the checkout; skipped by name without them.
"""

import json
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from assets.metrics.selling.sale import Market
from assets.metrics.selling.steps import Steps, orders
from screener.validation.swaps import TABLES, SoldAgain, errors_of, swaps_in
from tests.end_to_end.installation import REPLAY

DATA = REPLAY.parents[1] / "data"
ORACLE = DATA / "exit_oracle"
BOOKS = DATA / "providers" / "orderbooks"
SIDES = ("bids", "bid", "BuyOrders")
WORDS = (("p", "s"), ("rate", "quantity"), ("Price", "Volume"))
"""How vendors write price and quantity, where an order is no pair."""
EVERY = {"v2_swaps": 10, "v3_in_range": 10, "v3_crossing": 1}
"""So much of a table is sold again here; `manage.py validate --swaps` takes all of it."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ORACLE.exists(), reason="the recorded swaps are not beside the checkout"),
]


@cache
def sold(name):
    swaps = [*swaps_in(ORACLE, name)][:: EVERY[name]]
    return [SoldAgain(each.off(), each.rounding(), each.is_exact) for each in swaps]


@pytest.mark.parametrize("name", TABLES)
def test_swaps_come_out_to_a_basis_point_or_the_rounding_and_none_too_good(name):
    errors = errors_of(sold(name))
    assert errors["swaps"] > 1_000
    assert errors["within_rounding_share"] >= 0.999
    assert errors["better_than_possible"] == 0
    assert errors["exact"] > 0.9 * errors["swaps"]


def test_of_all_swaps_ninety_nine_of_a_hundred_come_out_to_a_basis_point():
    assert errors_of([each for name in TABLES for each in sold(name)])["within_1_bp_share"] >= 0.99


def bids(path):
    """Price and quantity of each bid of a recorded book; none of a list of markets."""
    body = json.loads(path.read_text())["body"]
    if not isinstance(body, dict) or not any(side in body for side in SIDES):
        return []
    listed = next(body[side] for side in SIDES if side in body)
    if listed and isinstance(listed[0], dict):
        names = next(pair for pair in WORDS if pair[0] in listed[0])
        listed = [[order[name] for name in names] for order in listed]
    return [(float(price), float(quantity)) for price, quantity in listed]


def walked(levels, units):
    """What so many units bring order by order, in fractions."""
    left, worth = Fraction(units), Fraction(0)
    for price, quantity in sorted(levels, reverse=True):
        taken = min(left, Fraction(quantity))
        worth, left = worth + taken * Fraction(price), left - taken
    return float(worth)


def books():
    return [found for path in sorted(BOOKS.rglob("*.json")) if (found := bids(path))]


@pytest.mark.parametrize("share", [1e-6, 0.01, 0.3, 0.9, 1.5])
def test_each_recorded_book_is_walked_to_a_billionth(share):
    assert len(books()) == 58
    for levels in books():
        units = share * sum(quantity for _price, quantity in levels)
        found = Market.of(orders(*np.array(levels).T, keep_share=1.0)).sell(units)
        assert found.proceeds_usd == pytest.approx(walked(levels, units), rel=1e-9)


@pytest.mark.parametrize("share", [1e-6, 0.01, 0.3, 0.9, 1.5])
def test_all_recorded_books_together_are_walked_to_a_billionth(share):
    """Each in units of its best bid, as if all were of one asset."""
    scaled = [[(price / levels[0][0], quantity) for price, quantity in levels] for levels in books()]
    every = [level for levels in scaled for level in levels]
    units = share * sum(quantity for _price, quantity in every)
    steps = Steps.joined([orders(*np.array(levels).T, keep_share=1.0) for levels in scaled])
    assert Market.of(steps).sell(units).proceeds_usd == pytest.approx(walked(every, units), rel=1e-9)
