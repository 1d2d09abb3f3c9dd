"""Read what is known about a batch of assets, as columns: the providers' newest rows, settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
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
    WHOSE,
    Facts,
    shaped,
    told_columns,
    told_rows,
    typed,
    typed_columns,
)
from assets.metrics.reconcile import settle
from assets.models import (
    Asset,
    Audit,
    BookSnapshot,
    ContractSnapshot,
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
    VenueSnapshot,
)
from assets.providers import tellers_of
from assets.services.reading.histories import SIDES, histories_of
from assets.services.reading.rows import decoded, read_columns

SNAPSHOTS: Final[dict[str, tuple[str, type[FactRow]]]] = {
    families.MARKET: ("market", MarketSnapshot),
    families.SUPPLY: ("supply", SupplySnapshot),
    families.HOLDERS: ("holders", HolderSnapshot),
    families.UNLOCKS: ("schedules", UnlockSchedule),
    families.USAGE: ("usage", UsageSnapshot),
    families.DISCLOSURE: ("disclosure", DisclosureSnapshot),
    families.FUNDAMENTALS: ("fundamentals", FundamentalsSnapshot),
    families.FILINGS: ("filings", FilingSnapshot),
    families.CONTRACT: ("contract", ContractSnapshot),
    families.VENUE: ("venues", VenueSnapshot),
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

ALL_ROWS: Final = Q()


def facts_of(
    asset_ids: Sequence[int],
    *,
    now: datetime,
    known_by: datetime | None = None,
    observations: Collection[int] | None = None,
) -> Facts:
    """What is known about these assets.

    `known_by` leaves out what we learnt later. `observations` leaves out what others told: those that
    `sources` names give the same facts again, whatever has been learnt since.
    """
    known = _known(known_by, observations)
    wanted = Asset.objects.filter(pk__among=asset_ids)
    present = present_providers()
    frames: dict[str, pd.DataFrame] = {"assets": _assets(wanted)}
    sources: list[pd.DataFrame] = []
    newest: dict[str, pd.DataFrame] = {}
    for family, (name, model) in SNAPSHOTS.items():
        tellers = [each for each in tellers_of(family) if each in present]
        rows = _told(name, newest_rows(model, wanted, tellers, known=known), known=known)
        settled, told_by = _settle(rows, name, family=family, keys=("asset_id",))
        sources += _sources(family, told_by, weighed=rows)
        if name == "supply":
            settled, earlier = _with_supply_of_a_year_ago(settled)
            sources.append(_told_by(earlier, family))
        frames[name] = shaped(name, settled)
        if name in BELOW:
            frames[BELOW[name].frame] = _children(BELOW[name], settled)
    for family, (name, model, keys) in MARKETS.items():
        rows = _told(name, newest_of_each(model, wanted, keys, known=known), known=known)
        settled, told_by = _settle(rows, name, family=family, keys=("asset_id", *keys))
        frames[name], newest[name] = shaped(name, settled), rows[rows["pk"].isin(settled["pk"])]
        # An asset's pools come in many observations; its family is as old as the newest of them.
        newest_first = told_by.sort_values("as_of", ascending=False, kind="stable")
        sources += _sources(family, newest_first, weighed=rows)
    histories = histories_of(
        wanted, now=now, known=known, statements=frames["fundamentals"], books=newest["books"]
    )
    named = pd.concat([*sources, histories.sources])[[*MANY_ROWS_AN_ASSET["sources"]]]
    frames["sources"] = named.drop_duplicates(["asset_id", "family", "observation_id"])
    return Facts(now=now, **frames, **histories.frames)


def _known(known_by: datetime | None, observations: Collection[int] | None) -> Q:
    """Which rows count."""
    known = ALL_ROWS
    if known_by is not None:
        known &= Q(known_at__lte=known_by)
    if observations is not None:
        # No observation has the id 0; without any id PostgreSQL would not know the type of what it compares.
        known &= Q(observation__in=observations or (0,))
    return known


def _sources(family: str, told_by: pd.DataFrame, *, weighed: pd.DataFrame) -> list[pd.DataFrame]:
    """Who told the family; and, of no family, whose rows were weighed and told nothing.

    These belong to it too: without a row that made others look old, another one might win.
    """
    return [_told_by(told_by, family), _told_by(weighed.drop(index=told_by.index), "")]


def _told_by(rows: pd.DataFrame, family: str) -> pd.DataFrame:
    return rows[[*WHOSE]].assign(family=family)


def _assets(wanted: QuerySet[Asset]) -> pd.DataFrame:
    columns = [each for each in ONE_ROW_AN_ASSET["assets"] if each != "sector_price_to_sales"]
    told = read_columns(wanted.order_by("pk"), ("id", *columns))
    tags = [",".join(each) for each in decoded(told["tags"])]
    unknown = np.full(len(tags), np.nan)
    return typed("assets", {**told, "asset_id": told["id"], "tags": tags, "sector_price_to_sales": unknown})


def present_providers() -> set[str]:
    """Those who were ever asked: nobody else can have told anything."""
    return set(RefreshRun.objects.order_by().values_list("provider", flat=True).distinct())


def newest_rows(
    model: type[FactRow],
    assets: QuerySet[Asset],
    providers: Sequence[str],
    *,
    known: Q = ALL_ROWS,
) -> QuerySet[Any]:
    """The newest row of each asset and provider: one index look-up each, however long the history."""
    newest = Q(pk__in=())
    for provider in providers:
        history = model._default_manager.filter(known, asset=OuterRef("pk"), provider=provider)
        last = history.order_by("-as_of", "-id").values("pk")[:1]
        newest |= Q(pk__in=assets.order_by().annotate(newest=Subquery(last)).values("newest"))
    return model._default_manager.filter(newest).order_by("asset_id", "id")


def newest_of_each(
    model: type[FactRow],
    assets: QuerySet[Asset],
    keys: tuple[str, ...],
    *,
    known: Q = ALL_ROWS,
) -> QuerySet[Any]:
    """The newest row of each pool or book of these assets, as each provider tells it."""
    history = model._default_manager.filter(known, asset__in=assets.order_by().values("pk"))
    newest = Window(
        RowNumber(),
        partition_by=[F("asset_id"), F("provider"), *map(F, keys)],
        order_by=[F("as_of").desc(), F("id").desc()],
    )
    return history.annotate(age_rank=newest).filter(age_rank=1).order_by("asset_id", "id")


def _settle(
    rows: pd.DataFrame, name: str, *, family: str, keys: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = [each for each in rows.columns if each not in (*PROVENANCE, *keys, *SIDES)]
    return settle(rows, keys=keys, columns=columns, family=family, precedence=tellers_of(family))


def _told(name: str, rows: QuerySet[Any], *, known: Q) -> pd.DataFrame:
    """The columns of this frame and the provenance of each row."""
    also: tuple[str, ...] = ()
    if name == "supply":
        rows = rows.annotate(circulating_year_ago=_row_of_a_year_ago(known))
    if name == "venues":
        rows = rows.annotate(listed_on=F("venue"))
    if name == "books":
        also = SIDES
    if name in BELOW:
        rows, also = rows.annotate(owner=Case(When(BELOW[name].told, then=F("pk")))), ("owner",)
    told = read_columns(rows, told_columns(name, also=also))
    if name == "disclosure":
        # Who only lists audits has said nothing about channels.
        told["channels"] = [
            len(channels) or (None if audits_known else 0)
            for channels, audits_known in zip(decoded(told["channels"]), told["audits_known"], strict=True)
        ]
    return told_rows(name, told, also=also)


def _row_of_a_year_ago(known: Q) -> Subquery:
    nearest, farthest = (
        ExpressionWrapper(OuterRef("as_of") - distance, output_field=DateTimeField())
        for distance in A_YEAR_BEFORE
    )
    earlier = SupplySnapshot.objects.filter(
        known,
        asset=OuterRef("asset_id"),
        provider=OuterRef("provider"),
        as_of__lte=nearest,
        as_of__gte=farthest,
    )
    return Subquery(earlier.order_by("-as_of", "-id").values("pk")[:1])


def _with_supply_of_a_year_ago(settled: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the supply in the place of its row's id, and say who told it.

    Only once it is settled whose word counts: of the other rows nothing is read.
    """
    row_ids = settled["circulating_year_ago"].dropna().astype("int64")
    rows = SupplySnapshot.objects.filter(pk__among=row_ids).order_by("pk")
    names = (*PROVENANCE, "circulating")
    earlier = typed_columns(read_columns(rows, names), names)
    circulating = settled["circulating_year_ago"].map(earlier.set_index("pk")["circulating"])
    return settled.assign(circulating_year_ago=circulating.astype("float64")), earlier


def _children(below: Below, settled: pd.DataFrame) -> pd.DataFrame:
    owning = settled[settled["owner"].notna()]
    parents = pd.Index(owning["owner"].astype("int64"))
    rows = below.model._default_manager.filter(**{f"{below.parent}__pk__among": parents.tolist()})
    told = read_columns(rows.order_by("pk"), (f"{below.parent}_id", *below.columns))
    place = parents.get_indexer(pd.Index(told[f"{below.parent}_id"], dtype="int64"))
    return typed(below.frame, {**told, "asset_id": owning["asset_id"].to_numpy()[place]})
