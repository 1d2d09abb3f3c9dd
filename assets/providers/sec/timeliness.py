"""Filing timeliness: whether a company filed what it must, and in time, out of its list of filings.

The window is the 24 months before the list was fetched. What a company owes follows from what it
files: whoever files a 10-K or 10-Q owes one of them for every quarter, whoever files only 20-F or
40-F one a year. Period ends are those it reported; where two of them in a row lie n quarters (or
years) apart, n − 1 between them are missing, and so is every one after the last whose day is past.

- due: reports whose last day (below) lies in the window, filed or not
- late: of those, filed after that day: 90 days after the end of the period for a 10-K, 45 for a
  10-Q, 120 for a 20-F or 40-F, each with 3 days more because of weekends. A large filer must be
  quicker than this; who counts as one is not known for past years, so only the sure cases are called late
- missing: of those, never filed; nothing is due any more after a Form 15 ended the duty to report

Where the list doesn't reach back over the window everything is None: not known.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ANNUAL: Final = frozenset({"10-K", "10-K405", "10-KSB", "10-KT"})
QUARTERLY: Final = frozenset({"10-Q", "10-QSB", "10-QT"})
FOREIGN: Final = frozenset({"20-F", "20-FR", "40-F"})
NOTICES: Final = frozenset({"NT 10-K", "NT 10-Q", "NT 20-F"})
ENDS_DUTY: Final = ("15-12B", "15-12G", "15-15D", "15F-12B", "15F-12G", "15F-15D")
AUDITOR_CHANGED: Final = "4.01"
NOT_RELIABLE: Final = "4.02"

WINDOW_MONTHS: Final = 24
GRACE: Final = timedelta(days=3)
ALLOWED: Final = {
    **dict.fromkeys(ANNUAL, timedelta(days=90)),
    **dict.fromkeys(QUARTERLY, timedelta(days=45)),
    **dict.fromkeys(FOREIGN, timedelta(days=120)),
}
A_QUARTER_DAYS: Final = 365.25 / 4
A_YEAR_DAYS: Final = 365.25
YEAR_END_SLACK_DAYS: Final = 25


@dataclass(frozen=True, slots=True)
class Filing:
    """What matters here of a line of the list."""

    form: str
    filed_on: date
    period_ends_on: date | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeliness:
    due: int | None = None
    late: int | None = None
    missing: int | None = None
    notices: int | None = None
    auditor_changes: int | None = None
    restatements: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One report that is owed; `filed_on` is None where it never came."""

    due_on: date
    filed_on: date | None = None


def months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def timeliness(filings: Sequence[Filing], *, today: date, reaches_back: bool) -> Timeliness:
    """`reaches_back` says that the list holds everything that was filed in the window."""
    if not reaches_back:
        return Timeliness()
    start = months_before(today, WINDOW_MONTHS)
    recent = [each for each in filings if start < each.filed_on <= today]
    periodic = [each for each in filings if each.form in ALLOWED and each.period_ends_on]
    is_foreign = bool(periodic) and all(each.form in FOREIGN for each in periodic)
    notices = sum(each.form in NOTICES for each in recent)
    if not periodic:
        return Timeliness(notices=notices)
    duties = [each for each in _duties(periodic, filings, today) if start < each.due_on <= today]
    current = [each for each in recent if each.form == "8-K"]
    return Timeliness(
        due=len(duties),
        late=sum(each.filed_on is not None and each.filed_on > each.due_on for each in duties),
        missing=sum(each.filed_on is None for each in duties),
        notices=notices,
        # A foreign company reports on a 6-K, whose items are not listed.
        auditor_changes=None if is_foreign else sum(AUDITOR_CHANGED in each.items for each in current),
        restatements=None if is_foreign else sum(NOT_RELIABLE in each.items for each in current),
    )


def _duties(periodic: Sequence[Filing], filings: Sequence[Filing], today: date) -> Iterator[Duty]:
    first: dict[date, Filing] = {}
    for each in sorted(periodic, key=lambda filing: filing.filed_on):
        if each.period_ends_on:
            first.setdefault(each.period_ends_on, each)
    for end, each in first.items():
        yield Duty(end + ALLOWED[each.form] + GRACE, each.filed_on)
    released = min(
        (each.filed_on for each in filings if each.form in ENDS_DUTY and each.filed_on > max(first)),
        default=date.max,
    )
    is_foreign = all(each.form in FOREIGN for each in first.values())
    year_ends = [end for end, each in first.items() if each.form in ANNUAL]
    for end in _gaps(sorted(first), today, A_YEAR_DAYS if is_foreign else A_QUARTER_DAYS):
        form = "20-F" if is_foreign else "10-K" if _may_end_a_year(end, year_ends) else "10-Q"
        due_on = end + ALLOWED[form] + GRACE
        if due_on < min(released, today):
            yield Duty(due_on)


def _may_end_a_year(end: date, year_ends: Sequence[date]) -> bool:
    """Whether the fiscal year may end there; as long as no annual report is known it may be any period."""
    apart = [abs((end - each).days) % A_YEAR_DAYS for each in year_ends]
    return not apart or min(min(days, A_YEAR_DAYS - days) for days in apart) <= YEAR_END_SLACK_DAYS


def _gaps(ends: Sequence[date], today: date, step_days: float) -> Iterator[date]:
    """The ends of periods that nobody reported, between those that were and after the last of them."""
    for before, after in zip(ends, [*ends[1:], today], strict=True):
        steps = (after - before).days / step_days
        missing = round(steps) - 1 if after in ends else int(steps)
        for step in range(1, missing + 1):
            yield _later(before, step * step_days)


def _later(day: date, days: float) -> date:
    """So many days on, on the last day of a month where `day` is one; years of weeks go by the days."""
    then = day + timedelta(days=round(days))
    if day.day < monthrange(day.year, day.month)[1]:
        return then
    end = months_before(day, -round(days * 12 / A_YEAR_DAYS))
    return end.replace(day=monthrange(end.year, end.month)[1])
