"""Sale over all venues at once: the price at which their curves together have taken the size.

Who sells takes the best price that is left, wherever it stands; so all venues end at one price, and no other
split brings more. The price is found between two neighbouring ends of steps, by bisection to the last digit.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column
from assets.metrics.selling.steps import Steps


@dataclass(frozen=True, slots=True)
class Sale:
    """`price_usd` is what the next unit would bring; units and USD are by step of `steps`."""

    steps: Steps
    price_usd: float
    units: Column
    worth_usd: Column
    unfilled_units: float

    @property
    def sold_units(self) -> float:
        return float(self.units.sum())

    @property
    def proceeds_usd(self) -> float:
        return float(self.worth_usd.sum())

    def by_venue(self, values: Column, size: int) -> Column:
        """These values of its steps, summed by venue."""
        return np.bincount(self.steps.venue, weights=values, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class PoolSums:
    """Pools until each price of a market. Those that have begun and are not empty add up to one, which takes
    roots / √p − reserves units; `units` and `usd` are of the others, which are sold out.
    """

    units: Column
    usd: Column
    roots: Column
    reserves: Column
    tops: Column

    @classmethod
    def of(cls, pools: Steps, floor_usd: Column, prices: Column) -> "PoolSums":
        """Sums over the pools that begin, and over those that end, at each price or above it."""
        one = np.stack((pools.reserve * np.sqrt(pools.top_usd), pools.reserve, pools.reserve * pools.top_usd))
        begun = _summed(one, pools.top_usd, prices)
        whole = np.stack((pools.units, pools.worth_usd(pools.units)))
        ended = _summed(np.concatenate((whole, one)), floor_usd, prices)
        return cls(*ended[:2], *(begun - ended[2:]))

    def taken(self, prices: Column) -> tuple[Column, Column]:
        """Units and USD until each price; at 0 all are sold out."""
        root, is_price = np.sqrt(prices), prices > 0
        units = np.divide(self.roots, root, out=np.zeros(root.size), where=is_price)
        part = np.where(is_price, self.tops - self.roots * root, 0)
        return self.units + units - np.where(is_price, self.reserves, 0), self.usd + part


@dataclass(frozen=True, slots=True)
class Market:
    """The curves of all venues, with what they take and pay until each price at which a step begins or ends.

    `steps` are `bids`, the orders from the best on, then `pools` and `books`. `prices` fall to 0. At each of
    them `before` is what is sold above it, of which `bids_before` in orders, and `bids_at` what orders take
    at it, in units; what that brings is in USD.
    """

    steps: Steps
    bids: Steps
    curves: Steps
    books: Steps
    pools: PoolSums
    prices: Column
    before: Column
    before_usd: Column
    bids_before: Column
    bids_before_usd: Column
    bids_at: Column

    @classmethod
    def of(cls, steps: Steps) -> "Market":
        """The market that these steps make."""
        is_order, is_book = steps.is_order, steps.slope > 0
        steps = steps.where(np.lexsort((-steps.top_usd, is_book, ~is_order)))
        orders, curves = int(is_order.sum()), int((~is_book).sum())
        bids, pools, books = (
            steps.where(slice(*each)) for each in ((orders,), (orders, curves), (curves, None))
        )
        floor = pools.floor_usd()
        prices = np.unique(np.concatenate((steps.top_usd, floor, [0.0])))[::-1]
        sums, sums_usd = (np.append(0.0, np.cumsum(each)) for each in (bids.units, bids.units * bids.top_usd))
        above, with_equal = (np.searchsorted(-bids.top_usd, -prices, side=side) for side in ("left", "right"))
        of_pools = PoolSums.of(pools, floor, prices)
        taken, paid = of_pools.taken(prices)
        taken[0], paid[0] = 0, 0  # but for rounding
        of_books = books.taken_until(prices[:, np.newaxis])
        return cls(
            steps=steps,
            bids=bids,
            curves=steps.where(slice(orders, None)),
            books=books,
            pools=of_pools,
            prices=prices,
            before=sums[above] + taken + of_books.sum(axis=1),
            before_usd=sums_usd[above] + paid + books.worth_usd(of_books).sum(axis=1),
            bids_before=sums[above],
            bids_before_usd=sums_usd[above],
            bids_at=sums[with_equal] - sums[above],
        )

    @property
    def most_units(self) -> float:
        """All that the venues take, to the last bid."""
        return float(self.before[-1])

    @property
    def best_usd(self) -> float:
        """What the first unit brings; NaN without a venue."""
        return float(self.prices[0]) if self.prices.size > 1 else math.nan

    def sell(self, units: float) -> Sale:
        """Sell so many units, as many as are taken, at the best prices there are."""
        wanted = min(units, self.most_units)
        place = min(int(np.searchsorted(self.before + self.bids_at, wanted)), self.prices.size - 1)
        if place == 0 or wanted > self.before[place]:
            return self._sale(units, float(self.prices[place]), wanted)
        between = PriceStretch.of(self, place)
        price = between.price_where(lambda price: between.units_until(price) > wanted)
        return self._sale(units, price, wanted)

    def most_within(self, slippage_share: float, reference_usd: float) -> float:
        """The most units whose average price is at most this share below the reference."""
        least = (1 - slippage_share) * reference_usd
        if not self.best_usd >= least:
            return 0.0
        margin = self.before_usd - least * self.before
        falls_short = np.flatnonzero(margin + (self.prices - least) * self.bids_at < 0)
        if not falls_short.size:
            return self.most_units
        place = int(falls_short[0])
        if margin[place] >= 0:
            return float(self.before[place] + margin[place] / (least - self.prices[place]))
        between = PriceStretch.of(self, place)
        price = between.price_where(
            lambda price: between.usd_until(price) < least * between.units_until(price)
        )
        return between.units_until(price)

    def _sale(self, units: float, price_usd: float, sold: float) -> Sale:
        """With all above this price sold, and what is missing then at it."""
        bids = np.where(self.bids.top_usd > price_usd, self.bids.units, 0)
        curves = self.curves.taken_until(price_usd)
        missing = sold - bids.sum() - curves.sum()
        at_price = np.where(self.bids.top_usd == price_usd, self.bids.units, 0)
        if at_price.any():
            bids += missing * at_price / at_price.sum()
        elif (is_active := (self.curves.top_usd >= price_usd) & (curves < self.curves.units)).any():
            # The last digit of a price is many units of a large pool.
            widest = int(np.argmax(np.where(is_active, self.curves.width(), 0)))
            curves[widest] = max(curves[widest] + missing, 0)
        taken, steps = np.concatenate((bids, curves)), self.steps
        return Sale(steps, price_usd, taken, steps.worth_usd(taken), max(units - sold, 0.0))


@dataclass(frozen=True, slots=True)
class PriceStretch:
    """The market between two neighbouring prices, where no step begins or ends.

    What was sold above is in `units` and `usd`. Pools add up to one: Σ r·(√(top / p) − 1) units until p.
    `books` are top, slope and bend of each.
    """

    low_usd: float
    high_usd: float
    units: float
    usd: float
    roots: float
    reserves: float
    tops: float
    books: tuple[tuple[float, float, float], ...]

    @classmethod
    def of(cls, market: Market, place: int) -> "PriceStretch":
        """Between the price at this place and the next higher one."""
        pools, above = market.pools, place - 1
        books = market.books.where(market.books.top_usd >= market.prices[above])
        return cls(
            low_usd=float(market.prices[place]),
            high_usd=float(market.prices[above]),
            units=float(market.bids_before[place] + pools.units[above]),
            usd=float(market.bids_before_usd[place] + pools.usd[above]),
            roots=float(pools.roots[above]),
            reserves=float(pools.reserves[above]),
            tops=float(pools.tops[above]),
            books=tuple(zip(books.top_usd.tolist(), books.slope.tolist(), books.bend.tolist(), strict=True)),
        )

    def units_until(self, price_usd: float) -> float:
        """Sold until this price."""
        units = self.units
        if self.roots:
            units += self.roots / math.sqrt(price_usd) - self.reserves
        for top, slope, bend in self.books:
            units += ((top - price_usd) / slope) ** (1 / bend)
        return units

    def usd_until(self, price_usd: float) -> float:
        """What that brought."""
        usd = self.usd + self.tops - self.roots * math.sqrt(price_usd)
        for top, slope, bend in self.books:
            usd += ((top - price_usd) / slope) ** (1 / bend) * (top - (top - price_usd) / (1 + bend))
        return usd

    def price_where(self, is_beyond: Callable[[float], bool]) -> float:
        """The lowest price, to the last digit, that is not beyond what is looked for."""
        low, high = self.low_usd, self.high_usd
        while low < (middle := (low + high) / 2) < high:
            low, high = (middle, high) if is_beyond(middle) else (low, middle)
        return high


def _summed(values: npt.NDArray[np.float64], at: Column, prices: Column) -> npt.NDArray[np.float64]:
    """Each row's sum of what stands at each price or above it."""
    order = np.argsort(-at, kind="stable")
    sums = np.concatenate((np.zeros((len(values), 1)), np.cumsum(values[:, order], axis=1)), axis=1)
    return np.asarray(sums[:, np.searchsorted(-at[order], -prices, side="right")], dtype=np.float64)
