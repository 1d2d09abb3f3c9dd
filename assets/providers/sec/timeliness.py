"""Filing timeliness: whether a company filed what it must, and in time, out of its list of filings.

The window is the 24 months before the list was fetched. What a company owes follows from what it
files, stretch by stretch: between two reports of which one is a 20-F or 40-F one a year, between others one
a quarter. Period ends are those it reported; where two of them in a row lie n quarters (or years) apart,
n − 1 between them are missing, and so is every one after the last whose day is past.

- due: reports whose last day (`metrics.report_deadlines`) lies in the window, filed or not
- late: of those, filed after that day, Form 12b-25's days included. The status by which that day is reckoned
  is known since the end of the last reported year; before it only what is late by the slowest one is late.
- grace met, grace missed: of those, announced by Form 12b-25 before the grace begins, and filed within the
  days that it gives, or not
- missing: of those, never filed; nothing is due before the first registration, none after a Form 15 ended
  the duty to report, or a Form 25 after which the company told nothing more

Where the list doesn't reach back over the window everything is None: not known.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assets.metrics.report_deadlines import (
    ANNUAL,
    FOREIGN,
    NOT_ACCELERATED,
    NOTICES,
    PERIODIC,
    QUARTERLY,
    extended,
    first_day_due,
    last_day,
    months_after,
    next_business_day,
    status_of,
)
from assets.providers.sec.events import AUDITOR_CHANGED, NOT_RELIABLE, Filing, events_since

ENDS_DUTY: Final = frozenset(
    {"15-12B", "15-12G", "15-15D", "15F-12B", "15F-12G", "15F-15D", "REVOKED"},
)
DELISTED: Final = frozenset({"25", "25-NSE"})
BY_THE_COMPANY: Final = PERIODIC | NOTICES.keys() | {"8-K", "6-K"}
DELISTED_QUIET: Final = timedelta(days=30)
"""Who was bought tells of the end within days of the Form 25; who is only thrown out goes on telling."""

EFFECTIVE: Final = (
    {"EFFECT": timedelta(0)},
    {"10-12G": timedelta(days=60)},
    dict.fromkeys(("CERT", "CERTNAS", "CERTNYS", "8-A12B", "8-A12G"), timedelta(0)),
    dict.fromkeys(("424B1", "424B4"), timedelta(0)),
)
"""Since when a registration is in effect, by the best form that is listed. A Form 10 for shares that no
exchange lists takes effect by itself: Exchange Act, section 12(g)(1)."""

OF_ASSETS: Final = frozenset({"10-D", "ABS-EE"})
"""Whoever issues asset-backed securities reports each payment on Form 10-D and owes no 10-Q (17 CFR
240.13a-17)."""
YEAR_CHANGED: Final = "5.03"
"""A change of the fiscal year. Its transition report is due as many days after that decision, if it was made
after the period had ended (17 CFR 240.13a-10)."""

WINDOW_MONTHS: Final = 24
A_QUARTER_DAYS: Final = 365.25 / 4
A_YEAR_DAYS: Final = 365.25
YEAR_END_SLACK_DAYS: Final = 25
SHORTEST_QUARTER_DAYS: Final = 70


@dataclass(frozen=True, slots=True)
class Timeliness:
    due: int | None = None
    late: int | None = None
    missing: int | None = None
    notices: int | None = None
    grace_met: int | None = None
    grace_missed: int | None = None
    auditor_changes: int | None = None
    restatements: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One report that is owed; `filed_on` is None where it never came."""

    due_on: date
    filed_on: date | None = None
    noticed: bool = False
    """Whether a Form 12b-25 was filed for it in time, whose days `due_on` includes."""

    @property
    def is_in_time(self) -> bool:
        return self.filed_on is not None and self.filed_on <= self.due_on


def timeliness(
    filings: Sequence[Filing], *, today: date, reaches_back: bool, category: str = ""
) -> Timeliness:
    """`reaches_back` says that the list holds everything that was filed in the window; `category` is the
    filer's today, as "Large accelerated filer"."""
    if not reaches_back:
        return Timeliness()
    start = months_after(today, -WINDOW_MONTHS)
    listed = sorted(
        (each for each in filings if each.filed_on <= today), key=lambda each: (each.filed_on, each.form)
    )
    notices = sum(each.form in NOTICES and each.filed_on > start for each in listed)
    periodic = [each for each in listed if each.form in PERIODIC and each.period_ends_on]
    if not periodic:
        return Timeliness(notices=notices)
    duties = [each for each in _Duties(listed, today, category).owed() if start < each.due_on <= today]
    # A foreign company reports on a 6-K, whose items are not listed.
    is_foreign = all(each.form in FOREIGN for each in periodic)
    return Timeliness(
        due=len(duties),
        late=sum(each.filed_on is not None and each.filed_on > each.due_on for each in duties),
        missing=sum(each.filed_on is None for each in duties),
        notices=notices,
        grace_met=sum(each.noticed and each.is_in_time for each in duties),
        grace_missed=sum(each.noticed and not each.is_in_time for each in duties),
        auditor_changes=None if is_foreign else len(events_since(listed, AUDITOR_CHANGED, start)),
        restatements=None if is_foreign else len(events_since(listed, NOT_RELIABLE, start)),
    )


def is_deregistered(filings: Sequence[Filing]) -> bool:
    """Whether a Form 15 ended the duty to report, and no report came since."""
    ended = max((each.filed_on for each in filings if each.form in ENDS_DUTY), default=None)
    return ended is not None and not any(each.form in PERIODIC and each.filed_on > ended for each in filings)


class _Duties:
    """What one company owes; its filings stand from old to new."""

    def __init__(self, filings: Sequence[Filing], today: date, category: str) -> None:
        self.filings, self.today, self.status = filings, today, status_of(category)
        self.first: dict[date, Filing] = {}
        self.undated = [each for each in filings if each.form in PERIODIC and not each.period_ends_on]
        """Reports of which the list doesn't tell the period."""
        self.is_of_assets = any(each.form in OF_ASSETS for each in filings)
        for each in filings:
            if each.form in PERIODIC and each.period_ends_on:
                self.first.setdefault(each.period_ends_on, each)
        self.ends = sorted(self.first)
        self.year_ends = [end for end in self.ends if self.first[end].form in ANNUAL | FOREIGN]
        self.status_since = max(self.year_ends, default=date.max)

    def owed(self) -> Iterator[Duty]:
        for end, report in self.first.items():
            due_on = self._due_on(report.form, end, by=report.filed_on)
            noticed = self._is_noticed(report.form, end) and report.filed_on > self._without_notice(
                report.form, end, by=report.filed_on
            )
            if (since := self._opened_since(report)) is not None:
                due_on = max([due_on, *self._first_due(report, since)])
            yield Duty(due_on, report.filed_on, noticed)
        undated = list(self.undated)
        for before, end, form in self._unreported():
            due_on = self._due_on(form, end, by=self.today)
            # A notice may still come on the next business day.
            is_past = next_business_day(due_on + timedelta(days=1)) < self.today
            if not is_past or self._is_released(self.first[before], due_on):
                continue
            told = next((each for each in undated if each.form == form and self._is_about(each, end)), None)
            if told:
                undated.remove(told)
            yield Duty(due_on, told.filed_on if told else None, self._is_noticed(form, end))

    def _opened_since(self, report: Filing) -> date | None:
        """The day since which this is the first report: of all, or since the duty had ended; else None."""
        earlier = [each.filed_on for each in self.first.values() if each.filed_on < report.filed_on]
        if not earlier:
            return date.min
        ended = [each.filed_on for each in self.filings if each.form in ENDS_DUTY]
        return max((day for day in ended if max(earlier) <= day <= report.filed_on), default=None)

    def _due_on(self, form: str, end: date, *, by: date) -> date:
        """The last day, with the days that a notice gives and those after a change of the fiscal year."""
        due_on = self._without_notice(form, end, by=by)
        return extended(form, due_on) if self._is_noticed(form, end, due_on=due_on) else due_on

    def _without_notice(self, form: str, end: date, *, by: date) -> date:
        due_on = last_day(form, end, self.status if end >= self.status_since else NOT_ACCELERATED)
        if form in {"10-KT", "10-QT"}:
            decided = [each.filed_on for each in self.filings if YEAR_CHANGED in each.items]
            later = [day for day in decided if end < day <= by]
            due_on = max([due_on, *(last_day(form, day) for day in later)])
        return due_on

    def _is_noticed(self, form: str, end: date, *, due_on: date | None = None) -> bool:
        """Whether a Form 12b-25 came by the business day after the last day."""
        in_time = next_business_day(
            (due_on or self._without_notice(form, end, by=self.today)) + timedelta(days=1)
        )
        return any(
            form in NOTICES.get(each.form, ()) and self._is_about(each, end)
            for each in self.filings
            if each.filed_on <= in_time
        )

    def _is_about(self, filing: Filing, end: date) -> bool:
        if filing.period_ends_on:
            return abs((filing.period_ends_on - end).days) <= YEAR_END_SLACK_DAYS
        return end < filing.filed_on

    def _first_due(self, report: Filing, since: date) -> Iterator[date]:
        """Since the registration of after that day became effective, of which this is the first report."""
        for forms in EFFECTIVE:
            days = [
                each.filed_on + forms[each.form]
                for each in self.filings
                if each.form in forms and each.filed_on >= since
            ]
            effective = [day for day in days if day <= report.filed_on]
            if effective:
                yield first_day_due(report.form, min(effective))
                return

    def _is_released(self, before: Filing, due_on: date) -> bool:
        """Whether the duty ended after this report and before that day, and did not begin again."""
        later = [each for each in self.filings if before.filed_on <= each.filed_on <= due_on]
        if any(each.form in ENDS_DUTY for each in later):
            return True
        told = max((each.filed_on for each in self.filings if each.form in BY_THE_COMPANY), default=date.min)
        return any(each.form in DELISTED and told <= each.filed_on + DELISTED_QUIET for each in later)

    # Periods that nobody reported ------------------------------------------------------

    def _unreported(self) -> Iterator[tuple[date, date, str]]:
        """The last reported period before each, its own end, and the form that is missing."""
        for before, after in zip(self.ends, self.ends[1:], strict=False):
            forms = {self.first[before].form, self.first[after].form}
            is_yearly = self.is_of_assets or bool(forms & FOREIGN)
            step_days = A_YEAR_DAYS if is_yearly else A_QUARTER_DAYS
            for step in range(1, round((after - before).days / step_days)):
                end = _later(before, step * step_days)
                yield before, end, self._form(end, is_yearly=is_yearly)
        last = self.ends[-1]
        is_yearly = self._is_yearly_now()
        ends = list(self.ends)
        end = self._next(ends, is_yearly=is_yearly)
        while end < self.today:
            yield last, end, self._form(end, is_yearly=is_yearly)
            ends.append(end)
            end = self._next(ends, is_yearly=is_yearly)

    def _is_yearly_now(self) -> bool:
        """Whether it owes years alone: by its last report, or by 6-Ks since, of foreign companies only."""
        if self.is_of_assets:
            return True
        last = self.first[self.ends[-1]]
        since = {each.form for each in self.filings if each.filed_on > last.filed_on}
        return last.form in FOREIGN or ("6-K" in since and not since & {"8-K", *QUARTERLY})

    def _next(self, ends: Sequence[date], *, is_yearly: bool) -> date:
        """The end of the period after these: a year after the one that it follows a year later."""
        last = ends[-1]
        if is_yearly:
            year_end = max((end for end in self.year_ends if end <= last), default=last)
            years = int(((last - year_end).days + YEAR_END_SLACK_DAYS) / A_YEAR_DAYS) + 1
            return _later(year_end, years * A_YEAR_DAYS)
        quarter = _later(last, A_QUARTER_DAYS)
        like_last_year = [_later(end, A_YEAR_DAYS) for end in ends]
        soon = [end for end in like_last_year if (end - last).days >= SHORTEST_QUARTER_DAYS]
        nearest = min(soon, default=quarter)
        return nearest if (nearest - quarter).days <= YEAR_END_SLACK_DAYS else quarter

    def _form(self, end: date, *, is_yearly: bool) -> str:
        """Which report is owed; as long as no annual one is known any period may end a year."""
        if is_yearly:
            return "10-K" if self.is_of_assets else "20-F"
        apart = [abs((end - each).days) % A_YEAR_DAYS for each in self.year_ends]
        may_end_a_year = (
            not apart or min(min(days, A_YEAR_DAYS - days) for days in apart) <= YEAR_END_SLACK_DAYS
        )
        return "10-K" if may_end_a_year else "10-Q"


def _later(day: date, days: float) -> date:
    """So many days on, on the last day of a month where `day` is one; years of weeks go by the days."""
    then = day + timedelta(days=round(days))
    if day.day < monthrange(day.year, day.month)[1]:
        return then
    end = months_after(day, round(days * 12 / A_YEAR_DAYS))
    return end.replace(day=monthrange(end.year, end.month)[1])
