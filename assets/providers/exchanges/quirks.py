"""Exchange quirks: settings that ccxt needs for an exchange beside what it knows. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """Settings by which ccxt asks one exchange for what we want, in one call."""

    name: str
    levels: int
    """How many levels of a side are asked for."""
    options: Mapping[str, Any] = field(default_factory=dict)
    ignored_paths: tuple[str, ...] = ()
    """The ends of paths that ccxt asks on the side; the answer is an empty list."""
    rows_under: str | None = None
    """The key under which pairs are listed, "" where they are all there is, None where we do not know."""
    unknown_pair: tuple[str, ...] = ()
    """Codes for a pair that it does not have, where ccxt does not know them."""
    assumed: Mapping[str, Any] = field(default_factory=dict)
    """What ccxt insists on in a book and this exchange does not always tell."""
    book_under: str = ""
    """Where a book stands under a name of its pair that need not be the one it was asked by."""


KNOWN: Final = (
    Quirks(
        name="gate",
        levels=100,
        ignored_paths=("/margin/currency_pairs",),
        rows_under="",
        assumed={"current": 0},
    ),
    Quirks(
        name="kucoin",
        levels=100,
        options={"fetchMarkets": {"types": ["spot"], "fetchTickersFees": False}},
        rows_under="data",
        unknown_pair=("900001",),
    ),
    Quirks(name="mexc", levels=1_000, rows_under="symbols"),
    Quirks(
        name="kraken",
        levels=500,
        rows_under="result",
        unknown_pair=("EQuery:Unknown asset pair",),
        book_under="result",
    ),
    Quirks(name="binance", levels=1_000, rows_under="symbols"),
)
BY_NAME: Final = {each.name: each for each in KNOWN}

LEVELS_OF_OTHERS: Final = {"htx": 150}
"""Exchanges that refuse to tell 100 levels, and what they tell instead."""


def quirks_of(name: str) -> Quirks:
    """That of an exchange we know, or the plainest."""
    return BY_NAME.get(name) or Quirks(name=name, levels=LEVELS_OF_OTHERS.get(name, 100))
