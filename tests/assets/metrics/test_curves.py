import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.curves import FEE_SHARE, SOLD_TOKENS, VIRTUAL_SOL, VIRTUAL_TOKENS, pump_fun

SOL_USD = 218.5


def state(raised_sol):
    """Price and reserve in USD, worked out forwards: buyers put in so many SOL one after the other."""
    virtual_sol = VIRTUAL_SOL + raised_sol
    virtual_tokens = VIRTUAL_SOL * VIRTUAL_TOKENS / virtual_sol
    price = virtual_sol / virtual_tokens * SOL_USD
    sold = VIRTUAL_TOKENS - virtual_tokens
    return price, (SOLD_TOKENS - sold) * price + raised_sol * SOL_USD


def curve(price, reserve, sol=SOL_USD):
    return pump_fun(*(np.array([each], dtype=float) for each in (price, sol, reserve)))


@given(raised=st.floats(0, 84.9))
def test_what_buyers_left_follows_from_the_price(raised):
    found = curve(*state(raised))
    assert found.quote_usd == pytest.approx([raised * SOL_USD], abs=0.01)
    assert found.virtual_usd == pytest.approx([(VIRTUAL_SOL + raised) * SOL_USD])
    assert not found.is_completed[0]


def test_half_the_reserve_is_mostly_unsold_tokens():
    """The median coin of a recorded market: buyers left $85, and half of its reserve says $2,648."""
    price, reserve = state(85 / SOL_USD)
    assert reserve / 2 > 25 * 85
    assert curve(price, reserve).quote_usd == pytest.approx([85])


@pytest.mark.parametrize(
    ("off", "is_known"), [(1.0, True), (1.009, True), (1.011, False), (0.989, False), (np.nan, False)]
)
def test_the_told_reserve_vouches_for_the_parameters(off, is_known):
    price, reserve = state(7)
    found = curve(price, reserve * off)
    assert np.isnan(found.virtual_usd[0]) != is_known
    assert np.isnan(found.quote_usd[0]) != is_known


def test_a_coin_whose_price_lies_below_the_start_is_on_another_curve():
    price, reserve = state(0)
    assert np.isnan(curve(price * 0.9, reserve * 0.9).quote_usd[0])


def test_near_85_sol_it_is_sold_out():
    assert curve(*state(85)).is_completed[0]


def test_what_a_trade_on_the_curve_costs_is_both_fees():
    launchpad_bps, creator_bps = 95, 30
    assert pytest.approx((launchpad_bps + creator_bps) / 10_000) == FEE_SHARE


def test_a_curves_own_account_goes_before_what_follows_from_its_price():
    curves = [curve(*state(raised)) for raised in (40, 40, 85)]
    virtual = (5_000.0, np.nan, 5_000.0)
    told = [each.told(np.array([usd]), np.array([700.0])) for each, usd in zip(curves, virtual, strict=True)]
    assert [each.virtual_usd[0] for each in told] == [5_000, curves[1].virtual_usd[0], 5_000]
    assert [each.quote_usd[0] for each in told] == [700, curves[1].quote_usd[0], 700]
    assert curves[2].is_completed[0]
    assert not any(each.is_completed[0] for each in told)
