"""Bins of the histograms: fixed for each column, so that they stay where they are when assets move.

A value's bar is worked out once, when its asset is loaded; to draw a histogram is then only to count.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.screens.columns import ScreenColumn

BARS: Final = 24
UNKNOWN: Final = BARS
"""The bar of what is not known."""
CODES: Final = BARS + 1

Numbers = npt.NDArray[np.float64]
Bins = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scale:
    """From the lower edge of the first bar to the upper one of the last; beyond, the outer bars hold it."""

    low: float
    high: float
    is_log: bool

    @property
    def edges(self) -> tuple[float, ...]:
        """`BARS + 1` limits, ascending."""
        if self.is_log:
            return tuple(np.geomspace(self.low, self.high, BARS + 1).tolist())
        return tuple(np.linspace(self.low, self.high, BARS + 1).tolist())

    def bins(self, values: Numbers) -> Bins:
        """The bar of each value; what is not known has the one after the last."""
        with np.errstate(divide="ignore", invalid="ignore"):
            places = np.log(values) - np.log(self.low) if self.is_log else values - self.low
        width = np.log(self.high / self.low) if self.is_log else self.high - self.low
        known = values == values
        # The logarithm of less than nothing is not known; the value is, and lies below the first bar.
        within = np.clip(np.where(places == places, places, 0.0), 0.0, width)
        bars = np.minimum(np.floor(within * (BARS / width)), BARS - 1)
        return np.where(known, bars, UNKNOWN).astype(np.uint8)


BY_UNIT: Final = {
    "usd": Scale(1e3, 1e11, is_log=True),
    "count": Scale(1, 1e8, is_log=True),
    "days": Scale(0.01, 1e4, is_log=True),
    "score": Scale(0, 100, is_log=False),
    "share": Scale(0, 1, is_log=False),
    "change": Scale(-0.6, 0.6, is_log=False),
    "months": Scale(0, 48, is_log=False),
}

BY_KEY: Final = {
    "price": Scale(1e-8, 1e4, is_log=True),
    "spread": Scale(1e-4, 1, is_log=True),
    "round_trip": Scale(1e-3, 1, is_log=True),
    "fdv": Scale(1e3, 1e12, is_log=True),
}


def scale_of(column: ScreenColumn) -> Scale:
    return BY_KEY.get(column.key) or BY_UNIT[column.unit]
