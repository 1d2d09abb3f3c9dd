import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.constant_product import amount_out, depth_usd, round_trip_share

MONEY = st.floats(1, 1e12)
SHARE = st.floats(0, 1)


def one(value):
    return np.array([value], dtype=float)


def test_round_trip_against_the_pool_traded_by_hand():
    """Buy 5,000 USD from 100,000 USD : 1,000 units, restore the pool, sell what was bought."""
    fee, dollars, units, size = 0.003, 100_000.0, 1_000.0, 5_000.0
    bought = units * size * (1 - fee) / (dollars + size * (1 - fee))
    got = dollars * bought * (1 - fee) / (units + bought * (1 - fee))
    assert round_trip_share(one(dollars), size, one(fee)) == pytest.approx([1 - got / size])
    assert 1 - got / size == pytest.approx(0.0960, abs=5e-4)


@given(reserve=MONEY, size=MONEY, fee=st.floats(0, 0.99))
def test_a_round_trip_costs_the_fees_at_least_and_everything_at_most(reserve, size, fee):
    cost = round_trip_share(one(reserve), size, one(fee))[0]
    assert 1 - (1 - fee) ** 2 - 1e-9 <= cost <= 1


@given(reserve=MONEY, size=MONEY, more=st.floats(1.01, 100))
def test_a_larger_position_costs_more_and_a_deeper_pool_less(reserve, size, more):
    cost = round_trip_share(one(reserve), size, one(0.003))[0]
    assert round_trip_share(one(reserve), size * more, one(0.003))[0] >= cost
    assert round_trip_share(one(reserve * more), size, one(0.003))[0] <= cost


def test_an_empty_pool_takes_everything():
    assert round_trip_share(one(0), 1, one(0.003)).tolist() == [1]


def test_depth_of_a_pool_is_about_a_hundredth_of_one_side():
    assert depth_usd(one(100_000)) == pytest.approx([1005.05], abs=0.01)
    assert depth_usd(one(100_000), 0.02) == pytest.approx([995.05], abs=0.01)


def test_taxes_are_taken_of_what_comes_out_and_of_what_goes_back():
    """10,000 on either side: 1,000 buy 909.09, of which 90 % arrive and 80 % of these go back."""
    back = 1_000 * 10_000 / 11_000 * 0.9 * 0.8
    got = 10_000 * back / (10_000 + back)
    cost = round_trip_share(one(10_000), 1_000, one(0), buy_tax_share=0.1, sell_tax_share=0.2)
    assert cost == pytest.approx([1 - got / 1_000])


def test_no_sale_gets_more_than_can_be_drawn():
    assert round_trip_share(one(1e9), 1_000, one(0), drawable_usd=one(85)) == pytest.approx([0.915])


@given(reserve=MONEY, size=MONEY, fee=SHARE, buy=SHARE, sell=SHARE, more=SHARE)
def test_a_higher_tax_never_costs_less(reserve, size, fee, buy, sell, more):
    low, high = sorted((buy, more))
    costs = [
        round_trip_share(one(reserve), size, one(fee), buy_tax_share=each, sell_tax_share=sell)[0]
        for each in (low, high)
    ]
    assert 0 <= costs[0] <= costs[1] + 1e-12 <= 1 + 1e-12


@given(x=MONEY, y=MONEY, amount=MONEY)
def test_a_swap_leaves_the_product_and_something_in_the_pool(x, y, amount):
    out = amount_out(one(x), one(y), amount, 0)[0]
    assert 0 < out <= y
    assert (x + amount) * (y - out) == pytest.approx(x * y, rel=1e-6 + 1e-12 * amount / x)
