"""Trailing twelve months (TTM) of a company, put together from periods of one entity and one presentation.

The year itself, where it is reported; else the fewest periods that cover it: this year so far + the last
year − the same part of it, a transition period and a half-year, four quarters (of 12 to 16 weeks).

After a merger, a recast or a forgotten scale the parts of such a sum are of two companies, though each is
taken as it was last filed: the part that is subtracted then has two values, one of each basis. A sum is
only made where all its parts are of the newer one. No amount is less than a part of it: where nine months are
more than their year, the year was restated without them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import combinations
from typing import Final, NamedTuple

from assets.providers.sec.concepts import AMOUNTS, Total
from assets.providers.sec.ledger import SLACK_DAYS, FiledFigure, Ledger, Run, is_near, sum_of, year_before

A_YEAR: Final = range(350, 381)
A_QUARTER: Final = range(76, 120)
"""Of 11 to 17 weeks."""
A_YEAR_DAYS: Final = 365.25
BETWEEN: Final = range(A_QUARTER.stop, A_YEAR.start)
MOST_PARTS: Final = 4
REACH: Final = timedelta(days=2 * 380)
"""The last year begins no earlier before the end of this one so far."""

MATERIAL_SHARE: Final = Decimal("0.05")
"""A change of less than 5 % of the largest part is a revision, not another basis: the rule of thumb that
SEC Staff Accounting Bulletin 99 starts from (https://www.sec.gov/interps/account/sab99.htm)."""

SAME_SHARE: Final = Decimal("0.001")
"""Two tags say the same of a period where they differ by no more than rounding to thousands."""

SCALES: Final = (Decimal(1_000), Decimal(1_000_000))
SCALE_SLACK: Final = 2
"""Of a line filed in thousands or in millions as if in dollars: seasons do no such thing (our judgement)."""

Flow = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A period with a sign, and what was reported of it."""

    span: Flow
    sign: int
    runs: tuple[Run, ...]

    @property
    def figure(self) -> FiledFigure:
        return FiledFigure(self.sign * self.runs[-1].value, self.runs[-1].first)


class Recast(NamedTuple):
    """Since when a period has its newer value, and the last day on which it had the older one."""

    since: date
    old_until: date


class Series:
    """The periods of one figure, by one tag or by several that say the same, as known before a day."""

    def __init__(self, ledger: Ledger, tags: Sequence[str], *, end: date, by: date) -> None:
        self.is_amount = AMOUNTS.issuperset(tags)
        self.by_span: dict[Flow, tuple[Run, ...]] = {}
        for tag in tags:
            for first, last in ledger.spans(tag, end - REACH, end):
                if first and (first, last) not in self.by_span:
                    runs = ledger.runs(tag, (first, last), by=by)
                    if runs:
                        self.by_span[first, last] = runs
        self._add_up_quarters()

    def _add_up_quarters(self) -> None:
        """Half-years and nine months, where only quarters and years are told and nothing was restated."""
        if any((span[1] - span[0]).days in BETWEEN or len(runs) > 1 for span, runs in self.by_span.items()):
            return
        single = {span: runs[0] for span, runs in self.by_span.items()}
        quarters = {span[0]: span for span in single if (span[1] - span[0]).days in A_QUARTER}
        for first, span in quarters.items():
            sofar = single[span]
            while following := quarters.get(span[1] + timedelta(days=1)):
                sofar = sofar.plus(single[following])
                span = following
                if (span[1] - first).days >= A_YEAR.start:
                    break
                self.by_span.setdefault((first, span[1]), (sofar,))

    def flow(self, end: date) -> FiledFigure | None:
        """Twelve months up to `end`."""
        for count in range(1, MOST_PARTS + 1):
            for parts in self._covers(end, count):
                if self._ends_with_quarters(parts) and self._is_on_one_basis(parts):
                    if self._is_contradicted(parts):
                        continue
                    whole = parts[0].figure
                    for part in parts[1:]:
                        whole = whole.plus(part.figure)
                    return whole
        return None

    def _covers(self, end: date, count: int) -> Iterator[list[PeriodPart]]:
        """The sums of so many periods that cover the year to `end`; only the last one may be subtracted."""
        yield from self._covers_from(end, end, count, [])

    def _covers_from(
        self, end: date, day: date, count: int, parts: list[PeriodPart]
    ) -> Iterator[list[PeriodPart]]:
        for part, before in self._next(day, is_last=count == 1 and len(parts) > 1, is_first=not parts):
            if count > 1 and before > end - REACH:
                yield from self._covers_from(end, before, count - 1, [*parts, part])
            elif count == 1 and (end - before).days in A_YEAR:
                yield [*parts, part]

    def _next(self, day: date, *, is_last: bool, is_first: bool) -> Iterator[tuple[PeriodPart, date]]:
        """The periods that end on about this day, the nearest first, and the day before each of them.

        The first one ends on the very day.
        """
        spans = sorted(self.by_span, key=lambda span: (abs((span[1] - day).days), span))
        for span in spans:
            eve = span[0] - timedelta(days=1)
            if span[1] == day or (not is_first and is_near(span[1], day) and eve < day):
                yield PeriodPart(span, 1, self.by_span[span]), eve
        if is_last:
            for span in sorted(self.by_span, key=lambda each: (abs((each[0] - day).days), each)):
                if is_near(span[0] - timedelta(days=1), day):
                    yield PeriodPart(span, -1, self.by_span[span]), span[1]

    def _ends_with_quarters(self, parts: Sequence[PeriodPart]) -> bool:
        """Whether the periods that are added meet where a quarter ends in other years too.

        A company that was bought, or left bankruptcy with new accounts, reports until that day and from it
        on: predecessor and successor are two entities, of which no twelve months are made (Regulation S-X,
        rule 3-02; ASC 852-10-45). Where no quarter of another year is told, nobody can say.
        """
        meeting = [part.span[1] for part in parts[1:] if part.sign > 0]
        return not any(self._is_within_a_quarter(day) for day in meeting)

    def _is_within_a_quarter(self, day: date) -> bool:
        others = (span[1] for span in self.by_span if abs((span[1] - day).days) > A_YEAR.start // 2)
        apart = [abs((end - day).days) % A_YEAR_DAYS for end in others]
        nearest = min((min(days, A_YEAR_DAYS - days) for days in apart), default=0.0)
        return SLACK_DAYS < nearest < A_QUARTER.start - SLACK_DAYS

    def _is_on_one_basis(self, parts: Sequence[PeriodPart]) -> bool:
        """Whether each part was reported on the newest basis that any of them has.

        A part that was recast has a day from which its newer value is given. The others are on its basis
        where they were told on that day or later, or once any period had been recast after the older value
        was told last: an amended year may come before its quarters, or after them, and the first annual
        report after a merger recasts the year before.
        """
        scale = _scale(parts)
        recasts = [each for part in parts for each in self._recasts(part, scale)]
        if not recasts:
            return True
        every = [PeriodPart(span, 1, runs) for span, runs in self.by_span.items()]
        others = [each for part in every for each in self._recasts(part, scale)]
        return all(
            any(other.since > recast.old_until and part.runs[-1].last >= other.since for other in others)
            for recast in recasts
            for part in parts
        )

    def _recasts(self, part: PeriodPart, scale: Decimal) -> Iterator["Recast"]:
        """Where a period has a materially other value than it had, or than two others that make it up had."""
        newest = part.runs[-1]
        for before, after in zip(part.runs[-2::-1], part.runs[:0:-1], strict=True):
            if _is_material(before.value - newest.value, scale):
                yield Recast(after.first, before.last)
                return
        for (first, last), runs in self.by_span.items():
            rest = self.by_span.get((last + timedelta(days=1), part.span[1]))
            if first == part.span[0] and rest:
                old_until = min(runs[-1].last, rest[-1].last)
                value = runs[-1].value + rest[-1].value
                if old_until < newest.first and _is_material(value - newest.value, scale):
                    yield Recast(newest.first, old_until)

    def _is_contradicted(self, parts: Sequence[PeriodPart]) -> bool:
        """Whether a period that is reported as a whole is something else than its parts here, or an amount
        is less than a part of it, or of another scale than the others."""
        added, scale = [part for part in parts if part.sign > 0], _scale(parts)
        if self.is_amount and (_is_above_its_year(parts, scale) or _is_in_two_scales(parts)):
            return True
        for first, last in combinations(range(len(added) + 1), 2):
            within = added[first:last]
            whole = self.by_span.get((within[-1].span[0], within[0].span[1])) if len(within) > 1 else None
            total = sum((part.figure.value for part in within), Decimal(0))
            if whole and _is_material(whole[-1].value - total, scale):
                return True
        return False


def flow_of(
    ledger: Ledger, totals: tuple[Total, ...], end: date, *, by: date
) -> tuple[FiledFigure | None, FiledFigure | None]:
    """The twelve months up to `end` and those before them, both by the same tags.

    Where the tag changed within that time, by the old and the new one together, if they say the same of
    a period of which both are given.
    """
    likes = [total.tags[0] for total in totals if len(total.all_tags) == 1]
    for total in totals:
        if not all(_is_told(ledger, tag, end, by=by) for tag in total.tags):
            continue
        for others in ((), likes):
            now = sum_of(total, partial(_flow, ledger, others=others, end=end, by=by))
            if now:
                return now, _before(ledger, total, likes, end, by=by)
    return None, None


def flow_before(ledger: Ledger, totals: tuple[Total, ...], end: date, *, by: date) -> FiledFigure | None:
    """The twelve months before those that end on `end`, by whichever tag tells them."""
    found = (_before(ledger, total, (), end, by=by) for total in totals)
    return next((each for each in found if each), None)


def _before(ledger: Ledger, total: Total, likes: Sequence[str], end: date, *, by: date) -> FiledFigure | None:
    """The twelve months before those that end on `end`."""
    target = year_before(end)
    slack = timedelta(days=SLACK_DAYS)
    for others in ((), likes):
        days = {
            span[1]
            for tag in (*total.tags, *others)
            for span in ledger.spans(tag, target - slack, target + slack)
            if span[0]
        }
        for day in sorted(days, key=lambda each: (abs(each - target), each)):
            found = sum_of(total, partial(_flow, ledger, others=others, end=day, by=by))
            if found:
                return found
    return None


def _flow(ledger: Ledger, tag: str, *, others: Sequence[str], end: date, by: date) -> FiledFigure | None:
    also = [each for each in others if each != tag and _say_the_same(ledger, tag, each, end, by=by)]
    return Series(ledger, [tag, *also], end=end, by=by).flow(end)


def _is_told(ledger: Ledger, tag: str, end: date, *, by: date) -> bool:
    return any(ledger.runs(tag, span, by=by) for span in ledger.spans(tag, end, end) if span[0])


def _say_the_same(ledger: Ledger, tag: str, other: str, end: date, *, by: date) -> bool:
    """Whether two tags have the same values in the newest year of which both were told."""
    both = {
        span: (ours.value, theirs.value)
        for span in ledger.spans(tag, end - REACH, end + timedelta(days=A_YEAR.stop))
        if span[0]
        and (ours := ledger.known(tag, span, by=by))
        and (theirs := ledger.known(other, span, by=by))
    }
    newest = max((span[1] for span in both), default=end)
    of_last_year = [pair for span, pair in both.items() if (newest - span[1]).days < A_YEAR.start]
    agree = all(abs(ours - theirs) <= SAME_SHARE * abs(ours) for ours, theirs in of_last_year)
    return agree and any(ours for ours, _theirs in of_last_year)


def _is_above_its_year(parts: Sequence[PeriodPart], scale: Decimal) -> bool:
    """Whether what is subtracted is more than the year that it is a part of."""
    if len(parts) < 2 or parts[-1].sign > 0:
        return False
    year, part = (each.runs[-1].value for each in parts[-2:])
    return part > year and _is_material(part - year, scale)


def _is_in_two_scales(parts: Sequence[PeriodPart]) -> bool:
    """Whether the largest part is about a thousand or a million times the smallest, day for day."""
    a_day = [part.runs[-1].value / ((part.span[1] - part.span[0]).days + 1) for part in parts]
    known = [each for each in a_day if each > 0]
    times = max(known) / min(known) if known else Decimal(1)
    return any(each / SCALE_SLACK <= times <= each * SCALE_SLACK for each in SCALES)


def _scale(parts: Sequence[PeriodPart]) -> Decimal:
    return max(abs(run.value) for part in parts for run in part.runs)


def _is_material(difference: Decimal, scale: Decimal) -> bool:
    return abs(difference) > MATERIAL_SHARE * scale
