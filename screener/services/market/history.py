"""Market history as it is stored: of each kind the returns and the breadth of its size groups, by day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from assets.metrics.bars import Days
from assets.metrics.columns import Column
from assets.metrics.families import KINDS
from assets.metrics.market_history.size_groups import ALL_SIZES, SIZES
from assets.metrics.sessions import day_of
from screener.models import MarketDay
from screener.services.market.closes import EPOCH, open_days_between
from screener.services.market.due_days import HISTORY_DAYS, date_of, number_of

FIELDS: Final = ("size", "day", "members", "log_return", "breadth_members", "above_share")
WHOLE_SHARE: Final = 0.5
"""Of the members of the day before so many must have a return: who comes first is no sample of all."""
FIGURES: Final = FIELDS[2:]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHistory:
    """Of one kind, by open day from the first that has a known figure to the last; NaN where not known.

    `figures` are columns by size group: members, log_return, breadth_members and above_share.
    """

    kind: str
    days: Days
    figures: Mapping[str, Mapping[str, Column]]

    def returns(self, size: str) -> Column:
        return self.figures[size]["log_return"]

    def above(self, size: str) -> Column:
        return self.figures[size]["above_share"]

    def moments(self, days: Days | None = None) -> tuple[datetime, ...]:
        """Midnight (UTC) of each day."""
        return tuple(EPOCH + timedelta(days=day) for day in (self.days if days is None else days).tolist())

    @property
    def last_day(self) -> datetime | None:
        return self.moments(self.days[-1:])[0] if self.days.size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketHistory:
    """`known_at` is when the newest day was worked out; None where none ever was."""

    kinds: Mapping[str, KindHistory]
    fictional: bool
    known_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not any(each.days.size for each in self.kinds.values())


def read_history(*, now: datetime, fictional: bool = False, kinds: Collection[str] = KINDS) -> MarketHistory:
    """The last two years of real assets, or of the invented market, in one query."""
    first = date_of(day_of(now) - HISTORY_DAYS)
    stored = MarketDay.objects.filter(day__gte=first, fictional=fictional, kind__in=kinds).order_by("day")
    rows = list(stored.values_list("kind", "known_at", *FIELDS))
    return MarketHistory(
        kinds={kind: _of_kind(kind, [each[2:] for each in rows if each[0] == kind]) for kind in kinds},
        fictional=fictional,
        known_at=max((each[1] for each in rows), default=None),
    )


def _whole_days(rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """The days of which something is known, without the last one while most of its bars are still to come."""
    known = sorted({number_of(row[1]) for row in rows if row[3] is not None or row[5] is not None})
    members = {number_of(row[1]): row[2] for row in rows if row[0] == ALL_SIZES}
    if len(known) > 1 and members.get(known[-1], 0) < WHOLE_SHARE * members.get(known[-2], 0):
        known.pop()
    return known


def _of_kind(kind: str, rows: Sequence[tuple[Any, ...]]) -> KindHistory:
    known = _whole_days(rows)
    days = open_days_between(min(known), max(known), kind=kind) if known else np.empty(0, dtype=np.int64)
    figures = {size: {name: np.full(days.size, np.nan) for name in FIGURES} for size in (ALL_SIZES, *SIZES)}
    place = {day: at for at, day in enumerate(days.tolist())}
    for size, day, *values in rows:
        at = place.get(number_of(day))
        if at is not None:
            for name, value in zip(FIGURES, values, strict=True):
                figures[size][name][at] = np.nan if value is None else value
    return KindHistory(kind=kind, days=days, figures=figures)
