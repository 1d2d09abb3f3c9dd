"""The families of facts: what can be asked for, stored, aged and cited as one thing."""

from typing import Final

LISTING: Final = "listing"
MARKET: Final = "market"
SUPPLY: Final = "supply"
POOLS: Final = "pools"
BOOKS: Final = "books"
CANDLES: Final = "candles"
HOLDERS: Final = "holders"
UNLOCKS: Final = "unlocks"
USAGE: Final = "usage"
DISCLOSURE: Final = "disclosure"
FUNDAMENTALS: Final = "fundamentals"
FILINGS: Final = "filings"

FAMILIES: Final = (
    LISTING,
    MARKET,
    SUPPLY,
    POOLS,
    BOOKS,
    CANDLES,
    HOLDERS,
    UNLOCKS,
    USAGE,
    DISCLOSURE,
    FUNDAMENTALS,
    FILINGS,
)
"""Every family, in the order in which a refresh is worth making."""

TOKEN: Final = "token"  # noqa: S105 - a kind of asset, not a secret
EQUITY: Final = "equity"
KINDS: Final = (TOKEN, EQUITY)
