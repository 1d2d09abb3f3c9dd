"""Unit drifts: a supply that grows or melts by the same part day by day, as that of a rebasing token.

A rebase pays every holder in new units, by the same part each time. Units that are sold, mined or set free
come by amounts. What grows by parts for months may be a reward that compounds instead: a history of supplies
can't say whether anybody was diluted, so that nobody knows.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

SPANS: Final = 8
LEAST_DAYS: Final = 120
"""A history is cut into so many spans of equal length; a shorter one says too little."""
LEAST_GROWTH: Final = 0.30
"""Of logarithms in a year: what stakes pay where it is no rebase is less (our judgement)."""
SAME_WITHIN: Final = 1.2
"""The fastest span against the slowest. What comes by amounts and grows as much slows down by more."""
SETTLED_DAYS: Final = 14
"""What was counted in the last days of a drift is of today's unit but for little."""


def drifts(days: Sequence[float], supply: Sequence[float]) -> bool:
    """Whether this supply, from old to new, changes by the same part all the time."""
    if len(days) < 2 * SPANS or days[-1] - days[0] < LEAST_DAYS:
        return False
    day, units = np.asarray(days, float), np.log(supply)
    near = max(2.0, 1.01 * float(np.diff(day).max()))  # the median of a few days is no single day's slip
    marks = np.linspace(day[0], day[-1], SPANS + 1)
    grown = np.diff([np.median(units[np.abs(day - mark) <= near]) for mark in marks])
    size, years = np.abs(grown), (day[-1] - day[0]) / 365
    is_one_way = bool((grown > 0).all() or (grown < 0).all())
    return is_one_way and bool(size.sum() >= LEAST_GROWTH * years and size.max() <= SAME_WITHIN * size.min())
