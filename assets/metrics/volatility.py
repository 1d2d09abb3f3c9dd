"""Daily volatility from open, high, low and close, over a batch of ragged series.

Of sound bars with natural logarithms o, h, l, c of their prices comes σ per asset: the standard
deviation of a day's logarithmic return as a share (0.05 = 5 %), not annualised; NaN for an asset
without enough bars.
"""

from typing import Final

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column

ALPHA: Final = 0.34
"""Weights Yang-Zhang's open-to-close part so that its variance is least; their recommended value."""


def yang_zhang(bars: Bars) -> Column:
    """σ² = σ²_on + k·σ²_oc + (1 − k)·σ²_RS: jumps overnight as well, whatever the drift.

    σ²_on and σ²_oc are the sample variances of o − c₋₁ and c − o, σ²_RS is Rogers-Satchell's, all over
    the n bars that have a neighbour before them; k = 0.34 / (1.34 + (n + 1)/(n − 1)).
    Source: Yang, Zhang (2000), Drift-Independent Volatility Estimation Based on High, Low, Open and
    Close Prices, Journal of Business 73; rdrr.io/cran/TTR/man/volatility.html.
    """
    before = bars.previous(bars.close)
    follows = ~np.isnan(before)
    days, overnight = bars.where(follows), (bars.open - before)[follows]
    n = np.where(days.count() > 1, days.count(), np.nan)
    k = ALPHA / (1 + ALPHA + (n + 1) / (n - 1))
    within = k * days.variance(days.close - days.open) + (1 - k) * _rogers_satchell_variance(days)
    return _root(days.variance(overnight) + within)


def _rogers_satchell_variance(bars: Bars) -> Column:
    """Mean of (h − c)(h − o) + (l − c)(l − o): within the day, whatever the drift.

    Source: Rogers, Satchell (1991), Estimating Variance from High, Low and Closing Prices, Annals
    of Applied Probability 1; rdrr.io/cran/TTR/man/volatility.html.
    """
    up = (bars.high - bars.close) * (bars.high - bars.open)
    down = (bars.low - bars.close) * (bars.low - bars.open)
    return bars.mean(up + down)


def _root(variance: Column) -> Column:
    return np.asarray(np.sqrt(variance), dtype=np.float64)
