"""Successions: stored answers, each beside the one that the same provider gave of the asset before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from assets.models import FactRow
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH
from screener.services.dossier.history.subject import HistorySubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """An answer, and the one before it; None before the provider's first."""

    old: Any
    new: Any


def successions(
    model: type[FactRow], subject: HistorySubject, place: HistoryPlace, *children: str
) -> Sequence[Succession]:
    """Those behind a place, the last known first; `children` are the relations to read with them."""
    stored = model._default_manager.filter(subject.known.rows(), asset=subject.asset)
    earlier = model._default_manager.filter(
        Q(known_at__lt=OuterRef("known_at")) | Q(known_at=OuterRef("known_at"), pk__lt=OuterRef("pk")),
        subject.known.rows(),
        asset=subject.asset,
        provider=OuterRef("provider"),
    )
    before = Subquery(earlier.order_by("-known_at", "-pk").values("pk")[:1])
    behind = stored.filter(place.reaches(at="known_at")).annotate(before=before)
    newest = list(behind.order_by("-known_at", "-pk").values_list("pk", "before")[:ROWS_A_STRETCH])
    wanted = {pk for pair in newest for pk in pair if pk is not None}
    rows = model._default_manager.prefetch_related(*children).in_bulk(wanted)
    return [Succession(old=rows.get(old), new=rows[new]) for new, old in newest]
