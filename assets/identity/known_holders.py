"""Known holders: addresses that hold tokens for others, with who it is and where that is written.

Only what was found in the place named beside it; whoever isn't here is given apart by labels and code.
An exchange's key is the same on every EVM chain; contracts are of the chain that they stand on.
"""

from collections.abc import Mapping
from typing import Final

EXCHANGES_ON_EVM: Final = {
    # etherscan.io/accounts/label/binance
    "0x28c6c06298d514db089934071355e5743bf21d60": "Binance 14",
    "0x21a31ee1afc51d94c2efccaa2092ad1028285549": "Binance 15",
    "0xdfd5293d8e347dfe59e90efd55b2956a1343963d": "Binance 16",
    "0x56eddb7aa87536c09ccc2793473599fd21a8b17f": "Binance 17",
    "0x9696f59e4d72e237be84ffd425dcad154bf96976": "Binance 18",
    "0x4976a4a02f38326660d17bf34b431dc6e2eb2327": "Binance 20",
    "0xf977814e90da44bfa03b6295a0616a897441acec": "Binance 8",
    "0xbe0eb53f46cd790cd13851d5eff43d12404d33e8": "Binance 7",
    "0x5a52e96bacdabb82fd05763e25335261b270efcb": "Binance 28",
    # etherscan.io/accounts/label/coinbase
    "0x71660c4005ba85c37ccec55d0c4493e66fe775d3": "Coinbase 1",
    "0x503828976d22510aad0201ac7ec88293211d23da": "Coinbase 2",
    "0xddfabcdc4d8ffc6d5beaf154f18b778f892a0740": "Coinbase 3",
    # etherscan.io/accounts/label/kraken
    "0x2910543af39aba0cd09dbb2d50200b3e800a63d2": "Kraken",
    "0x0a869d79a7052c7f1b55a8ebabbea3420f0d1e13": "Kraken 2",
    "0xe853c56864a2ebe4576a807d26fdc4a0ada51919": "Kraken 3",
    "0x267be1c1d684f78cb4f6a176c4911b741e4ffdc0": "Kraken 4",
    # etherscan.io/accounts/label/kucoin
    "0x2b5634c42055806a59e9107ed44d43c426e58258": "KuCoin",
    "0x689c56aef474df92d44a1b70850f808488f9769c": "KuCoin 2",
    # etherscan.io/accounts/label/okx, gate-io, bybit, bitfinex
    "0x6cc5f688a315f3dc28a7781717a9a798a59fda7b": "OKX",
    "0x236f9f97e0e62388479bf9e5ba4889e46b0273c3": "OKX 2",
    "0x0d0707963952f2fba59dd06f2b425ace40b492fe": "Gate.io",
    "0x7793cd85c11a924478d358d49b05b37e91b5810f": "Gate.io 2",
    "0xf89d7b9c864f589bbf53a82105107622b35eaa40": "Bybit",
    "0x77134cbc06cb00b66f4c7e623d5fdbf6777635ec": "Bitfinex 2",
    "0x876eabf441b2ee5b5b0554fd502a8e0600950cfa": "Bitfinex 4",
}

LOCKERS_ON_ETHEREUM: Final = {
    # docs.uncx.network: Uniswap V2, SushiSwap V2 and V3 lockers
    "0x663a5c229c09b049e36dcc11a9b0d4a8eb9db214": "UNCX: Uniswap V2",
    "0xed9180976c2a4742c7a57354fd39d8bec6cbd8ab": "UNCX: SushiSwap V2",
    "0xfd235968e65b0990584585763f837a5b5330e6de": "UNCX: V3",
    # docs.team.finance
    "0xe2fe530c047f2d85298b07d9333c05737f1435fb": "Team Finance",
}
LOCKERS_ON_BSC: Final = {
    "0xc765bddb93b0d1c1a88282ba0fa6b2d00e3e0c83": "UNCX: PancakeSwap V2",  # docs.uncx.network
    "0x407993575c91ce7643a4d4ccacc9a98c36ee1bbe": "PinkLock02",  # bscscan.com, label PinkSale
}

BRIDGES_ON_ETHEREUM: Final = {
    # docs.arbitrum.io/build-decentralized-apps/reference/contract-addresses
    "0xa3a7b6f88361f48403514059f1f16c8e78d60eec": "Arbitrum One: L1 ERC20 Gateway",
    "0xcee284f754e854890e311e3280b767f80797180d": "Arbitrum One: L1 Custom Gateway",
    # docs.optimism.io/chain/addresses, docs.base.org/base-chain/network-information/base-contracts
    "0x99c9fc46f92e8a1c0dec1b1747d010903e884be1": "Optimism: L1 Standard Bridge",
    "0x3154cf16ccdb4c6d922629664174b904d80f2c35": "Base: L1 Standard Bridge",
    # docs.polygon.technology/pos
    "0x40ec5b33f54e0e8a33a975908c5ba1c14e5bbbdf": "Polygon: ERC20 Predicate",
    # wormhole.com/docs/products/reference/contract-addresses
    "0x3ee18b2214aff97000d974cf647e7c347e8fa585": "Wormhole: Token Bridge",
    # docs.gnosischain.com/bridges
    "0x88ad09518695c6c3712ac10a214be5109a655671": "Gnosis Chain: Omnibridge",
}

EXCHANGES_ON_SOLANA: Final = {
    # solscan.io, labels Binance 1 to 11
    "2ojv9BAiHUrvsm9gxDe7fJSzbNZSJcxZvf8dqmWGHG8S": "Binance 1",
    "5tzFkiKscXHK5ZXCGbXZxdw7gTjjD1mBwuoFbhUvuAi9": "Binance 2",
    "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM": "Binance 3",
    "3yFwqXBfZY4jBVUafQ1YEXw189y2dN3V5KQq9uzBDy1E": "Binance 8",
    "3gd3dqgtJ4jWfBfLYTX67DALFetjc5iS72sCgRhCkW2u": "Binance 10",
    "6QJzieMYfp7yr3EdrePaQoG3Ghxs2wM98xSLRu8Xh56U": "Binance 11",
    # solscan.io, labels Coinbase 1 and 2
    "H8sMJSCQxfKiFTCfDR3DUMLPwcRbM61LGFJ8N4dK3WjS": "Coinbase 1",
    "GJRs4FwHtemZ5ZE9x3FNvJ8TMwitKTh21yxdRPqn7npE": "Coinbase 2",
}
POOLS_ON_SOLANA: Final = {
    # docs.raydium.io/raydium/protocol/developers/addresses: the owner of the vaults of all its AMM pools
    "5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1": "Raydium: Authority V4",
}

ANY_EVM: Final = "evm"
"""Stands for every EVM chain."""

KNOWN_HOLDERS: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    (ANY_EVM, "exchange"): EXCHANGES_ON_EVM,
    ("ethereum", "locker"): LOCKERS_ON_ETHEREUM,
    ("ethereum", "bridge"): BRIDGES_ON_ETHEREUM,
    ("bsc", "locker"): LOCKERS_ON_BSC,
    ("solana", "exchange"): EXCHANGES_ON_SOLANA,
    ("solana", "pool"): POOLS_ON_SOLANA,
}
"""By chain and holder type."""


def known_type(chain: str, address: str) -> str:
    """The holder type of this address on this chain; "" where it is not a known one."""
    where = {chain, ANY_EVM} if address.startswith("0x") else {chain}
    found = (kind for (place, kind), of in KNOWN_HOLDERS.items() if place in where and address in of)
    return next(found, "")
