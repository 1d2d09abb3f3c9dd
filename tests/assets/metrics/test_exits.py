import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.exits import (
    FOREVER_DAYS,
    book_round_trip_share,
    days_to_exit,
    quoted_spread_share,
    sqrt_impact_share,
)

NAN = np.nan


def one(value):
    return np.array([value], dtype=float)


def test_round_trip_in_a_book():
    """1 % spread; 5,000 moves a 50,000 side by 0.2 % and pays half of it, and so does the sale."""
    bought = 5_000 / (1 + 0.005 + 0.001)
    got = bought * (1 - 0.005 - 0.02 * bought / 2 / 25_000)
    assert book_round_trip_share(one(0.01), one(50_000), one(25_000), 5_000) == pytest.approx(
        [1 - got / 5_000]
    )


def test_a_taker_pays_on_either_trade():
    free, charged = (book_round_trip_share(one(0.01), one(1e9), one(1e9), 1, fee) for fee in (0, 0.002))
    assert 1 - charged == pytest.approx((1 - free) * 0.998**2, rel=1e-6)


@pytest.mark.parametrize("spread", [0.05, NAN])
def test_a_book_without_a_bid_near_its_middle_takes_everything(spread):
    assert book_round_trip_share(one(spread), one(500), one(0), 5_000).tolist() == [1]


@given(spread=st.floats(0, 0.5), depth=st.floats(1, 1e9), size=st.floats(1, 1e6), more=st.floats(1, 100))
def test_a_larger_size_costs_no_smaller_share_of_a_book(spread, depth, size, more):
    less, all_of_it = (
        book_round_trip_share(one(spread), one(depth), one(depth), each, 0.002)[0]
        for each in (size, size * more)
    )
    assert 0 <= less <= all_of_it + 1e-12
    assert all_of_it <= 1


def test_square_root_impact():
    assert sqrt_impact_share(10_000, one(1e6), 0.04) == pytest.approx([0.004])
    assert sqrt_impact_share(10_000, one(0)).tolist() == [1]


@pytest.mark.parametrize(
    ("bid", "ask", "expected"), [(99, 101, 0.02), (101, 99, NAN), (NAN, 1, NAN), (0, 0, NAN)]
)
def test_quoted_spread(bid, ask, expected):
    assert quoted_spread_share(one(bid), one(ask)) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(("volume", "expected"), [(50_000, 1), (5_000, 10), (0, FOREVER_DAYS), (NAN, NAN)])
def test_days_to_exit(volume, expected):
    assert days_to_exit(5_000, one(volume)) == pytest.approx([expected], nan_ok=True)
