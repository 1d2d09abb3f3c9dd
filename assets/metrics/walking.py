"""Order book depth and slippage, walked level by level: what a sale or a purchase of some size really gets.

All books of a batch at once: each side is one column of orders, every book's together and best first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, Places, positive, ratio

DEPTH_MOVE_SHARE: Final = 0.02
"""Depth is the money within 2 % of the mid. Source: docs.cedehub.io/faq/what-is-what-is-2-depth."""
FILLED_SHARE: Final = 1 - 1e-9
"""A size counts as filled from here on: what is missing is rounding."""
SHORT_SHARE: Final = 0.5
"""A round trip in a book that is too short for it costs at least this: it can't be made. Our judgement."""


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

    def proceeds_usd(self, quantity: Column) -> tuple[Column, Mask]:
        """What trading this quantity in each book is worth, and whether the book holds as much.

        Where it does not, all there is is taken.
        """
        taken = self._taken(ratio(self.quantity, quantity[self.book]))
        return quantity * self._total(taken * self.price_usd), self._total(taken) >= FILLED_SHARE

    def quantity_for(self, money_usd: Column) -> Column:
        """What this money buys in each book; NaN where the book does not hold as much."""
        taken = self._taken(ratio(self.price_usd * self.quantity, money_usd[self.book]))
        filled = self._total(taken) >= FILLED_SHARE
        return np.where(filled, money_usd * self._total(ratio(taken, self.price_usd)), np.nan)

    def _taken(self, offered: Column) -> Column:
        """The part of a trade that each order fills; `offered` is in units of the trade.

        So that a book of huge numbers does not cost another one its digits.
        """
        offered = np.nan_to_num(np.minimum(offered, 1))
        return np.asarray(np.clip(1 - ahead(self.book, offered), 0, offered), dtype=np.float64)

    def units(self) -> Column:
        """Σ quantity, by book; NaN for a book without an order on this side."""
        return positive(self._total(self.quantity))

    def worth_usd(self) -> Column:
        """Σ price·quantity, by book; NaN for a book without an order on this side."""
        return positive(self._total(self.price_usd * self.quantity))

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
    `book` of `listed` is the label that the book has in the levels.
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

    def round_trip(self, size_usd: float, fee_share: Column) -> tuple[Column, Mask]:
        """Share of this money lost by buying for it and selling what came, by book; and which are too short.

        The taker's fee is paid on either trade. What a book cannot take counts as lost, as half of the money
        at least, and as no less than the most that can be traded loses. Not known of a book without asks or a
        crossed one; without bids all is lost.
        """
        money = np.full(self.mid_usd.size, float(size_usd))
        bought = self.asks.quantity_for(money)
        cannot_buy = np.isnan(bought)
        held = np.where(cannot_buy, ratio(money, self.mid_usd), bought)
        cost, sold = self._lost(money, held, fee_share)
        of_all, _sold = self._lost(self.asks.worth_usd(), self.asks.units(), fee_share)
        cost = np.where(cannot_buy, np.fmax(cost, of_all), cost)
        is_short = cannot_buy | ~sold
        has_no_bids = np.isnan(self.bids.best_usd()) & ~np.isnan(self.asks.best_usd())
        cost = np.where(has_no_bids, 1.0, np.where(is_short, np.maximum(cost, SHORT_SHARE), cost))
        return np.where(np.isnan(self.mid_usd) & ~has_no_bids, np.nan, cost), is_short

    def _lost(self, money_usd: Column, held: Column, fee_share: Column) -> tuple[Column, Mask]:
        """Share of this money lost by selling what it bought, by book; and whether the bids take it all."""
        got, sold = self.bids.proceeds_usd(held * (1 - fee_share))
        return np.clip(1 - got * (1 - fee_share) / money_usd, 0, 1), sold


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


def orders_of(books: pd.DataFrame, bids: Sequence[Any], asks: Sequence[Any]) -> pd.DataFrame:
    """The orders of each sound book, in USD by what its best bid is worth; `book` is its label in `books`.

    `books` has asset_id, bid_usd, stale and anomalous; each book's sides are lists of price and quantity.
    """
    bid_usd = books["bid_usd"].to_numpy(dtype=float)
    is_usable = (books[["stale", "anomalous"]] != 1).all(axis=1).to_numpy() & (np.abs(bid_usd) > 0)
    sides = list(zip(bids, asks, strict=True))
    sound = np.array([book for book in np.flatnonzero(is_usable) if all(sides[book])], dtype=np.intp)
    listed = [side for book in sound for side in sides[book]]  # bids, asks, bids, asks …
    size = np.array([len(side) for side in listed], dtype=np.intp)
    levels = np.array([*chain.from_iterable(chain.from_iterable(listed))], dtype=np.float64).reshape(-1, 2)
    place = np.repeat(np.arange(size.size), size)
    best_bid = levels[(np.cumsum(size) - size)[::2], 0]
    return pd.DataFrame(
        {
            "asset_id": books["asset_id"].to_numpy()[sound][place // 2],
            "book": books.index.to_numpy()[sound][place // 2],
            "is_bid": place % 2 == 0,
            "price_usd": levels[:, 0] * (bid_usd[sound] / best_bid)[place // 2],
            "quantity": levels[:, 1],
        }
    )
