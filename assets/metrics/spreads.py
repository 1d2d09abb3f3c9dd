"""Bid-ask spread and illiquidity from daily bars, where no order book is known: a batch of ragged series.

Spreads are effective bid-ask spreads as a share of the price (0.01 = 1 %); NaN for an asset without
enough bars and where the estimate is negative or no number. Both take sound bars.
"""

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column, Mask, ratio

PER_MILLION = 1e6
EDGE_NOISE = 0.16
SAME_PRICE = 1e-9
"""Logarithms of one price before and after a change of units differ by rounding."""


def edge(bars: Bars) -> Column:
    """EDGE: from all four prices, the combination of moment conditions with the least variance.

    Of neighbouring bars, with m = (h + l)/2 and r₁ … r₅ = m − o, o − m₋₁, m − c₋₁, c₋₁ − m₋₁, o − c₋₁:
    S² is the mean of E[x₁] and E[x₂], each weighted by the other's variance, where
    x₁ = −4/p_o·d₁r₂ − 4/p_c·d₃r₄ and x₂ = −4/p_o·d₁r₅ − 4/p_c·d₅r₄; d is r less its mean on days with a
    trade, p_o and p_c say how often open and close are not at the day's high and low.
    Source: Ardia, Guidotti, Kroencke (2024), Efficient Estimation of Bid-Ask Spreads from Open, High,
    Low, and Close Prices, Journal of Financial Economics 161, doi.org/10.1016/j.jfineco.2024.103916.
    """
    middle = (bars.high + bars.low) / 2
    earlier = np.array([bars.previous(each) for each in (bars.high, bars.low, bars.close, middle)])
    follows = ~np.isnan(earlier[0])
    days, m = bars.where(follows), middle[follows]
    h1, l1, c1, m1 = earlier[:, follows]
    o, h, low = days.open, days.high, days.low

    moved = (_apart(h, low) | _apart(low, c1)).astype(np.float64)
    often = days.mean(moved)
    open_off = days.mean(moved * _apart(o, h)) + days.mean(moved * _apart(o, low))
    close_off = days.mean(moved * _apart(c1, h1)) + days.mean(moved * _apart(c1, l1))
    is_enough = (days.total(moved) >= 2) & (open_off > 0) & (close_off > 0)

    def centred(r: Column) -> Column:
        centre: Column = ratio(days.mean(r), often)[days.owner] * moved
        return np.asarray(r - centre, dtype=np.float64)

    by_open = (-4 / np.where(is_enough, open_off, np.nan))[days.owner] * centred(m - o)
    by_close = (-4 / np.where(is_enough, close_off, np.nan))[days.owner] * (c1 - m1)
    x1 = by_open * (o - m1) + by_close * centred(m - c1)
    x2 = by_open * (o - c1) + by_close * centred(o - c1)
    return _root(_weighted(days, x1, x2))


def edge_noise(volatility_daily_share: Column) -> Column:
    """The spread that EDGE finds in one of twenty series of 60 bars where there is none, as a share.

    Grows with the daily volatility alone: 0.145 to 0.16 of it in simulated trading (2 to 10 % a day, 390
    trades a day, 300 series each), and 0.19 of it with 21 bars.
    """
    return EDGE_NOISE * volatility_daily_share


def _weighted(days: Bars, x1: Column, x2: Column) -> Column:
    """E[x₁] and E[x₂], each weighted by the variance of the other; alike where there is none."""
    e1, e2 = days.mean(x1), days.mean(x2)
    v1, v2 = days.mean(x1**2) - e1**2, days.mean(x2**2) - e2**2
    varies = v1 + v2 > 0
    return np.where(varies, (v2 * e1 + v1 * e2) / np.where(varies, v1 + v2, 1), (e1 + e2) / 2)


def amihud(bars: Bars) -> Column:
    """Illiquidity: mean (|r| / volume in USD) × 10⁶, in returns per million USD traded.

    r is a day's simple return from close to close; days without volume say nothing.
    Source: Amihud (2002), Illiquidity and Stock Returns, Journal of Financial Markets 5;
    legalclarity.org/amihud-illiquidity-formula-calculation-and-interpretation.
    """
    moved = np.abs(np.expm1(bars.close - bars.previous(bars.close)))
    was_traded = ~np.isnan(moved) & (bars.volume_usd > 0)
    days = bars.where(was_traded)
    return PER_MILLION * days.mean(moved[was_traded] / days.volume_usd)


def _apart(price: Column, other: Column) -> Mask:
    return np.asarray(np.abs(price - other) > SAME_PRICE, dtype=np.bool_)


def _root(squared: Column) -> Column:
    return np.sqrt(np.where(squared >= 0, squared, np.nan))
