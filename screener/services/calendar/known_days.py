"""Known days: whether anything dated is known of what a calendar shows, and when the next of it may be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from screener.models import Watchlist
from screener.services.calendar.dated_event import Span
from screener.services.calendar.event_kinds import EVENT_KINDS
from screener.services.calendar.read_calendar import (
    Calendar,
    CalendarFilter,
    dated_rows,
    first_day,
    watched_ids,
)

LOOKED_AHEAD_DAYS: Final = 3_660
LOOKED_BACK_DAYS: Final = 3_660


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDays:
    """`next_on` may be a day that newer facts have moved: it is where to look next."""

    is_any: bool
    next_on: date | None


def known_days(
    shown: CalendarFilter, *, after: date, watchlist: Watchlist | None, answer: Calendar
) -> KnownDays:
    """By the stored days alone: two short look-ups in an index for each kind."""
    ahead = Span(after + timedelta(days=1), after + timedelta(days=LOOKED_AHEAD_DAYS))
    back = Span(after - timedelta(days=LOOKED_BACK_DAYS), after)
    ids = watched_ids(watchlist) if watchlist else None
    some: dict[str, Any] = {"asset_ids": ids, "without_sandbox": answer.without_sandbox}
    days: list[date] = []
    is_any = False
    for kind in EVENT_KINDS:
        if not shown.wants(kind) or kind.of_watchlists:
            continue
        if (day := first_day(dated_rows(kind, ahead, shown.asset_kind, **some))) is not None:
            days.append(day)
        elif not is_any:
            is_any = dated_rows(kind, back, shown.asset_kind, **some).exists()
    return KnownDays(is_any=is_any or bool(days), next_on=min(days, default=None))
