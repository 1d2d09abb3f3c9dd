"""Daily OHLCV bars of a batch of assets, ragged: each asset has as many as are known of it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import ABSURD_USD, Column, Groups, Mask, Places, positive, usd

Days = npt.NDArray[np.int64]
"""Whole days since 1970-01-01, UTC."""

NEIGHBOUR_DAYS: Final = 4
"""Bars further apart are not neighbours: Friday and the Tuesday after a long weekend still are."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one after the other, each asset's together and from old to new, no day twice.

    `owner` is the asset's place in the batch of `size` assets. Open, high, low and close are natural
    logarithms of prices in USD; NaN where one is not known.
    """

    owner: Places
    size: int
    day: Days
    open: Column
    high: Column
    low: Column
    close: Column
    volume_usd: Column

    @classmethod
    def of(cls, candles: Groups) -> "Bars":
        """Bars of these candles; of a day that occurs twice the last one."""
        opened = candles.rows["opened_at"].to_numpy(dtype="datetime64[D]")
        bars = cls(
            candles.owner,
            candles.size,
            opened.astype(np.int64),
            _logarithm(candles["open_usd"]),
            _logarithm(candles["high_usd"]),
            _logarithm(candles["low_usd"]),
            _logarithm(candles["close_usd"]),
            usd(candles["volume_usd"]),
        )
        is_last = (bars.owner[1:] != bars.owner[:-1]) | (bars.day[1:] != bars.day[:-1])
        return bars.where(np.append(is_last, True)[: bars.day.size])

    def where(self, mask: Mask) -> "Bars":
        if mask.all():
            return self
        return Bars(
            self.owner[mask],
            self.size,
            self.day[mask],
            self.open[mask],
            self.high[mask],
            self.low[mask],
            self.close[mask],
            self.volume_usd[mask],
        )

    def traded(self) -> Column:
        """1 for a bar with a trade, 0 without, NaN where neither volume nor a range of prices tells."""
        by_volume = np.where(np.isnan(self.volume_usd), np.nan, self.volume_usd > 0)
        return np.where(self.high > self.low, 1.0, by_volume)

    def sound(self) -> "Bars":
        """The bars that tell prices: four that agree with each other, on a day with a trade.

        Some providers repeat the last price on days without a trade, others leave these out:
        without them both tell the same.
        """
        reaches = self.high >= np.fmax(self.open, self.close)
        descends = self.low <= np.fmin(self.open, self.close)
        complete = ~np.isnan(self.open + self.close)
        return self.where(reaches & descends & complete & (self.traded() != 0))

    def previous(self, values: Column) -> Column:
        """Each bar's value of the bar before; NaN for an asset's first one and after a gap."""
        result = np.full(values.size, np.nan)
        near = (self.owner[1:] == self.owner[:-1]) & (self.day[1:] - self.day[:-1] <= NEIGHBOUR_DAYS)
        result[1:][near] = values[:-1][near]
        return result

    def count(self) -> Column:
        return np.bincount(self.owner, minlength=self.size).astype(np.float64)

    def total(self, values: Column) -> Column:
        """Per asset the sum of its bars; 0 without bars, NaN where a value is not known."""
        return np.bincount(self.owner, weights=values, minlength=self.size).astype(np.float64)

    def mean(self, values: Column) -> Column:
        """Per asset the mean of its bars; NaN without bars, or where a value is not known."""
        with np.errstate(invalid="ignore"):
            return self.total(values) / self.count()

    def variance(self, values: Column) -> Column:
        """Per asset the sample variance, with n − 1; NaN with fewer than two bars."""
        deviation = values - self.mean(values)[self.owner]
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.total(deviation**2) / np.where(self.count() > 1, self.count() - 1, np.nan)

    def last(self, values: Column) -> Column:
        """Per asset the value of its newest bar; NaN without bars."""
        result = np.full(self.size, np.nan)
        result[self.owner] = values  # where an asset repeats, its newest bar stays
        return result


def _logarithm(price_usd: Column) -> Column:
    return np.asarray(np.log(positive(price_usd, high=ABSURD_USD)), dtype=np.float64)
