"""Due days: which days of the market history are to be worked out, the newest first.

Late and corrected bars are usual for some days, so that these are worked out anew at each run. Older days are
once the store of bars has grown by a twentieth since: an installation that is being filled works its history
out a few dozen times, and one that is full about once a month.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from django.db.models import Max

from assets.metrics.bars import Days
from assets.metrics.families import KINDS
from assets.metrics.market_history.size_groups import ALL_SIZES
from assets.metrics.sessions import day_of
from assets.models import Candle
from screener.models import MarketDay
from screener.services.market.closes import EPOCH, open_days_between

HISTORY_DAYS: Final = 730
RECENT_DAYS: Final = 7
GROWTH: Final = 1.05
"""A store of so many times the bars makes the older days due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Of one kind: ascending, in days since 1970; never empty."""

    kind: str
    days: Days


def due_days(*, since: datetime, now: datetime, everything: bool = False) -> DueDays | None:
    """What a run that began at `since` has still to work out, of one kind; None where nothing is."""
    bars = math.inf if everything else newest_candle()
    return next(_due(since=since, now=now, bars=bars), None)


def newest_candle() -> int:
    """The number of the newest stored bar, which says how many have come; 0 where there is none."""
    newest = Candle.objects.aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


def is_outgrown() -> bool:
    """Whether so many bars have come since the last run that the next should not be waited for."""
    bars = newest_candle()
    worked_out = MarketDay.objects.aggregate(newest=Max("newest_candle"))["newest"]
    return bars > GROWTH * (worked_out or 0)


def _due(*, since: datetime, now: datetime, bars: float) -> Iterator[DueDays]:
    """`bars` is the newest bar that there is now; without end where every day is to be done."""
    yesterday = day_of(now) - 1
    for kind in KINDS:
        wanted = open_days_between(yesterday + 1 - HISTORY_DAYS, yesterday, kind=kind)
        stored = MarketDay.objects.filter(kind=kind, size=ALL_SIZES, day__gte=date_of(int(wanted[0])))
        known = {
            number_of(day): (known_at, of_candle)
            for day, known_at, of_candle in stored.values_list("day", "known_at", "newest_candle")
        }
        due = [
            day
            for day in wanted.tolist()
            if day not in known
            or (known[day][0] < since and (day > yesterday - RECENT_DAYS or bars > GROWTH * known[day][1]))
        ]
        if due:
            yield DueDays(kind=kind, days=np.array(due, dtype=np.int64))


def date_of(day: int) -> date:
    return (EPOCH + timedelta(days=day)).date()


def number_of(day: date) -> int:
    """Days since 1970."""
    return day_of(datetime(day.year, day.month, day.day, tzinfo=UTC))
