"""Sale curve of a venue: how many units it takes until the price that the seller gets has fallen to p.

A curve is a row of steps. A step pays `top_usd` for its first unit, net of fee and transfer tax, and takes
`units` at most. Its u-th unit brings

    top / (1 + u / reserve)² − slope · u^bend

which is a pool of x·y = k or a range of one (slope 0), an order (slope 0 and an endless reserve), or a book
of which only its depth (bend 1) or its volume (bend ½) is known (an endless reserve).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column, Mask, Places
from assets.metrics.concentrated import Ranges
from assets.metrics.exits import ASSUMED_DAILY_VOLATILITY
from assets.metrics.walking import DEPTH_MOVE_SHARE

ENDLESS: Final = np.inf


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of the curves of one asset's venues; `venue` says whose each one is, in `joined` ones."""

    venue: Places
    top_usd: Column
    units: Column
    reserve: Column
    slope: Column
    bend: Column

    @classmethod
    def of(
        cls,
        top_usd: npt.ArrayLike,
        units: npt.ArrayLike,
        *,
        reserve: npt.ArrayLike = ENDLESS,
        slope: float = 0.0,
        bend: float = 1.0,
    ) -> "Steps":
        """Of one venue; steps that take or pay nothing are left out."""
        top, most = (np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (top_usd, units))
        wide = np.broadcast_to(np.asarray(reserve, dtype=np.float64), top.shape)
        kept = (top > 0) & (most > 0) & (wide > 0)
        count = int(kept.sum())
        numbers = (np.full(count, each, dtype=np.float64) for each in (slope, bend))
        return cls(np.zeros(count, dtype=np.intp), top[kept], most[kept], wide[kept], *numbers)

    @classmethod
    def joined(cls, parts: Sequence["Steps"]) -> "Steps":
        """The steps of several venues, each a part."""
        sizes = np.array([part.top_usd.size for part in parts], dtype=np.intp)
        venue = np.repeat(np.arange(sizes.size), sizes)
        parts = [*parts, cls.none()]
        numbers = (np.concatenate([getattr(part, name) for part in parts]) for name in NUMBERS)
        return cls(venue, *numbers)

    @classmethod
    def none(cls) -> "Steps":
        """Of a venue that takes nothing."""
        return cls.of([], [])

    def where(self, mask: Mask | Places | slice) -> "Steps":
        return Steps(self.venue[mask], *(getattr(self, name)[mask] for name in NUMBERS))

    @property
    def is_order(self) -> Mask:
        """Which pay one price for all that they take."""
        is_order: Mask = np.isinf(self.reserve) & (self.slope == 0)
        return is_order

    def price_after(self, units: Column) -> Column:
        """What the next unit brings when so many are sold in each step."""
        with np.errstate(invalid="ignore"):
            bent = np.where(self.slope > 0, self.slope * units**self.bend, 0)
        return np.maximum(self.top_usd / (1 + units / self.reserve) ** 2 - bent, 0)

    def width(self) -> Column:
        """How many units move the price: of a pool its reserve, of a book what it takes in all."""
        return np.where(np.isinf(self.reserve), np.where(self.slope > 0, self.units, 0), self.reserve)

    def floor_usd(self) -> Column:
        """What the last unit brings that each step takes."""
        with np.errstate(invalid="ignore"):
            floor = np.where(self.is_order, self.top_usd, self.price_after(self.units))
        return np.where(np.isinf(self.units) & ~self.is_order, 0, floor)

    def taken_until(self, price_usd: Column | float) -> Column:
        """Units sold in each step until its price is this one; of an order all, once it is above."""
        above = np.maximum(self.top_usd - price_usd, 0)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            taken = np.asarray(self.reserve * (np.sqrt(1 + above / price_usd) - 1), dtype=np.float64)
        is_order, is_book = self.is_order, self.slope > 0
        if is_order.any():
            taken[..., is_order] = np.where(above[..., is_order] > 0, np.inf, 0)
        if is_book.any():
            taken[..., is_book] = (above[..., is_book] / self.slope[is_book]) ** (1 / self.bend[is_book])
        return np.minimum(taken, self.units)

    def worth_usd(self, units: Column) -> Column:
        """What the first so many units of each step bring."""
        with np.errstate(divide="ignore", over="ignore"):
            worth = np.asarray(self.top_usd / (1 / units + 1 / self.reserve), dtype=np.float64)
        if (is_book := self.slope > 0).any():
            sold, slope, bend = units[..., is_book], self.slope[is_book], self.bend[is_book]
            worth[..., is_book] -= slope * sold ** (1 + bend) / (1 + bend)
        return worth

    def fallen(self, move_share: float, below_usd: Column) -> "Steps":
        """What is left after the price has fallen by this share, to `below_usd` by step.

        Bids above it are gone and pools have paid for the way down; nobody has put in new ones. A book of
        which only figures are known is quoted about the new price.
        """
        left, top = 1 - move_share, np.minimum(self.top_usd, below_usd)
        is_book, is_pool = self.slope > 0, np.isfinite(self.reserve)
        units = np.where(is_pool, self.units - self.taken_until(below_usd), self.units)
        units = np.where(is_book, self.units / left, units)
        with np.errstate(invalid="ignore"):
            reserve = np.where(is_pool, self.reserve * np.sqrt(self.top_usd / top), self.reserve)
        kept = np.where(self.is_order, self.top_usd <= below_usd, units > 0)
        top = np.where(is_book, self.top_usd * left, top)
        slope = self.slope * left ** (1 + self.bend)
        return Steps(self.venue, top, units, reserve, slope, self.bend).where(kept)


NUMBERS: Final = tuple(each.name for each in fields(Steps) if each.name != "venue")


def orders(price_usd: Column, quantity: Column, *, keep_share: float) -> Steps:
    """The bids of an order book; `keep_share` is what a taker's fee leaves."""
    return Steps.of(price_usd * keep_share, quantity)


def constant_product(
    price_usd: float, quote_usd: float, *, keep_share: float, drawable_usd: float = ENDLESS
) -> Steps:
    """A pool of x·y = k, or a launchpad's curve, of which no more than `drawable_usd` comes out.

    `quote_usd` is the y of the formula; `keep_share` what fee and transfer tax leave of what goes in.
    """
    top, reserve = price_usd * keep_share, quote_usd / price_usd / keep_share
    most = reserve * drawable_usd / (quote_usd - drawable_usd) if drawable_usd < quote_usd else ENDLESS
    return Steps.of(top, most, reserve=reserve)


def until_move(steps: Steps, move_share: float = DEPTH_MOVE_SHARE) -> Steps:
    """What the steps take before each one's price has fallen by this share."""
    taken = steps.taken_until(steps.top_usd * (1 - move_share))
    return Steps(steps.venue, steps.top_usd, taken, steps.reserve, steps.slope, steps.bend)


def concentrated(ranges: Ranges, sqrt_price: float, *, keep_share: float, unit: float = 1.0) -> Steps:
    """Token0 into the ranges of one pool from √P downwards; `unit` is what one token1 is worth.

    In a range of liquidity L that begins at √P the formula is that of x·y = L² with x = L/√P.
    """
    upper = np.minimum(ranges.upper, sqrt_price)
    lower, liquidity = np.minimum(ranges.lower, upper), ranges.liquidity
    return Steps.of(
        upper**2 * keep_share * unit,
        liquidity * (upper - lower) / (upper * lower) / keep_share,
        reserve=liquidity / upper / keep_share,
    )


def even_depth(mid_usd: float, spread_share: float, depth_down_usd: float, *, keep_share: float) -> Steps:
    """A book that tells only its depth: orders as dense as that from the best bid down.

    The same book as `exits.book_round_trip_share` sells into.
    """
    top, gross = mid_usd * (1 - spread_share / 2), mid_usd * keep_share
    slope = gross * DEPTH_MOVE_SHARE * mid_usd / depth_down_usd
    return Steps.of(top * keep_share, top * keep_share / slope, slope=slope)


def by_volume(mid_usd: float, spread_share: float, volume_24h_usd: float, *, keep_share: float) -> Steps:
    """A book of which only the volume is known: the square-root law of `exits.sqrt_impact_share`."""
    top, gross, bend = mid_usd * (1 - spread_share / 2), mid_usd * keep_share, 0.5
    slope = (1 + bend) * gross * ASSUMED_DAILY_VOLATILITY * (mid_usd / volume_24h_usd) ** bend
    return Steps.of(top * keep_share, (top * keep_share / slope) ** 2, slope=slope, bend=bend)
