"""Packing: cards behind the newest one of their asset are kept as what they say otherwise than a baseline.

Content stays word for word (`screener.models.packing`); only what it takes on disk is another. The newest
card of an asset is never packed: screens, rankings and schedules read its columns.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import structlog
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from assets.models import Asset
from screener.models import Scorecard, ScorecardBaseline
from screener.models.packing import EMPTY, PACKED, Baseline, Packed, Values, packed, unpacked

log = structlog.get_logger(__name__)

AT_ONCE: Final = 100
"""Cards of a transaction: a megabyte of JSON."""

MOST_OF_BASELINE: Final = 0.5
"""A card that takes more than this part of its baseline is a baseline for those that follow."""


def pack_scorecards(asset_ids: Sequence[int]) -> Iterator[int]:
    """Pack what waits of these assets; how many cards each transaction packed."""
    for asset_id, after, newest in _waiting(asset_ids):
        last = after
        while cards := _between(asset_id, last, newest):
            yield _pack(asset_id, cards)
            last = cards[-1].pk


def remove_baselines(asset_ids: Sequence[int]) -> int:
    """Those of these assets that no card names any more; how many went.

    The locks keep `pack_scorecards` from packing against one of them meanwhile.
    """
    with transaction.atomic():
        _locked(Asset.objects.filter(pk__in=asset_ids))
        named = Scorecard.objects.filter(asset__in=asset_ids).exclude(baseline=None).order_by()
        baselines = ScorecardBaseline.objects.filter(asset__in=asset_ids)
        return baselines.exclude(pk__in=named.values("baseline")).delete()[0]


def _waiting(asset_ids: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Assets with cards between the last packed one (0 before the first) and their newest one."""
    cards = Scorecard.objects.filter(asset=OuterRef("pk")).order_by("-pk").values("pk")
    assets = Asset.objects.filter(pk__in=asset_ids).order_by("pk")
    ends = assets.annotate(
        newest_card=Subquery(cards[:1]),
        second_card=Subquery(cards[1:2]),
        packed_card=Subquery(cards.exclude(packed=None)[:1]),
    )
    for asset_id, newest, second, last in ends.values_list("pk", "newest_card", "second_card", "packed_card"):
        if second is not None and second != last:
            yield asset_id, last or 0, newest


def _between(asset_id: int, after: int, before: int) -> Sequence[Scorecard]:
    cards = Scorecard.objects.filter(asset=asset_id, packed=None, pk__gt=after, pk__lt=before)
    return list(cards.only(*PACKED, "packed").order_by("pk")[:AT_ONCE])


def _pack(asset_id: int, cards: Sequence[Scorecard]) -> int:
    with transaction.atomic():
        if not _locked(Asset.objects.filter(pk=asset_id)):
            return 0
        count = 0
        baseline = ScorecardBaseline.objects.filter(asset=asset_id).order_by("-pk").first()
        for card in cards:
            whole = {name: getattr(card, name) for name in PACKED}
            difference = packed(whole, baseline.content) if baseline else None
            if baseline is None or difference is None or difference.size > MOST_OF_BASELINE * baseline.size:
                baseline = ScorecardBaseline.of(asset_id, Baseline.of(whole))
                baseline.save()
                difference = packed(whole, baseline.content)
            count += _replace(card.pk, whole, difference, baseline)
        return count


def _replace(pk: int, whole: Values, difference: Packed | None, baseline: ScorecardBaseline) -> int:
    """Nothing is replaced before it was read again to the same."""
    if difference is None or unpacked(difference, baseline.content) != whole:
        log.error("scorecard does not pack", scorecard_id=pk)
        return 0
    columns = {"packed": difference.texts, "figures": difference.figures, "dimensions": difference.dimensions}
    waits = Scorecard.objects.filter(pk=pk, packed=None)
    return waits.update(baseline=baseline, **columns, **EMPTY)


def _locked(assets: "QuerySet[Asset]") -> list[int]:
    """Those that are there, on PostgreSQL until the end of the transaction nobody else's; on SQLite only one
    writes at a time anyway."""
    return list(assets.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
