"""Events of an 8-K: what a company tells of at once, each event once, in however many filings.

Items of https://www.sec.gov/files/form8-k.pdf. An auditor's leaving and the next one's coming stand in two
filings and confirmed in amendments; reports that can't be relied on are named, and then amended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

AUDITOR_CHANGED: Final = "4.01"
NOT_RELIABLE: Final = "4.02"

CURRENT: Final = "8-K"
ONE_EVENT: Final = timedelta(days=60)
"""Between the end of one auditor and the choice of the next (our judgement)."""

AMENDED_WITHIN: Final = timedelta(days=180)
RESTATED: Final = frozenset(
    {"10-K", "10-KT", "10-K/A", "10-KT/A", "10-Q/A", "10-QT/A", "20-F", "20-F/A", "40-F", "40-F/A"}
)
"""What holds the corrected figures: an amended report, or the next annual one, which compares with them. A
10-Q that follows still stands on the year that was withdrawn."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What matters here of a line of the list."""

    form: str
    filed_on: date
    period_ends_on: date | None = None
    items: tuple[str, ...] = ()


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
    amended = [each.filed_on for each in filings if each.form in RESTATED]
    return max(notices, default=date.min) > max(amended, default=date.min)
