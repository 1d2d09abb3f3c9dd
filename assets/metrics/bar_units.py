"""Bars in one unit: prices of before a change of units, in those of today or in those they were traded in.

Some vendors adjust their history for splits, others do not, or not yet: the bars themselves say which. A
history that was not adjusted falls to a tenth on the day on which ten shares become of one.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column, Mask
from assets.metrics.unit_changes import UnitChanges

DATED_WITHIN_DAYS: Final = 21
"""Reports date a split by its approval as often as by its effect."""
A_JUMP: Final = np.log(1.5)
"""Of a change of unknown ratio: prices that move by less show none."""
LARGE: Final = np.log(3)
"""A day's trading moves a price by half of a small ratio, never of a large one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBars:
    """The same bars twice. Bars of before a change of unknown ratio are left out where prices show it."""

    today: Bars
    traded: Bars

    @classmethod
    def of(cls, bars: Bars, changes: UnitChanges) -> "UnitBars":
        factor, traded, keep = np.ones(bars.day.size), np.ones(bars.day.size), np.ones(bars.day.size, bool)
        first = np.searchsorted(bars.owner, np.arange(changes.size + 1))
        has_bars = (first[1:] > first[:-1])[:, np.newaxis]
        for owner, place in zip(*np.nonzero(has_bars & (changes.old_until < changes.today)), strict=True):
            own = slice(first[owner], first[owner + 1])
            _apply(bars, changes, owner, place, own, (factor, traded, keep))
        return cls(
            today=_scaled(bars, -np.log(factor)).where(keep), traded=_scaled(bars, np.log(traded)).where(keep)
        )


def _apply(
    bars: Bars, changes: UnitChanges, owner: int, place: int, own: slice, of_bars: tuple[Column, Column, Mask]
) -> None:
    """Put one change into the factor that the bars before it lack: to the units of today, or to the old."""
    factor, traded, keep = (each[own] for each in of_bars)
    ratio = changes.ratio[owner, place]
    span = changes.old_until[owner, place], changes.new_from[owner, place]
    jump = _jump(bars, own, span, ratio)
    if jump is not None:
        before = np.arange(factor.size) < jump
        if np.isnan(ratio):
            keep[before] = False
        else:
            factor[before] *= ratio
    elif not np.isnan(ratio):
        traded[bars.day[own] <= span[0]] *= ratio


def _jump(bars: Bars, own: slice, span: tuple[float, float], ratio: float) -> int | None:
    """Which of these bars is the first in new units, None where their prices show no such change.

    Of a known ratio prices show it that move by nearly as much (as logarithms) in its direction.
    """
    day, opened, closed = bars.day[own], bars.open[own], bars.close[own]
    opened = np.where(np.isnan(opened), closed, opened)
    move = np.append(np.nan, opened[1:] - closed[:-1])
    near = (day > span[0] - DATED_WITHIN_DAYS) & (day <= span[1] + DATED_WITHIN_DAYS) & ~np.isnan(move)
    if not near.any():
        return None
    if np.isnan(ratio):
        size = np.where(near, np.abs(move), -np.inf)
        return int(size.argmax()) if size.max() > A_JUMP else None
    size = abs(np.log(ratio))
    off = np.where(near, np.abs(move + np.log(ratio)), np.inf)
    return int(off.argmin()) if off.min() < (size / 2 if size > LARGE else size / 4) else None


def _scaled(bars: Bars, by: Column) -> Bars:
    """`by` is added to the logarithm of every price."""
    return replace(bars, open=bars.open + by, high=bars.high + by, low=bars.low + by, close=bars.close + by)
