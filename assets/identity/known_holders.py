"""Known holders: addresses that hold tokens for others, with who it is and where that is written.

Only what was found in the place named beside it; whoever isn't here is given apart by labels and code.
"""

from typing import Final

from assets.identity.holder_sources import ANY_EVM, KnownHolders
from assets.identity.known_exchanges import EXCHANGES
from assets.identity.known_lockers import LOCKERS

BRIDGES: Final = tuple(
    KnownHolders(kind="bridge", chain="ethereum", source=source, addresses={address: name})
    for address, name, source in (
        (
            "0xa3a7b6f88361f48403514059f1f16c8e78d60eec",
            "Arbitrum One: L1 ERC20 Gateway",
            "docs.arbitrum.io/build-decentralized-apps/reference/contract-addresses",
        ),
        (
            "0xcee284f754e854890e311e3280b767f80797180d",
            "Arbitrum One: L1 Custom Gateway",
            "docs.arbitrum.io/build-decentralized-apps/reference/contract-addresses",
        ),
        (
            "0x99c9fc46f92e8a1c0dec1b1747d010903e884be1",
            "Optimism: L1 Standard Bridge",
            "docs.optimism.io/chain/addresses",
        ),
        (
            "0x3154cf16ccdb4c6d922629664174b904d80f2c35",
            "Base: L1 Standard Bridge",
            "docs.base.org/base-chain/network-information/base-contracts",
        ),
        (
            "0x40ec5b33f54e0e8a33a975908c5ba1c14e5bbbdf",
            "Polygon: ERC20 Predicate",
            "docs.polygon.technology/pos",
        ),
        (
            "0x3ee18b2214aff97000d974cf647e7c347e8fa585",
            "Wormhole: Token Bridge",
            "wormhole.com/docs/products/reference/contract-addresses",
        ),
        (
            "0x88ad09518695c6c3712ac10a214be5109a655671",
            "Gnosis Chain: Omnibridge",
            "docs.gnosischain.com/bridges",
        ),
    )
)

POOLS: Final = tuple(
    KnownHolders(kind="pool", chain="solana", source=source, addresses={address: name})
    for address, name, source in (
        (
            "5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1",
            "Raydium: authority of AMM v4",
            "docs.raydium.io/raydium/protocol/developers/addresses",
        ),
        (
            "GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL",
            "Raydium: authority of CPMM",
            "github.com/raydium-io/raydium-sdk-V2: src/common/programId.ts",
        ),
        (
            "WLHv2UAZm6z4KyaaELi5pjdbJh6RESMva1Rnn8pJVVh",
            "Raydium: authority of LaunchLab",
            "github.com/raydium-io/raydium-sdk-V2: src/common/programId.ts",
        ),
        (
            "HLnpSz9h2S4hiLQ43rnSD9XkcUThA7B8hQMKmDaiTLcC",
            "Meteora: authority of DAMM v2",
            "docs.meteora.ag/developer-guide/guides/damm-v2/overview",
        ),
        (
            "FhVo3mqL8PW5pH5U2CN4XE33DokiyZnUwuGpH2hmHLuM",
            "Meteora: authority of DBC",
            "docs.meteora.ag/developer-guide/guides/dbc",
        ),
        (
            "BwWK17cbHxwWBKZkUYvzxLcNQ1YVyaFezduWbtm2de6s",
            "Pump.fun: agent of mayhem mode, which trades half of the units and burns the rest",
            "github.com/pump-fun/pump-public-docs",
        ),
    )
)
"""Owners of the vaults of all pools of a program, and of what a launchpad trades by itself."""

TABLE: Final = (*EXCHANGES, *LOCKERS, *BRIDGES, *POOLS)
BY_CHAIN: Final = {(each.chain, address): each.kind for each in TABLE for address in each.addresses}


def known_type(chain: str, address: str) -> str:
    """The holder type of this address on this chain; "" where it is not a known one."""
    found = BY_CHAIN.get((chain, address), "")
    return found or (BY_CHAIN.get((ANY_EVM, address), "") if address.startswith("0x") else "")
