"""The families of facts: what can be asked for, stored, aged and cited as one thing."""

from typing import Final

LISTING: Final = "listing"
MARKET: Final = "market"
SUPPLY: Final = "supply"
POOLS: Final = "pools"
BOOKS: Final = "books"
CANDLES: Final = "candles"
TRADES: Final = "trades"
HOLDERS: Final = "holders"
CONTRACT: Final = "contract"
UNLOCKS: Final = "unlocks"
USAGE: Final = "usage"
DISCLOSURE: Final = "disclosure"
FUNDAMENTALS: Final = "fundamentals"
FILINGS: Final = "filings"
CAPITAL: Final = "capital"
OWNERSHIP: Final = "ownership"
VENUE: Final = "venue"

FAMILIES: Final = (
    LISTING,
    MARKET,
    SUPPLY,
    POOLS,
    BOOKS,
    CANDLES,
    TRADES,
    HOLDERS,
    CONTRACT,
    UNLOCKS,
    USAGE,
    DISCLOSURE,
    FUNDAMENTALS,
    FILINGS,
    CAPITAL,
    OWNERSHIP,
    VENUE,
)
"""Every family, in the order in which a refresh is worth making."""

TOKEN: Final = "token"  # noqa: S105 - a kind of asset, not a secret
EQUITY: Final = "equity"
KINDS: Final = (TOKEN, EQUITY)
