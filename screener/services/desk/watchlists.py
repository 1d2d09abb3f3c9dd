"""Watchlists: making them, naming them and filling them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from assets.models import Asset
from screener.models import Watchlist, WatchlistEntry
from screener.models.owned import NameTakenError, Person

# Reading --------------------------------------------------------------------------

WITH_STAR: Final = """
    SELECT asset_id FROM screener_watchlistentry WHERE watchlist_id =
        (SELECT MIN(id) FROM screener_watchlist WHERE owner_id = %s AND deleted_at IS NULL)
"""
"""Written out, for every table asks it: to have it written from a queryset takes ten times as long."""


def watchlists_of(user: Person) -> QuerySet[Watchlist]:
    """This person's lists with `asset_count`; the one that stars go to has `takes_stars`."""
    return Watchlist.objects.of(user).annotate(
        asset_count=Count("entries"), takes_stars=Q(pk=Subquery(_starred(user)))
    )


def watched_asset_ids(user: Person) -> frozenset[int]:
    """The assets with a star, in one query."""
    if not user.is_authenticated:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(WITH_STAR, [user.pk])
        return frozenset(asset_id for (asset_id,) in cursor.fetchall())


def assets_by_watchlist(user: Person) -> dict[str, list[int]]:
    """What is on each of this person's lists, by its name, in one query."""
    by_name: dict[str, list[int]] = {}
    lists = Watchlist.objects.of(user).values_list("name", "entries__asset_id")
    for name, asset_id in lists:
        by_name.setdefault(name, [])
        if asset_id is not None:
            by_name[name].append(asset_id)
    return by_name


def lists_holding(*, user: Person, asset: Asset) -> QuerySet[Watchlist]:
    """This person's lists, each with `holds`: whether the asset is in it."""
    holding = WatchlistEntry.objects.filter(asset=asset).values("watchlist")
    return Watchlist.objects.of(user).annotate(holds=Q(pk__in=holding))


def _starred(user: Person) -> QuerySet[Any]:
    """The list that stars go to is the oldest: renaming it changes nothing."""
    return Watchlist.objects.of(user).order_by("pk").values("pk")[:1]


# Lists ----------------------------------------------------------------------------


def create_watchlist(*, user: AbstractBaseUser, name: str) -> Watchlist:
    watchlist = Watchlist(owner_id=user.pk, name=name)
    watchlist.save_named()
    return watchlist


def keep_columns(*, watchlist: Watchlist, columns: Sequence[str]) -> None:
    """The columns that its table shows from now on; none: the usual ones."""
    watchlist.columns = list(columns)
    watchlist.save(update_fields=["columns"])


def rename_watchlist(*, watchlist: Watchlist, name: str) -> None:
    watchlist.name = name
    watchlist.save_named()


# Assets in them -------------------------------------------------------------------


def watch(*, watchlist: Watchlist, asset: Asset) -> None:
    """Without reading it first: somebody may take it out between two statements."""
    WatchlistEntry.objects.bulk_create(
        [WatchlistEntry(watchlist=watchlist, asset=asset)], ignore_conflicts=True
    )


def set_level(*, watchlist: Watchlist, asset_id: int, level: str, price_usd: Decimal | None) -> bool:
    """Set the `target` or `stop` of an asset of the list, or take it away; False where it is not there."""
    entry = watchlist.entries.filter(asset_id=asset_id)
    return bool(entry.update(**{f"{level}_usd": price_usd}))


def newest_asset_ids(watchlist: Watchlist, *, most: int) -> list[int]:
    """The assets that were put on the list last, the newest first."""
    entries = watchlist.entries.order_by("-added_at", "-pk")
    return list(entries.values_list("asset_id", flat=True)[:most])


def unwatch(*, watchlist: Watchlist, asset: Asset) -> None:
    WatchlistEntry.objects.filter(watchlist=watchlist, asset=asset).delete()


def set_star(*, user: AbstractBaseUser, asset: Asset, watched: bool | None = None) -> bool:
    """Star or unstar, or turn it round when `watched` is None; returns whether the asset has a star now."""
    while (starred := Watchlist.objects.of(user).order_by("pk").first()) is None:
        with suppress(NameTakenError):  # By another click of the same moment.
            create_watchlist(user=user, name=_("Watchlist"))
    if watched is None:
        watched = not starred.entries.filter(asset=asset).exists()
    (watch if watched else unwatch)(watchlist=starred, asset=asset)
    return watched


def choose_watchlists(*, user: AbstractBaseUser, asset: Asset, chosen: Iterable[int]) -> None:
    """Have the asset in exactly these lists of this person; lists of others are not touched."""
    mine = Watchlist.objects.of(user)
    wanted = mine.filter(pk__in=set(chosen))
    with transaction.atomic():
        WatchlistEntry.objects.filter(asset=asset, watchlist__in=mine.exclude(pk__in=wanted)).delete()
        WatchlistEntry.objects.bulk_create(
            (WatchlistEntry(watchlist=watchlist, asset=asset) for watchlist in wanted), ignore_conflicts=True
        )
