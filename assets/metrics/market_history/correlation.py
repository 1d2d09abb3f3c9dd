"""Rolling correlation: Pearson's r of two series of daily returns, with its interval by Fisher's z.

Interval: tanh(atanh(r) ± 1.96 / √(n − 3)) for 95 % (Fisher 1921;
en.wikipedia.org/wiki/Fisher_transformation). It takes the days as independent draws of one distribution that
has not changed within the window. Returns cluster, so that the true interval is rather wider.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.market_history.group_returns import Counts

WINDOWS_DAYS: Final = (30, 90)
"""Sessions that both markets share."""
LEAST_KNOWN_SHARE: Final = 2 / 3
"""Of a window so many of its days must be known on both sides (our judgement)."""
Z_OF_95_PERCENT: Final = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """By day r of the window that ends there, its interval, and of how many common days; NaN: not known."""

    r: Column
    low: Column
    high: Column
    days: Counts


def rolling_correlation(one: Column, other: Column, *, window: int) -> Correlation:
    """Of two returns by day, NaN where one is not known; a window of equal returns has no correlation."""
    is_common = ~(np.isnan(one) | np.isnan(other))
    days = np.array(
        [np.count_nonzero(is_common[max(0, end - window) : end]) for end in range(1, one.size + 1)],
        dtype=np.int64,
    )
    r = np.full(one.size, np.nan)
    for end in np.flatnonzero(days >= least_days(window)) + 1:
        if end >= window:
            within = slice(end - window, end)
            r[end - 1] = _pearson(one[within][is_common[within]], other[within][is_common[within]])
    low, high = fisher_interval(r, days)
    return Correlation(r=r, low=low, high=high, days=days)


def least_days(window: int) -> int:
    return int(np.ceil(window * LEAST_KNOWN_SHARE))


def fisher_interval(r: Column, days: Counts) -> tuple[Column, Column]:
    """The 95 % interval of r over so many days; NaN for three days and fewer."""
    spread = Z_OF_95_PERCENT / np.sqrt(np.where(days > 3, days - 3, np.nan))
    with np.errstate(divide="ignore"):
        z = np.arctanh(np.clip(r, -1, 1))
    return np.tanh(z - spread), np.tanh(z + spread)


def _pearson(one: Column, other: Column) -> float:
    """Scaled to 1 before it is squared: returns of 1e-200 have a correlation too."""
    off = [_scaled(each - each.mean()) for each in (one, other)]
    sizes = [np.sqrt(each @ each) for each in off]
    if not all(sizes):
        return float("nan")
    return float(np.clip((off[0] @ off[1]) / (sizes[0] * sizes[1]), -1, 1))


def _scaled(values: Column) -> Column:
    """By the largest; all 0 where nothing but rounding is left of what was equal."""
    largest = np.abs(values).max()
    return values / largest if largest > 1e-14 else np.zeros_like(values)
