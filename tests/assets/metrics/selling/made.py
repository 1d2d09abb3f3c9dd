"""Invented venues for the tests of sales: the steps of some, of every kind there is."""

import numpy as np
from hypothesis import strategies as st

from assets.metrics.concentrated import Ranges, sqrt_price_at
from assets.metrics.selling.steps import (
    by_volume,
    concentrated,
    constant_product,
    even_depth,
    orders,
)

PRICES = st.floats(0.5, 2)
KEPT = st.floats(0.9, 1)
MONEY = st.floats(10, 1e7)
POOLS = st.builds(
    lambda price, quote, keep: constant_product(price, quote, keep_share=keep), PRICES, MONEY, KEPT
)
CURVES = st.builds(
    lambda price, quote, part, keep: constant_product(
        price, quote, keep_share=keep, drawable_usd=part * quote
    ),
    PRICES,
    MONEY,
    st.floats(0.01, 0.99),
    KEPT,
)
LEVELS = st.lists(st.tuples(PRICES, st.floats(1, 1e5)), min_size=1, max_size=12)
BOOKS = st.builds(
    lambda levels, keep: orders(*np.array(levels, dtype=float).T, keep_share=keep), LEVELS, KEPT
)
SHALLOW = st.builds(
    lambda price, spread, depth, keep: even_depth(price, spread, depth, keep_share=keep),
    PRICES,
    st.floats(0, 0.2),
    MONEY,
    KEPT,
)
TRADED = st.builds(
    lambda price, spread, volume, keep: by_volume(price, spread, volume, keep_share=keep),
    PRICES,
    st.floats(0, 0.2),
    MONEY,
    KEPT,
)


def ranges_of(*liquidity):
    """Ranges of one pool, each 600 ticks wide, the last one ending at a price of 1."""
    size = len(liquidity)
    edges = sqrt_price_at(np.arange(-600 * size, 1, 600))
    return Ranges(np.zeros(size, dtype=np.intp), 1, edges[:-1], edges[1:], np.array(liquidity, dtype=float))


RANGED = st.builds(
    lambda liquidity, keep: concentrated(ranges_of(*liquidity), 1.0, keep_share=keep),
    st.lists(st.floats(1e2, 1e7), min_size=1, max_size=8),
    KEPT,
)
VENUES = st.lists(st.one_of(POOLS, CURVES, BOOKS, SHALLOW, TRADED, RANGED), min_size=1, max_size=4)
SIZES = st.floats(1e-3, 1e8)
