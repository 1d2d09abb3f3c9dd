from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.exchanges.books import measured, side_of


def side(*levels, is_reported=True):
    return side_of([list(each) for each in levels], is_reported=is_reported)


NOBODY = side()


def test_a_level_is_a_price_and_a_quantity_whatever_comes_after():
    read = side_of([["0.10", "5", 1772359200], (2, Decimal("1.5"))], is_reported=True)
    assert read.levels == ((Decimal("0.10"), Decimal(5)), (Decimal(2), Decimal("1.5")))


def test_a_level_without_a_quantity_is_told_and_does_not_stand():
    read = side(("1", "0"), ("0.9", "5"))
    assert (read.levels, read.count) == (((Decimal("0.9"), Decimal(5)),), 2)


@pytest.mark.parametrize(
    "levels",
    [
        "levels",
        None,
        {"1": "2"},
        [["1"]],
        ["12"],
        [[None, "1"]],
        [["0", "1"]],
        [["1", None]],
        [["-1", "1"]],
        [["1", "-1"]],
        [["NaN", "1"]],
        [["1", "1e40"]],
        [[True, "1"]],
    ],
    ids=repr,
)
def test_a_book_with_a_hole_is_no_book(levels):
    with pytest.raises(ValueError):
        side_of(levels, is_reported=True)


def test_the_spread_is_a_share_of_the_middle():
    found = measured(side(("99", "1")), side(("101", "1")), limit=100)
    assert (found.bid, found.ask, found.spread_share) == (99, 101, pytest.approx(0.02))
    assert found.anomalous is False


def test_depth_is_what_stands_within_two_percent_its_edge_included():
    bids, asks = (
        side(("99", "1"), ("98", "2"), ("97.99", "100")),
        side(("101", "3"), ("102", "4"), ("102.01", "100")),
    )
    found = measured(bids, asks, limit=100)
    assert (found.depth_down, found.depth_up) == (99 + 2 * 98, 3 * 101 + 4 * 102)


def test_a_thin_book_has_nothing_near_its_middle_and_that_is_known():
    found = measured(side(("90", "5")), side(("110", "5")), limit=100)
    assert (found.depth_down, found.depth_up, found.truncated) == (0, 0, False)


@pytest.mark.parametrize(
    ("levels", "limit", "truncated"),
    [
        ([("99.9", "1"), ("99.8", "1")], 2, True),  # As many as were asked for, and still near.
        ([("99.9", "1"), ("99.8", "0"), ("99.7", "1")], 3, True),  # An empty level was told as well.
        ([("99.9", "1"), ("99.8", "1")], 3, False),  # The exchange has no more.
        ([("99.9", "1"), ("90", "1")], 2, False),  # Cut, but far away.
        ([("99.9", "1"), ("99.8", "1")], None, None),  # Nobody knows how many there are.
        ([("99.9", "1"), ("90", "1")], None, False),
    ],
)
def test_a_book_that_was_cut_near_its_middle_says_so(levels, limit, truncated):
    mirrored = [(str(200 - Decimal(price)), quantity) for price, quantity in levels]
    far = ("150", "1")
    assert measured(side(*levels), side(("100.1", "1"), far), limit=limit).truncated is truncated
    assert measured(side(("99.9", "1"), ("50", "1")), side(*mirrored), limit=limit).truncated is truncated


def test_where_one_side_is_empty_there_is_no_middle_and_no_spread():
    found = measured(side(("99", "1")), NOBODY, limit=100)
    assert (found.spread_share, found.depth_up, found.depth_down, found.truncated) == (None, 0, None, None)
    found = measured(NOBODY, side(("99", "1")), limit=100)
    assert (found.spread_share, found.depth_up, found.depth_down) == (None, None, 0)


def test_a_side_that_was_not_told_is_not_taken_for_an_empty_one():
    found = measured(side(("99", "1")), side(is_reported=False), limit=100)
    assert (found.depth_up, found.depth_down) == (None, None)


def test_an_empty_book_tells_nothing():
    found = measured(NOBODY, NOBODY, limit=100)
    assert (found.spread_share, found.depth_up, found.depth_down, found.bid, found.ask) == (None,) * 5


def test_a_crossed_book_is_anomalous_and_nothing_is_measured_in_it():
    found = measured(side(("101", "1")), side(("99", "1")), limit=100)
    assert (found.anomalous, found.spread_share, found.depth_up, found.depth_down) == (True, None, None, None)


def test_a_locked_book_is_anomalous_without_a_spread():
    found = measured(side(("100", "1")), side(("100", "1")), limit=100)
    assert (found.anomalous, found.spread_share) == (True, 0)


def test_a_depth_that_no_column_holds_is_refused():
    with pytest.raises(ValueError, match="absurdly large"):
        measured(side(("1e20", "1e20")), side(("1.01e20", "1")), limit=100)


PRICES = st.decimals("0.00000001", "100000", places=8)
LEVELS = st.lists(st.tuples(PRICES, st.decimals(0, 10**9, places=4)), max_size=8)


@given(bids=LEVELS, asks=LEVELS)
def test_no_measure_is_ever_negative_and_depth_is_no_more_than_the_book(bids, asks):
    below, above = side(*sorted(bids, reverse=True)), side(*sorted(asks))
    found = measured(below, above, limit=8)
    assert found.spread_share is None or 0 <= found.spread_share <= 2
    for depth, levels in ((found.depth_down, below), (found.depth_up, above)):
        whole = sum(price * quantity for price, quantity in levels.levels)
        assert depth is None or 0 <= depth <= whole
