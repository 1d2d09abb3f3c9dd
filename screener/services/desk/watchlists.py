"""Watchlists: making them, naming them and filling them."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from assets.models import Asset
from screener.models import Scorecard, Watchlist, WatchlistEntry
from screener.models.owned import NameTakenError, Person
from screener.services.desk.asset_search import find_assets

# Reading --------------------------------------------------------------------------


def watchlists_of(user: Person) -> QuerySet[Watchlist]:
    """This person's lists with `asset_count`; the one that stars go to has `takes_stars`."""
    return Watchlist.objects.of(user).annotate(
        asset_count=Count("entries"), takes_stars=Q(pk=Subquery(_starred(user)))
    )


def watched_asset_ids(user: Person) -> frozenset[int]:
    """The assets with a star, in one query."""
    if not user.is_authenticated:
        return frozenset()
    starred = WatchlistEntry.objects.filter(watchlist=Subquery(_starred(user)))
    return frozenset(starred.values_list("asset_id", flat=True))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One line of a watchlist; `card` is None for an asset that was never scored."""

    entry: WatchlistEntry
    asset: Asset
    card: Scorecard | None

    @property
    def market_cap_usd(self) -> float | None:
        return self.card.figures.get("market_cap_usd") if self.card else None


SORT_KEYS: Final[dict[str, Callable[[Watched], Any]]] = {
    "name": lambda row: (row.asset.name or row.asset.symbol).casefold(),
    "market_cap": lambda row: row.market_cap_usd,
    "score": lambda row: row.card and row.card.total,
    "gates": lambda row: row.card and (len(row.card.gates_open), len(row.card.gates_unverified)),
    "added": lambda row: row.entry.added_at,
}
"""What a watchlist can be sorted by."""


def watched_assets(*, watchlist: Watchlist, sort: str = "-added") -> list[Watched]:
    """The assets of a list with what is known of them now; those without a value come last either way."""
    newest = Scorecard.objects.filter(asset=OuterRef("asset")).order_by("-id").values("pk")[:1]
    entries = list(watchlist.entries.select_related("asset").annotate(card_id=Subquery(newest)))
    cards = Scorecard.objects.defer("findings", "dimensions").in_bulk(
        [card_id for entry in entries if (card_id := getattr(entry, "card_id", None))]
    )
    rows = [
        Watched(entry=entry, asset=entry.asset, card=cards.get(getattr(entry, "card_id", 0)))
        for entry in entries
    ]
    key = SORT_KEYS[sort.removeprefix("-")]
    known = [row for row in rows if key(row) is not None]
    known.sort(key=key, reverse=sort.startswith("-"))
    return known + [row for row in rows if key(row) is None]


def assets_to_add(*, watchlist: Watchlist, words: str) -> QuerySet[Asset]:
    """A few assets not in the list yet that answer to every word, those of exactly this symbol first."""
    others = Asset.objects.exclude(pk__in=watchlist.entries.values("asset"))
    return find_assets(words=words, among=others)


# Lists ----------------------------------------------------------------------------


def create_watchlist(*, user: AbstractBaseUser, name: str) -> Watchlist:
    watchlist = Watchlist(owner_id=user.pk, name=name)
    watchlist.save_named()
    return watchlist


def rename_watchlist(*, watchlist: Watchlist, name: str) -> None:
    watchlist.name = name
    watchlist.save_named()


# Assets in them -------------------------------------------------------------------


def watch(*, watchlist: Watchlist, asset: Asset) -> None:
    """Without reading it first: somebody may take it out between two statements."""
    WatchlistEntry.objects.bulk_create(
        [WatchlistEntry(watchlist=watchlist, asset=asset)], ignore_conflicts=True
    )


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
