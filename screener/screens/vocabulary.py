"""Vocabulary of the query language, and what was perhaps meant by a word that is none of them."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.checklist.types import phrase
from screener.screens.amounts import SUFFIXES
from screener.screens.columns import CATEGORIES, COLUMNS, GATES, KEY_OF

NAME: Final = "name"
PCT: Final = "pct"
CHANGED: Final = "changed"

KEYWORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tag": phrase("Your tags on it"),
        "gate": phrase("A gate of the checklist"),
        "state": phrase("The answer to a criterion"),
        "missing": phrase("Nothing is known of a field"),
        "known": phrase("Something is known of a field"),
        "watch": phrase("On a watchlist of yours"),
        CHANGED: phrase("The change of a field over days"),
    }
)
"""What may stand before a colon besides fields and categories: word → what it asks."""

JOINING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "and": phrase("Both hold"),
        "or": phrase("One of them holds"),
        "not": phrase("The next does not hold"),
    }
)

CATEGORY_KEYS: Final = {each.key.casefold(): each.key for each in CATEGORIES}
FIELD_KEYS: Final = {name.casefold(): key for name, key in KEY_OF.items()}
ASKABLE: Final = {**CATEGORY_KEYS, **FIELD_KEYS}
"""What can be missing or known: name → key."""
STATE_WORDS: Final = SHOWN
GATE_WORDS: Final = (*GATES, *(each.id for each in CRITERIA.values() if each.is_gate))
"""What can be asked of the gates; most criteria have none."""

SUFFIX_WORDS: Final = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
RESERVED: Final = frozenset({*ASKABLE, *KEYWORDS, *JOINING, NAME, PCT, *SUFFIX_WORDS})
"""Words that mean something else unless they are quoted: behind a limit `m` is its million."""

WELL_KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cap": "market_cap",
        "capitalisation": "market_cap",
        "capitalization": "market_cap",
        "mc": "market_cap",
        "mcap": "market_cap",
        "marketcap": "market_cap",
        "vol": "volume",
        "turnover": "volume",
        "liq": "liquidity",
        "supply": "circulating",
        "top_10": "top10_adj",
        "whales": "largest_wallet",
        "exit": "exit_days",
        "dte": "exit_days",
        "slippage": "round_trip",
        "unlock": "unlock_30d",
        "unlocks": "unlock_30d",
        "inflation": "emission_12m",
        "dilution": "emission_12m",
        "sales": "revenue",
        "growth": "revenue_growth",
        "p_s": "ps",
        "commits": "commits_90d",
        "addresses": "active_addresses",
        "zscore": "altman_z2",
        "fscore": "piotroski_f",
        "mscore": "beneish_m",
        "age": "known_days",
        "blockchain": "chain",
        "network": "chain",
        "exchange": "venue",
        "industry": "sector",
        "type": "kind",
        "symbol": "name",
        "ticker": "name",
        "tags": "tag",
        "gates": "gate",
        "watchlist": "watch",
        "list": "watch",
    }
)
"""What other tools and people call them."""

KEY_OF_LABEL: Final = {each.label.casefold(): each.key for each in COLUMNS} | {
    each.label.casefold(): each.key for each in CATEGORIES
}
LIKE_FIELDS: Final = {**KEY_OF_LABEL, **WELL_KNOWN, **ASKABLE}
LIKE_CRITERIA: Final = {name: each for each in CRITERIA for name in (each, each.partition(".")[2])}
LIKE_GATES: Final = {name: each for each in GATE_WORDS for name in (each, each.rpartition(".")[2])}
LONGEST_GUESSED: Final = 40


def field_hint(word: str, *, beside: Iterable[str] = ()) -> str:
    """The field, category or word of `beside` that was perhaps meant; "" when none is near."""
    return nearest(word, LIKE_FIELDS | {each: each for each in beside})


def criterion_hint(word: str) -> str:
    """The id of the criterion that was perhaps meant, also by its last part alone."""
    return nearest(word, LIKE_CRITERIA)


def gate_hint(word: str) -> str:
    """What was perhaps meant of the gates, also by the last part of an id alone."""
    return nearest(word, LIKE_GATES)


def nearest(word: str, meant: Mapping[str, str]) -> str:
    """What the nearest name in `meant` stands for; "" when none is near."""
    folded = word[:LONGEST_GUESSED].casefold().replace("-", "_")
    if folded in meant:
        return meant[folded]
    near = get_close_matches(folded, meant, n=1)
    return meant[near[0]] if near else ""
