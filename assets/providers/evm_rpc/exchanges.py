"""Exchanges on EVM chains: the factories that know each pair's pool, so that no vendor is needed to find it.

Uniswap: docs.uniswap.org/contracts/v2/reference/smart-contracts/v2-deployments and
docs.uniswap.org/contracts/v3/reference/deployments; SushiSwap: github.com/sushiswap/sushiswap (deployments);
PancakeSwap: developer.pancakeswap.finance/contracts; QuickSwap: docs.quickswap.exchange; Trader Joe:
developers.lfj.gg. The names are those that GeckoTerminal gives them.
"""

from collections.abc import Mapping
from typing import Final

PAIRS: Final[Mapping[str, Mapping[str, str]]] = {
    "ethereum": {
        "uniswap_v2": "0x5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f",
        "sushiswap": "0xc0aee478e3658e2610c5f7a4a2e1777ce9e4f2ac",
    },
    "bsc": {"pancakeswap_v2": "0xca143ce32fe78f1f7019d7d551a6402fc5350c73"},
    "base": {"uniswap-v2-base": "0x8909dc15e40173ff4699343b6eb8132c65e18ec6"},
    "polygon": {
        "quickswap": "0x5757371414417b8c6caad45baef941abc7d3ab32",
        "sushiswap_polygon_pos": "0xc35dadb65012ec5796536bd9864ed8773abc74c4",
    },
    "arbitrum": {
        "sushiswap_arbitrum": "0xc35dadb65012ec5796536bd9864ed8773abc74c4",
        "uniswap-v2-arbitrum": "0xf1d7cc64fb4452f05c498126312ebe29f30fbcf9",
    },
    "optimism": {"uniswap-v2-optimism": "0x0c3c1c532f1e39edf36be9fe0be1410313e074bf"},
    "avalanche": {"traderjoe": "0x9ad6c38be94206ca50bb0d90783181662f0cfa10"},
}
"""Factories with `getPair(address,address)`, by chain."""

UNISWAP_V3: Final = "0x1f98431c8ad98523631ae4a59f267346ea31f984"
CONCENTRATED: Final[Mapping[str, Mapping[str, str]]] = {
    "ethereum": {"uniswap_v3": UNISWAP_V3},
    "polygon": {"uniswap_v3_polygon_pos": UNISWAP_V3},
    "arbitrum": {"uniswap_v3_arbitrum": UNISWAP_V3},
    "optimism": {"uniswap_v3_optimism": UNISWAP_V3},
    "base": {"uniswap-v3-base": "0x33128a8fc17869897dce68ed026d694621f6fdfd"},
    "bsc": {"pancakeswap-v3-bsc": "0x0bfbcf9fa4f9c56b0f40a671ad40e0805a091865"},
}
"""Factories with `getPool(address,address,uint24)`, by chain."""
FEES: Final = (100, 500, 2_500, 3_000, 10_000)
"""Fees of such pools in millionths: each pair can have a pool of each."""
