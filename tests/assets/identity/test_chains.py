import pytest

from assets.identity.chains import BY_COINGECKO, BY_GECKOTERMINAL, CHAINS, TO_GECKOTERMINAL, address_on


def test_no_vendor_names_two_chains_alike():
    assert len(BY_COINGECKO) == len(BY_GECKOTERMINAL) == len(TO_GECKOTERMINAL) == len(CHAINS)


def test_the_vendors_meet():
    assert BY_COINGECKO["binance-smart-chain"] == BY_GECKOTERMINAL["bsc"] == "bsc"
    assert BY_COINGECKO["ethereum"] == BY_GECKOTERMINAL["eth"] == "ethereum"


@pytest.mark.parametrize(
    ("chain", "address", "identifier"),
    [
        (
            "ethereum",
            "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
            ("address:ethereum", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"),
        ),
        (
            "solana",
            "So11111111111111111111111111111111111111112",
            ("address:solana", "So11111111111111111111111111111111111111112"),
        ),
        ("sui-network", "0x2::Sui::SUI", ("address:sui-network", "0x2::Sui::SUI")),
    ],
)
def test_evm_addresses_are_lower_cased_and_others_kept(chain, address, identifier):
    assert address_on(chain, address) == identifier


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("solana", ""),
        ("solana", None),
        ("solana", "a b"),
        ("solana", "x" * 129),
        ("", "x"),
        ("y" * 57, "x"),
        ("\ud800", "x"),
    ],
)
def test_what_is_no_address_is_refused(chain, address):
    with pytest.raises(ValueError, match="address"):
        address_on(chain, address)
