"""Read what is known about a batch of assets, as columns: the providers' newest rows, settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import pandas as pd
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from assets.metrics import families
from assets.metrics.facts import (
    MANY_ROWS_AN_ASSET,
    ONE_ROW_AN_ASSET,
    PROVENANCE,
    Facts,
    frame,
    shaped,
    told_rows,
)
from assets.metrics.reconcile import settle
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
    RefreshRun,
    SupplySnapshot,
    UnlockEvent,
    UnlockSchedule,
    UsageSnapshot,
)
from assets.providers import tellers_of

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """Rows below a snapshot: they come as a whole from the first provider of whom `told` holds."""

    frame: str
    model: type[Model]
    parent: str
    columns: tuple[str, ...]
    told: Q | Exists


BELOW: Final[dict[str, Below]] = {
    "holders": Below(
        frame="positions",
        model=HolderPosition,
        parent="snapshot",
        columns=("holder_type", "share"),
        told=Exists(HolderPosition.objects.filter(snapshot=OuterRef("pk"))),
    ),
    "schedules": Below(
        frame="unlocks",
        model=UnlockEvent,
        parent="schedule",
        columns=("unlock_at", "ends_at", "amount", "category"),
        told=Q(pk__gt=0),
    ),
    "disclosure": Below(
        frame="audits",
        model=Audit,
        parent="snapshot",
        columns=("firm", "audited_on", "matches_deployed"),
        told=Q(audits_known=True),
    ),
}

A_YEAR_BEFORE: Final = (timedelta(days=335), timedelta(days=400))
"""How far before the newest supply "a year ago" may lie."""


def facts_of(asset_ids: Sequence[int], *, now: datetime, known_by: datetime | None = None) -> Facts:
    """What is known about these assets; `known_by` leaves out what we learnt later (for replays)."""
    wanted = Asset.objects.filter(pk__in=asset_ids)
    present = present_providers()
    frames: dict[str, pd.DataFrame] = {"assets": _assets(wanted)}
    sources: list[pd.DataFrame] = []
    owners: dict[str, dict[int, int]] = {}
    for family, (name, model) in SNAPSHOTS.items():
        tellers = [each for each in tellers_of(family) if each in present]
        rows = _told(name, newest_rows(model, wanted, tellers, known_by=known_by))
        settled, told_by = _settle(rows, name, family=family, keys=("asset_id",))
        frames[name] = shaped(name, settled)
        sources.append(told_by.assign(family=family))
        if name in BELOW:
            known = settled[settled["owner"].notna()]
            owners[name] = dict(zip(known["owner"].astype("int64"), known["asset_id"], strict=True))
    for family, (name, model, keys) in MARKETS.items():
        rows = _told(name, newest_of_each(model, wanted, keys, known_by=known_by))
        settled, told_by = _settle(rows, name, family=family, keys=("asset_id", *keys))
        frames[name] = shaped(name, settled)
        # An asset's pools come in many observations; its family is as old as the newest of them.
        newest = told_by.sort_values("as_of", ascending=False, kind="stable").drop_duplicates("asset_id")
        sources.append(newest.assign(family=family))
    for name, owner in owners.items():
        frames[BELOW[name].frame] = frame(BELOW[name].frame, _children(BELOW[name], owner))
    frames["sources"] = pd.concat([each[[*MANY_ROWS_AN_ASSET["sources"]]] for each in sources])
    return Facts(now=now, **frames)


def _assets(wanted: QuerySet[Asset]) -> pd.DataFrame:
    columns = [each for each in ONE_ROW_AN_ASSET["assets"] if each != "sector_price_to_sales"]
    rows = wanted.order_by("pk").values("id", *columns)
    return frame("assets", ({**row, "asset_id": row["id"], "tags": ",".join(row["tags"])} for row in rows))


def present_providers() -> set[str]:
    """Those who were ever asked: nobody else can have told anything."""
    return set(RefreshRun.objects.order_by().values_list("provider", flat=True).distinct())


def newest_rows(
    model: type[FactRow],
    assets: QuerySet[Asset],
    providers: Sequence[str],
    *,
    known_by: datetime | None = None,
) -> QuerySet[Any]:
    """The newest row of each asset and provider: one index look-up each, however long the history."""
    newest = Q(pk__in=())
    for provider in providers:
        history = model._default_manager.filter(asset=OuterRef("pk"), provider=provider)
        if known_by:
            history = history.filter(known_at__lte=known_by)
        last = history.order_by("-as_of", "-id").values("pk")[:1]
        newest |= Q(pk__in=assets.order_by().annotate(newest=Subquery(last)).values("newest"))
    return model._default_manager.filter(newest).order_by("asset_id", "id")


def newest_of_each(
    model: type[FactRow],
    assets: QuerySet[Asset],
    keys: tuple[str, ...],
    *,
    known_by: datetime | None = None,
) -> QuerySet[Any]:
    """The newest row of each pool or book of these assets, as each provider tells it."""
    history = model._default_manager.filter(asset__in=assets.order_by().values("pk"))
    if known_by:
        history = history.filter(known_at__lte=known_by)
    newest = Window(
        RowNumber(),
        partition_by=[F("asset_id"), F("provider"), *map(F, keys)],
        order_by=[F("as_of").desc(), F("id").desc()],
    )
    return history.annotate(age_rank=newest).filter(age_rank=1).order_by("asset_id", "id")


def _settle(
    rows: pd.DataFrame, name: str, *, family: str, keys: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = [each for each in rows.columns if each not in (*PROVENANCE, *keys)]
    return settle(rows, keys=keys, columns=columns, family=family, precedence=tellers_of(family))


def _told(name: str, rows: QuerySet[Any]) -> pd.DataFrame:
    """The columns of this frame and the provenance of each row."""
    also: tuple[str, ...] = ()
    if name == "supply":
        rows = rows.annotate(circulating_year_ago=_circulating_year_ago())
    if name in BELOW:
        rows, also = rows.annotate(owner=Case(When(BELOW[name].told, then=F("pk")))), ("owner",)
    columns = [
        each for each in ONE_ROW_AN_ASSET.get(name) or MANY_ROWS_AN_ASSET[name] if each not in PROVENANCE
    ]
    told = list(rows.values(*PROVENANCE, *columns, *also))
    if name == "disclosure":
        for each in told:
            # Who only lists audits has said nothing about channels.
            each["channels"] = len(each["channels"]) or (None if each["audits_known"] else 0)
    return told_rows(name, told, also=also)


def _circulating_year_ago() -> Subquery:
    nearest, farthest = (
        ExpressionWrapper(OuterRef("as_of") - distance, output_field=DateTimeField())
        for distance in A_YEAR_BEFORE
    )
    earlier = SupplySnapshot.objects.filter(
        asset=OuterRef("asset_id"),
        provider=OuterRef("provider"),
        as_of__lte=nearest,
        as_of__gte=farthest,
    )
    return Subquery(earlier.order_by("-as_of", "-id").values("circulating")[:1])


def _children(below: Below, owner: dict[int, int]) -> list[dict[str, Any]]:
    rows = below.model._default_manager.filter(**{f"{below.parent}__in": list(owner)}).order_by("pk")
    return [
        {"asset_id": owner[row[f"{below.parent}_id"]], **row}
        for row in rows.values(f"{below.parent}_id", *below.columns)
    ]
