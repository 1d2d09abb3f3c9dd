"""Filings in an asset's history: the documents that an answer named first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from assets.models import FiledDocument
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, Event, HistoryStretch
from screener.services.dossier.history.subject import HistorySubject

MOST_NAMED: Final = 5
"""Of an answer with more documents, as the first one of a company is, so many are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filings:
    """The documents of one answer: how many, filed between which days, and the newest of them."""

    observation_id: int
    provider: str
    count: int
    first_on: date
    last_on: date
    documents: Sequence[FiledDocument]

    @property
    def further(self) -> int:
        return self.count - len(self.documents)


def new_filings(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    stored = _first_named(subject)
    behind = stored.filter(place.reaches(at="known_at", row="observation_id")).order_by()
    answers = list(
        behind.values("known_at", "observation_id", "provider")
        .annotate(count=Count("pk"), first_on=Min("filed_on"), last_on=Max("filed_on"))
        .order_by("-known_at", "-observation_id")[:ROWS_A_STRETCH]
    )
    named = _newest_of_each(stored, [each["observation_id"] for each in answers])
    events = [
        Event(at=each["known_at"], row=each["observation_id"], shown=_filings(each, named))
        for each in answers
    ]
    is_cut = len(answers) == ROWS_A_STRETCH
    return HistoryStretch(events=events, end=HistoryPlace(events[-1].at, events[-1].row) if is_cut else None)


def documents_since(asset_id: int, moment: datetime) -> int:
    """How many documents of an asset we have learnt of since."""
    return (
        FiledDocument.objects.filter(asset=asset_id, known_at__gt=moment)
        .values("accession")
        .distinct()
        .count()
    )


def documents_filed(subject: HistorySubject, *, first: date, most: int) -> list[FiledDocument]:
    """The newest documents that were filed from that day on, each once, the newest first."""
    return list(_first_named(subject).filter(filed_on__gte=first).order_by("-filed_on", "-pk")[:most])


def _first_named(subject: HistorySubject) -> QuerySet[FiledDocument]:
    """Each document once, as it was first told: a provider may tell of it again."""
    stored = FiledDocument.objects.filter(subject.known.rows(), asset=subject.asset)
    earlier = stored.filter(accession=OuterRef("accession"), pk__lt=OuterRef("pk"))
    return stored.filter(~Exists(earlier))


def _newest_of_each(stored: QuerySet[FiledDocument], answers: Sequence[int]) -> list[FiledDocument]:
    place = Window(
        RowNumber(), partition_by=[F("observation_id")], order_by=[F("filed_on").desc(), F("pk").desc()]
    )
    numbered = stored.filter(observation_id__in=answers).annotate(place=place)
    return list(numbered.filter(place__lte=MOST_NAMED).order_by("-filed_on", "-pk"))


def _filings(answer: Mapping[str, Any], named: Sequence[FiledDocument]) -> Filings:
    return Filings(
        observation_id=answer["observation_id"],
        provider=answer["provider"],
        count=answer["count"],
        first_on=answer["first_on"],
        last_on=answer["last_on"],
        documents=[each for each in named if each.observation_id == answer["observation_id"]],
    )
