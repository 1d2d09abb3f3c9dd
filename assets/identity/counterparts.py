"""Counterparts: what honest pools hold beside a token, by chain: the chain's own coin, dollars, large coins.

Anybody can pair a token with another one of their own making and write any price on it. Source of the
addresses: tokens.uniswap.org (the Uniswap token list) and each issuer's own list of contracts; of Solana
github.com/solana-labs/token-list and the issuers; of the others the issuers (developers.circle.com,
tether.to/en/supported-protocols) and each chain's documentation of its wrapped coin.
"""

from collections.abc import Mapping
from typing import Final

from assets.identity.addresses import written
from assets.identity.chains import FORM_OF
from assets.sourcing.reading import address_of

NATIVE: Final = frozenset(
    {"0x0000000000000000000000000000000000000000", "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"}
)
"""How pools that hold the chain's own coin write it."""

COUNTERPARTS: Final[Mapping[str, frozenset[str]]] = {
    chain: NATIVE | frozenset(listed.split())
    for chain, listed in {
        # WETH, USDC, USDT, DAI, WBTC, USDS, FRAX, PYUSD, cbBTC, wstETH, USD1, USDe
        "ethereum": """
            0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48
            0xdac17f958d2ee523a2206206994597c13d831ec7 0x6b175474e89094c44da98b954eedeac495271d0f
            0x2260fac5e5542a773aa44fbcfedf7c193bc2c599 0xdc035d45d973e3ec169d2276ddab16f1e407384f
            0x853d955acef822db058eb8505911ed77f175b99e 0x6c3ea9036406852006290770bedfcaba0e23a0e8
            0xcbb7c0000ab88b473b1f5afd9ef808440eed33bf 0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0
            0x8d0d000ee44948fc98c9b98a4fa4921476f08b0d 0x4c9edd5852cd905f086c759e8383e09bff1e68b3
        """,
        # SOL, USDC, USDT, USD1, PYUSD, mSOL, JitoSOL, JUP
        "solana": """
            So11111111111111111111111111111111111111112 EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v
            Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB USD1ttGY1N17NEEHLmELoaybftRBUSErhqYiQzvEmuB
            2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So
            J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN
            11111111111111111111111111111111
        """,
        # WETH, USDC, USDbC, DAI, cbBTC, cbETH, AERO, VIRTUAL
        "base": """
            0x4200000000000000000000000000000000000006 0x833589fcd6edb6e08f4c7c32d4f71b54bda02913
            0xd9aaec86b65d86f6a7b5b1b0c42ffa531710b6ca 0x50c5725949a6f0c72e6c4a641f24049a917db0cb
            0xcbb7c0000ab88b473b1f5afd9ef808440eed33bf 0x2ae3f1ec7f1f5012cfeab0185bfc7aa3cf0dec22
            0x940181a94a35a4569e4529a3cdfb74e38fd98631 0x0b3e328455c4059eeb9e3f84b5543f74e24e7e1b
        """,
        # WBNB, USDT, USDC, BUSD, BTCB, ETH, CAKE, USD1, FDUSD, DAI
        "bsc": """
            0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c 0x55d398326f99059ff775485246999027b3197955
            0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d 0xe9e7cea3dedca5984780bafc599bd69add087d56
            0x7130d2a12b9bcbfae4f2634d864a1ee1ce3ead9c 0x2170ed0880ac9a755fd29b2688956bd959f933f8
            0x0e09fabb73bd3ade0a17ecc321fd13a19e81ce82 0x8d0d000ee44948fc98c9b98a4fa4921476f08b0d
            0xc5f0f7b66764f6ec8c8dff7ba683102295e16409 0x1af3f329e8be154074d8769d1ffa4ee058b1dbc3
        """,
        # WETH, USDC, USDC.e, USDT, DAI, WBTC, ARB
        "arbitrum": """
            0x82af49447d8a07e3bd95bd0d56f35241523fbab1 0xaf88d065e77c8cc2239327c5edb3a432268e5831
            0xff970a61a04b1ca14834a43f5de4533ebddb5cc8 0xfd086bc7cd5c481dcc9c85ebe478a1c0b69fcbb9
            0xda10009cbd5d07dd0cecc66161fc93d7c9000da1 0x2f2a2543b76a4166549f7aab2e75bef0aefc5b0f
            0x912ce59144191c1204e64559fe8253a0e49e6548
        """,
        # WAVAX, USDC, USDT, WETH.e, WBTC.e
        "avalanche": """
            0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7 0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e
            0x9702230a8ea53601f5cd2dc00fdbc13d4df4a8c7 0x49d5c2bdffac6ce2bfdb6640f4f80f226bc10bab
            0x50b7545627a5162f82a992c33b87adc75187b218
        """,
        # WETH, USDC, USDC.e, USDT, DAI, OP, WBTC
        "optimism": """
            0x4200000000000000000000000000000000000006 0x0b2c639c533813f4aa9d7837caf62653d097ff85
            0x7f5c764cbc14f9669b88837ca1490cca17c31607 0x94b008aa00579c1307b0ef2c499ad98a8ce58e58
            0xda10009cbd5d07dd0cecc66161fc93d7c9000da1 0x4200000000000000000000000000000000000042
            0x68f180fcce6836688e9084f035309e29bf0a2095
        """,
        # WPOL, USDC, USDC.e, USDT, WETH, DAI, WBTC
        "polygon": """
            0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270 0x3c499c542cef5e3811e1192ce70d8cc03d5c3359
            0x2791bca1f2de4661ed88a30c99a7a9449aa84174 0xc2132d05d31c914a87c6611c10748aeb04b58e8f
            0x7ceb23fd6bc0add59e62ac25578270cff1b9f619 0x8f3cf7ad23cd3cadbd9735aff958023239c6a063
            0x1bfd67037b42cf73acf2047067bd4f2c47d9bfd6
        """,
    }.items()
}
SOME_COUNTERPARTS: Final[Mapping[str, frozenset[str]]] = {
    chain: frozenset(listed.split())
    for chain, listed in {
        # SUI, USDC, USDT; USDC and USDT of Wormhole
        "sui": """
            0x0000000000000000000000000000000000000000000000000000000000000002::sui::SUI
            0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7::usdc::USDC
            0x375f70cf2ae4c00bf37117d0c85a2c71545e6ee05c4a5c7d282cd66a4504b068::usdt::USDT
            0x5d4b302506645c37ff133b98c4b50a5ae14841659738d6d733d59d0d217a93bf::coin::COIN
            0xc060006111016b8a020ad5b33834984a437aaa7d3c74c18e09a95d48aceab08c::coin::COIN
        """,
        # APT
        "aptos": "0x0000000000000000000000000000000000000000000000000000000000000001::aptos_coin::AptosCoin",
        # TON itself as DEXes write it, TON as STON.fi wraps it (v1, v2), USDT, jUSDT, jUSDC
        "ton": """
            EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c EQCM3B12QK1e4yZSf8GtBRT0aLMNyEsBc_DhVfRRtOEffLez
            EQBnGWMCf3-FZZq1W4IWcWiGAc3PHuZ0_H-7sad2oY00o83S EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs
            EQBynBO23ywHy_CgarY9NK9FTz0yDsG82PtcbSTQgGoXwiuA EQB-MPwrd1G6WKNkLz_VnV6WqBDd142KMQv-g1O-8QUA3728
        """,
        # TRX itself as DEXes write it, WTRX, USDT, USDC, USDD, TUSD
        "tron": """
            T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb TNUC9Qb1rRpS5CbWLmNMxXBjyFoydXjWFR
            TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8
            TPYmHEhy5n8TCEfYGqW2rPxsghSfzghPDn TUpMhErZL2fhh4sVNULAbNKLokS4GjC1F4
        """,
        # CELO, cUSD, USDC, USDT
        "celo": """
            0x471ece3750da237f93b8e339c536989b8978a438 0x765de816845861e75a25fca122bb6898b8b1282a
            0xceba9300f2b948710d2653dd7b07f33a8b32118c 0x48065fbbe25f71c9282ddf5e1cd6d6a887483d5e
        """,
        # WCRO, USDC, USDT
        "cronos": """
            0x5c7f8a570d578ed84e63fdfa7b1ee72deae1ae23 0xc21223249ca28397b4b6541dffaecc539bff0c59
            0x66e428c3f67a68878562e79a0234c1f83c208770
        """,
        # WFTM
        "fantom": "0x21be370d5312f44cb42ce377bc9b8a0cef1a4c83",
        # WXDAI, USDC, USDT, WETH
        "gnosis": """
            0xe91d153e0b41518a2ce8dd3d7944fa863463a97d 0xddafbb505ad214d7b80b1f830fccc89b60fb7a83
            0x4ecaba5870353805a9f068101a40e0f32ed605c6 0x6a023ccd1ff6f2045c3309768ead9e68f978f6e1
        """,
        # WPLS; DAI, USDC and USDT as bridged from Ethereum (not the copies that came with the fork)
        "pulsechain": """
            0xa1077a294dde1b09bb078844df40758a5d0f9a27 0xefd766ccb38eaf1dfd701853bfce31359239f305
            0x15d38573d2feeb82e7ad5187ab8c1d52810b1f07 0x0cb6f5a34ad42ec934882a05265a7d5f59b51a2f
        """,
        # WETH, USDC, USDT
        "scroll": """
            0x5300000000000000000000000000000000000004 0x06efdbff2a14a7c8e15944d1f4a48f9f95f663a4
            0xf55bec9cafdbe8730f096aa55dad6d22d44099df
        """,
        # WETH, USDC, USDC.e, USDT
        "zksync": """
            0x5aea5775959fbc2557cc8789bc1bf90a239d9a91 0x1d17cbcf0d6d143135ae902365d2e5e2a16538d4
            0x3355df6d4c9c3035724fd0e3914de96a5a83aaf4 0x493257fd37edb34451f62edf8d2a0c418852ba4c
        """,
        # WETH, USDC, USDT
        "linea": """
            0xe5d7c2a44ffddf6b295a15c148167daaaf5cf34f 0x176211869ca2b568f2a7d4ee941e073a821ee1ff
            0xa219439258ca9da29e9cc4ce5596924745e12b93
        """,
        # WMNT, USDC, USDT
        "mantle": """
            0x78c1b0c915c4faa5fffa6cabf0219da63d7f4cb8 0x09bc4e0d864854c6afb6eb9a9cdf58ac190d0df9
            0x201eba5cc46d216ce6dc03f6a759e8e766e956ae
        """,
        # WETH, USDB
        "blast": """
            0x4300000000000000000000000000000000000004 0x4300000000000000000000000000000000000003
        """,
        # wS, USDC
        "sonic": """
            0x039e2fb66102314ce7b64ce5ce3e5183bc94ad38 0x29219dd400f2bf60e5a23d13be72b486d4038894
        """,
        # WBERA, HONEY
        "berachain": """
            0x6969696969696969696969696969696969696969 0xfcbd14dc51f0a4d49d5e53c2e0950e0bc26d0dce
        """,
        # WRON, WETH
        "ronin": """
            0xe514d9deb7966c8be0ca922de8a064264ea6bcd4 0xc99a6a985ed2cac1ef41640596c5a5f9f4e19ef5
        """,
    }.items()
}
"""The best known ones of chains of which nobody has looked through all: of another counterpart there nothing
is known."""
ON_ANY_EVM_CHAIN: Final = frozenset().union(
    *(COUNTERPARTS[chain] for chain in COUNTERPARTS if chain != "solana")
)
"""An address of an EVM chain is the hash of its deployer and a counter: nobody else can take it elsewhere, so
that a listed one is its issuer's on every other chain too (as the coins of the OP stack are)."""


def is_listed(chain: str, counterpart: str, *, token: str = "", coin: str = "") -> bool | None:
    """Whether the counterpart of a pool has a market of its own: it stands above, or a registry has it.

    None where nobody told its address, or only some counterparts of the chain are known. A token is no
    counterpart to itself.
    """
    address = _written(chain, counterpart)
    if not address:
        return None
    if address == _written(chain, token):
        return False
    if coin or address in ON_ANY_EVM_CHAIN or address in SOME_COUNTERPARTS.get(chain, ()):
        return True
    return address in COUNTERPARTS[chain] if chain in COUNTERPARTS else None


def _written(chain: str, address: str) -> str:
    """In the one writing of its chain, else as it is compared on whatever chain."""
    text = address_of(address)
    return (written(text, form=FORM_OF.get(chain, "")) if text else "") or text
