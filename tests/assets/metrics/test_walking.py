from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.facts import frame
from assets.metrics.walking import Books, ahead, depth_within

ORDERS = st.lists(st.tuples(st.floats(0.0001, 0.5), st.floats(1, 5_000)), min_size=1, max_size=12)
BOOKS = st.tuples(st.floats(1e-9, 1e5), ORDERS, ORDERS).map(
    lambda book: (
        sorted(((book[0] * (1 - away), usd / book[0]) for away, usd in book[1]), reverse=True),
        sorted((book[0] * (1 + away), usd / book[0]) for away, usd in book[2]),
    )
)
"""Books of bids and asks as (price, quantity), of tokens that cost from 1e-9 to 1e5 USD."""


def levels(bids, asks, *, asset_id=1, venue="v", pair="X/USD"):
    found = [(1, *order) for order in bids] + [(0, *order) for order in asks]
    return [
        {
            "asset_id": asset_id,
            "book": crc32(f"{asset_id} {venue} {pair}".encode()),
            "is_bid": is_bid,
            "price_usd": price,
            "quantity": quantity,
        }
        for is_bid, price, quantity in found
    ]


def books_of(*books, ids=None):
    """The books of assets 0, 1 … , each one (bids, asks)."""
    rows = [row for asset, (bids, asks) in enumerate(books) for row in levels(bids, asks, asset_id=asset)]
    return Books.of(frame("levels", rows), pd.RangeIndex(len(books)) if ids is None else pd.Index(ids))


def slow_average(orders, quantity):
    """Order by order until nothing is left to trade; None where the book is too short."""
    left, money = quantity, 0.0
    for price, offered in orders:
        taken = min(left, offered)
        money, left = money + taken * price, left - taken
    return money / quantity if left <= quantity * 1e-9 else np.nan


def test_worked_by_hand():
    """Mid 100. Selling 3 units gets 99, 99 and 98; buying them takes 101, 102 and 102."""
    books = books_of(([(99, 2), (98, 2)], [(101, 1), (102, 5)]))
    assert books.mid_usd == pytest.approx([100])
    assert books.sale_cost_share(300) == pytest.approx([1 - (99 + 99 + 98) / 300])
    assert books.purchase_cost_share(300) == pytest.approx([(101 + 102 + 102) / 300 - 1])


@pytest.mark.parametrize(
    ("size_usd", "sold"), [(100, 0.01), (200, 0.01), (400, 0.015), (400.1, None), (0, None), (None, None)]
)
def test_a_book_that_is_too_short_for_the_size(size_usd, sold):
    books = books_of(([(99, 2), (98, 2)], [(101, 1)]))
    found = books.sale_cost_share(np.nan if size_usd is None else size_usd)
    assert found == pytest.approx([np.nan if sold is None else sold], nan_ok=True)


@given(books=st.lists(BOOKS, min_size=1, max_size=5), size_usd=st.floats(1, 20_000))
def test_a_batch_equals_brute_force(books, size_usd):
    found = books_of(*books)
    for at, (bids, asks) in enumerate(books):
        mid = (bids[0][0] + asks[0][0]) / 2
        sold, bought = (slow_average(side, size_usd / mid) / mid for side in (bids, asks))
        # At the very end of a book rounding decides whether it is long enough.
        total = min(sum(quantity for _price, quantity in side) * mid for side in (bids, asks))
        if abs(total / size_usd - 1) > 1e-6:
            assert found.sale_cost_share(size_usd)[at] == pytest.approx(1 - sold, abs=1e-9, nan_ok=True)
            assert found.purchase_cost_share(size_usd)[at] == pytest.approx(bought - 1, abs=1e-9, nan_ok=True)


@given(book=BOOKS, sizes=st.tuples(st.floats(1, 20_000), st.floats(1, 20_000)))
def test_more_costs_more_and_never_less_than_half_the_spread(book, sizes):
    found = books_of(book)
    less, more = sorted(sizes)
    half = (book[1][0][0] - book[0][0][0]) / 2 / found.mid_usd[0]
    for cost in (found.sale_cost_share, found.purchase_cost_share):
        assert np.isnan(cost(less)[0]) or cost(less)[0] >= half - 1e-9
        assert np.isnan(cost(more)[0]) or cost(more)[0] >= cost(less)[0] - 1e-9
        assert np.isnan(cost(more)[0]) or not np.isnan(cost(less)[0])


@given(book=BOOKS, share=st.floats(0.001, 0.5))
def test_depth_equals_brute_force(book, share):
    found = books_of(book)
    mid = found.mid_usd[0]
    down, up = depth_within(found, share)
    assert down == pytest.approx([sum(p * q for p, q in book[0] if p >= mid * (1 - share))])
    assert up == pytest.approx([sum(p * q for p, q in book[1] if p <= mid * (1 + share))])


def test_depth_is_that_within_two_percent():
    books = books_of(([(99, 2), (98, 1), (97.99, 100)], [(101, 1), (102, 1), (102.01, 100)]))
    assert depth_within(books) == (pytest.approx([2 * 99 + 98]), pytest.approx([101 + 102]))


@pytest.mark.parametrize(
    ("bids", "asks"),
    [
        ([(99, 1)], []),
        ([], [(101, 1)]),
        ([(101, 1)], [(99, 1)]),  # crossed
        ([(100, 1)], [(100, 1)]),
        ([(None, 1)], [(101, 1)]),
        ([(99, 0)], [(101, 1)]),
        ([(99, 1)], [(101, None)]),
    ],
)
def test_a_book_without_a_mid_tells_nothing_and_spoils_no_other(bids, asks):
    sound = ([(99, 2), (98, 2)], [(101, 1), (102, 5)])
    found = books_of(sound, (bids, asks), sound)
    for column in (found.sale_cost_share(100), found.purchase_cost_share(100), *depth_within(found)):
        assert np.isnan(column).tolist() == [False, *[True] * (len(column) - 2), False]


def test_an_order_without_a_price_or_quantity_is_left_out():
    books = books_of(([(99, None), (None, 5), (98, 1), (97, -3), (96, 1)], [(102, 0), (102, 1)]))
    assert books.mid_usd == pytest.approx([100])
    assert books.sale_cost_share(200) == pytest.approx([0.03])


def test_a_huge_book_does_not_cost_another_one_its_digits():
    huge = ([(1e-12, 1e30)], [(2e-12, 1e30)])
    small = ([(99, 0.001), (98, 0.002)], [(101, 0.003)])
    alone, between = books_of(small), books_of(huge, small, huge)
    assert between.sale_cost_share(0.2)[1] == pytest.approx(alone.sale_cost_share(0.2)[0], rel=1e-12)
    assert depth_within(between)[0][1] == depth_within(alone)[0][0]


def test_books_are_told_apart_by_asset_venue_and_pair():
    sound = ([(99, 2)], [(101, 2)])
    rows = [
        *levels(*sound, asset_id=8),
        *levels([(9, 1)], [(11, 1)], asset_id=3, venue="a"),
        *levels(*sound, asset_id=5),  # not in the batch
        *levels(*sound, asset_id=3, venue="b"),
        *levels([(90, 2)], [(110, 2)], asset_id=3, venue="b", pair="X/EUR"),
    ]
    books = Books.of(frame("levels", rows), pd.Index([3, 8]))
    assert books.mid_usd.tolist() == [100, 10, 100, 100]
    assert books.listed.owner.tolist() == [1, 0, 0, 0]
    cost = books.sale_cost_share(100)
    assert cost == pytest.approx([0.01, np.nan, 0.01, 0.1], nan_ok=True)
    assert books.listed.least(cost) == pytest.approx([0.01, 0.01])
    assert books.listed.total(depth_within(books, 0.05)[0]) == pytest.approx([198, 198])


def test_the_size_can_be_one_for_each_book():
    books = books_of(*[([(99, 2), (98, 2)], [(101, 2)])] * 2)
    assert books.sale_cost_share(np.array([200.0, 400.0])) == pytest.approx([0.01, 0.015])


def test_the_rows_of_a_book_need_not_stand_together():
    rows = [*levels([(99, 2), (98, 2)], [(101, 1)]), *levels([(9, 50)], [(11, 50)], asset_id=2)]
    mixed = [rows[at] for at in (0, 3, 1, 4, 2)]
    found = [Books.of(frame("levels", each), pd.Index([1, 2])).sale_cost_share(300) for each in (rows, mixed)]
    assert found[0] == pytest.approx(found[1])


def test_no_books():
    books = Books.of(frame("levels", ()), pd.Index([1]))
    assert books.sale_cost_share(100).size == 0
    assert books.listed.least(books.sale_cost_share(100)) == pytest.approx([np.nan], nan_ok=True)


@given(groups=st.lists(st.lists(st.floats(0, 1), max_size=5), max_size=5))
def test_ahead_is_the_sum_of_the_rows_before(groups):
    owner = np.array([at for at, each in enumerate(groups) for _value in each], dtype=np.intp)
    values = np.array([value for each in groups for value in each])
    expected = [sum(each[:at]) for each in groups for at in range(len(each))]
    assert ahead(owner, values) == pytest.approx(np.array(expected, dtype=float), abs=1e-12)
