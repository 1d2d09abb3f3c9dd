"""Price marks: what the history of an asset has to set beside its price, by the day on which it happened.

Grades, documents, and the reader's own notes and plans. What the calendar knows of is not among them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any, Final

from assets.metrics.families import EQUITY
from screener.services.dossier.history.filings import documents_filed
from screener.services.dossier.history.notes import note_revisions
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.plans import plans_kept
from screener.services.dossier.history.ratings import grade_changes
from screener.services.dossier.history.subject import HistorySubject

GRADE: Final = "grade"
DOCUMENTS: Final = "documents"
NOTE: Final = "note"
PLAN: Final = "plan"

MOST_DOCUMENTS: Final = 400
MOST_GRADES: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMark:
    """`on` is a day in UTC. `shown` is by `kind` a GradeChange, the documents of that day with the newest
    first, a NoteWritten or a Plan."""

    kind: str
    on: date
    shown: Any


def read_price_marks(subject: HistorySubject, *, first: date) -> list[PriceMark]:
    """From `first` on in the order of their days: of each kind a bounded number, the newest.

    As of a past moment nothing of the reader's own, as everywhere on the page.
    """
    since = datetime.combine(first, time.min, UTC)
    marks = [
        PriceMark(kind=GRADE, on=each.at.astimezone(UTC).date(), shown=each)
        for each in grade_changes(subject, since=since, most=MOST_GRADES)
    ]
    if subject.asset.kind == EQUITY:
        marks += _documents(subject, first)
    if subject.user.is_authenticated and subject.as_of is None:
        marks += [each for each in _own(subject) if each.on >= first]
    return sorted(marks, key=lambda each: each.on)


def _documents(subject: HistorySubject, first: date) -> list[PriceMark]:
    """Those of a day are one mark."""
    filed = documents_filed(subject, first=first, most=MOST_DOCUMENTS)
    by_day = groupby(filed, key=lambda each: each.filed_on)
    return [PriceMark(kind=DOCUMENTS, on=day, shown=tuple(documents)) for day, documents in by_day]


def _own(subject: HistorySubject) -> list[PriceMark]:
    newest = HistoryPlace.behind(subject.now)
    return [
        PriceMark(kind=kind, on=event.at.astimezone(UTC).date(), shown=event.shown)
        for kind, read in ((NOTE, note_revisions), (PLAN, plans_kept))
        for event in read(subject, newest).events
    ]
