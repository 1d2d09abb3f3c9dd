"""Notes in an asset's history: what the reader wrote and edited."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from screener.models import Note, NoteRevision
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, Event, HistoryStretch, stretch_of
from screener.services.dossier.history.subject import HistorySubject


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """A text of a note; `is_first` where the note began with it."""

    revision: NoteRevision
    is_first: bool


def note_revisions(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    """Of the reader's own notes that are not thrown away."""
    own = Note.objects.of(subject.user).filter(asset=subject.asset)
    first = NoteRevision.objects.filter(note=OuterRef("note")).order_by("pk").values("pk")[:1]
    revisions = NoteRevision.objects.filter(place.reaches(at="written_at"), note__in=own)
    rows = list(revisions.annotate(first=Subquery(first)).order_by("-written_at", "-pk")[:ROWS_A_STRETCH])
    events = (
        Event(
            at=each.written_at,
            row=each.pk,
            shown=NoteWritten(revision=each, is_first=each.first == each.pk),
        )
        for each in rows
    )
    return stretch_of(rows, events, at="written_at")
