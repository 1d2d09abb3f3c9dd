"""Progress of a plan: which of its orders later prices reached, whether its stop was, and what that is worth.

Daily bars do not say what came first within a day. Orders count as filled before the stop, at their limit,
and the stop as sold at itself or at the day's open, whichever is lower: the worse of what may have been.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column, Mask

TIE: Final = 1e-9
"""Bars are kept as logarithms: a price that is just reached comes back with other last digits."""
EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOrders:
    """Limit orders, the highest first, and the stop (0: none), in US dollars a unit of today."""

    price_usd: Column
    units: Column
    stop_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """`filled_on` has a day for each order, None for one that no price has reached.

    `value_usd` is what the filled orders are worth at `last_usd`, the newest close, or what the stop brought
    on `stopped_on`. Where no bar is later than the plan, `last_on` is None, and both are NaN.
    """

    filled_on: tuple[date | None, ...]
    stopped_on: date | None
    units: float
    spent_usd: float
    value_usd: float
    last_usd: float
    last_on: date | None

    @property
    def gain_usd(self) -> float:
        """Before fees and slippage."""
        return self.value_usd - self.spent_usd

    @property
    def filled_count(self) -> int:
        return sum(each is not None for each in self.filled_on)


def progress(orders: PlannedOrders, bars: Bars, *, planned_on: int) -> PlanProgress:
    """By the bars of one asset that are later than the day of the plan, whose own prices came before it."""
    later = bars.where((bars.day > planned_on) & ~np.isnan(bars.close))
    if not later.day.size:
        return PlanProgress(
            filled_on=(None,) * orders.price_usd.size,
            stopped_on=None,
            units=0.0,
            spent_usd=0.0,
            value_usd=math.nan,
            last_usd=math.nan,
            last_on=None,
        )
    close, opened = np.exp(later.close), np.exp(np.where(np.isnan(later.open), later.close, later.open))
    low = (1 - TIE) * np.exp(np.where(np.isnan(later.low), np.fmin(later.close, later.open), later.low))
    stopped_at = _first(low <= orders.stop_usd)
    # What is below the stop is no longer wanted once that is reached.
    alive = low if stopped_at is None else low[: stopped_at + 1]
    reached = alive <= orders.price_usd[:, None]
    is_filled: Mask = np.any(reached, axis=1)
    if stopped_at is not None:
        is_filled &= orders.price_usd > orders.stop_usd
    units, last_usd = float(orders.units[is_filled].sum()), float(close[-1])
    price = last_usd if stopped_at is None else min(orders.stop_usd, float(opened[stopped_at]))
    filled_on = zip(is_filled.tolist(), later.day[reached.argmax(axis=1)].tolist(), strict=True)
    return PlanProgress(
        filled_on=tuple(_date(day) if is_so else None for is_so, day in filled_on),
        stopped_on=None if stopped_at is None else _date(int(later.day[stopped_at])),
        units=units,
        spent_usd=float((orders.units * orders.price_usd)[is_filled].sum()),
        value_usd=units * price,
        last_usd=last_usd,
        last_on=_date(int(later.day[-1])),
    )


def _first(is_so: Mask) -> int | None:
    return int(is_so.argmax()) if is_so.any() else None


def _date(day: int) -> date:
    return EPOCH + timedelta(days=day)
