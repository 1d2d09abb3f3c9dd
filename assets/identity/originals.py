"""Originals: what is imitated most, and where it really is, for a database that no register has filled yet.

The dollars, the coins of chains in their wrapped or bridged form, and large coins of Solana. Addresses:
https://tokens.uniswap.org, https://tether.to/en/supported-protocols, https://www.circle.com/multi-chain-usdc,
and `platforms` of https://api.coingecko.com/api/v3/coins/list.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from assets.identity.looks import skeleton_of
from assets.sourcing.rows import Identifier


@dataclass(frozen=True)
class Original:
    """`contracts` are "chain address"; on chains `without` there is none. On a chain that is not named there
    may be a genuine one too.
    """

    symbol: str
    names: tuple[str, ...]
    contracts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.names[0]} ({self.symbol})"

    @cached_property
    def identifiers(self) -> frozenset[Identifier]:
        pairs = (each.split() for each in self.contracts)
        return frozenset((f"address:{chain}", address) for chain, address in pairs)

    @cached_property
    def chains(self) -> frozenset[str]:
        """Where it is known which one is genuine."""
        named = (namespace.removeprefix("address:") for namespace, _value in self.identifiers)
        return frozenset((*named, *self.without))


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
    Original("BTC", ("Bitcoin",), without=("solana",)),
    Original(
        "ETH",
        ("Ethereum", "Ether"),
        (
            "solana 7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs",
            "bsc 0x2170ed0880ac9a755fd29b2688956bd959f933f8",
            "bsc 0x4db5a66e937a9f4473fa95b1caf1d1e1d62e29ea",
        ),
    ),
    Original(
        "BNB",
        ("BNB", "Binance Coin"),
        (
            "ethereum 0xb8c77482e45f1f44de1745f52c74426c631bdd52",
            "ethereum 0x418d75f65a02b3d53b2418fb8e1fe493759c7605",
            "solana 9gP2kCy3wA1ctvYWQk75guqXuHfrEomqydHLtcTCqiLa",
        ),
    ),
    Original("XRP", ("XRP", "Ripple"), ("bsc 0x1d2f0da169ceb9fc7b3144628db156f3f6c60dbe",), ("solana",)),
    Original("DOGE", ("Dogecoin",), ("bsc 0xba2ae424d960c26247dd6c32edc70b295c744c43",), ("solana",)),
    Original("ADA", ("Cardano",), ("bsc 0x3ee2200efb3400fabb9aacf31297cbdd1d435d47",), ("solana",)),
    Original("TRX", ("TRON",), ("solana GbbesPbaYh5uiAZSYNXTc7w9jty1rpg3P9L4JeN4LkKc",)),
    Original("TON", ("Toncoin",), without=("solana",)),
    Original(
        "LINK",
        ("Chainlink",),
        (
            "ethereum 0x514910771af9ca656af840dff83e8264ecf986ca",
            "solana LinkhB3afbBKb2EQQu7s7umdZceV3wcvAUJhQAfQ23L",
        ),
    ),
    Original(
        "UNI",
        ("Uniswap",),
        (
            "ethereum 0x1f9840a85d5af5bf1d1762f925bdaddc4201f984",
            "solana 8FU95xFJhUUkyyCLU13HSzDLs7oC4QZdXQHL6SCeab36",
        ),
    ),
    Original(
        "SHIB",
        ("Shiba Inu",),
        (
            "ethereum 0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce",
            "solana CiKu4eHsVrc1eueVQeHn7qhXTcVu95gSQmBpX4utjL9z",
        ),
    ),
    Original("PEPE", ("Pepe",)),
    Original("BONK", ("Bonk",), ("solana DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263",)),
    Original("JUP", ("Jupiter",), ("solana JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN",)),
    Original("TRUMP", ("OFFICIAL TRUMP",), ("solana 6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN",)),
)

ORIGINAL_IDENTIFIERS: Final = frozenset[Identifier]().union(*(each.identifiers for each in ORIGINALS))


@cache
def _places_by_look() -> dict[str, list[tuple[int, int]]]:
    """By each look of a symbol or a name, the places of the original and of its names that have it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, original in enumerate(ORIGINALS):
        for at, name in enumerate(original.names):
            for look in {skeleton_of(original.symbol), skeleton_of(name)}:
                found.setdefault(look, []).append((place, at))
    return found


def originals_like(looks: Collection[str]) -> list[tuple[Original, str]]:
    """The originals whose symbol or name has one of these looks, each with that name, in their order."""
    by_look = _places_by_look()
    places = sorted({place for look in looks for place in by_look.get(look, ())})
    return [(ORIGINALS[place], ORIGINALS[place].names[at]) for place, at in places]
