"""Market breadth: the share of a group's members that close above their own 50-day mean.

The 50-day simple moving average is the usual one of breadth indicators
(chartschool.stockcharts.com, "Percent Above Moving Average").
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column
from assets.metrics.market_history.group_returns import LEAST_MEMBERS, Counts
from assets.metrics.market_history.size_groups import Matrix

MEAN_DAYS: Final = 50
"""Days on which the market is open, the day itself among them."""
LEAST_CLOSES: Final = 40
"""Of the fifty so many must be known for a mean (our judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """By day of how many members it is known, and the share above; NaN where they are too few."""

    members: Counts
    above_share: Column


def above_own_mean(log_closes: Matrix, *, since: int = 0) -> Matrix:
    """By asset and day 1 where it closed above its mean, 0 where not; NaN where not known, or before `since`.

    Closes are held against the asset's own one of that day, so that no magnitude is out of a float's range.
    """
    assets, days = log_closes.shape
    before = np.full((assets, MEAN_DAYS - 1), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(np.hstack([before, log_closes]), MEAN_DAYS, axis=1)
    above = np.full((assets, days), np.nan)
    for day in range(since, days):
        with np.errstate(over="ignore", invalid="ignore"):
            relative = np.exp(windows[:, day] - log_closes[:, day, np.newaxis])
        count = np.count_nonzero(~np.isnan(relative), axis=1)
        mean = np.nansum(relative, axis=1) / np.maximum(count, 1)
        above[:, day] = np.where(count >= LEAST_CLOSES, mean < 1, np.nan)
    return above


def breadth(above: Matrix, is_member: npt.NDArray[np.bool_]) -> Breadth:
    """The group's breadth of each day; `is_member` is by asset and day."""
    counted = is_member & ~np.isnan(above)
    members = counted.sum(axis=0)
    rising = np.where(counted, above, 0.0).sum(axis=0)
    share = rising / np.maximum(members, 1)
    return Breadth(members=members, above_share=np.where(members >= LEAST_MEMBERS, share, np.nan))
