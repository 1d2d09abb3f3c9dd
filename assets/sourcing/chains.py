"""One name for a chain, whatever a vendor calls it, so that addresses told by several vendors meet.

The vendors' names: https://api.coingecko.com/api/v3/asset_platforms and
https://api.geckoterminal.com/api/v2/networks.
"""

from dataclasses import dataclass
from typing import Final

from assets.sourcing.reading import address_of, text_of
from assets.sourcing.rows import Identifier


@dataclass(frozen=True, slots=True)
class Chain:
    name: str
    coingecko: str
    geckoterminal: str


CHAINS: Final = (
    Chain("ethereum", "ethereum", "eth"),
    Chain("solana", "solana", "solana"),
    Chain("base", "base", "base"),
    Chain("bsc", "binance-smart-chain", "bsc"),
    Chain("arbitrum", "arbitrum-one", "arbitrum"),
    Chain("avalanche", "avalanche", "avax"),
    Chain("celo", "celo", "celo"),
    Chain("cronos", "cronos", "cro"),
    Chain("fantom", "fantom", "ftm"),
    Chain("gnosis", "xdai", "xdai"),
    Chain("optimism", "optimistic-ethereum", "optimism"),
    Chain("polygon", "polygon-pos", "polygon_pos"),
    Chain("pulsechain", "pulsechain", "pulsechain"),
    Chain("sui", "sui", "sui-network"),
    Chain("zksync", "zksync", "zksync"),
)

BY_COINGECKO: Final[dict[str, str]] = {chain.coingecko: chain.name for chain in CHAINS}
BY_GECKOTERMINAL: Final[dict[str, str]] = {chain.geckoterminal: chain.name for chain in CHAINS}
TO_GECKOTERMINAL: Final[dict[str, str]] = {chain.name: chain.geckoterminal for chain in CHAINS}


def namespace_of(chain: str) -> str:
    return f"address:{chain}"


def address_on(chain: str, address: object) -> Identifier:
    """The identifier of a contract; `ValueError` when it can't be one."""
    value = address_of(address)
    if not 0 < len(value) <= 128 or " " in value:
        raise ValueError("is not an address")
    if not 0 < len(chain) <= 56 or text_of(chain) != chain:
        raise ValueError("is an address on no chain")
    return namespace_of(chain), value
