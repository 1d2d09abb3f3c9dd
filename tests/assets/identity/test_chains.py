import pytest

from assets.identity.chains import (
    BY_COINGECKO,
    BY_DEXSCREENER,
    BY_GECKOTERMINAL,
    CHAINS,
    FORM_OF,
    TO_CHAIN_ID,
    TO_DEXSCREENER,
    TO_GECKOTERMINAL,
    address_on,
    chain_of,
    known_chain,
    pool_on,
)


def test_no_vendor_names_two_chains_alike():
    assert len({chain.name for chain in CHAINS}) == len(FORM_OF) == len(CHAINS)
    assert len(BY_COINGECKO) == len([chain for chain in CHAINS if chain.coingecko])
    assert len(BY_GECKOTERMINAL) == len(TO_GECKOTERMINAL)
    assert len(BY_DEXSCREENER) == len(TO_DEXSCREENER)
    ids = [chain.chain_id for chain in CHAINS if chain.chain_id]
    assert len({*ids}) == len(ids) > len(TO_CHAIN_ID)


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
        ("sui-network", "0x2::Sui::SUI", ("address:sui", f"0x{2:064x}::Sui::SUI")),
        ("somewhere", "0xAB", ("address:somewhere", "0xab")),
        ("somewhere", "Ab", ("address:somewhere", "Ab")),
    ],
)
def test_an_address_has_one_writing(chain, address, identifier):
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


def test_a_persons_address_must_be_one_of_its_chain():
    with pytest.raises(ValueError, match="typing error"):
        address_on("ton", "EQpool", typed=True)
    assert address_on("ton", "EQpool") == ("address:ton", "EQpool")


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ("ethereum", ("Ethereum", "ETH", "erc20", "ERC-20", "1", "eip155:1", "Ethereum Mainnet")),
        (
            "bsc",
            ("BNB", "BSC", "Binance", "BEP20", "56", "BNB Smart Chain", "bnb chain", "binance-smart-chain"),
        ),
        ("polygon", ("matic", "POL", "137", "polygon_pos", "Polygon PoS")),
        ("arbitrum", ("ARB", "Arbitrum One", "42161")),
        ("avalanche", ("avax", "AVAX C-Chain", "43114", "Avalanche C-Chain")),
        ("optimism", ("OP", "OP Mainnet", "10", "optimistic-ethereum")),
        ("solana", ("sol", "SPL", "Solana")),
        ("tron", ("TRC20", "TRX", "tron")),
        ("ton", ("the-open-network", "TON", "toncoin")),
        ("sui", ("sui-network", "Sui Network", "sui")),
        ("harmony", ("one", "harmony-shard-0")),
        ("moonbeam", ("glmr", "moonbeam")),
        ("", ("", "my own chain", "0", "eip155:")),
    ],
)
def test_a_chain_is_known_by_all_its_names(chain, words):
    assert {known_chain(each) for each in words} == {chain}


def test_a_vendors_own_name_comes_first():
    assert chain_of("one", BY_GECKOTERMINAL) == "harmony"
    assert chain_of("the-open-network", BY_COINGECKO) == chain_of("ton", BY_GECKOTERMINAL) == "ton"
    assert chain_of("some-new-chain", BY_COINGECKO) == "some-new-chain"


WRAPPED_SOL = "So11111111111111111111111111111111111111112"


@pytest.mark.parametrize(
    ("chain", "written", "kept"),
    [
        ("ethereum", "0x" + "AB" * 32, "0x" + "ab" * 32),
        (
            "ethereum",
            "0x6B175474E89094C44Da98b954EedeAC495271d0F",
            "0x6b175474e89094c44da98b954eedeac495271d0f",
        ),
        (
            "ethereum",
            "0x6B175474E89094C44Da98b954EedeAC495271d0f",
            "0x6b175474e89094c44da98b954eedeac495271d0f",
        ),
        ("base", f"0x{'c1' * 20}-0x{'AB' * 32}", "0x" + "ab" * 32),
        ("ethereum", f"0x{'c1' * 20}000200000000000000000014", "0x" + "c1" * 20),
        ("ethereum", f"0x{'c1' * 20}000000000000000000000000", "0x" + "c1" * 20),
        ("ethereum", f"0x{'c1' * 20}000300000000000000000014", f"0x{'c1' * 20}000300000000000000000014"),
        ("ethereum", f"0x{'c1' * 20}000200000001000000000014", f"0x{'c1' * 20}000200000001000000000014"),
        ("base", "AB" * 32, "0x" + "ab" * 32),
        ("base", f"0x{'c1' * 20}0x{'AB' * 32}", "0x" + "ab" * 32),
        ("ethereum", f"eth_0x{'C1' * 20}", "0x" + "c1" * 20),
        ("ethereum", f"eip155:1:0x{'c1' * 20}", "0x" + "c1" * 20),
        ("ethereum", f"0x{'c1' * 20}-0x{'a1' * 20}-0x{'b1' * 20}", "0x" + "c1" * 20),
        ("ethereum", f"0x{'c1' * 32}:0x{'a1' * 20}", "0x" + "c1" * 32),
        ("ethereum", "0xc1c1", "0xc1c1"),
        ("sui", "0x0A", f"0x{'a':0>64}"),
        ("ton", "EQpool", "EQpool"),
        ("solana", "Pool1", "Pool1"),
        ("solana", f"solana_{WRAPPED_SOL}", WRAPPED_SOL),
        ("solana", f"{WRAPPED_SOL}:1", WRAPPED_SOL),
    ],
)
def test_a_pool_has_one_writing_and_may_be_no_address(chain, written, kept):
    assert pool_on(chain, written) == kept
