"""When two assets turn out to be one, what people keep of them comes along."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from assets.services.storing.merge_assets import Became, now_of
from screener.models import Note, Override, WatchlistEntry


def follow_united(*, became: Became, **_kwargs: Any) -> None:
    """Notes and own answers move on; a watchlist names the asset once.

    Of two answers of one person to one criterion the newer stands, the other is withdrawn.
    """
    gone, concerned = list(became), [*became, *became.values()]
    Note.objects.filter(asset_id__in=gone).update(asset_id=now_of(became))

    standing = Override.objects.filter(asset_id__in=concerned, deleted_at=None).order_by("-created_at", "-pk")
    older = _repeated(standing.values_list("pk", "asset_id", "owner_id", "criterion"), became)
    Override.objects.filter(pk__in=older).update(deleted_at=timezone.now())
    Override.objects.filter(asset_id__in=gone).update(asset_id=now_of(became))

    watched = WatchlistEntry.objects.filter(asset_id__in=concerned).order_by("added_at", "pk")
    later = _repeated(watched.values_list("pk", "asset_id", "watchlist_id"), became)
    WatchlistEntry.objects.filter(pk__in=later).delete()
    WatchlistEntry.objects.filter(asset_id__in=gone).update(asset_id=now_of(became))


def _repeated(rows: Iterable[tuple[Any, ...]], became: Became) -> list[int]:
    """Of rows (id, asset's id, what else tells them apart) those that say what an earlier one said."""
    first: set[tuple[Any, ...]] = set()
    repeated = []
    for pk, asset_id, *rest in rows:
        key = (became.get(asset_id, asset_id), *rest)
        if key in first:
            repeated.append(pk)
        first.add(key)
    return repeated
