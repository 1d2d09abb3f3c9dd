import pytest

from assets.identity.chains import CHAINS
from assets.identity.checksums import is_evm_address, is_solana_address
from assets.identity.known_holders import ANY_EVM, KNOWN_HOLDERS, known_type
from assets.metrics.holders import HOLDER_TYPES

LISTED = [(*key, address) for key, of in KNOWN_HOLDERS.items() for address in of]


@pytest.mark.parametrize(("chain", "kind", "address"), LISTED)
def test_a_known_holder_is_an_address_of_its_chain_with_a_type(chain, kind, address):
    assert chain in {ANY_EVM, *(each.name for each in CHAINS)}
    assert kind in HOLDER_TYPES
    assert address == address.lower() if is_evm_address(address) else is_solana_address(address)
    assert known_type("base" if chain == ANY_EVM else chain, address) == kind


def test_nobody_stands_in_it_twice():
    assert len({address for _chain, _kind, address in LISTED}) == len(LISTED)


def test_the_rest_is_not_known():
    assert known_type("ethereum", "0x" + "b1" * 20) == ""
