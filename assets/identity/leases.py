"""Leases of codes: names that their registers give to another asset one day, and whose a code is now.

Exchanges give the code of a dead coin to a living one (LUNA, May 2022), and nobody tells us. A book belongs
to the asset whose price it has; where that can't be decided it stays where it is and is not used. Of tickers
the SEC's list says whose they are.
"""

from collections.abc import Mapping
from typing import Final

from assets.identity.tickers import is_ticker
from assets.identity.venues import is_currency_code
from assets.metrics.witnesses.books import FOREIGN_TIMES

OWN_TIMES: Final = 1.2
"""Within this it is the book of an asset: a fifth, for a price that is hours old."""


def is_lease(namespace: str) -> bool:
    """Whether names in it pass from one asset to another: an exchange's codes, and tickers."""
    return is_currency_code(namespace) or is_ticker(namespace)


def times_apart(price: float, other: float) -> float:
    """How many times the smaller the larger is; `inf` where either is not above zero."""
    return max(price / other, other / price) if price > 0 and other > 0 else float("inf")


def new_owner(middle: float, owner_price: float | None, others: Mapping[int, float]) -> int | None:
    """Of the others the one whose price the book has, where the owner's is far from it; None if in doubt."""
    if owner_price is None or times_apart(middle, owner_price) <= FOREIGN_TIMES:
        return None
    fitting = [each for each, price in others.items() if times_apart(middle, price) <= OWN_TIMES]
    return fitting[0] if len(fitting) == 1 else None
