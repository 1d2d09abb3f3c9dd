"""Known lockers: contracts that hold tokens and shares of pools until a date.

On Solana a lock is an account of its own (Streamflow, Jupiter Lock): vendors' labels tell those. Raydium's
lock keeps all shares under one authority, and gives back none.
"""

from typing import Final

from assets.identity.holder_sources import LLAMA, KnownHolders, named

TEAM_FINANCE: Final = f"{LLAMA}team-finance/config.js"
PINKSALE: Final = f"{LLAMA}pinksale"
UNCX: Final = f"{LLAMA}unicrypt/config.js; github.com/uncx-network/liquidity-locker-univ2-contracts"
ON_EVM: Final = tuple(
    KnownHolders(kind="locker", chain=chain, source=source, addresses=named(name, addresses))
    for name, source, of_chains in (
        (
            "UNCX",
            UNCX,
            {
                "ethereum": """
                    0x663a5c229c09b049e36dcc11a9b0d4a8eb9db214 0xed9180976c2a4742c7a57354fd39d8bec6cbd8ab
                    0x17e00383a843a9922bca3b280c0ade9f8ba48449 0x59d7d55ddc58494fbbbca29904f108ece82ac7fb
                """,
                "bsc": """
                    0xc765bddb93b0d1c1a88282ba0fa6b2d00e3e0c83 0xc8b839b9226965caf1d9fc1551588aaf553a7be6
                    0x74dee1a3e2b83e1d1f144af2b741bbaffd7305e1 0x1391b48c996ba2f4f38aee07e369a8f28d38220e
                    0x1f23742d882ace96bace4658e0947cccc07b6a75 0xb89a15a4f3518c14c21be04b55546162b0cb39f0
                """,
                "arbitrum": "0x63f4b2c082b1e0bba38874567e053800379bf8d7",
                "optimism": "0x5923c3911d9424f7725cad33ed176a6b885484d6",
                "polygon": """
                    0xadb2437e6f65682b85f814fbc12fec0508a7b1d0 0x939d71ade0bf94d3f8cf578413bf2a2f248bf58b
                """,
                "avalanche": "0xa9f6aefa5d56db1205f36c34e6482a6d4979b3bb",
                "gnosis": "0xe3d32266974f1e8f8549caf9f54977040e7d1c07",
            },
        ),
        (
            "UNCX: Uniswap V3",
            "github.com/uncx-network/liquidity-locker-univ3-contracts",
            {
                "ethereum": "0xfd235968e65b0990584585763f837a5b5330e6de",
                "bsc": "0xfe88dab083964c56429baa01f37ec2265abf1557",
                "base": "0x231278edd38b00b07fbd52120cef685b9baebcc1",
                "polygon": "0x40f6301edb774e8b22adc874f6cb17242baeb8c4",
            },
        ),
        (
            "Team Finance",
            TEAM_FINANCE,
            {
                "ethereum": """
                    0xe2fe530c047f2d85298b07d9333c05737f1435fb 0xdbf72370021babafbceb05ab10f99ad275c6220a
                    0xc77aab3c6d7dab46248f3cc3033c856171878bd5
                """,
                "bsc": """
                    0x0c89c0407775dd89b12918b9c0aa42bf96518820 0x7536592bb74b5d62eb82e8b93b17eed4eed9a85c
                """,
                "polygon": """
                    0x3ef7442df454ba6b7c1deec8ddf29cfb2d6e56c7 0x586c21a779c24efd2a8af33c9f7df2a2ea9af55c
                """,
                "avalanche": """
                    0x88ada02f6fce2f1a833cd9b4999d62a7ebb70367 0xe2fe530c047f2d85298b07d9333c05737f1435fb
                """,
                "arbitrum": "0xe0b0d2021293bee9715e1db3be31b55c00f72a75",
                "base": "0x4f0fd563be89ec8c3e7d595bf3639128c0a7c33a",
                "fantom": "0x9f726019452d65a120e1f7ae6b937ee9ebd72440",
                "cronos": "0x05b711df32d73ecaa877d45a637a2eb415e7995f",
            },
        ),
        (
            "PinkLock",
            PINKSALE,
            {
                "ethereum": """
                    0x33d4cc8716beb13f814f538ad3b2de3b036f5e2a 0x71b5759d73262fbb223956913ecf4ecc51057641
                """,
                "bsc": """
                    0x7ee058420e5937496f5a2096f04caa7721cf70cc 0x407993575c91ce7643a4d4ccacc9a98c36ee1bbe
                """,
                "polygon": """
                    0x5fb71dbf7248a01bf96ce2ab2da34eeabe58c261 0x6c9a0d8b1c7a95a323d744de30cf027694710633
                """,
                "avalanche": """
                    0x4dffb05d1bc222a2852799e2076e956acb589322 0x9479c6484a392113bb829a15e7c9e033c9e70d30
                """,
                "fantom": """
                    0xdd6e31a046b828cbbafb939c2a394629aff8bbdc 0x0e1757b9d6501e60b2e4ca0d000e49532948cf6c
                """,
                "cronos": """
                    0xdd6e31a046b828cbbafb939c2a394629aff8bbdc
                """,
            },
        ),
    )
    for chain, addresses in of_chains.items()
)
ON_SOLANA: Final = KnownHolders(
    kind="locker",
    chain="solana",
    source="github.com/raydium-io/raydium-cp-swap; LockrWmn6K5twhz3y9w1dQERbmgSaRkfnTeTKbpofwE",
    addresses=named("Raydium: burn and earn", "3f7GcQFG397GAaEnv51zR6tsTVihYRydnydDD1cXekxH"),
)
LOCKERS: Final = (*ON_EVM, ON_SOLANA)
