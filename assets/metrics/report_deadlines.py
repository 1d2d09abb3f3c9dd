"""Deadlines of periodic reports: the last day of a 10-K, 10-Q, 20-F or 40-F, by the filer's status.

General instruction A of Forms 10-K and 10-Q (https://www.sec.gov/files/form10-k.pdf, form10-q.pdf), of Form
20-F (https://www.sec.gov/files/form20-f.pdf); a last day that is a Saturday, a Sunday or a federal holiday
moves to the next business day (17 CFR 240.0-3, holidays by 5 U.S.C. 6103). Form 12b-25 gives 15 days more for
an annual report and 5 for a quarterly one, if it comes within one business day after the last day
(17 CFR 240.12b-25). A Form 40-F is due with the report at home; the limit of a 20-F stands for it.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

ANNUAL: Final = frozenset({"10-K", "10-K405", "10-KSB", "10-KT"})
QUARTERLY: Final = frozenset({"10-Q", "10-QSB", "10-QT"})
FOREIGN: Final = frozenset({"20-F", "20-FR", "40-F"})
PERIODIC: Final = ANNUAL | QUARTERLY | FOREIGN

LARGE, ACCELERATED, NOT_ACCELERATED = "large accelerated", "accelerated", "non-accelerated"
ANNUAL_DAYS: Final = {LARGE: 60, ACCELERATED: 75, NOT_ACCELERATED: 90}
QUARTERLY_DAYS: Final = {LARGE: 40, ACCELERATED: 40, NOT_ACCELERATED: 45}
FOREIGN_MONTHS: Final = 4

NOTICES: Final = {
    **dict.fromkeys(("NT 10-K", "NTN 10K", "NT 10-KT"), ANNUAL),
    **dict.fromkeys(("NT 10-Q", "NTN 10Q", "NT 10-QT"), QUARTERLY),
    **dict.fromkeys(("NT 20-F", "NTN 20F"), FOREIGN),
}
MORE_DAYS: Final = {ANNUAL: 15, QUARTERLY: 5, FOREIGN: 15}

FIRST_QUARTERLY_DAYS: Final = 45
FIRST_ANNUAL_DAYS: Final = 90
"""After the registration became effective: 17 CFR 240.13a-13 and 240.15d-13; 240.15d-2."""

JUNETEENTH_SINCE: Final = 2021


def status_of(category: str) -> str:
    """The filer's status by its category in EDGAR; the slowest where none is given."""
    words = category.casefold()
    if LARGE in words:
        return LARGE
    return ACCELERATED if ACCELERATED in words and NOT_ACCELERATED not in words else NOT_ACCELERATED


def last_day(form: str, ends_on: date, status: str = NOT_ACCELERATED) -> date:
    """The day by which a report of the period to `ends_on` has to be filed."""
    if form in FOREIGN:
        return next_business_day(months_after(ends_on, FOREIGN_MONTHS))
    days = ANNUAL_DAYS[status] if form in ANNUAL else QUARTERLY_DAYS[status]
    return next_business_day(ends_on + timedelta(days=days))


def extended(form: str, due_on: date) -> date:
    """The last day of a report for which Form 12b-25 was filed in time."""
    days = next(days for forms, days in MORE_DAYS.items() if form in forms)
    return next_business_day(due_on + timedelta(days=days))


def first_day_due(form: str, effective_on: date) -> date:
    """The earliest last day of the first report after a registration that became effective."""
    days = FIRST_QUARTERLY_DAYS if form in QUARTERLY else FIRST_ANNUAL_DAYS
    return next_business_day(effective_on + timedelta(days=days))


def next_business_day(day: date) -> date:
    """This day, or the next one on which the SEC is open."""
    while day.weekday() >= 5 or day in _holidays(day.year) or day in _holidays(day.year + 1):
        day += timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier), the last one of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def _holidays(year: int) -> frozenset[date]:
    """Federal holidays on the day on which they are observed; New Year's may be in the year before."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= JUNETEENTH_SINCE else ())]
    observed = {_observed(date(year, month, day)) for month, day in fixed}
    return frozenset({*observed, *_mondays(year), _nth(year, 11, 3, 4)})


def _mondays(year: int) -> Iterator[date]:
    """King, Washington, Labor and Columbus; Memorial Day is the last Monday of May."""
    for month, place in ((1, 3), (2, 3), (9, 1), (10, 2)):
        yield _nth(year, month, 0, place)
    yield _nth(year, 6, 0, 1) - timedelta(days=7)


def _nth(year: int, month: int, weekday: int, place: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))


def _observed(day: date) -> date:
    """A Saturday's holiday is observed on Friday, a Sunday's on Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
