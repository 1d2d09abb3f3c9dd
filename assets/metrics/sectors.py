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
}
"""By sector how it is written, as `normal` leaves it: CoinGecko's categories, DefiLlama's, and people's."""

SECTOR_OF: Final = {name: sector for sector, names in SECTORS.items() for name in names}

NO_SECTOR: Final = re.compile(
    r"\b(?:ecosystem|portfolio|holdings|index|securities|estate|airdrops|spotlight|launchpool)$|^made in\b"
)
"""Categories that say where something is traded, who holds it or who sues, not what it does: "Made in USA",
"FTX Holdings", "GMCI 30 Index", "Alleged SEC Securities". Source: coingecko.com/en/categories."""

FINANCIAL_CODES: Final = (range(6000, 6500), range(6700, 6800))
"""SIC codes of those that lend, insure or invest: divisions 60–64 and 67; 65 is real estate itself."""

FINANCIAL_TITLES: Final[Mapping[int, str]] = {
    6021: "National Commercial Banks",
    6022: "State Commercial Banks",
    6029: "Commercial Banks, NEC",
    6035: "Savings Institution, Federally Chartered",
    6036: "Savings Institutions, Not Federally Chartered",
    6099: "Functions Related To Depository Banking, NEC",
    6111: "Federal & Federally-Sponsored Credit Agencies",
    6141: "Personal Credit Institutions",
    6153: "Short-Term Business Credit Institutions",
    6159: "Miscellaneous Business Credit Institution",
    6162: "Mortgage Bankers & Loan Correspondents",
    6163: "Loan Brokers",
    6172: "Finance Lessors",
    6189: "Asset-Backed Securities",
    6199: "Finance Services",
    6200: "Security & Commodity Brokers, Dealers, Exchanges & Services",
    6211: "Security Brokers, Dealers & Flotation Companies",
    6221: "Commodity Contracts Brokers & Dealers",
    6282: "Investment Advice",
    6311: "Life Insurance",
    6321: "Accident & Health Insurance",
    6324: "Hospital & Medical Service Plans",
    6331: "Fire, Marine & Casualty Insurance",
    6351: "Surety Insurance",
    6361: "Title Insurance",
    6399: "Insurance Carriers, NEC",
    6411: "Insurance Agents, Brokers & Service",
    6770: "Blank Checks",
    6792: "Oil Royalty Traders",
    6794: "Patent Owners & Lessors",
    6795: "Mineral Royalty Traders",
    6798: "Real Estate Investment Trusts",
    6799: "Investors, NEC",
}
"""The SEC's whole list of these codes, by which its titles are told: filers come with the title alone."""

_CODE: Final = re.compile(r"(?:sic )?(\d{4})", re.ASCII)


@lru_cache(maxsize=4096)
def sector_key(name: str) -> str:
    """What a sector is compared by: its one name where the table has it, else the name without its dress."""
    key = normal(name)
    return SECTOR_OF.get(key, key)


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


_TITLES: Final = frozenset(map(normal, FINANCIAL_TITLES.values()))


def keys_of(sectors: "pd.Series[str]") -> "pd.Series[str]":
    return sectors.fillna("").map(sector_key)


@lru_cache(maxsize=4096)
def has_financial_code(sector: str) -> bool:
    """Whether this is the SIC code of those that lend, insure or invest, or the SEC's title of one."""
    name = normal(sector)
    code = _CODE.fullmatch(name)
    is_one = code is not None and any(int(code[1]) in codes for codes in FINANCIAL_CODES)
    return is_one or name in _TITLES
