"""What a trade costs, read from daily bars where no order book is told, over a batch of ragged series.

Spreads are effective bid-ask spreads as a share of the price (0.01 = 1 %); NaN for an asset without
enough bars and where an estimator gives a negative or no number. All take sound bars.
"""

import math

import numpy as np

from assets.metrics.bars import Bars
from assets.metrics.columns import Column, ratio

PER_MILLION = 1e6


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

    moved = ((h != low) | (low != c1)).astype(np.float64)
    often = days.mean(moved)
    open_off = days.mean(moved * (o != h)) + days.mean(moved * (o != low))
    close_off = days.mean(moved * (c1 != h1)) + days.mean(moved * (c1 != l1))
    told = (days.total(moved) >= 2) & (open_off > 0) & (close_off > 0)

    def centred(r: Column) -> Column:
        centre: Column = ratio(days.mean(r), often)[days.owner] * moved
        return np.asarray(r - centre, dtype=np.float64)

    by_open = (-4 / np.where(told, open_off, np.nan))[days.owner] * centred(m - o)
    by_close = (-4 / np.where(told, close_off, np.nan))[days.owner] * (c1 - m1)
    x1 = by_open * (o - m1) + by_close * centred(m - c1)
    x2 = by_open * (o - c1) + by_close * centred(o - c1)
    return _root(_weighted(days, x1, x2))


def _weighted(days: Bars, x1: Column, x2: Column) -> Column:
    """E[x₁] and E[x₂], each weighted by the variance of the other; alike where there is none."""
    e1, e2 = days.mean(x1), days.mean(x2)
    v1, v2 = days.mean(x1**2) - e1**2, days.mean(x2**2) - e2**2
    varies = v1 + v2 > 0
    return np.where(varies, (v2 * e1 + v1 * e2) / np.where(varies, v1 + v2, 1), (e1 + e2) / 2)


def corwin_schultz(bars: Bars) -> Column:
    """Mean of S = 2(e^α − 1)/(1 + e^α) over neighbouring bars: highs are buys, lows are sales.

    α = (√(2β) − √β)/(3 − 2√2) − √(γ/(3 − 2√2)), β the sum of both days' squared ranges, γ the squared
    range of the two days together; the later day is first moved by what the price jumped overnight.
    A negative S of two days counts as 0. A cross-check of EDGE, known to be biased for what trades rarely.
    Source: Corwin, Schultz (2012), A Simple Way to Estimate Bid-Ask Spreads from Daily High and Low
    Prices, Journal of Finance 67.
    """
    h1, l1, c1 = (bars.previous(each) for each in (bars.high, bars.low, bars.close))
    jump = np.fmax(bars.low - c1, 0) + np.fmin(bars.high - c1, 0)
    h, low = bars.high - jump, bars.low - jump
    beta = (bars.high - bars.low) ** 2 + (h1 - l1) ** 2
    gamma = (np.maximum(h, h1) - np.minimum(low, l1)) ** 2
    width = 3 - 2 * math.sqrt(2)
    alpha = (np.sqrt(2 * beta) - np.sqrt(beta)) / width - np.sqrt(gamma / width)
    spread = np.maximum(2 * np.tanh(alpha / 2), 0)  # 2(e^α − 1)/(e^α + 1)
    follows = ~np.isnan(spread)
    return bars.where(follows).mean(spread[follows])


def roll(bars: Bars) -> Column:
    """2√(−cov(Δp, Δp₋₁)) of closing prices: trades bounce between bid and ask. NaN where cov > 0.

    A cross-check of EDGE. The covariance is the sample's, with n − 1.
    Source: Roll (1984), A Simple Implicit Measure of the Effective Bid-Ask Spread in an Efficient
    Market, Journal of Finance 39.
    """
    change = bars.close - bars.previous(bars.close)
    before = bars.previous(change)
    follows = ~np.isnan(change + before)
    days, change, before = bars.where(follows), change[follows], before[follows]
    products = (change - days.mean(change)[days.owner]) * (before - days.mean(before)[days.owner])
    covariance = days.total(products) / np.where(days.count() > 1, days.count() - 1, np.nan)
    return _root(-4 * covariance)


def amihud(bars: Bars) -> Column:
    """Illiquidity: mean (|r| / volume in USD) × 10⁶, in returns per million USD traded.

    r is a day's simple return from close to close; days without volume say nothing.
    Source: Amihud (2002), Illiquidity and Stock Returns, Journal of Financial Markets 5;
    legalclarity.org/amihud-illiquidity-formula-calculation-and-interpretation.
    """
    moved = np.abs(np.expm1(bars.close - bars.previous(bars.close)))
    told = ~np.isnan(moved) & (bars.volume_usd > 0)
    days = bars.where(told)
    return PER_MILLION * days.mean(moved[told] / days.volume_usd)


def _root(squared: Column) -> Column:
    return np.sqrt(np.where(squared >= 0, squared, np.nan))
