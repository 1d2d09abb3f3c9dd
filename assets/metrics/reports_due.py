"""Periodic reports of a company: those it filed with their last days, and those that it will owe next.

What comes is read out of what came. A period ends a quarter after the one before it, or a year after it for
whoever files a 20-F or 40-F; it is a year's where an annual report ended its period on about that day of an
earlier year. The last day is that of the slowest class of filer (`metrics.report_deadlines`), because no
list of filings says which class a company will be of: a faster one has to file earlier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

from assets.metrics.report_deadlines import (
    ANNUAL,
    FOREIGN,
    NOTICES,
    PERIODIC,
    extended,
    last_day,
    months_after,
    next_business_day,
)

A_DAY: Final = timedelta(days=1)
QUARTER_MONTHS: Final = 3
YEAR_MONTHS: Final = 12
YEAR_END_SLACK_DAYS: Final = 25
"""Years of 52 and 53 weeks end now on one day, now on another."""
MOST_AHEAD: Final = 8
"""Reports to come of one company: what it owes in two years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """A filing of a company's list; only a periodic report has a period."""

    form: str
    filed_on: date
    period_ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """A report and its last day, a notice's extension included; `filed_on` is None where it has not come."""

    form: str
    period_ends_on: date
    due_on: date
    filed_on: date | None = None


def reports_due(filed: Sequence[FiledReport], *, until: date) -> list[DueReport]:
    """Each period once, from old to new: those reported, and those to come whose last day is by `until`."""
    periodic = sorted(
        (each for each in filed if each.form in PERIODIC and each.period_ends_on),
        key=lambda each: (each.filed_on, each.form),
    )
    first: dict[date, FiledReport] = {}
    for each in periodic:
        if each.period_ends_on:
            first.setdefault(each.period_ends_on, each)
    if not first:
        return []
    reported = [
        DueReport(
            form=each.form, period_ends_on=end, due_on=_due_on(each.form, end, filed), filed_on=each.filed_on
        )
        for end, each in sorted(first.items())
    ]
    return [*reported, *_to_come(reported, filed, until=until)]


def _to_come(
    reported: Sequence[DueReport], filed: Sequence[FiledReport], *, until: date
) -> Iterator[DueReport]:
    last = reported[-1]
    is_yearly = last.form in FOREIGN
    year_ends = [each.period_ends_on for each in reported if each.form in ANNUAL]
    for step in count(1):
        end = _period_after(last.period_ends_on, step * (YEAR_MONTHS if is_yearly else QUARTER_MONTHS))
        form = last.form if is_yearly else "10-K" if _ends_a_year(end, year_ends) else "10-Q"
        due_on = _due_on(form, end, filed)
        if due_on > until or step > MOST_AHEAD:
            return
        yield DueReport(form=form, period_ends_on=end, due_on=due_on)


def _due_on(form: str, end: date, filed: Sequence[FiledReport]) -> date:
    """The last day, with the days that a notice of the report's lateness gives (Form 12b-25)."""
    due_on = last_day(form, end)
    in_time = next_business_day(due_on + A_DAY)
    is_noticed = any(
        form in NOTICES.get(each.form, ()) and _is_about(each, end) and each.filed_on <= in_time
        for each in filed
    )
    return extended(form, due_on) if is_noticed else due_on


def _is_about(notice: FiledReport, end: date) -> bool:
    """Of which period a notice speaks; without one of that which had just ended."""
    if notice.period_ends_on:
        return abs((notice.period_ends_on - end).days) <= YEAR_END_SLACK_DAYS
    return end < notice.filed_on <= months_after(end, YEAR_MONTHS // 2)


def _period_after(end: date, months: int) -> date:
    """So many months on: from the last day of a month to the last day of a month."""
    day_after = end + A_DAY
    return months_after(day_after, months) - A_DAY if day_after.day == 1 else months_after(end, months)


def _ends_a_year(end: date, year_ends: Sequence[date]) -> bool:
    """As long as no annual report is known any period may end a year, and has the longer time."""
    if not year_ends:
        return True
    apart = [(end.month - each.month) * 30.44 + end.day - each.day for each in year_ends]
    return any(
        min(abs(days), abs(days - 365.25), abs(days + 365.25)) <= YEAR_END_SLACK_DAYS for days in apart
    )
