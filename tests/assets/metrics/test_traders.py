import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assets.metrics.batch import measured

NAN = np.nan
POOL = {"pool_type": "constant_product", "reserve_usd": 90_000, "quote_is_listed": True}
FAKE = {**POOL, "quote_is_listed": False}
TOLD = {"buys_24h": 60, "sells_24h": 40, "buyers_24h": 45, "sellers_24h": 25}


@pytest.mark.parametrize(
    ("pools", "market", "trades"),
    [
        ([{**POOL, **TOLD}, {**POOL, "buys_24h": 5}], {}, 105),
        ([{**POOL, **TOLD}], {"buys_24h": 900, "sells_24h": 900}, 100),
        ([POOL], {"buys_24h": 12, "sells_24h": 8}, 20),
        ([], {"buys_24h": 12, "sells_24h": 0}, 12),
        (
            [{**FAKE, **TOLD}],
            {"buys_24h": 900, "sells_24h": 900},
            NAN,
        ),  # these trades may be those of the fake
        ([], {}, NAN),
    ],
)
def test_trades_are_those_of_pools_that_count_or_else_of_the_market(pools, market, trades):
    found = measured(pools=pools, market=market)["trades_24h"]
    assert found == pytest.approx(trades, nan_ok=True)


@pytest.mark.parametrize(
    ("pools", "market", "share"),
    [
        ([{**POOL, **TOLD}], {}, 0.7),
        ([{**POOL, **TOLD}, {**POOL, "buys_24h": 10, "sells_24h": 10}], {}, 0.7),  # of whom is not told
        ([{**POOL, **TOLD, "sellers_24h": None}], {}, NAN),
        ([{**FAKE, **TOLD}], {}, NAN),
        ([{**POOL, **TOLD, "buyers_24h": 600}], {}, NAN),  # more accounts than trades
        ([POOL], {"buys_24h": 50, "sells_24h": 50, "traders_24h": 30}, 0.3),
        ([{**POOL, **TOLD}], {"buys_24h": 50, "sells_24h": 50, "traders_24h": 30}, 0.7),
        ([], {"buys_24h": 0, "sells_24h": 0, "traders_24h": 0}, NAN),
        ([], {"traders_24h": 30}, NAN),
    ],
)
def test_traders_are_held_against_the_trades_of_the_same_source(pools, market, share):
    assert measured(pools=pools, market=market)["traders_per_trade"] == pytest.approx(share, nan_ok=True)


COUNT = st.none() | st.integers(0, 5_000)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(TOLD, COUNT)), max_size=4))
def test_it_is_a_share_or_not_known(pools):
    share = measured(pools=[{**POOL, **each} for each in pools])["traders_per_trade"]
    assert np.isnan(share) or 0 <= share <= 1
