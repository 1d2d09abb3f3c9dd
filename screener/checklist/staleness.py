"""How old a family of facts may be before it no longer supports a pass."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from assets.metrics import families

LIMITS: Final = {
    # Market 24 h, holders 7 days, filings 120 days: design; the others follow how fast each moves.
    families.MARKET: timedelta(hours=24),
    families.POOLS: timedelta(hours=24),
    families.BOOKS: timedelta(hours=24),
    families.SUPPLY: timedelta(days=7),
    families.HOLDERS: timedelta(days=7),
    families.USAGE: timedelta(days=7),
    families.UNLOCKS: timedelta(days=30),
    families.DISCLOSURE: timedelta(days=120),
    families.FUNDAMENTALS: timedelta(days=200),  # a 10-K may come 90 days after a half-year-old quarter
    families.FILINGS: timedelta(days=120),
    families.TRADES: timedelta(hours=24),
    families.CANDLES: timedelta(days=5),  # a bar is as old as its opening; a long weekend has no new one
    families.CONTRACT: timedelta(days=30),
    families.VENUE: timedelta(days=30),
    # Events stay what they were; how fresh the reading is, filings tell.
    families.CAPITAL: timedelta(days=3_660),
    families.OWNERSHIP: timedelta(days=3_660),
}

OF_SHARES: Final = LIMITS | {families.SUPPLY: LIMITS[families.FUNDAMENTALS]}
"""A company tells its number of shares with its quarterly reports."""


def limits_of(kind: str) -> Mapping[str, timedelta]:
    """By family how old it may be for an asset of this kind."""
    return OF_SHARES if kind == families.EQUITY else LIMITS
