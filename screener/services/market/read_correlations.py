"""Correlation of token micro-caps with equity micro-caps, rolling, as a chart and a table for each window."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.market_history.correlation import WINDOWS_DAYS, least_days, rolling_correlation
from assets.metrics.market_history.session_spans import over_sessions
from assets.metrics.market_history.size_groups import MICRO_CAPS
from screener.charts import Chart, CorrelationPoint, correlation_chart
from screener.services.market.history import KindHistory, MarketHistory
from screener.services.market.lines import readable

TABLE_SESSIONS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCorrelation:
    """`newest` is that of the last day, r None where not known; `rows` are every fifth one, newest first.

    `best_days` are the most common days that a window has had: fewer than `least_days` say why none is known.
    """

    window: int
    least_days: int
    best_days: int
    newest: CorrelationPoint | None
    chart: Chart | None
    rows: tuple[CorrelationPoint, ...]


def read_correlations(history: MarketHistory) -> tuple[WindowCorrelation, ...]:
    tokens, shares = history.kinds[TOKEN], history.kinds[EQUITY]
    of_tokens, of_shares = common_returns(tokens, shares)
    return tuple(_of_window(window, shares, of_tokens, of_shares) for window in WINDOWS_DAYS)


def common_returns(tokens: KindHistory, shares: KindHistory) -> tuple[Column, Column]:
    """The returns of both over the spans between the sessions of shares, a pair a session."""
    of_shares = shares.returns(MICRO_CAPS)
    if not tokens.days.size:
        return np.full(shares.days.size, np.nan), of_shares
    spans = over_sessions(tokens.returns(MICRO_CAPS), first_day=int(tokens.days[0]), sessions=shares.days)
    return spans, of_shares


def _of_window(window: int, shares: KindHistory, one: Column, other: Column) -> WindowCorrelation:
    found = rolling_correlation(one, other, window=window)
    series = [
        CorrelationPoint(
            at=at,
            r=None if np.isnan(r) else float(r),
            low=float(low),
            high=float(high),
            days=int(days),
        )
        for at, r, low, high, days in zip(
            shares.moments(), found.r, found.low, found.high, found.days, strict=True
        )
    ]
    known = [each for each in series if each.r is not None]
    since = series[series.index(known[0]) :] if known else []
    return WindowCorrelation(
        window=window,
        least_days=least_days(window),
        best_days=max((each.days for each in series), default=0),
        newest=series[-1] if series else None,
        chart=readable(correlation_chart(since)),
        rows=tuple(_sampled(known)),
    )


def _sampled(known: list[CorrelationPoint]) -> Iterator[CorrelationPoint]:
    yield from known[::-1][::TABLE_SESSIONS]
