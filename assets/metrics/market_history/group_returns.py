"""Group returns: the equal-weighted daily log return of assets, trimmed so that no broken price moves it.

Micro-cap data hold prices a thousand times too high or too low, each of which is two returns of ±7. A tenth
of the members at either end is left out of each day's mean (a trimmed mean, Tukey 1962; as
`scipy.stats.trim_mean`, but at least one at each end). Logarithms, because means of simple returns of thinly
traded assets rise from the bounce between bid and ask alone (Blume & Stambaugh 1983,
doi.org/10.1016/0304-405X(83)90056-9).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column
from assets.metrics.market_history.size_groups import Matrix

TRIMMED_SHARE: Final = 0.1
LEAST_MEMBERS: Final = 5
"""Of fewer there is no return of a group: a day with four members is not known (our judgement)."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReturns:
    """By day how many members have a return, and the mean; NaN where they are too few."""

    members: Counts
    log_return: Column


def daily_returns(log_closes: Matrix) -> Matrix:
    """Of each asset and day the log return since the day before it; columns are its market's open days.

    Both closes must be known: a return over a gap belongs to no single day.
    """
    returns = np.full_like(log_closes, np.nan)
    returns[:, 1:] = log_closes[:, 1:] - log_closes[:, :-1]
    return returns


def group_returns(returns: Matrix, is_member: npt.NDArray[np.bool_]) -> GroupReturns:
    """The group's return of each day; `is_member` is by asset and day."""
    counted = is_member & ~np.isnan(returns)
    means = [trimmed_mean(returns[counted[:, day], day]) for day in range(returns.shape[1])]
    return GroupReturns(members=counted.sum(axis=0), log_return=np.array(means, dtype=np.float64))


def trimmed_mean(values: Column, *, least: int = LEAST_MEMBERS) -> float:
    """The mean without a tenth at each end, rounded up; NaN of fewer than `least` values.

    Of fewer than five, which only a caller's `least` admits, none is left out.
    """
    if values.size < max(least, 1):
        return float("nan")
    out = int(np.ceil(TRIMMED_SHARE * values.size)) if values.size >= LEAST_MEMBERS else 0
    return float(np.sort(values)[out : values.size - out].mean())


def cumulated(log_returns: Column, *, start: float = 100.0) -> Column:
    """What `start` becomes along these returns; NaN on days that are not known, whose return is left out."""
    path = start * np.exp(np.cumsum(np.nan_to_num(log_returns)))
    return np.where(np.isnan(log_returns), np.nan, path)


def total_return(log_returns: Column, *, least: int) -> float:
    """The sum of what is known, as a share; NaN with fewer than `least` known days."""
    is_known = ~np.isnan(log_returns)
    if np.count_nonzero(is_known) < max(least, 1):
        return float("nan")
    return float(np.expm1(log_returns[is_known].sum()))
