"""Rulings in an asset's history: where a person decided a questioned figure, and took that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assets.services.importing import ANALYST
from assets.services.ruling import PastRuling, rulings_ever_on
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch
from screener.services.dossier.history.subject import HistorySubject

MOST: Final = 200
"""People decide a handful of figures of an asset; of more than these the oldest are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingMove:
    ruling: PastRuling
    is_taken_back: bool


def rulings_made(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    return _stretch(((each.ruled_at, each) for each in _ever(subject)), place, is_taken_back=False)


def rulings_taken_back(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    ended = ((each.taken_back_at, each) for each in _ever(subject) if each.taken_back_at)
    return _stretch(ended, place, is_taken_back=True)


def _ever(subject: HistorySubject) -> list[PastRuling]:
    return rulings_ever_on(subject.asset, most=MOST) if ANALYST in subject.present else []


def _stretch(
    rulings: Iterable[tuple[datetime, PastRuling]], place: HistoryPlace, *, is_taken_back: bool
) -> HistoryStretch:
    events = [
        Event(
            at=at,
            row=ruling.observation_id,
            shown=RulingMove(ruling=ruling, is_taken_back=is_taken_back),
        )
        for at, ruling in rulings
        if (at, ruling.observation_id) <= (place.at, place.row)
    ]
    return HistoryStretch(events=sorted(events, key=lambda each: (each.at, each.row), reverse=True))
