"""Events of an 8-K: what a company tells of at once, each event once, in however many filings.

Items of https://www.sec.gov/files/form8-k.pdf. An auditor's leaving and the next one's coming stand in two
filings and confirmed in amendments; reports that can't be relied on are named, and then amended.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assets.metrics.report_deadlines import PERIODIC

AUDITOR_CHANGED: Final = "4.01"
NOT_RELIABLE: Final = "4.02"
BOUGHT_OR_SOLD: Final = "2.01"
CONTROL_CHANGED: Final = "5.01"
SHELL_NO_MORE: Final = "5.06"
"""A company has merged into a shell, and its accounts and shares are the listed company's from then on."""

CURRENT: Final = "8-K"
FORMS_OF_EVENTS: Final = frozenset({CURRENT, "8-K12B", "8-K12G3"})
"""The latter two are of a company that takes the place of another one under its registration."""
ONE_EVENT: Final = timedelta(days=60)
"""Between the end of one auditor and the choice of the next (our judgement)."""

AMENDED_WITHIN: Final = timedelta(days=180)
RESTATED: Final = frozenset(
    {"10-K", "10-KT", "10-K/A", "10-KT/A", "10-Q/A", "10-QT/A", "20-F", "20-F/A", "40-F", "40-F/A"}
)
"""What holds the corrected figures: an amended report, or the next annual one, which compares with them. A
10-Q that follows still stands on the year that was withdrawn."""
WHOLE_REPORT_SHARE: Final = 1 / 3
"""Of the size of what it amends: an amendment that is less holds no accounts but only a part, as the one of
directors and their pay that many file for a 10-K (General Instruction G(3)). Of those recorded the smallest
with accounts has .9, the largest without .06."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What matters here of a line of the list."""

    form: str
    filed_on: date
    period_ends_on: date | None = None
    items: tuple[str, ...] = ()
    size: int = 0
    """In bytes, with all exhibits; 0 where the list doesn't tell."""


def events_since(filings: Sequence[Filing], item: str, start: date) -> list[date]:
    """The days on which events of this item were first told, those after `start`."""
    events: list[date] = []
    last = date.min
    for each in sorted(filings, key=lambda each: each.filed_on):
        if each.form.removesuffix("/A") != CURRENT or item not in each.items:
            continue
        within = ONE_EVENT if each.form == CURRENT else AMENDED_WITHIN
        if not events or each.filed_on - last > within:
            events.append(each.filed_on)
        last = each.filed_on
    return [day for day in events if day > start]


def are_figures_withdrawn(filings: Sequence[Filing]) -> bool:
    """Whether the company said not to rely on its reports, and has not amended them since."""
    notices = [each.filed_on for each in filings if each.form == CURRENT and NOT_RELIABLE in each.items]
    notices += events_since(filings, NOT_RELIABLE, date.min)  # An 8-K/A tells it anew where none came before.
    if not notices:
        return False
    told = max(notices)
    reports = {
        each.period_ends_on: each
        for each in sorted(filings, key=lambda each: each.filed_on, reverse=True)
        if each.form in PERIODIC and each.period_ends_on and each.filed_on < told
    }
    newest = max(reports, default=None)
    return not any(_restates(each, reports, newest) for each in filings if each.filed_on >= told)


def _restates(filing: Filing, reports: Mapping[date, Filing], newest: date | None) -> bool:
    """Whether this holds the accounts anew, of the newest period that had been reported or a later one: what
    amends an older one alone leaves the newest twelve months as they were, and so does what amends a report
    that came after the notice."""
    if filing.form not in RESTATED:
        return False
    if filing.period_ends_on is None or newest is None:
        return True
    if filing.period_ends_on < newest:
        return False
    return not filing.form.endswith("/A") or _holds_accounts(filing, reports.get(filing.period_ends_on))


def _holds_accounts(amendment: Filing, amended: Filing | None) -> bool:
    if amended is None:
        return False
    is_known = amended.size and amendment.size
    return not is_known or amendment.size >= WHOLE_REPORT_SHARE * amended.size


def business_changed_on(filings: Sequence[Filing]) -> date | None:
    """The day on which a significant business was last bought or sold; what was reported before is of the
    company without it, or still with it."""
    return _last_day(filings, lambda items: BOUGHT_OR_SOLD in items)


def became_another_on(filings: Sequence[Filing]) -> date | None:
    """The day on which another company last took the place of this one: a shell took one in, or a business
    was bought by handing over control."""
    return _last_day(
        filings, lambda items: SHELL_NO_MORE in items or {BOUGHT_OR_SOLD, CONTROL_CHANGED} <= {*items}
    )


def _last_day(filings: Sequence[Filing], is_such: Callable[[tuple[str, ...]], bool]) -> date | None:
    days = [
        each.period_ends_on or each.filed_on
        for each in filings
        if each.form.removesuffix("/A") in FORMS_OF_EVENTS and is_such(each.items)
    ]
    return max(days, default=None)
