"""Leases of codes: whose an exchange's code is now, when the price of its order book says so.

Exchanges give the code of a dead coin to a living one (LUNA, May 2022), and nobody tells us. A book belongs
to the asset whose price it has; where that can't be decided it stays where it is and is not used.
"""

from collections.abc import Mapping
from typing import Final

from assets.metrics.witnesses.books import FOREIGN_TIMES

OWN_TIMES: Final = 1.2
"""Within this it is the book of an asset: a fifth, for a price that is hours old."""


def times_apart(price: float, other: float) -> float:
    """How many times the smaller the larger is; `inf` where either is not above zero."""
    return max(price / other, other / price) if price > 0 and other > 0 else float("inf")


def new_owner(middle: float, owner_price: float | None, others: Mapping[int, float]) -> int | None:
    """Of the others the one whose price the book has, where the owner's is far from it; None if in doubt."""
    if owner_price is None or times_apart(middle, owner_price) <= FOREIGN_TIMES:
        return None
    fitting = [each for each, price in others.items() if times_apart(middle, price) <= OWN_TIMES]
    return fitting[0] if len(fitting) == 1 else None
