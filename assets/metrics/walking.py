"""Order book depth and slippage, walked level by level: what a sale or a purchase of some size really gets.

All books of a batch at once: each side is one column of orders, every book's together and best first.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, Places, positive, ratio

DEPTH_MOVE_SHARE: Final = 0.02
"""Depth is the money within 2 % of the mid. Source: docs.cedehub.io/faq/what-is-what-is-2-depth."""
FILLED_SHARE: Final = 1 - 1e-9
"""A size counts as filled from here on: what is missing is rounding."""


@dataclass(frozen=True, slots=True)
class SideOrders:
    """One side of all books: the orders, and by `book` which of the `size` books each one is in."""

    book: Places
    size: int
    price_usd: Column
    quantity: Column

    @classmethod
    def of(cls, book: Places, size: int, price: Column, quantity: Column, mask: Mask) -> "SideOrders":
        """The orders under the mask, each book's put together."""
        order = np.flatnonzero(mask)[np.argsort(book[mask], kind="stable")]
        return cls(book[order], size, price[order], quantity[order])

    def best_usd(self) -> Column:
        best = np.full(self.size, np.nan)
        best[self.book[::-1]] = self.price_usd[::-1]  # where a book repeats, its best order stays
        return best

    def average_usd(self, quantity: Column) -> Column:
        """The average price of trading this quantity in each book; NaN where it does not hold as much."""
        # In units of the quantity: a book of huge numbers must not cost another one its digits.
        offered = np.nan_to_num(np.minimum(ratio(self.quantity, quantity[self.book]), 1))
        taken = np.clip(1 - ahead(self.book, offered), 0, offered)
        filled = self._total(taken) >= FILLED_SHARE
        return np.where(filled, ratio(self._total(taken * self.price_usd), self._total(taken)), np.nan)

    def value_usd(self, within: Mask) -> Column:
        """Σ price·quantity of these orders, by book; NaN for a book without an order on this side."""
        value = self._total(np.where(within, self.price_usd * self.quantity, 0))
        return np.where(np.isnan(self.best_usd()), np.nan, value)

    def _total(self, values: Column) -> Column:
        return np.bincount(self.book, weights=values, minlength=self.size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Books:
    """Both sides of the books of a batch; `listed` has a row for each book, by asset.

    The mid is not known of a book that lacks a side or is crossed: best bid at or above best ask.
    """

    listed: Groups
    bids: SideOrders
    asks: SideOrders
    mid_usd: Column

    @classmethod
    def of(cls, levels: pd.DataFrame, ids: "pd.Index[int]") -> "Books":
        """The books of these levels (`facts.levels`), each side best first; senseless orders are left out."""
        levels = levels.loc[levels["asset_id"].isin(ids)]
        book, names = pd.factorize(levels["book"])
        listed = Groups.of(levels.loc[~levels["book"].duplicated(), ["asset_id", "book"]], ids)
        price, quantity = (positive(levels[name]) for name in ("price_usd", "quantity"))
        makes_sense, is_bid = ~np.isnan(price * quantity), levels["is_bid"].to_numpy()
        bids, asks = (
            SideOrders.of(book, names.size, price, quantity, makes_sense & (is_bid == side))
            for side in (1, 0)
        )
        bid, ask = bids.best_usd(), asks.best_usd()
        return cls(listed, bids, asks, np.where(bid < ask, (bid + ask) / 2, np.nan))

    def sale_cost_share(self, size_usd: npt.ArrayLike) -> Column:
        """1 − average price / mid of selling, by book, what is worth `size_usd` at the mid.

        At least half the spread; NaN where the bids are too few for it. `size_usd` is one for all
        books or one for each.
        """
        return 1 - ratio(self.bids.average_usd(self._quantity(size_usd)), self.mid_usd)

    def purchase_cost_share(self, size_usd: npt.ArrayLike) -> Column:
        """Average price / mid − 1 of buying, by book, what is worth `size_usd` at the mid: like a sale."""
        return ratio(self.asks.average_usd(self._quantity(size_usd)), self.mid_usd) - 1

    def _quantity(self, size_usd: npt.ArrayLike) -> Column:
        return ratio(positive(size_usd), self.mid_usd)


def depth_within(books: Books, move_share: float = DEPTH_MOVE_SHARE) -> tuple[Column, Column]:
    """Σ price·quantity in USD within this share of the mid, by book: of the bids (down), of the asks (up).

    At least so much: what the venue lists may end before. Source of the definition: DEPTH_MOVE_SHARE.
    """
    bids, asks, mid = books.bids, books.asks, books.mid_usd
    down = bids.value_usd(bids.price_usd >= (mid * (1 - move_share))[bids.book])
    up = asks.value_usd(asks.price_usd <= (mid * (1 + move_share))[asks.book])
    return np.where(np.isnan(mid), np.nan, down), np.where(np.isnan(mid), np.nan, up)


def ahead(group: Places, values: Column) -> Column:
    """Each row's sum of the rows before it in its group; rows of one group must stand together."""
    before = np.append(0.0, np.cumsum(values))[: values.size]
    is_first = np.append(True, group[1:] != group[:-1])[: group.size]
    start = np.maximum.accumulate(np.where(is_first, np.arange(group.size), 0))
    return np.asarray(before - before[start], dtype=np.float64)
