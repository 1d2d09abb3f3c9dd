import pytest

from assets.identity.chains import CHAINS
from assets.identity.checksums import is_evm_address, is_solana_address
from assets.identity.holder_sources import ANY_EVM
from assets.identity.holder_types import SOLANA, holder_type, is_off_curve
from assets.identity.known_holders import BY_CHAIN, TABLE, known_type
from assets.metrics.holders import HOLDER_TYPES

LISTED = [(each.kind, each.chain, address) for each in TABLE for address in each.addresses]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: next(iter(row.addresses)))
def test_a_row_names_its_source_and_who_it_is(row):
    assert "." in row.source
    assert row.addresses
    assert all(row.addresses.values())


@pytest.mark.parametrize(("kind", "chain", "address"), LISTED)
def test_a_known_holder_is_an_address_of_its_chain_with_a_type(kind, chain, address):
    assert chain in {ANY_EVM, *(each.name for each in CHAINS)}
    assert kind in HOLDER_TYPES
    assert address == address.lower() if is_evm_address(address) else is_solana_address(address)
    assert known_type("base" if chain == ANY_EVM else chain, address) == kind


def test_nobody_stands_in_it_twice():
    assert len(BY_CHAIN) == len(LISTED)


def test_the_rest_is_not_known():
    assert known_type("ethereum", "0x" + "b1" * 20) == ""


def test_a_contract_is_known_on_its_own_chain_only():
    on_base = "0x4f0fd563be89ec8c3e7d595bf3639128c0a7c33a"
    assert known_type("base", on_base) == "locker"
    assert known_type("bsc", on_base) == ""


@pytest.mark.parametrize(
    "address",
    [
        "GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL",
        "WLHv2UAZm6z4KyaaELi5pjdbJh6RESMva1Rnn8pJVVh",
        "HLnpSz9h2S4hiLQ43rnSD9XkcUThA7B8hQMKmDaiTLcC",
        "FhVo3mqL8PW5pH5U2CN4XE33DokiyZnUwuGpH2hmHLuM",
    ],
)
def test_the_owner_of_a_programs_vaults_is_its_pools(address):
    assert holder_type(address, chain="solana") == "pool"


@pytest.mark.parametrize(("kind", "chain", "address"), [each for each in LISTED if each[1] == SOLANA])
def test_on_solana_exchanges_have_keys_and_programs_have_none(kind, chain, address):
    """Half of all mistyped addresses would be caught by this."""
    assert is_off_curve(address) is (kind in ("pool", "locker"))
