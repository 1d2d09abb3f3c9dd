"""Position sizing: how large a position may be, and how much of it is only the market's own movement."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, known, positive, ratio, usd

KELLY_PART: Final = 0.25
"""A quarter of Kelly keeps 44 % of its growth at 6 % of its variance: mathandmarkets.com, Practical Kelly."""

LEAST_RETURNS: Final = 20
"""Fewer pairs of returns say nothing about how two things move together: our judgement."""


def fixed_fractional_usd(
    *, equity_usd: Column, risk_share: Column, entry_usd: Column, stop_usd: Column
) -> Column:
    """risk · equity · entry / |entry − stop|: the position that loses `risk_share` of the equity at the stop.

    A stop at 0 means that all of it can be lost, as where a gate is open or not known: then the
    position is risk · equity. Source: quantoracle.dev, Kelly vs. fixed fractional vs. optimal f.
    """
    entry = positive(entry_usd)
    distance_share = ratio(np.abs(entry - known(stop_usd)), entry)
    return ratio(known(risk_share, high=1) * usd(equity_usd), distance_share)


def quarter_kelly_share(*, win_share: Column, payoff_ratio: Column) -> Column:
    """¼ · (p·b − q) / b of the equity, 0 where the odds are bad: p wins, q = 1 − p loses, b won per 1 lost.

    Source: quantoracle.dev, Kelly vs. fixed fractional vs. optimal f.
    """
    wins, payoff = known(win_share, high=1), positive(payoff_ratio)
    return KELLY_PART * np.clip(wins - ratio(1 - wins, payoff), 0, 1)


def quarter_kelly_of_returns_share(*, mean_return: Column, return_variance: Column) -> Column:
    """¼ · μ / σ² of the equity, at least 0 and at most ¼, for returns in excess of cash.

    Mean and variance are of the same period. Source: mathandmarkets.com, Practical Kelly.
    """
    return KELLY_PART * np.clip(ratio(mean_return, positive(return_variance)), 0, 1)


def log_returns(prices: pd.DataFrame) -> pd.DataFrame:
    """ln(p_t / p_(t−1)) of daily prices, days × assets; NaN on both sides of a price that is not known."""
    logs = np.log(positive(prices))
    return pd.DataFrame(logs, index=prices.index, columns=prices.columns).diff()


def correlation(prices: pd.DataFrame, benchmark: "pd.Series[float]", *, days: int, ranks: bool) -> Column:
    """Correlation of the last `days` log returns with those of the benchmark, −1 to 1, an asset a column.

    Pearson's, or Spearman's with `ranks`, over the days on which both are known. NaN for fewer than
    LEAST_RETURNS of them, or where one of the two never moves.
    """
    own = log_returns(prices).tail(days)
    market = log_returns(benchmark.reindex(prices.index).to_frame()).tail(days).iloc[:, [0] * own.shape[1]]
    both = own.notna().to_numpy() & market.notna().to_numpy()
    columns = [pd.DataFrame(each.to_numpy()).where(both) for each in (own, market)]
    if ranks:
        columns = [each.rank() for each in columns]
    own_off, market_off = ((each - each.mean()).to_numpy() for each in columns)
    together = np.nansum(own_off * market_off, axis=0)
    apart = np.sqrt(np.nansum(own_off**2, axis=0) * np.nansum(market_off**2, axis=0))
    enough = both.sum(axis=0) >= LEAST_RETURNS
    return np.clip(np.where(enough, ratio(together, apart), np.nan), -1, 1)
