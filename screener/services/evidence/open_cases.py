"""Prospective cases: what was said of an asset before anybody could know how it ends."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Min
from django.utils import timezone

from screener.models import Case, Scorecard

HORIZONS_DAYS: Final = (14, 90, 180)
BATCH: Final = 1_000


def open_cases(asset_ids: Iterable[int], *, now: datetime | None = None) -> int:
    """Open a case of each horizon for those of these assets that have none this week; returns how many.

    A case is the asset's first scorecard of the week, which begins on Monday at 00:00 UTC. An asset scanned
    every hour would be thousands of cases that end alike; one a week says as much and keeps 100,000
    assets to 300,000 cases a week. A judgement that did not change in a week is no new case, for it
    wrote no scorecard. Invented assets have no outcome and are never cases. Asking again changes nothing.
    """
    ids, moment = sorted(set(asset_ids)), now or timezone.now()
    return sum(
        _open_batch(ids[start : start + BATCH], week_of(moment)) for start in range(0, len(ids), BATCH)
    )


def week_of(moment: datetime) -> datetime:
    """The Monday, 00:00 UTC, with which its week begins."""
    utc = moment.astimezone(UTC)
    return utc.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=utc.weekday())


def _open_batch(ids: Sequence[int], week: datetime) -> int:
    this_week = {"scanned_at__gte": week, "scanned_at__lt": week + timedelta(days=7)}
    have = set(Case.objects.filter(asset__pk__among=ids, **this_week).values_list("asset_id", flat=True))
    firsts = (
        Scorecard.objects.filter(
            asset__pk__among=[each for each in ids if each not in have],
            asset__fictional=False,
            scored_at__gte=week,
            scored_at__lt=week + timedelta(days=7),
        )
        .order_by()
        .values("asset_id")
        .annotate(first=Min("id"))
        .values("first")
    )
    cases = [
        Case(
            asset_id=card.asset_id,
            scorecard=card,
            scanned_at=card.scored_at,
            horizon_days=days,
            due_at=card.scored_at + timedelta(days=days),
        )
        for card in Scorecard.objects.filter(pk__in=firsts).only("asset_id", "scored_at").order_by("pk")
        for days in HORIZONS_DAYS
    ]
    Case.objects.bulk_create(cases, batch_size=BATCH, ignore_conflicts=True)
    return len(cases)
