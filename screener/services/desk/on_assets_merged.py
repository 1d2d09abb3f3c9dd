"""Entity resolution, its receiver: when assets are merged, what people keep of them follows."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from assets.identity.merging import Merges
from assets.services.storing.merge_assets import id_after
from screener.models import CalendarFeedEntry, Note, Override, WatchlistEntry


def on_assets_merged(*, merges: Merges, **_kwargs: Any) -> None:
    """Notes, overrides and what feeds told move to the asset that stays; a watchlist names it once, with its
    levels.

    Of two overrides of one person for one criterion the newer stands, the other is withdrawn.
    """
    gone, concerned = list(merges), [*merges, *merges.values()]
    Note.objects.filter(asset_id__in=gone).update(asset_id=id_after(merges))
    CalendarFeedEntry.objects.filter(asset_id__in=gone).update(asset_id=id_after(merges))

    counting = Override.objects.filter(asset_id__in=concerned, deleted_at=None).order_by("-created_at", "-pk")
    older = _repeated(counting.values_list("pk", "asset_id", "owner_id", "criterion"), merges)
    Override.objects.filter(pk__in=older).update(deleted_at=timezone.now())
    Override.objects.filter(asset_id__in=gone).update(asset_id=id_after(merges))

    watched = WatchlistEntry.objects.filter(asset_id__in=concerned).order_by("added_at", "pk")
    later = _repeated(watched.values_list("pk", "asset_id", "watchlist_id"), merges)
    _keep_levels(watched, later, merges)
    WatchlistEntry.objects.filter(pk__in=later).delete()
    WatchlistEntry.objects.filter(asset_id__in=gone).update(asset_id=id_after(merges))


def _keep_levels(watched: Iterable[WatchlistEntry], later: Collection[int], merges: Merges) -> None:
    """A target or stop that only an entry has which goes is that of the one which stays."""
    stays = {
        (each.watchlist_id, merges.get(each.asset_id, each.asset_id)): each
        for each in watched
        if each.pk not in later
    }
    for gone in (each for each in watched if each.pk in later):
        kept = stays[gone.watchlist_id, merges.get(gone.asset_id, gone.asset_id)]
        kept.target_usd = gone.target_usd if kept.target_usd is None else kept.target_usd
        kept.stop_usd = gone.stop_usd if kept.stop_usd is None else kept.stop_usd
        kept.save(update_fields=["target_usd", "stop_usd"])


def _repeated(rows: Iterable[tuple[Any, ...]], merges: Merges) -> list[int]:
    """Of rows (id, asset id, the rest of their key) the ids of those that repeat an earlier one."""
    first: set[tuple[Any, ...]] = set()
    repeated = []
    for pk, asset_id, *rest in rows:
        key = (merges.get(asset_id, asset_id), *rest)
        if key in first:
            repeated.append(pk)
        first.add(key)
    return repeated
