"""Sectors: one name for what registers, vendors and people write in many ways.

The SEC writes SIC titles or codes (sec.gov/search-filings/standard-industrial-classification-code-list),
CoinGecko categories and their ids, DefiLlama categories of its own, people whatever they like.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import pandas as pd

from assets.metrics import sic
from assets.metrics.columns import of_each_text

DEFI: Final = "defi"
"""The one sector that works with what its users deposit."""

SECTORS: Final[Mapping[str, tuple[str, ...]]] = {
    DEFI: (
        *("defi", "decentralized finance", "decentralized finance defi", "open finance"),
        *("dex", "dexs", "dexes", "amm", "decentralized exchange", "decentralized exchange dex"),
        *("automated market maker", "automated market maker amm", "lending", "lending borrowing"),
        *("lending borrowing protocols", "cdp", "yield", "yield farming", "yield aggregator"),
        *("liquid staking", "liquid staking protocols", "restaking", "liquid restaking"),
    ),
    sic.ENERGY: ("energy", "oil gas", "energy minerals"),
    sic.MATERIALS: ("materials", "basic materials", "basic industries", "raw materials"),
    sic.INDUSTRIALS: ("industrials", "industrial", "industrial goods", "capital goods"),
    sic.DISCRETIONARY: (
        *("consumer discretionary", "consumer cyclical", "consumer cyclicals", "cyclical consumer goods"),
        *("consumer goods services", "consumer durables"),
    ),
    sic.STAPLES: (
        *("consumer staples", "consumer defensive", "consumer non cyclical", "consumer non cyclicals"),
        *("consumer noncyclical", "consumer non durables", "non cyclical consumer goods"),
    ),
    sic.HEALTH: ("health care", "healthcare", "health"),
    sic.FINANCIALS: ("financials", "financial", "financial services", "finance"),
    sic.TECHNOLOGY: ("information technology", "technology", "tech", "it", "electronic technology"),
    sic.COMMUNICATION: (
        *("communication services", "communications", "communication", "telecommunications"),
        *("telecommunication services", "telecom"),
    ),
    sic.UTILITIES: ("utilities", "utility", "public utilities"),
    sic.REAL_ESTATE: ("real estate", "realestate"),
}
"""By sector how it is written, as `normal` leaves it: CoinGecko's categories, DefiLlama's, and people's; the
eleven of GICS as S&P, Morningstar and Yahoo, Nasdaq, LSEG and TradingView name them. The SEC's titles and
codes are in `metrics.sic`."""

SECTOR_OF: Final = {name: sector for sector, names in SECTORS.items() for name in names}

NO_SECTOR: Final = re.compile(
    r"\b(?:ecosystem|portfolio|holdings|index|securities|estate|airdrops|spotlight|launchpool)$|^made in\b"
)
"""Categories that say where something is traded, who holds it or who sues, not what it does: "Made in USA",
"FTX Holdings", "GMCI 30 Index", "Alleged SEC Securities". Source: coingecko.com/en/categories."""

FINANCIAL_CODES: Final = (range(6000, 6500), range(6700, 6800))
"""SIC codes of those that lend, insure or invest: divisions 60–64 and 67; 65 is real estate itself."""

_CODE: Final = re.compile(r"(?:sic )?(\d{4})", re.ASCII)


@lru_cache(maxsize=4096)
def sector_key(name: str) -> str:
    """What a sector is compared by: its one name where the table has it, else the name without its dress."""
    key = normal(name)
    code = code_of(key)
    return SECTOR_OF.get(key) or (sic.sector_of_code(code) if code is not None else "") or key


def normal(name: str) -> str:
    """In lower case, in words alone, and in one spelling: "Decentralised-Finance  (DeFi)" is the same."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = re.sub(r"[\W_]+", " ", text).split()
    return " ".join(
        word.replace("isation", "ization").replace("ised", "ized") for word in words if word != "and"
    )


def is_sector(category: str) -> bool:
    """Whether a category of CoinGecko's says what a coin does."""
    name = normal(category)
    return bool(name) and not NO_SECTOR.search(name)


_CODE_OF: Final = {normal(title): code for code, title in sic.titles().items()}
"""What stands under two codes is the same business under both."""


def code_of(name: str) -> int | None:
    """The SIC code that a sector is, in the form of `normal`, or whose title; None of another one."""
    code = _CODE.fullmatch(name)
    return int(code[1]) if code else _CODE_OF.get(name)


def keys_of(sectors: "pd.Series[str]") -> "pd.Series[str]":
    return pd.Series(of_each_text(sectors.fillna(""), sector_key), index=sectors.index, dtype="str")


@lru_cache(maxsize=4096)
def has_financial_code(sector: str) -> bool:
    """Whether this is the SIC code of those that lend, insure or invest, or the SEC's title of one."""
    code = code_of(normal(sector))
    return code is not None and any(code in codes for codes in FINANCIAL_CODES)
