"""Chains: one name for each, whatever a vendor calls it, so that addresses from several vendors match.

The vendors' names: https://api.coingecko.com/api/v3/asset_platforms and
https://api.geckoterminal.com/api/v2/networks, the chain ids: https://chainlist.org.
"""

from dataclasses import dataclass
from typing import Final

from assets.identity.checksums import is_evm_address, is_solana_address
from assets.sourcing.messages import message
from assets.sourcing.reading import address_of, text_of
from assets.sourcing.rows import Identifier


@dataclass(frozen=True, slots=True)
class Chain:
    """`chain_id` is that of EIP-155, 0 for a chain that is not an EVM."""

    name: str
    coingecko: str
    geckoterminal: str
    dexscreener: str
    chain_id: int = 0


CHAINS: Final = (
    Chain("ethereum", "ethereum", "eth", "ethereum", 1),
    Chain("solana", "solana", "solana", "solana"),
    Chain("base", "base", "base", "base", 8453),
    Chain("bsc", "binance-smart-chain", "bsc", "bsc", 56),
    Chain("arbitrum", "arbitrum-one", "arbitrum", "arbitrum", 42161),
    Chain("avalanche", "avalanche", "avax", "avalanche", 43114),
    Chain("celo", "celo", "celo", "celo", 42220),
    Chain("cronos", "cronos", "cro", "cronos", 25),
    Chain("fantom", "fantom", "ftm", "fantom", 250),
    Chain("gnosis", "xdai", "xdai", "gnosischain", 100),
    Chain("optimism", "optimistic-ethereum", "optimism", "optimism", 10),
    Chain("polygon", "polygon-pos", "polygon_pos", "polygon", 137),
    Chain("pulsechain", "pulsechain", "pulsechain", "pulsechain", 369),
    Chain("scroll", "scroll", "scroll", "scroll", 534352),
    Chain("sui", "sui", "sui-network", "sui"),
    Chain("zksync", "zksync", "zksync", "zksync", 324),
)

BY_COINGECKO: Final[dict[str, str]] = {chain.coingecko: chain.name for chain in CHAINS}
BY_GECKOTERMINAL: Final[dict[str, str]] = {chain.geckoterminal: chain.name for chain in CHAINS}
BY_DEXSCREENER: Final[dict[str, str]] = {chain.dexscreener: chain.name for chain in CHAINS}
TO_GECKOTERMINAL: Final[dict[str, str]] = {chain.name: chain.geckoterminal for chain in CHAINS}
TO_DEXSCREENER: Final[dict[str, str]] = {chain.name: chain.dexscreener for chain in CHAINS}
TO_CHAIN_ID: Final[dict[str, int]] = {chain.name: chain.chain_id for chain in CHAINS if chain.chain_id}


def namespace_of(chain: str) -> str:
    return f"address:{chain}"


def address_on(chain: str, address: object) -> Identifier:
    """The identifier of a contract; `ValueError` when it can't be one."""
    value = address_of(address)
    text = text_of(address)
    if chain in TO_CHAIN_ID and not is_evm_address(text):
        raise ValueError(message("is not an address of an EVM chain, or has a typing error"))
    if chain == "solana" and not is_solana_address(text):
        raise ValueError(message("is not an address of Solana"))
    if not 0 < len(value) <= 128 or " " in value:
        raise ValueError(message("is not an address"))
    if not 0 < len(chain) <= 56 or text_of(chain) != chain:
        raise ValueError(message("is an address on no chain"))
    return namespace_of(chain), value
