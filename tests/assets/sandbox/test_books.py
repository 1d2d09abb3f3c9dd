from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.archetypes import ROTATION
from assets.sandbox.books import books
from assets.sandbox.invented import invented

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
A_CENT = Decimal("0.01")


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def value(levels):
    return sum(price * quantity for price, quantity in levels)


@given(st.integers(0, 2_000))
def test_levels_within_two_percent_add_up_to_the_depth(index):
    for book in books(invented(index), NOW):
        middle = (book.bid_usd + book.ask_usd) / 2
        bids = [level for level in book.bids if level[0] >= middle * Decimal("0.98")]
        asks = [level for level in book.asks if level[0] <= middle * Decimal("1.02")]
        assert abs(value(bids) - book.depth_down_usd) < A_CENT
        assert abs(value(asks) - book.depth_up_usd) < A_CENT


@given(st.integers(0, 2_000))
def test_the_best_levels_are_the_quotes_and_the_others_follow(index):
    for book in books(invented(index), NOW):
        assert (book.bids[0][0], book.asks[0][0]) == (book.bid_usd, book.ask_usd)
        assert all(before[0] > after[0] for before, after in pairwise(book.bids))
        assert all(before[0] < after[0] for before, after in pairwise(book.asks))
        quoted = (book.ask_usd - book.bid_usd) / (book.ask_usd + book.bid_usd) * 2
        assert float(quoted) == pytest.approx(book.spread_share, abs=1e-6)


def test_a_book_reaches_beyond_its_depth():
    (book,) = books(of("healthy company"), NOW)
    assert (len(book.bids), len(book.asks), book.truncated, book.quote) == (25, 25, False, "USD")
    middle = (book.bid_usd + book.ask_usd) / 2
    assert book.bids[-1][0] < middle * Decimal("0.98")
    assert book.asks[-1][0] > middle * Decimal("1.02")


@pytest.mark.parametrize(
    ("name", "stale", "depth"),
    [("stale books", True, True), ("empty book", False, False), ("illiquid", False, False)],
)
def test_books_have_their_faults(name, stale, depth):
    for book in books(of(name), NOW):
        assert book.stale is stale
        assert (book.depth_down_usd > 0) is depth


def test_an_empty_book_has_hardly_an_order():
    (book,) = books(of("empty book"), NOW)
    assert len(book.bids) == len(book.asks) == 2
    assert value(book.bids) < 200
