"""Order-book measures: the spread, and the depth within 2 % of the mid price. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assets.sourcing.messages import message
from assets.sourcing.reading import amount_of, positive_of
from assets.sourcing.rows import Level

NEAR_SHARE: Final = Decimal("0.02")
"""How far from the middle of a book its depth is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSide:
    """Bids or asks, the best first.

    `count` is how many levels were reported, those without a quantity included; `is_reported` says
    that the exchange spoke of this side at all, so that an empty one is known to be empty.
    """

    levels: tuple[Level, ...] = ()
    count: int = 0
    is_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Prices and depths are in the quote currency; up is what stands above the middle, down what below."""

    bid: Decimal | None = None
    ask: Decimal | None = None
    spread_share: float | None = None
    depth_up: Decimal | None = None
    depth_down: Decimal | None = None
    truncated: bool | None = None
    anomalous: bool = False


def side_of(levels: object, *, is_reported: bool) -> BookSide:
    """Read one side; `ValueError` where a level is none: a book with a hole is not that book."""
    if not isinstance(levels, Sequence) or isinstance(levels, str):
        raise ValueError(message("is not a list of levels"))
    read = [_level(each) for each in levels]
    return BookSide(levels=tuple(each for each in read if each[1]), count=len(read), is_reported=is_reported)


def measured(bids: BookSide, asks: BookSide, *, limit: int | None) -> Measures:
    """`limit` is how many levels of a side were asked for, None where the exchange decides.

    Without a level on both sides there is no middle, and nothing to measure from it. A side
    that the exchange reports as empty is the exception: nothing stands there, whatever the middle.
    """
    bid = bids.levels[0][0] if bids.levels else None
    ask = asks.levels[0][0] if asks.levels else None
    if bid is None or ask is None:
        return Measures(
            bid=bid,
            ask=ask,
            depth_up=Decimal(0) if bid is not None and asks.is_reported else None,
            depth_down=Decimal(0) if ask is not None and bids.is_reported else None,
        )
    if bid > ask:
        # Orders that would fill each other: the exchange's answer is not one moment of its book.
        return Measures(bid=bid, ask=ask, anomalous=True)
    middle = (bid + ask) / 2
    low, high = middle * (1 - NEAR_SHARE), middle * (1 + NEAR_SHARE)
    cuts = (
        _is_cut(bids, limit, is_near=bids.levels[-1][0] >= low),
        _is_cut(asks, limit, is_near=asks.levels[-1][0] <= high),
    )
    return Measures(
        bid=bid,
        ask=ask,
        spread_share=float((ask - bid) / middle),
        depth_up=_worth(each for each in asks.levels if each[0] <= high),
        depth_down=_worth(each for each in bids.levels if each[0] >= low),
        truncated=True if True in cuts else None if None in cuts else False,
        anomalous=bid == ask,
    )


def _level(level: object) -> Level:
    if not isinstance(level, Sequence) or isinstance(level, str) or len(level) < 2:
        raise ValueError(message("has a level without price and quantity"))
    price, quantity = positive_of(level[0]), amount_of(level[1])
    if price is None or quantity is None:
        raise ValueError(message("has a level without price or quantity"))
    return price, quantity


def _worth(levels: Iterable[Level]) -> Decimal:
    total = amount_of(sum((price * quantity for price, quantity in levels), Decimal(0)))
    return total or Decimal(0)


def _is_cut(side: BookSide, limit: int | None, *, is_near: bool) -> bool | None:
    """Whether more may stand near the middle than was reported; None where nobody knows."""
    if not is_near:
        return False
    return None if limit is None else side.count >= limit
