import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.pool_fees import ASSUMED_FEE_SHARE, PUMP_SWAP_FEES, assumed_fees

SOL_USD = 200.0
UNITS = 1e9


def fee(exchange, *, cap_sol=500.0, quote=SOL_USD, on_curve=False, units=UNITS):
    price = cap_sol * SOL_USD / UNITS
    return assumed_fees(
        pd.Series([exchange], dtype="str"),
        np.array([on_curve]),
        price_usd=np.array([price]),
        quote_price_usd=np.array([quote]),
        units=np.array([units]),
    )[0]


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [("raydium", 0.0025), ("Raydium", 0.0025), ("somewhere", ASSUMED_FEE_SHARE), ("", ASSUMED_FEE_SHARE)],
)
def test_an_exchange_of_one_fee_takes_it_and_another_the_usual_one(exchange, expected):
    assert fee(exchange) == expected


@pytest.mark.parametrize(
    ("cap_sol", "expected"),
    [
        (0, 0.0125),
        (419, 0.0125),
        (421, 0.012),
        (1_469, 0.012),
        (1_471, 0.0115),
        (2_461, 0.011),
        (98_239, 0.00325),
        (98_241, 0.003),
        (1e12, 0.003),
    ],
)
def test_pump_swaps_fee_falls_with_the_market_cap(cap_sol, expected):
    assert fee("PumpSwap", cap_sol=cap_sol) == expected


@pytest.mark.parametrize(("quote", "units"), [(1.0, UNITS), (np.nan, UNITS), (SOL_USD, np.nan)])
def test_what_is_not_known_of_the_cap_leaves_the_first_step(quote, units):
    assert fee("pumpswap", cap_sol=90_000, quote=quote, units=units) == 0.0125


def test_a_curve_takes_its_own_whatever_its_exchange_is_called():
    assert fee("pumpswap", on_curve=True) == fee("raydium", on_curve=True) == 0.0125


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_larger_coin_pays_no_more(one, other):
    small, large = sorted([one, other])
    assert fee("pumpswap", cap_sol=large) <= fee("pumpswap", cap_sol=small)


def test_the_steps_rise_in_caps_and_fall_in_fees():
    assert [*PUMP_SWAP_FEES] == sorted(PUMP_SWAP_FEES)
    assert [*PUMP_SWAP_FEES.values()] == sorted(PUMP_SWAP_FEES.values(), reverse=True)
