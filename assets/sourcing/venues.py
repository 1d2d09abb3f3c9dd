"""One name for an exchange, whatever a vendor calls it, so that a book told by two is one book.

The identifiers are those of https://api.coingecko.com/api/v3/exchanges/list.
"""

from dataclasses import dataclass
from typing import Final


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


def currency_namespace(exchange: str) -> str:
    """The namespace of an exchange's own codes of currencies: by these it knows assets, never by a symbol."""
    return f"currency:{exchange}"
