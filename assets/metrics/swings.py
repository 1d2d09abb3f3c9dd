"""Swings of one asset day by day: how far below its high it was, and how much it moved."""

from dataclasses import dataclass

import numpy as np

from assets.metrics.bars import Bars, Days
from assets.metrics.candles import WINDOW_DAYS, drawdown, enough_sound
from assets.metrics.columns import Column, known
from assets.metrics.facts import CANDLE_DAYS
from assets.metrics.sessions import open_days_ago
from assets.metrics.volatility import yang_zhang


@dataclass(frozen=True, slots=True)
class Swings:
    """Of each day with a bar, from old to new, what `metrics.candles` measured at its end: `drawdown` as the
    share lost since the high of 90 days, `volatility` as the daily standard deviation by Yang and Zhang over
    60 open days; NaN where too little was known."""

    day: Days
    drawdown: Column
    volatility: Column


def swings(bars: Bars, *, is_equity: bool, days: int) -> Swings:
    """Of the last `days` days that these bars of one asset reach; all of them closed."""
    if not bars.day.size:
        return Swings(bars.day, bars.close, bars.close)
    ends = bars.day[bars.day > bars.day[-1] - days]
    until_each = _until_each(bars, ends)
    since = np.array(
        [open_days_ago(int(end) + 1, WINDOW_DAYS, np.array([is_equity]))[0] for end in ends], dtype=np.int64
    )
    recent = until_each.where(until_each.day >= since[until_each.owner])
    return Swings(ends, drawdown(until_each), known(yang_zhang(enough_sound(recent))))


def _until_each(bars: Bars, ends: Days) -> Bars:
    """The bars of `CANDLE_DAYS` up to each of these days, those of one day as if they were of one asset."""
    first = np.searchsorted(bars.day, ends - CANDLE_DAYS, side="right")
    last = np.searchsorted(bars.day, ends, side="right")
    at = np.concatenate([np.arange(begin, end) for begin, end in zip(first, last, strict=True)])
    return Bars(
        np.repeat(np.arange(ends.size), last - first),
        ends.size,
        bars.day[at],
        bars.open[at],
        bars.high[at],
        bars.low[at],
        bars.close[at],
        bars.volume_usd[at],
    )
