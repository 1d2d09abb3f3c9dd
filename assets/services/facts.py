"""Read what is known about a batch of assets, as columns: the newest row of each family, and its source."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import RowNumber

from assets.metrics import families
from assets.metrics.facts import MANY_ROWS_AN_ASSET, ONE_ROW_AN_ASSET, Facts
from assets.models import (
    Asset,
    Audit,
    BookSnapshot,
    DisclosureSnapshot,
    FactRow,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderPosition,
    HolderSnapshot,
    MarketSnapshot,
    PoolSnapshot,
    SupplySnapshot,
    UnlockEvent,
    UnlockSchedule,
    UsageSnapshot,
)

SNAPSHOTS: Final[dict[str, tuple[str, type[FactRow]]]] = {
    families.MARKET: ("market", MarketSnapshot),
    families.SUPPLY: ("supply", SupplySnapshot),
    families.HOLDERS: ("holders", HolderSnapshot),
    families.UNLOCKS: ("schedules", UnlockSchedule),
    families.USAGE: ("usage", UsageSnapshot),
    families.DISCLOSURE: ("disclosure", DisclosureSnapshot),
    families.FUNDAMENTALS: ("fundamentals", FundamentalsSnapshot),
    families.FILINGS: ("filings", FilingSnapshot),
}
"""Families of which the newest row counts: family → (frame, model)."""

MARKETS: Final[dict[str, tuple[str, type[FactRow], tuple[str, ...]]]] = {
    families.POOLS: ("pools", PoolSnapshot, ("address",)),
    families.BOOKS: ("books", BookSnapshot, ("venue", "pair")),
}
"""Families of which the newest row of each pool or book counts: family → (frame, model, its key)."""

PROVENANCE: Final = ("asset_id", "observation_id", "observation__provider", "as_of", "known_at")

A_YEAR_BEFORE: Final = (timedelta(days=335), timedelta(days=400))
"""How far before the newest supply "a year ago" may lie."""


def facts_of(asset_ids: Sequence[int], *, now: datetime, known_by: datetime | None = None) -> Facts:
    """What is known about these assets; `known_by` leaves out what we learnt later (for replays)."""
    wanted = Asset.objects.filter(pk__in=asset_ids)
    rows: dict[str, list[dict[str, Any]]] = {
        "assets": [
            {"asset_id": each["id"], **each}
            for each in wanted.order_by("pk").values("id", *ONE_ROW_AN_ASSET["assets"])
        ]
    }
    sources: list[dict[str, Any]] = []
    for family, (frame, model) in SNAPSHOTS.items():
        newest = newest_rows(model, wanted, known_by=known_by)
        rows[frame] = _read(newest, frame)
        sources += _sources(family, rows[frame])
    for family, (frame, model, keys) in MARKETS.items():
        rows[frame] = _read(newest_of_each(model, wanted, keys, known_by=known_by), frame)
        sources += _newest_sources(family, rows[frame])
    rows["positions"] = _positions(rows["holders"])
    rows["unlocks"] = _unlocks(rows["schedules"])
    rows["audits"] = _audits(rows["disclosure"])
    return Facts.of(now=now, sources=sources, **rows)


def newest_rows(
    model: type[FactRow], assets: QuerySet[Asset], *, known_by: datetime | None = None
) -> QuerySet[Any]:
    """The newest row of each of these assets: one index look-up an asset, however long the history."""
    history = model._default_manager.filter(asset=OuterRef("pk")).order_by("-as_of", "-id")
    if known_by:
        history = history.filter(known_at__lte=known_by)
    newest = assets.order_by().annotate(newest=Subquery(history.values("pk")[:1])).values("newest")
    return model._default_manager.filter(pk__in=newest).order_by("asset_id")


def newest_of_each(
    model: type[FactRow],
    assets: QuerySet[Asset],
    keys: tuple[str, ...],
    *,
    known_by: datetime | None = None,
) -> QuerySet[Any]:
    """The newest row of each pool or book of these assets."""
    history = model._default_manager.filter(asset__in=assets.order_by().values("pk"))
    if known_by:
        history = history.filter(known_at__lte=known_by)
    newest = Window(
        RowNumber(),
        partition_by=[F("asset_id"), *map(F, keys)],
        order_by=[F("as_of").desc(), F("id").desc()],
    )
    return history.annotate(age_rank=newest).filter(age_rank=1).order_by("asset_id", "id")


def _read(rows: QuerySet[Any], frame: str) -> list[dict[str, Any]]:
    """The columns of this frame and the provenance of each row."""
    columns = [
        each for each in ONE_ROW_AN_ASSET.get(frame) or MANY_ROWS_AN_ASSET[frame] if each != "asset_id"
    ]
    if frame == "supply":
        rows = rows.annotate(circulating_year_ago=_circulating_year_ago())
    told = list(rows.values("pk", *PROVENANCE, *columns))
    if frame == "disclosure":
        for each in told:
            each["channels"] = len(each["channels"])
    return told


def _circulating_year_ago() -> Subquery:
    nearest, farthest = (
        ExpressionWrapper(OuterRef("as_of") - distance, output_field=DateTimeField())
        for distance in A_YEAR_BEFORE
    )
    earlier = SupplySnapshot.objects.filter(
        asset=OuterRef("asset_id"), as_of__lte=nearest, as_of__gte=farthest
    )
    return Subquery(earlier.order_by("-as_of", "-id").values("circulating")[:1])


def _sources(family: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "asset_id": row["asset_id"],
            "family": family,
            "observation_id": row["observation_id"],
            "provider": row["observation__provider"],
            "as_of": row["as_of"],
            "known_at": row["known_at"],
        }
        for row in rows
    ]


def _newest_sources(family: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """An asset's pools come in many observations; its family is as old as the newest of them."""
    newest: dict[int, dict[str, Any]] = {}
    for source in _sources(family, rows):
        known = newest.setdefault(source["asset_id"], source)
        if source["as_of"] > known["as_of"]:
            newest[source["asset_id"]] = source
    return list(newest.values())


def _positions(snapshots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return _children(HolderPosition.objects, "snapshot", snapshots, ("holder_type", "share"))


def _unlocks(schedules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return _children(UnlockEvent.objects, "schedule", schedules, ("unlock_at", "amount", "category"))


def _audits(disclosures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return _children(Audit.objects, "snapshot", disclosures, ("firm", "audited_on", "matches_deployed"))


def _children(
    manager: Any, parent: str, parents: list[dict[str, Any]], columns: tuple[str, ...]
) -> list[dict[str, Any]]:
    owner = {each["pk"]: each["asset_id"] for each in parents}
    rows = manager.filter(**{f"{parent}__in": list(owner)}).order_by("pk").values(f"{parent}_id", *columns)
    return [{"asset_id": owner[row[f"{parent}_id"]], **row} for row in rows]
