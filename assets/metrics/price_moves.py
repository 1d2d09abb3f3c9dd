"""Price moves: the days on which a price left the band of its own volatility, over a batch of ragged series.

Prices are in the units of today, so that a split is no move.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.bars import Bars
from assets.metrics.candles import LEAST_BARS
from assets.metrics.columns import Column, Mask

VOLATILITY_BARS: Final = 90
"""Standard deviation of so many daily returns before the day; of `LEAST_BARS` at least."""
DEVIATIONS: Final = 3.0
LEAST_MOVE_SHARE: Final = 0.05
"""A price that hardly moves leaves a narrow band by next to nothing (our judgement)."""
UNKNOWN_BAND_SHARE: Final = 0.25
"""Where too few days came before to tell a volatility (our judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMoves:
    """Bar by bar: `change_share` from the close before to the close (0.05 = 5 %), NaN of a first bar and
    after a gap; `volatility_share` of the days before, NaN where it is not known; and whether the day left
    its band."""

    change_share: Column
    volatility_share: Column
    is_beyond: Mask


def price_moves(bars: Bars) -> PriceMoves:
    """Of bars that have a close. A day is beyond the band where |ln(c / c₋₁)| > 3 σ and the price moved by
    5 %; σ is the sample standard deviation of ln(c / c₋₁) over the 90 bars before, without the day itself."""
    returns: Column = np.asarray(bars.close - bars.previous(bars.close), dtype=np.float64)
    earlier = pd.Series(returns).groupby(bars.owner).shift()
    rolling = earlier.groupby(bars.owner).rolling(VOLATILITY_BARS, min_periods=LEAST_BARS)
    volatility: Column = np.asarray(rolling.std() if returns.size else returns, dtype=np.float64)
    change = np.expm1(returns)
    is_known = ~np.isnan(volatility)
    leaves = np.abs(returns) > DEVIATIONS * np.where(is_known, volatility, np.nan)
    is_beyond = np.where(
        is_known, leaves & (np.abs(change) >= LEAST_MOVE_SHARE), np.abs(change) >= UNKNOWN_BAND_SHARE
    )
    return PriceMoves(change_share=change, volatility_share=volatility, is_beyond=is_beyond)
