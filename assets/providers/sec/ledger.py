"""Point-in-time figures of a company by tag and period: which value a period had, and since when.

The same figure is reported again in every later filing that compares with it, and now and then
changed there. So each period keeps its values in the order in which they were filed, a value that
is only repeated once: what counts is the latest one, and since when it has been reported.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from assets.providers.sec.concepts import Total

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


class Telling(NamedTuple):
    """A value as one filing reported it. Of several in one filing the most exact one sorts last."""

    filed: date
    accession: str
    digits: int
    value: Decimal


class Run(NamedTuple):
    """A value and the days on which it was reported first and last before another one took its place."""

    value: Decimal
    first: date
    last: date

    def plus(self, other: "Run") -> "Run":
        """The sum, told since the later of both was, as long as the earlier one was."""
        return Run(self.value + other.value, max(self.first, other.first), min(self.last, other.last))


LookUp = Callable[[str], FiledFigure | None]
NOTHING: Final = FiledFigure(Decimal(0), date.min)


class Ledger:
    def __init__(self) -> None:
        self._filed: dict[str, dict[Span, list[Telling]]] = defaultdict(dict)
        self._ends: dict[str, list[Span]] = defaultdict(list)
        self._set_aside: set[tuple[str, Span]] = set()

    def add(self, tag: str, span: Span, *, value: Decimal, filed: date, accession: str = "") -> None:
        tellings = self._filed[tag].setdefault(span, [])
        if not tellings:
            insort(self._ends[tag], span, key=lambda each: each[1])
        digits = len(value.normalize().as_tuple().digits)
        insort(tellings, Telling(filed, accession, digits, value))

    def set_aside(self, tag: str, span: Span) -> None:
        """Note that a value was told and can't be: what isn't known of this period is not nought."""
        self._set_aside.add((tag, span))

    def is_set_aside(self, tags: Iterable[str], first: date, last: date) -> bool:
        """Whether a value of one of these tags and of a period that ends on one of these days is such."""
        names = frozenset(tags)
        return any(tag in names and first <= span[1] <= last for tag, span in self._set_aside)

    def runs(self, tag: str, span: Span, *, by: date) -> tuple[Run, ...]:
        """The values of this period that were filed before the day `by`, in their order."""
        of_filing = {
            (each.filed, each.accession): each.value
            for each in self._filed.get(tag, {}).get(span, ())
            if each.filed < by
        }
        runs: list[Run] = []
        for (filed, _accession), value in of_filing.items():
            if runs and runs[-1].value == value:
                runs[-1] = runs[-1]._replace(last=filed)
            else:
                runs.append(Run(value, filed, filed))
        return tuple(runs)

    def known(self, tag: str, span: Span, *, by: date) -> FiledFigure | None:
        """The value that was filed last before the day `by`, and since when it has been reported so."""
        runs = self.runs(tag, span, by=by)
        return FiledFigure(runs[-1].value, runs[-1].first) if runs else None

    def balances(self, tag: str) -> list[Span]:
        """The days of whose balance this tag tells."""
        return [span for span in self._ends.get(tag, ()) if span[0] is None]

    def spans(self, tag: str, first: date, last: date) -> Iterator[Span]:
        """The periods of this tag that end on a day from `first` to `last`."""
        ends = self._ends.get(tag, [])
        for span in ends[bisect_left(ends, first, key=lambda each: each[1]) :]:
            if span[1] > last:
                return
            yield span

    def is_told_by(self, tag: str, filed: date) -> bool:
        """Whether a filing of that day tells a balance of this tag, of whatever day."""
        return any(
            each.filed == filed
            for span, tellings in self._filed.get(tag, {}).items()
            if span[0] is None
            for each in tellings
        )


def balance_of(ledger: Ledger, totals: tuple[Total, ...], end: date, *, by: date) -> FiledFigure | None:
    """What was there on the day `end`."""
    found = (sum_of(total, lambda tag: ledger.known(tag, (None, end), by=by)) for total in totals)
    return next((each for each in found if each), None)


def sum_of(total: Total, look_up: LookUp) -> FiledFigure | None:
    """The sum of the tags of a total; None unless all that it needs are known."""
    parts = [look_up(tag) for tag in total.tags]
    for group in total.also:
        parts += [next((found for tag in group if (found := look_up(tag))), NOTHING)]
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    whole = known[0]
    for part in known[1:]:
        whole = whole.plus(part)
    return whole


def is_near(day: date, other: date) -> bool:
    return abs((day - other).days) <= SLACK_DAYS


def year_before(day: date) -> date:
    return day - timedelta(days=365)
