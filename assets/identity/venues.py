"""Venues: one name for each exchange, whatever a vendor calls it, so that a book from two vendors is one.

The identifiers are those of https://api.coingecko.com/api/v3/exchanges/list.
"""

import importlib.util
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

NAME: Final = re.compile(r"[a-z][a-z0-9]{1,39}")


@dataclass(frozen=True, slots=True)
class Venue:
    """`name` is ccxt's and that of our provider, `title` what books are stored under."""

    name: str
    title: str
    coingecko: str


VENUES: Final = (
    Venue("gate", "Gate", "gate"),
    Venue("kucoin", "KuCoin", "kucoin"),
    Venue("mexc", "MEXC", "mxc"),
    Venue("kraken", "Kraken", "kraken"),
    Venue("binance", "Binance", "binance"),
)

BY_COINGECKO: Final[dict[str, Venue]] = {venue.coingecko: venue for venue in VENUES}
EXCHANGE_NAMES: Final = tuple(venue.name for venue in VENUES)


CURRENCY: Final = "currency:"


def currency_namespace(exchange: str) -> str:
    """The namespace of an exchange's own codes of currencies: by these it knows assets, never by a symbol."""
    return f"{CURRENCY}{exchange}"


def is_currency_code(namespace: str) -> bool:
    """Whether it holds codes of an exchange, which may give that of a delisted coin to another."""
    return namespace.startswith(CURRENCY)


def title_of(exchange: str) -> str:
    """What the books of an exchange are stored under, by its name at ccxt."""
    return next((venue.title for venue in VENUES if venue.name == exchange), exchange.capitalize())


@lru_cache(maxsize=256)
def is_exchange(name: str) -> bool:
    """Whether ccxt has an exchange of this name; looks only, loads nothing."""
    package = importlib.util.find_spec("ccxt") if NAME.fullmatch(name) else None
    places = package.submodule_search_locations if package else None
    return any((Path(place) / f"{name}.py").is_file() for place in places or ())
