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

FINANCIAL_CODES: Final = (range(6000, 6500), range(6700, 6800))
"""SIC codes of those that lend, insure or invest: divisions 60–64 and 67; 65 is real estate itself."""

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


def keys_of(sectors: "pd.Series[str]") -> "pd.Series[str]":
    return sectors.fillna("").map(sector_key)


@lru_cache(maxsize=4096)
def has_financial_code(sector: str) -> bool:
    """Whether this is the SIC code of those that lend, insure or invest."""
    code = _CODE.fullmatch(normal(sector))
    return code is not None and any(int(code[1]) in codes for codes in FINANCIAL_CODES)
