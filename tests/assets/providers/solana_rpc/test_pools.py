from decimal import Decimal

import pytest

from assets.metrics.pools import BONDING_CURVE
from assets.providers.solana_rpc.addresses import PUMP_FUN, PUMP_SWAP, WRAPPED_SOL, curve_of
from assets.providers.solana_rpc.layouts import bytes_of, curve_in, pool_in
from assets.providers.solana_rpc.pools import (
    KnownPool,
    burned_fields,
    burned_share,
    curve_fields,
    holder_fields,
    pool_fields,
    pool_of,
    reserve_of,
    token_account_in,
)
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import Position
from tests.assets.providers.solana_rpc.accounts import curve, held, key, mint, pump_swap_pool

TOKEN, POOL = key("token"), key("pool")
BASE, QUOTE, SHARES = key("pool base"), key("pool quote"), key("pool shares")
RAYDIUM_LOCK = "3f7GcQFG397GAaEnv51zR6tsTVihYRydnydDD1cXekxH"


def pool(*, of=TOKEN, base=TOKEN, quote=WRAPPED_SOL, lp_supply=4_000):
    account = pump_swap_pool(base, quote=quote, lp_supply=lp_supply)
    return pool_of(of, POOL, pool_in(PUMP_SWAP, bytes_of(account)))


def accounts(*, base=5 * 10**12, quote=80 * 10**9, left=0, side=TOKEN):
    return {
        BASE: held(side, POOL, base),
        QUOTE: held(WRAPPED_SOL, POOL, quote, decimals=9),
        SHARES: mint(supply=left, decimals=9),
    }


def fields(**changed):
    return pool_fields(pool(), accounts(**changed), RowReader())


def test_a_pool_of_other_tokens_is_none_of_its():
    assert pool_of(key("other"), POOL, pool().state) is None
    assert pool_of(TOKEN, POOL, None) is None
    assert pool(quote=TOKEN) is None


def test_a_pool_is_the_same_after_its_way_through_a_request():
    assert KnownPool.from_json(pool().to_json()) == pool()
    assert pool().accounts == (BASE, QUOTE, SHARES)


def test_both_sides_are_what_the_vaults_hold():
    found = fields()
    assert (found["base_reserve"], found["quote_reserve"]) == (5_000_000, 80)
    assert (found["quote_address"], found["quote_is_listed"]) == (WRAPPED_SOL, True)
    assert (found["address"], found["dex"], found["pool_type"]) == (POOL, "pumpswap", "constant_product")


def test_the_token_may_lie_on_the_other_side():
    turned = pool(of=WRAPPED_SOL)
    found = pool_fields(turned, accounts(), RowReader())
    assert (found["base_reserve"], found["quote_reserve"]) == (80, 5_000_000)
    assert (found["quote_address"], found["quote_is_listed"]) == (TOKEN, False)


def test_a_vault_of_another_token_tells_nothing():
    assert fields(side=key("other"))["base_reserve"] is None
    empty = pool_fields(pool(), {}, RowReader())
    assert (empty["base_reserve"], empty["quote_reserve"]) == (None, None)
    assert token_account_in(mint()) == token_account_in(None) == {}


def test_what_is_owed_is_not_the_pools():
    known = pool().to_json() | {"owed": [10**12, 81 * 10**9]}
    owing = KnownPool.from_json(known)
    assert reserve_of(owing, 0, accounts(), RowReader()) == 4_000_000
    assert reserve_of(owing, 1, accounts(), RowReader()) is None, "more than there is"


@pytest.mark.parametrize(
    ("made", "left", "burned"), [(4_000, 0, 1.0), (4_000, 1_000, 0.75), (4_000, 4_001, None), (0, 0, None)]
)
def test_what_the_mint_lacks_of_its_shares_was_burned(made, left, burned):
    assert burned_share(pool(lp_supply=made), accounts(left=left), RowReader()) == burned


def test_shares_that_are_left_may_be_locked():
    all_gone = burned_fields(pool(), accounts(left=0), RowReader())
    assert all_gone == {
        "lp_burned_share": 1.0,
        "lp_locked_share": 0.0,
        "lp_free_share": 0.0,
        "lp_largest_free_share": 0.0,
    }
    nearly = burned_fields(pool(), accounts(left=40), RowReader())
    assert nearly == {"lp_burned_share": 0.99, "lp_largest_free_share": pytest.approx(0.01)}
    assert burned_fields(pool(), accounts(left=1_000), RowReader()) == {"lp_burned_share": 0.75}
    assert "lp_burned_share" not in fields(quote=0), "of an empty pool it says nothing"


def test_a_curve_tells_what_its_formula_counts_with():
    state = curve_in(PUMP_FUN, bytes_of(curve(virtual=(1_000, 32.19), real=(720, 2.19))))
    found = curve_fields(curve_of(TOKEN), state, decimals=6, multiplier=Decimal(1))
    assert (found["pool_type"], found["dex"], found["quote_is_listed"]) == (BONDING_CURVE, "pump-fun", True)
    assert (found["virtual_base_reserve"], found["virtual_quote_reserve"]) == (10**9, Decimal("32.19"))
    assert found["quote_reserve"] == Decimal("2.19")
    strange = curve_in(PUMP_FUN, bytes_of(curve(quote=key("coin"))))
    found = curve_fields(curve_of(TOKEN), strange, decimals=None, multiplier=Decimal(1))
    assert (found["quote_reserve"], found["virtual_base_reserve"]) == (None, None)


def of_shares(*lines, burned=0.0):
    positions = tuple(Position(holder_type=kind, share=share, address=who) for kind, share, who in lines)
    return holder_fields(pool(), burned, positions)


def test_whose_the_other_shares_are():
    found = of_shares(("wallet", 0.6, "w"), ("locker", 0.3, "l"), ("contract", 0.1, "c"), burned=0.5)
    assert found["lp_burned_share"] == 0.5
    assert found["lp_locked_share"] == pytest.approx(0.15)
    assert found["lp_free_share"] == pytest.approx(0.35)
    assert (found["lp_free_holder"], found["lp_free_holder_is_wallet"]) == ("w", True)
    assert found["lp_largest_free_share"] == pytest.approx(0.3)


def test_what_a_lock_never_gives_back_is_as_good_as_burned():
    found = of_shares(("locker", 0.9, RAYDIUM_LOCK), ("burn", 0.1, "b"))
    assert found["lp_burned_share"] == 1.0
    assert (found["lp_locked_share"], found["lp_free_share"]) == (0.0, 0.0)
    assert "lp_free_holder" not in found


def test_of_an_unknown_holder_it_is_open_whether_it_is_a_person():
    assert of_shares(("unknown", 1.0, "u"))["lp_free_holder_is_wallet"] is None
