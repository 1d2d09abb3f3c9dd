"""Point-in-time figures of a company by tag and period, and trailing twelve months (TTM) out of them.

The same figure is reported again in every later filing that compares with it, and now and then
changed there. So each period keeps its values in the order in which they were filed, a value that
is only repeated once: what counts is the latest one, and since when it has been reported.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assets.providers.sec.concepts import Total

A_YEAR: Final = range(350, 381)
A_QUARTER: Final = range(80, 101)
SLACK_DAYS: Final = 10
"""Years of 52 or 53 weeks end on a weekday, not on a date."""

Span = tuple[date | None, date]
"""First and last day of what flows, (None, day) for what is there on a day."""


@dataclass(frozen=True, slots=True)
class FiledFigure:
    """A value and the day on which it was first reported."""

    value: Decimal
    since: date

    def plus(self, other: "FiledFigure", sign: int = 1) -> "FiledFigure":
        return FiledFigure(self.value + sign * other.value, max(self.since, other.since))


LookUp = Callable[[str], FiledFigure | None]
NOTHING: Final = FiledFigure(Decimal(0), date.min)


class Ledger:
    def __init__(self) -> None:
        self._filed: dict[str, dict[Span, list[tuple[date, int, Decimal]]]] = defaultdict(dict)
        self._ends: dict[tuple[str, date], set[date | None]] = defaultdict(set)
        self._count = 0

    def add(self, tag: str, span: Span, *, value: Decimal, filed: date) -> None:
        self._count += 1
        insort(self._filed[tag].setdefault(span, []), (filed, self._count, value))
        self._ends[tag, span[1]].add(span[0])

    def known(self, tag: str, span: Span, *, by: date) -> FiledFigure | None:
        """The value that was filed last before the day `by`, and since when it has been reported so."""
        last: FiledFigure | None = None
        for filed, _order, value in self._filed.get(tag, {}).get(span, ()):
            if filed >= by:
                break
            if last is None or last.value != value:
                last = FiledFigure(value, filed)
        return last

    def flow(self, tag: str, end: date, *, by: date) -> FiledFigure | None:
        """Twelve months up to `end`: the year, or the last year + this one so far − the same part of it.

        Where that is not reported, the sum of four quarters.
        """
        starts = sorted(start for start in self._ends.get((tag, end), ()) if start)
        for start in starts:
            if _days(start, end) in A_YEAR and (year := self.known(tag, (start, end), by=by)):
                return year
        for start in starts:
            if (
                _days(start, end) < A_YEAR.start
                and (so_far := self.known(tag, (start, end), by=by))
                and (rest := self._rest_of_year(tag, start, end, by=by))
            ):
                return so_far.plus(rest)
        return self._four_quarters(tag, end, by=by)

    def flow_before(self, tag: str, end: date, *, by: date) -> FiledFigure | None:
        """The twelve months before those that end on `end`."""
        ends = (last for _first, last in self._filed.get(tag, ()) if _is_near(last, _year_before(end)))
        nearest = sorted(set(ends), key=lambda last: abs(last - _year_before(end)))
        found = (self.flow(tag, last, by=by) for last in nearest)
        return next((each for each in found if each), None)

    def _rest_of_year(self, tag: str, start: date, end: date, *, by: date) -> FiledFigure | None:
        """What the year before had left after the part of it that matches `start` to `end`."""
        eve = start - timedelta(days=1)
        for first, last in self._spans(tag, eve):
            if _days(first, last) not in A_YEAR or not (year := self.known(tag, (first, last), by=by)):
                continue
            for begun, done in self._spans(tag, _year_before(end)):
                part = self.known(tag, (begun, done), by=by) if _is_near(begun, first) else None
                if part:
                    return year.plus(part, sign=-1)
        return None

    def _four_quarters(self, tag: str, end: date, *, by: date) -> FiledFigure | None:
        total: FiledFigure | None = None
        for _quarter in range(4):
            found = None
            for first, last in self._spans(tag, end):
                found = self.known(tag, (first, last), by=by) if _days(first, last) in A_QUARTER else None
                if found:
                    end = first - timedelta(days=1)
                    break
            if not found:
                return None
            total = total.plus(found) if total else found
        return total

    def _spans(self, tag: str, end: date) -> Iterator[tuple[date, date]]:
        """What flows up to about this day, the nearest first."""
        for distance in range(SLACK_DAYS + 1):
            for last in {end - timedelta(days=distance), end + timedelta(days=distance)}:
                for first in sorted(each for each in self._ends.get((tag, last), ()) if each):
                    yield first, last


def flow_of(
    ledger: Ledger, totals: tuple[Total, ...], end: date, *, by: date
) -> tuple[FiledFigure | None, FiledFigure | None]:
    """The twelve months up to `end` and those before them, both by the same tags."""
    for total in totals:
        now = _sum(total, lambda tag: ledger.flow(tag, end, by=by))
        if now:
            return now, _sum(total, lambda tag: ledger.flow_before(tag, end, by=by))
    return None, None


def balance_of(ledger: Ledger, totals: tuple[Total, ...], end: date, *, by: date) -> FiledFigure | None:
    """What was there on the day `end`."""
    found = (_sum(total, lambda tag: ledger.known(tag, (None, end), by=by)) for total in totals)
    return next((each for each in found if each), None)


def _sum(total: Total, look_up: LookUp) -> FiledFigure | None:
    parts = [look_up(tag) for tag in total.tags]
    for group in total.also:
        parts += [next((found for tag in group if (found := look_up(tag))), NOTHING)]
    whole: FiledFigure = NOTHING
    for part in parts:
        if part is None:
            return None
        whole = whole.plus(part)
    return whole


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _year_before(day: date) -> date:
    return day - timedelta(days=365)


def _is_near(day: date, other: date) -> bool:
    return abs((day - other).days) <= SLACK_DAYS
