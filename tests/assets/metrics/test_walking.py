from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.facts import frame
from assets.metrics.walking import SHORT_SHARE, Books, ahead, depth_within, orders_of

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


def cost_of(books, size_usd, fee=0.0):
    return books.round_trip(size_usd, np.full(books.mid_usd.size, fee))[0]


def slow_round_trip(bids, asks, size_usd, fee):
    """Order by order; what can not be taken is lost, half of the money at least, as much as all it takes."""
    mid, left, held = (bids[0][0] + asks[0][0]) / 2, size_usd, 0.0
    for price, offered in asks:
        paid = min(left, price * offered)
        held, left = held + paid / price, left - paid
    is_short = left > size_usd * 1e-9
    unsold = size_usd / mid if is_short else held
    unsold *= 1 - fee
    all_of_it, got = unsold, 0.0
    for price, wanted in bids:
        taken = min(unsold, wanted)
        got, unsold = got + taken * price, unsold - taken
    cost = min(max(1 - got * (1 - fee) / size_usd, 0), 1)
    if not is_short and unsold <= all_of_it * 1e-9:
        return cost
    all_there_is = sum(price * offered for price, offered in asks)
    at_most = slow_round_trip(bids, asks, all_there_is, fee) if is_short else 0.0
    return max(cost, SHORT_SHARE, at_most)


def test_worked_by_hand():
    """305 buy 1 at 101 and 2 at 102; these are sold for 99, 99 and 98."""
    books = books_of(([(99, 2), (98, 2)], [(101, 1), (102, 5)]))
    assert books.mid_usd == pytest.approx([100])
    assert cost_of(books, 305) == pytest.approx([1 - (99 + 99 + 98) / 305])


def test_the_fee_is_paid_on_either_trade():
    books = books_of(([(99, 2), (98, 2)], [(101, 1), (102, 5)]))
    assert cost_of(books, 101, 0.01) == pytest.approx([1 - 0.99 * 99 * 0.99 / 101])


@pytest.mark.parametrize(
    ("bids", "asks", "size_usd", "cost"),
    [
        ([(99, 2)], [(101, 9)], 404, 1 - 198 / 404),  # half of what was bought finds a bid
        ([(99, 3.9)], [(101, 9)], 404, SHORT_SHARE),  # it is too short, however little is left over
        ([(99, 9)], [(101, 1)], 404, SHORT_SHARE),  # it cannot be bought
        ([(99, 0.01)], [(101, 9)], 404, 1 - 0.99 / 404),
        ([], [(101, 9)], 404, 1),  # nobody bids
    ],
)
def test_a_book_that_is_too_short_for_the_size_fails(bids, asks, size_usd, cost):
    found, is_short = books_of((bids, asks)).round_trip(size_usd, np.zeros(1))
    assert found == pytest.approx([cost])
    assert is_short.all()


@given(books=st.lists(BOOKS, min_size=1, max_size=5), size_usd=st.floats(1, 20_000), fee=st.floats(0, 0.05))
def test_a_batch_equals_brute_force(books, size_usd, fee):
    found = cost_of(books_of(*books), size_usd, fee)
    for at, (bids, asks) in enumerate(books):
        held = [sum(price * quantity for price, quantity in side) for side in (bids, asks)]
        # At the very end of a book rounding decides whether it is long enough.
        if all(abs(size_usd / each - 1) > 0.3 for each in held):
            assert found[at] == pytest.approx(slow_round_trip(bids, asks, size_usd, fee), abs=1e-9)


@given(book=BOOKS, sizes=st.tuples(st.floats(1, 20_000), st.floats(1, 20_000)))
def test_more_costs_more_and_never_less_than_the_spread(book, sizes):
    books = books_of(book)
    less, more = (cost_of(books, size)[0] for size in sorted(sizes))
    spread = 1 - book[0][0][0] / book[1][0][0]
    assert spread - 1e-9 <= less <= more + 1e-9 <= 1 + 2e-9


def test_a_book_that_is_too_short_costs_no_less_than_all_it_has():
    book = [(0.5, 2)], [(1.5, 1)]
    assert cost_of(books_of(book), 1) == pytest.approx([2 / 3])
    assert cost_of(books_of(book), 2) == pytest.approx([2 / 3])


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
        ([(101, 1)], [(99, 1)]),  # crossed
        ([(100, 1)], [(100, 1)]),
        ([(99, 1)], [(101, None)]),
    ],
)
def test_a_book_without_a_mid_tells_nothing_and_spoils_no_other(bids, asks):
    sound = ([(99, 2), (98, 2)], [(101, 1), (102, 5)])
    found = books_of(sound, (bids, asks), sound)
    for column in (cost_of(found, 100), *depth_within(found)):
        assert np.isnan(column).tolist() == [False, *[True] * (len(column) - 2), False]


def test_an_order_without_a_price_or_quantity_is_left_out():
    books = books_of(([(99, None), (None, 5), (98, 1), (97, -3), (96, 1)], [(102, 0), (102, 1)]))
    assert books.mid_usd == pytest.approx([100])
    assert cost_of(books, 102) == pytest.approx([1 - 98 / 102])


def test_a_huge_book_does_not_cost_another_one_its_digits():
    huge = ([(1e-12, 1e30)], [(2e-12, 1e30)])
    small = ([(99, 0.001), (98, 0.002)], [(101, 0.003)])
    alone, between = books_of(small), books_of(huge, small, huge)
    assert cost_of(between, 0.2)[1] == pytest.approx(cost_of(alone, 0.2)[0], rel=1e-12)
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
    cost = cost_of(books, 101)
    assert cost == pytest.approx([2 / 101, 1 - 9 / 101, 2 / 101, 1 - 90 / 110])
    assert books.listed.least(cost) == pytest.approx([2 / 101, 2 / 101])
    assert books.listed.total(depth_within(books, 0.05)[0]) == pytest.approx([198, 198])


def test_the_rows_of_a_book_need_not_stand_together():
    rows = [*levels([(99, 2), (98, 2)], [(101, 1)]), *levels([(9, 50)], [(11, 50)], asset_id=2)]
    mixed = [rows[at] for at in (0, 3, 1, 4, 2)]
    found = [cost_of(Books.of(frame("levels", each), pd.Index([1, 2])), 90) for each in (rows, mixed)]
    assert found[0] == pytest.approx(found[1])


def test_no_books():
    books = Books.of(frame("levels", ()), pd.Index([1]))
    assert cost_of(books, 100).size == 0
    assert books.listed.least(cost_of(books, 100)) == pytest.approx([np.nan], nan_ok=True)


@given(groups=st.lists(st.lists(st.floats(0, 1), max_size=5), max_size=5))
def test_ahead_is_the_sum_of_the_rows_before(groups):
    owner = np.array([at for at, each in enumerate(groups) for _value in each], dtype=np.intp)
    values = np.array([value for each in groups for value in each])
    expected = [sum(each[:at]) for each in groups for at in range(len(each))]
    assert ahead(owner, values) == pytest.approx(np.array(expected, dtype=float), abs=1e-12)


def test_the_orders_of_sound_books_in_dollars():
    """Two books in euros at 1.10; one is stale, one has no bid."""
    books = pd.DataFrame(
        {
            "asset_id": [7, 8, 9],
            "bid_usd": [11.0, 11.0, 11.0],
            "stale": [None, 1, None],
            "anomalous": [0, 0, 0],
        },
        index=[4, 5, 6],
    )
    sides = [[[10, 2], [9, 1]], [[10, 2]], []], [[[12, 3]], [[12, 3]], [[12, 3]]]
    found = orders_of(books, *sides)
    assert found["book"].tolist() == [4, 4, 4]
    assert found["asset_id"].tolist() == [7, 7, 7]
    assert found["price_usd"].tolist() == pytest.approx([11, 9.9, 13.2])
    assert found["is_bid"].tolist() == [True, True, False]
