"""Plans in an asset's history: the positions that the reader planned and kept."""

from screener.models import Plan
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, Event, HistoryStretch, stretch_of
from screener.services.dossier.history.subject import HistorySubject


def plans_kept(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    """Of the reader's own plans that are not thrown away."""
    own = Plan.objects.of(subject.user).filter(place.reaches(at="planned_at"), asset=subject.asset)
    rows = list(own.order_by("-planned_at", "-pk")[:ROWS_A_STRETCH])
    events = (Event(at=each.planned_at, row=each.pk, shown=each) for each in rows)
    return stretch_of(rows, events, at="planned_at")
