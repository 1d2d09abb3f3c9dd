"""The bench of the exit simulator: what it measures is a sale, and no cut of it brings more."""

import numpy as np
import pytest

from assets.metrics.selling.sale import Market
from assets.metrics.selling.steps import orders
from screener.benches.exit import BIDS, BOOKS, RANGES, in_pieces, invented, measure


def test_a_row_holds_the_rate_and_the_baseline_of_the_same_run():
    (row,) = measure([30])
    assert row["assets"] == 30
    assert row["simulations_per_s"] > row["baseline_per_s"] > 0
    assert row["ratio"] == pytest.approx(row["simulations_per_s"] / row["baseline_per_s"], rel=0.1)
    assert row["steps"] == 3 + RANGES + BOOKS * BIDS


def test_no_sale_in_pieces_brings_more():
    chance = np.random.default_rng(3)
    for units in (50, 5_000, 500_000):
        steps = invented(chance)
        sale = Market.of(steps).sell(units)
        assert in_pieces(steps, units) <= sale.proceeds_usd * (1 + 1e-9)


def test_pieces_are_sold_at_the_best_price_first():
    book = orders(np.array([1.0, 2.0]), np.array([10.0, 10.0]), keep_share=1.0)
    assert in_pieces(book, 10) == pytest.approx(20)
