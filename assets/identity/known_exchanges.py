"""Known exchanges: the addresses under which exchanges keep what is their customers'.

A key of theirs is the same on every EVM chain.
"""

from typing import Final

from assets.identity.holder_sources import ANY_EVM, ETHERSCAN, LLAMA, KnownHolders, named

EXCHANGES: Final = (
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}binance; binance.com, Our Commitment to Transparency ({LLAMA}binance)",
        addresses={
            "0x28c6c06298d514db089934071355e5743bf21d60": "Binance 14",
            "0x21a31ee1afc51d94c2efccaa2092ad1028285549": "Binance 15",
            "0xdfd5293d8e347dfe59e90efd55b2956a1343963d": "Binance 16",
            "0x56eddb7aa87536c09ccc2793473599fd21a8b17f": "Binance 17",
            "0x9696f59e4d72e237be84ffd425dcad154bf96976": "Binance 18",
            "0x4976a4a02f38326660d17bf34b431dc6e2eb2327": "Binance 20",
            "0x5a52e96bacdabb82fd05763e25335261b270efcb": "Binance 28",
            "0xbe0eb53f46cd790cd13851d5eff43d12404d33e8": "Binance 7",
            "0xf977814e90da44bfa03b6295a0616a897441acec": "Binance 8",
            "0x8894e0a0c962cb723c1976a4421c95949be2d4e3": "Binance, on BSC",
            "0xe2fc31f816a9b94326492132018c3aecc4a93ae1": "Binance, on BSC",
            "0x3c783c21a0383057d128bae431894a5c19f9cf06": "Binance, on BSC",
            "0x47ac0fb4f2d84898e4d9e7b4dab3c24507a6d503": "Binance: Binance-Peg Tokens",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}coinbase",
        addresses={
            "0x71660c4005ba85c37ccec55d0c4493e66fe775d3": "Coinbase 1",
            "0x503828976d22510aad0201ac7ec88293211d23da": "Coinbase 2",
            "0xddfabcdc4d8ffc6d5beaf154f18b778f892a0740": "Coinbase 3",
            "0x3cd751e6b0078be393132286c442345e5dc49699": "Coinbase 4",
            "0xb5d85cbf7cb3ee0d56b3bb207d5fc4b82f43f511": "Coinbase 5",
            "0xeb2629a2734e272bcc07bda959863f316f4bd4cf": "Coinbase 6",
            "0xa9d1e08c7793af67e9d92fe308d5697fb81d3e43": "Coinbase 10",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}kraken",
        addresses={
            "0x2910543af39aba0cd09dbb2d50200b3e800a63d2": "Kraken",
            "0x0a869d79a7052c7f1b55a8ebabbea3420f0d1e13": "Kraken 2",
            "0xe853c56864a2ebe4576a807d26fdc4a0ada51919": "Kraken 3",
            "0x267be1c1d684f78cb4f6a176c4911b741e4ffdc0": "Kraken 4",
            "0xae2d4617c862309a3d75a0ffb358c7a5009c673f": "Kraken 10",
            "0xda9dfa130df4de4673b89022ee50ff26f6ea73cf": "Kraken 13",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}kucoin; {LLAMA}kucoin",
        addresses={
            "0x2b5634c42055806a59e9107ed44d43c426e58258": "KuCoin",
            "0x689c56aef474df92d44a1b70850f808488f9769c": "KuCoin 2",
            **named(
                "KuCoin",
                """
                0xd6216fc19db775df9774a6e33526131da7d19a2c 0xb8e6d31e7b212b2b7250ee9c26c56cebbfbe6b23
                0xcad621da75a66c7a8f4ff86d30a2bf981bfc8fdd 0xec30d02f10353f8efc9601371f56e808751f396f
                0x738cf6903e6c4e699d1c2dd9ab8b67fcdb3121ea 0xd89350284c7732163765b23338f2ff27449e0bf5
                0x88bd4d3e2997371bceefe8d9386c6b5b4de60346 0xf16e9b0d03470827a95cdfd0cb8a8a3b46969b91
                0x17a30350771d02409046a683b18fe1c13ccfc4a8 0x2933782b5a8d72f2754103d1489614f29bfa4625
                0x53f78a071d04224b8e254e243fffc6d9f2f3fa23 0x1692e170361cefd1eb7240ec13d048fd9af6d667
                """,
            ),
        },
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{LLAMA}gate-io",
        addresses=named(
            "Gate",
            """
            0x0d0707963952f2fba59dd06f2b425ace40b492fe 0x7793cd85c11a924478d358d49b05b37e91b5810f
            0x1c4b70a3968436b9a0a9cf5205c787eb81bb558c 0x234ee9e35f8e9749a002fc42970d570db716453b
            0xd793281182a0e3e023116004778f45c29fc14f19 0xc882b111a75c0c657fc507c04fbfcd2cc984f071
            0x85faa6c1f2450b9caea300838981c2e6e120c35c 0x6596da8b65995d5feacff8c2936f0b7a2051b0d0
            0xffeb0f61871acdb4838dfc6d5082f063e738e421 0xa4992ccf2a74132936b87cbf28b5d52304ba3be7
            """,
        ),
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{LLAMA}mexc-cex",
        addresses=named(
            "MEXC",
            """
            0x3cc936b795a188f0e246cbb2d74c5bd190aecf18 0x0162cd2ba40e23378bf0fd41f919e1be075f025f
            0x75e89d5979e4f6fba9f97c104c2f0afb3f1dcb88 0xee136c0389733849dd710ac7104e92c6bf497574
            0x4982085c9e2f89f2ecb8131eca71afad896e89cb 0x2e8f79ad740de90dc5f5a9f0d8d9661a60725e64
            0x51e3d44172868acc60d68ca99591ce4230bc75e0 0x9b64203878f24eb0cdf55c8c6fa7d08ba0cf77e5
            0xdf90c9b995a3b10a5b8570a47101e6c6a29eb945
            """,
        ),
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{LLAMA}bybit",
        addresses=named(
            "Bybit",
            """
            0xf89d7b9c864f589bbf53a82105107622b35eaa40 0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4
            0xa7a93fd0a276fc1c0197a5b5623ed117786eed06 0xe1ab8c08294f8ee707d4efa458eab8bbeeb09215
            0xee5b5b923ffce93a870b3104b7ca09c3db80047a
            """,
        ),
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}okx",
        addresses={
            "0x6cc5f688a315f3dc28a7781717a9a798a59fda7b": "OKX",
            "0x236f9f97e0e62388479bf9e5ba4889e46b0273c3": "OKX 2",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain=ANY_EVM,
        source=f"{ETHERSCAN}bitfinex",
        addresses={
            "0x742d35cc6634c0532925a3b844bc454e4438f44e": "Bitfinex 2",
            "0x876eabf441b2ee5b5b0554fd502a8e0600950cfa": "Bitfinex 3",
            "0x77134cbc06cb00b66f4c7e623d5fdbf6777635ec": "Bitfinex: Hot Wallet",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain="solana",
        source="solscan.io, labels Binance 1 to 11, Coinbase 1 and Coinbase Hot Wallet",
        addresses={
            "2ojv9BAiHUrvsm9gxDe7fJSzbNZSJcxZvf8dqmWGHG8S": "Binance 1",
            "5tzFkiKscXHK5ZXCGbXZxdw7gTjjD1mBwuoFbhUvuAi9": "Binance 2",
            "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM": "Binance 3",
            "3yFwqXBfZY4jBVUafQ1YEXw189y2dN3V5KQq9uzBDy1E": "Binance 8",
            "3gd3dqgtJ4jWfBfLYTX67DALFetjc5iS72sCgRhCkW2u": "Binance 10",
            "6QJzieMYfp7yr3EdrePaQoG3Ghxs2wM98xSLRu8Xh56U": "Binance 11",
            "H8sMJSCQxfKiFTCfDR3DUMLPwcRbM61LGFJ8N4dK3WjS": "Coinbase 1",
            "GJRs4FwHtemZ5ZE9x3FNvJ8TMwitKTh21yxdRPqn7npE": "Coinbase Hot Wallet",
        },
    ),
    KnownHolders(
        kind="exchange",
        chain="solana",
        source=f"{LLAMA}kucoin",
        addresses=named(
            "KuCoin",
            """
            BmFdpraQhkiDQE6SnfG5omcA1VwzqfXrwtNYBwWTymy6
            HVh6wHNBAsG3pq1Bj5oCzRjoWKVogEDHwUHkRz3ekFgt 57vSaRTqN9iXaemgh4AoDsZ63mcaoshfMK8NP3Z5QNbs
            """,
        ),
    ),
    KnownHolders(
        kind="exchange",
        chain="solana",
        source=f"{LLAMA}gate-io",
        addresses=named(
            "Gate",
            """
            u6PJ8DtQuPFnfmwHbGFULQ4u4EgjDiyYKjVEsynXq2w HiRpdAZifEsZGdzQ5Xo5wcnaH3D2Jj9SoNsUzcYNK78J
            G9XFfWz6adb9wFDKN2v7HfmJDgAc2hirrTwBmca4w26C
            """,
        ),
    ),
)
