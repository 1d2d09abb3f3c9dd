from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.pools import BONDING_CURVE, CONSTANT_PRODUCT
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
CURVE = {"address": "curve", "dex": "launchlab", "pool_type": BONDING_CURVE, "quote_is_listed": True}
OWN = {
    "address": "own",
    "pool_type": CONSTANT_PRODUCT,
    "reserve_usd": 40_000,
    "quote_is_listed": True,
    "opened_at": NOW - timedelta(days=9),
}
SELLS = {"launch_completed": False, "launch_sold_share": 0.4}
SOLD = {"launch_completed": True, "launch_completed_at": NOW - timedelta(days=2)}


@pytest.mark.parametrize(
    ("market", "pools", "completed", "sold", "days"),
    [
        (SELLS, [CURVE], 0, 0.4, 0),
        (SELLS, [], 0, 0.4, 0),
        (SOLD, [OWN], 1, 1, 2),
        ({"launch_completed": True}, [OWN, {**OWN, "opened_at": NOW - timedelta(days=5)}], 1, 1, 9),
        ({"launch_completed": True}, [], 1, 1, NAN),
        ({}, [CURVE], 0, NAN, 0),  # nobody says that it has moved, and it has no pool of its own
        ({}, [CURVE, OWN], 1, 1, 9),
        ({}, [CURVE, {**OWN, "quote_is_listed": False}], 0, NAN, 0),
    ],
)
def test_a_launchpads_sale_is_on_or_over(market, pools, completed, sold, days):
    found = measured(market=market, pools=pools)
    assert found["no_launchpad"] == 0
    figures = found[["launch_completed", "launch_sold_share", "launch_age_days"]].tolist()
    assert figures == pytest.approx([completed, sold, days], nan_ok=True)


@pytest.mark.parametrize(
    ("pools", "contract", "is_known"),
    [([OWN], {}, 1), ([], {"native_coin": True}, 1), ([], {}, NAN), ([], {"native_coin": False}, NAN)],
)
def test_what_no_launchpad_sold_has_no_phase(pools, contract, is_known):
    """Of what nobody has looked at, a launchpad may have sold it."""
    found = measured(pools=pools, contract=contract)
    assert found["no_launchpad"] == pytest.approx(is_known, nan_ok=True)
    assert found[["launch_completed", "launch_sold_share", "launch_age_days"]].isna().all()


def test_nobody_has_shares_of_a_curve():
    assert measured(pools=[CURVE])["without_lp"] == 1
    assert measured(pools=[OWN])["without_lp"] != 1


def test_what_an_exchange_lists_is_on_no_curve():
    found = measured(books=[{"venue": "Gate", "pair": "A/USDT", "bid_usd": 1.0, "ask_usd": 1.01}])
    assert found["no_launchpad"] == 1
    found = measured(market=SELLS, books=[{"venue": "Gate", "pair": "A/USDT"}])
    assert found["no_launchpad"] == 0, "a launchpad tells of its sale"


@pytest.mark.parametrize(
    ("chain", "market", "is_mint"),
    [("solana", SOLD, 1), ("Solana", SELLS, 1), ("base", SOLD, NAN), ("solana", {}, NAN), ("", SOLD, NAN)],
)
def test_a_launchpads_token_of_the_chains_own_program_has_no_code_of_its_own(chain, market, is_mint):
    found = measured(chain=chain, market=market, pools=[OWN])
    assert found["launchpad_mint"] == pytest.approx(is_mint, nan_ok=True)
