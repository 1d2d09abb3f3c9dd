"""Prices in an asset's history: days on which the price left the band of its own volatility."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from assets.metrics import families
from assets.metrics.bars import Bars
from assets.metrics.candles import bars_in_units
from assets.metrics.price_moves import VOLATILITY_BARS, price_moves
from assets.metrics.sessions import day_of
from assets.services.reading.facts import facts_known
from screener.services.dossier.history.place import EPOCH, HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch
from screener.services.dossier.history.subject import HistorySubject

STRETCH_DAYS: Final = 366
DAYS_BEFORE: Final = 2 * VOLATILITY_BARS
"""Of a market that closes at weekends, 90 bars take 130 days."""
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMove:
    """The closes of two days, in US dollars of today's units, and the volatility before; None: not known."""

    day: datetime
    old_usd: float
    new_usd: float
    change_share: float
    volatility_share: float | None
    market: str


def price_jumps(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    """A move stands where its day ended. The market is the deepest of the days before the place."""
    until = min(place.at, subject.now)
    since = until - timedelta(days=STRETCH_DAYS)
    facts = facts_known(
        [subject.asset.pk],
        now=until,
        known=subject.known,
        present=subject.present,
        among=(families.CANDLES, families.CAPITAL),
        candle_days=STRETCH_DAYS + DAYS_BEFORE,
    )
    bars = bars_in_units(facts).today
    closed = bars.where(~np.isnan(bars.close) & (bars.day < day_of(until)))
    if not closed.day.size:
        return HistoryStretch(events=())
    market = facts.candles["market"].iloc[0]
    events = [each for each in _events(closed, market) if (each.at, each.row) > (since, 0)]
    is_cut = _end_of(int(closed.day[0])) <= since
    return HistoryStretch(events=events, end=HistoryPlace(since, 0) if is_cut else None)


def _events(bars: Bars, market: str) -> Iterator[Event]:
    """From the newest to the oldest."""
    moves, before = price_moves(bars), bars.previous(bars.close)
    for place in np.flatnonzero(moves.is_beyond)[::-1]:
        day, volatility = int(bars.day[place]), float(moves.volatility_share[place])
        move = PriceMove(
            day=EPOCH + timedelta(days=day),
            old_usd=float(np.exp(before[place])),
            new_usd=float(np.exp(bars.close[place])),
            change_share=float(moves.change_share[place]),
            volatility_share=None if np.isnan(volatility) else volatility,
            market=market,
        )
        yield Event(at=_end_of(day), row=day, shown=move)


def _end_of(day: int) -> datetime:
    return EPOCH + timedelta(days=day + 1)
