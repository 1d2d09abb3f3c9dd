"""Originals: what is imitated most, and where it really is, for a database that no register has filled yet.

The dollars, and the coins of chains in their wrapped form. Addresses: https://tokens.uniswap.org and
https://tether.to/en/supported-protocols, https://www.circle.com/multi-chain-usdc.
"""

from dataclasses import dataclass
from typing import Final

from assets.sourcing.rows import Identifier


@dataclass(frozen=True, slots=True)
class Original:
    """`contracts` are "chain address"; a chain that is not named may have a genuine one too."""

    symbol: str
    names: tuple[str, ...]
    contracts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.names[0]} ({self.symbol})"

    @property
    def identifiers(self) -> frozenset[Identifier]:
        pairs = (each.split() for each in self.contracts)
        return frozenset((f"address:{chain}", address) for chain, address in pairs)

    @property
    def chains(self) -> frozenset[str]:
        return frozenset(namespace.removeprefix("address:") for namespace, _value in self.identifiers)


ORIGINALS: Final = (
    Original(
        "USDT",
        ("Tether USD", "Tether", "USD Tether"),
        (
            "ethereum 0xdac17f958d2ee523a2206206994597c13d831ec7",
            "solana Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
            "bsc 0x55d398326f99059ff775485246999027b3197955",
            "polygon 0xc2132d05d31c914a87c6611c10748aeb04b58e8f",
            "optimism 0x94b008aa00579c1307b0ef2c499ad98a8ce58e58",
            "avalanche 0x9702230a8ea53601f5cd2dc00fdbc13d4df4a8c7",
            "celo 0x48065fbbe25f71c9282ddf5e1cd6d6a887483d5e",
            "tron TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        ),
    ),
    Original(
        "USDC",
        ("USD Coin", "USDC"),
        (
            "ethereum 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
            "solana EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
            "base 0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",
            "bsc 0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d",
            "polygon 0x3c499c542cef5e3811e1192ce70d8cc03d5c3359",
            "polygon 0x2791bca1f2de4661ed88a30c99a7a9449aa84174",
            "arbitrum 0xaf88d065e77c8cc2239327c5edb3a432268e5831",
            "arbitrum 0xff970a61a04b1ca14834a43f5de4533ebddb5cc8",
            "optimism 0x0b2c639c533813f4aa9d7837caf62653d097ff85",
            "avalanche 0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e",
            "celo 0xceba9300f2b948710d2653dd7b07f33a8b32118c",
        ),
    ),
    Original(
        "DAI",
        ("Dai Stablecoin", "Dai"),
        (
            "ethereum 0x6b175474e89094c44da98b954eedeac495271d0f",
            "polygon 0x8f3cf7ad23cd3cadbd9735aff958023239c6a063",
            "arbitrum 0xda10009cbd5d07dd0cecc66161fc93d7c9000da1",
            "optimism 0xda10009cbd5d07dd0cecc66161fc93d7c9000da1",
            "base 0x50c5725949a6f0c72e6c4a641f24049a917db0cb",
            "bsc 0x1af3f329e8be154074d8769d1ffa4ee058b1dbc3",
        ),
    ),
    Original(
        "WETH",
        ("Wrapped Ether", "Wrapped Ethereum"),
        (
            "ethereum 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
            "base 0x4200000000000000000000000000000000000006",
            "optimism 0x4200000000000000000000000000000000000006",
            "arbitrum 0x82af49447d8a07e3bd95bd0d56f35241523fbab1",
            "polygon 0x7ceb23fd6bc0add59e62ac25578270cff1b9f619",
            "avalanche 0x49d5c2bdffac6ce2bfdb6640f4f80f226bc10bab",
            "bsc 0x2170ed0880ac9a755fd29b2688956bd959f933f8",
            "solana 7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs",
        ),
    ),
    Original(
        "WBTC",
        ("Wrapped BTC", "Wrapped Bitcoin"),
        (
            "ethereum 0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
            "polygon 0x1bfd67037b42cf73acf2047067bd4f2c47d9bfd6",
            "arbitrum 0x2f2a2543b76a4166549f7aab2e75bef0aefc5b0f",
            "optimism 0x68f180fcce6836688e9084f035309e29bf0a2095",
        ),
    ),
    Original("WBNB", ("Wrapped BNB",), ("bsc 0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c",)),
    Original("SOL", ("Solana", "Wrapped SOL"), ("solana So11111111111111111111111111111111111111112",)),
    Original("BTC", ("Bitcoin",)),
    Original("ETH", ("Ethereum", "Ether")),
    Original("BNB", ("BNB", "Binance Coin")),
    Original("XRP", ("XRP", "Ripple")),
    Original("DOGE", ("Dogecoin",)),
    Original("ADA", ("Cardano",)),
    Original("TRX", ("TRON",)),
    Original("TON", ("Toncoin",)),
    Original("LINK", ("Chainlink",)),
    Original("UNI", ("Uniswap",)),
    Original("SHIB", ("Shiba Inu",)),
    Original("PEPE", ("Pepe",)),
)
