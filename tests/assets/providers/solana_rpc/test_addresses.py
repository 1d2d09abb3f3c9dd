import pytest

from assets.identity.holder_types import is_off_curve
from assets.providers.solana_rpc.addresses import PUMP_SWAP, canonical_pool_of, curve_of, derived


@pytest.mark.parametrize(
    ("program", "seed", "address"),
    [
        # The authorities that Raydium publishes: docs.raydium.io/raydium/protocol/developers/addresses.
        (
            "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
            b"amm authority",
            "5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1",
        ),
        (
            "CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C",
            b"vault_and_lp_mint_auth_seed",
            "GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL",
        ),
    ],
)
def test_addresses_are_those_that_programs_publish(program, seed, address):
    assert derived(program, seed) == address


def test_curve_and_pool_of_a_mint_are_where_pump_fun_has_them():
    # Recorded of one token on 2026-10-08: its curve, and the pool to which it moved.
    mint = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"
    assert curve_of(mint) == "FLhP2iCq9TNSxtUhE2aVs3DHnh9ihkJCzXaY2nePkeLu"
    assert canonical_pool_of(mint) == "2uZuTQEjcXcR1ESwMdGTpqEwM5PCekEwrSNVRPc1EhS1"


def test_nobody_has_the_key_of_a_derived_address():
    assert all(is_off_curve(derived(PUMP_SWAP, bytes([seed]))) for seed in range(20))
