"""Overrides in an asset's history: where the reader answered a criterion themselves, and took that back."""

from dataclasses import dataclass

from screener.checklist import CRITERIA, Criterion
from screener.models import Override
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, Event, HistoryStretch, stretch_of
from screener.services.dossier.history.subject import HistorySubject


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideMove:
    """`criterion` is None where this checklist no longer has it."""

    override: Override
    criterion: Criterion | None
    is_withdrawn: bool


def overrides_made(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    return _stretch(subject, place, at="created_at", is_withdrawn=False)


def overrides_withdrawn(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    return _stretch(subject, place, at="deleted_at", is_withdrawn=True)


def _stretch(subject: HistorySubject, place: HistoryPlace, *, at: str, is_withdrawn: bool) -> HistoryStretch:
    own = Override.objects.of(subject.user, with_deleted=True).filter(asset=subject.asset)
    rows = list(own.filter(place.reaches(at=at)).order_by(f"-{at}", "-pk")[:ROWS_A_STRETCH])
    events = (
        Event(
            at=getattr(each, at),
            row=each.pk,
            shown=OverrideMove(
                override=each, criterion=CRITERIA.get(each.criterion), is_withdrawn=is_withdrawn
            ),
        )
        for each in rows
    )
    return stretch_of(rows, events, at=at)
