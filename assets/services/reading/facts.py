"""Facts about a batch of assets, as columns: the providers' answers, resolved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import F, OuterRef, QuerySet, Subquery

from assets.metrics import families
from assets.metrics.aged import aged_fields
from assets.metrics.columns import Mask, Places
from assets.metrics.denials import denied_in
from assets.metrics.facts import (
    CANDLE_DAYS,
    MANY_ROWS_AN_ASSET,
    ONE_ROW_AN_ASSET,
    PROVENANCE,
    WHOSE,
    Facts,
    frame,
    shaped,
    stored_columns,
    stored_rows,
    typed,
    typed_columns,
)
from assets.metrics.families import RESOLVED
from assets.metrics.family import Children, Family
from assets.metrics.holders import typed_by_pools
from assets.metrics.market import UNITS_IN, units
from assets.metrics.place_ages import PlaceAges, place_ages
from assets.metrics.pools import BONDING_CURVE
from assets.metrics.precedence import Resolution, known_in, resolve
from assets.metrics.ruled import heard_of, standing
from assets.metrics.second_readings import second_readings
from assets.metrics.witnesses.books import is_foreign, prices_of
from assets.metrics.witnesses.questioned import questioned, restored
from assets.models import RESOLVED_MODEL_OF, Asset, DisclosureSnapshot, SupplySnapshot
from assets.providers import in_parts, providers_of, second_nodes, stand_ins
from assets.services.reading.answers import OWNER, Before, answers_of, present_providers
from assets.services.reading.exchanges import with_exchanges
from assets.services.reading.histories import SIDES, Reading, histories_of, histories_of_books
from assets.services.reading.known_by import KnownBy
from assets.services.reading.rows import decoded, read_columns
from assets.services.reading.rulings import ANALYST, rulings_in
from assets.sheets.rulings import ROW_OF

ENDED: Final = "ended"
"""Of a pool or a book that its provider lists no longer: the row says nothing else."""

LATELY: Final = timedelta(days=7)
"""Who was asked about a pool or a book before this has lost sight of it (our judgement)."""

A_YEAR_BEFORE: Final = (timedelta(days=335), timedelta(days=400))
"""How far before the newest supply "a year ago" may lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedFamily:
    """The resolved rows of a family, the main rows as they were answered, and whose word they are.

    `ruled`: the fields in which a person's sheet counts; `heard`: the questions that a person has settled.
    `outdated`: the places that are too old to count, though somebody told of their trade lately.
    `aged`: the fields that only an answer gives which is older than the family may be.
    `second_readings`: the figures of which another node of the chain says something else.
    """

    rows: pd.DataFrame
    main: pd.DataFrame
    sources: pd.DataFrame
    ruled: pd.DataFrame | None
    heard: pd.DataFrame | None
    outdated: pd.DataFrame | None
    aged: pd.DataFrame | None
    second_readings: pd.DataFrame | None


def facts_of(
    asset_ids: Sequence[int],
    *,
    now: datetime,
    known_by: datetime | None = None,
    observations: Collection[int] | None = None,
) -> Facts:
    """What is known about these assets; figures that others contradict are not (`questions` has them).

    `known_by` leaves out what we learnt later. `observations` leaves out all others: those that `sources`
    names give the same facts again, whatever has been learnt since.
    """
    present = present_providers()
    known = KnownBy.of(asset_ids, now=now, present=present, known_by=known_by, observations=observations)
    return facts_known(asset_ids, now=now, known=known, present=present)


def facts_known(
    asset_ids: Sequence[int],
    *,
    now: datetime,
    known: KnownBy,
    present: Collection[str],
    among: Collection[str] = families.FAMILY_NAMES,
    candle_days: int = CANDLE_DAYS,
    beside: Facts | None = None,
) -> Facts:
    """The same of these families alone, as pages read them: facts of others are as if nobody knew them.

    `beside` are facts that were read before, of other families of the same assets.
    """
    wanted = Asset.objects.filter(pk__among=asset_ids)
    frames: dict[str, pd.DataFrame] = {
        "assets": _assets(wanted, now=now) if beside is None else beside.assets
    }
    read = [each for each in RESOLVED if each.name in among]
    resolved = {
        each.name: _resolved(
            each,
            answers_of(each, asset_ids, present=present, known=known),
            known=known,
            now=now,
            kinds=frames["assets"]["kind"],
        )
        for each in read
    }
    sources = [of_family.sources for of_family in resolved.values()]
    for family in read:
        rows = resolved[family.name].rows
        if family.name == families.SUPPLY:
            rows, earlier = _with_supply_of_a_year_ago(rows)
            sources.append(_sources(earlier, {family.name: np.arange(len(earlier))}))
        frames[family.frame] = shaped(family.frame, rows)
        if family.children:
            frames[family.children.frame] = _children(family, family.children, rows)
    if {families.HOLDERS, families.POOLS} <= resolved.keys():
        frames["positions"] = typed_by_pools(frames["positions"], frames["pools"])
    gone = _together([each.outdated for each in resolved.values()])
    if gone is not None:
        frames["outdated"] = typed("outdated", gone.reindex(columns=MANY_ROWS_AN_ASSET["outdated"]))
    aged = _together([each.aged for each in resolved.values()])
    if aged is not None:
        frames["aged"] = typed("aged", aged)
    second = _together([each.second_readings for each in resolved.values()])
    if second is not None:
        frames["second_readings"] = typed("second_readings", second)
    reading = Reading(assets=wanted, now=now, known=known.rows(), among=among, candle_days=candle_days)
    histories = [histories_of(reading, frames)]
    facts = Facts(now=now, **frames, **histories[0].frames)
    facts = facts if beside is None else facts.beside(restored(beside))
    if families.BOOKS in resolved:
        books, main = _without_foreign_books(facts, resolved[families.BOOKS].main)
        histories.append(histories_of_books(reading, main))
        of_books: dict[str, Any] = histories[-1].frames
        facts = replace(facts, books=books, **of_books)
    named = pd.concat([*sources, *(each.sources for each in histories)])[[*MANY_ROWS_AN_ASSET["sources"]]]
    named = named.drop_duplicates(["asset_id", "family", "observation_id"])
    return questioned(
        replace(facts, sources=named),
        ruled=_together([each.ruled for each in resolved.values()]),
        heard=_together([each.heard for each in resolved.values()]),
    )


def _together(frames: Sequence[pd.DataFrame | None]) -> pd.DataFrame | None:
    some = [each for each in frames if each is not None]
    return pd.concat(some) if some else None


def _without_foreign_books(facts: Facts, main: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Books of another coin's price are as anomalous as those that a vendor calls so: in the frame, and among
    the books as they were answered."""
    if facts.books.empty and main.empty:
        return facts.books, main
    prices = prices_of(facts)
    is_far = (
        is_foreign(facts.books, prices),
        is_foreign(main.assign(bid_usd_at=main["as_of"], last_usd_at=main["as_of"]), prices),
    )
    books, main = (
        each.assign(anomalous=each["anomalous"].mask(mask, 1.0))
        for each, mask in zip((facts.books, main), is_far, strict=True)
    )
    return books, main


def _resolved(
    family: Family, answers: QuerySet[Any], *, known: KnownBy, now: datetime, kinds: "pd.Series[str]"
) -> ResolvedFamily:
    rows = _read(family, answers, known=known)
    if not len(rows):
        return _resolved_of_none(family.name)
    return _resolved_rows(family, rows, now=now, kinds=kinds)


@cache
def _resolved_of_none(name: str) -> ResolvedFamily:
    """Where nobody has told anything, as of most families of a few assets; only to be read."""
    family = families.FAMILY_OF[name]
    rows, some_day = _no_rows(family.frame, _also(family)), datetime(2000, 1, 1, tzinfo=UTC)
    return _resolved_rows(family, rows, now=some_day, kinds=pd.Series(dtype="str"))


def _resolved_rows(
    family: Family, rows: pd.DataFrame, *, now: datetime, kinds: "pd.Series[str]"
) -> ResolvedFamily:
    ends = rows.iloc[:0]
    if family.place:
        has_ended = rows[ENDED].to_numpy(np.bool_)
        rows, ends = rows[~has_ended].reset_index(drop=True), rows[has_ended]
    columns = [each for each in rows.columns if each not in (*PROVENANCE, *family.place, *SIDES, ENDED)]
    of_family: dict[str, Any] = {
        "family": family,
        "providers": providers_of(family.name),
        "in_parts": in_parts(),
        "stand_ins": stand_ins(),
    }
    known_columns = known_in(rows, columns, family=family)
    ages = place_ages(rows, family=family, known=known_columns, columns=columns, now=now)
    denied = denied_in(rows, columns, family=family)
    rulings = rulings_in(rows) if family.name in ROW_OF else []
    stand = standing(rows, rulings, known=known_columns, denied=denied, columns=columns, **of_family)
    counted = np.flatnonzero(stand.counts & ~ages.is_gone)
    competing = rows.assign(as_of=stand.as_of).iloc[counted].reset_index(drop=True)
    resolution = resolve(
        competing,
        known=known_columns[counted],
        denied=denied[counted],
        columns=columns,
        outdated=ages.outdated[counted],
        **of_family,
    )
    main, giving, holding = counted[resolution.main], counted[resolution.giving], [*stand.holding]
    if family.place:
        giving = giving[_newest_trade_first(rows["as_of"].iloc[giving], ages.tells[giving])]
    gone = _lately_gone(rows, ages, family, now=now)
    silent = [counted[resolution.silent], stand.weighed, np.flatnonzero(ages.deciding), gone]
    sources = _sources(rows, {family.name: [*giving, *holding], "": np.concatenate(silent)})
    rulings_held = rows["observation_id"].iloc[holding]
    return ResolvedFamily(
        rows=resolution.values(competing, columns, dated=_dated(family)),
        main=rows.iloc[main].set_axis(resolution.main),
        sources=pd.concat([sources, _sources(ends, {"": np.arange(len(ends))})]) if len(ends) else sources,
        ruled=_told_by_sheets(rows.iloc[counted], resolution, columns, family, rulings=rulings_held),
        heard=heard_of(stand.holding, rows, family=family) if holding else None,
        outdated=rows.iloc[gone] if len(gone) else None,
        aged=aged_fields(competing, resolution, columns, family=family, owner=OWNER, kinds=kinds, now=now),
        second_readings=second_readings(
            competing,
            resolution,
            family=family,
            known=known_columns[counted],
            columns=columns,
            seconds=second_nodes(),
        ),
    )


def _lately_gone(rows: pd.DataFrame, ages: PlaceAges, family: Family, *, now: datetime) -> Places:
    """The newest answer about each place that is too old, not by much, and could be sold into."""
    if not ages.is_gone.any():
        return np.flatnonzero(ages.is_gone)
    is_recent = (rows["as_of"] >= pd.Timestamp(now - LATELY)).to_numpy(np.bool_) & ages.is_gone & ages.tells
    if family.name == families.POOLS:
        is_recent &= (rows["quote_is_listed"] != 0).to_numpy(np.bool_)
        is_recent &= (rows["pool_type"] != BONDING_CURVE).to_numpy(np.bool_)
    found = rows.iloc[np.flatnonzero(is_recent)].assign(row=np.flatnonzero(is_recent))
    newest = found.sort_values(["as_of", "pk"]).drop_duplicates(["asset_id", *family.place], keep="last")
    return newest["row"].to_numpy(np.intp)


def _dated(family: Family) -> dict[str, str]:
    """By moment the column that it dates; the row that owns them gives the children."""
    of_children = {family.children.field: OWNER} if family.children else {}
    return {f"{name}_at": of_children.get(name, name) for name in (*family.in_units, *family.dated)}


def _told_by_sheets(
    rows: pd.DataFrame,
    resolution: Resolution,
    columns: Sequence[str],
    family: Family,
    *,
    rulings: "pd.Series[Any]",
) -> pd.DataFrame | None:
    """The fields that an analyst's sheet gives, as `questioned` takes them; None without such a sheet."""
    is_sheet = (rows["provider"] == ANALYST) & ~rows["observation_id"].isin(rulings)
    if not is_sheet.any():
        return None
    by_person = np.append(is_sheet.to_numpy(np.bool_), False)  # the last one for NOBODY
    thing, field = np.nonzero(by_person[resolution.source])
    asset_ids = rows["asset_id"].to_numpy()[resolution.main]
    return pd.DataFrame(
        {
            "asset_id": asset_ids[thing],
            "frame": np.full(len(thing), family.frame, dtype=object),
            "field": np.array(columns, dtype=object)[field],
        }
    )


def _newest_trade_first(as_of: "pd.Series[pd.Timestamp]", tells: Mask) -> Places:
    """The order of these rows. An asset's pools come in many observations; its family is as old as the
    newest that tells of trade."""
    return np.lexsort((-as_of.to_numpy("datetime64[us]").astype(np.int64), ~tells))


def _sources(rows: pd.DataFrame, places: Mapping[str, Sequence[int] | Places]) -> pd.DataFrame:
    """By family the places of the rows that give it; or, of no family, of those that were weighed and gave
    nothing.

    These belong to it too: without a row that made others look old, another one might win.
    """
    every = np.concatenate([np.asarray(each, dtype=np.intp) for each in places.values()])
    family = np.repeat(np.arange(len(places)), [len(each) for each in places.values()])
    columns: dict[str, Any] = {name: rows[name].array.take(every) for name in WHOSE}
    return pd.DataFrame({**columns, "family": pd.array([*places], dtype="str").take(family)})


def _assets(wanted: QuerySet[Asset], *, now: datetime) -> pd.DataFrame:
    names = [each for each in ONE_ROW_AN_ASSET["assets"] if each != "sector_price_to_sales"]
    columns = read_columns(with_exchanges(wanted, now=now).order_by("pk"), ("id", *names))
    tags = [",".join(each) for each in decoded(Asset, "tags", columns["tags"])]
    unknown = np.full(len(tags), np.nan)
    return typed(
        "assets", {**columns, "asset_id": columns["id"], "tags": tags, "sector_price_to_sales": unknown}
    )


def _read(family: Family, answers: QuerySet[Any], *, known: KnownBy) -> pd.DataFrame:
    """The columns of this family's frame and the provenance of each row."""
    also = _also(family)
    if family.name == families.SUPPLY:
        answers = answers.annotate(circulating_year_ago=_row_of_a_year_ago(known))
    if family.name == families.VENUE:
        answers = answers.annotate(listed_on=F("venue"))
    names = stored_columns(family.frame, also=also)
    columns = read_columns(answers, [each for each in names if each not in UNITS_IN])
    if not len(columns["pk"]):
        return _no_rows(family.frame, also)
    if family.name == families.MARKET:
        columns |= {
            name: units(columns[cap], columns["price_usd"]).tolist() for name, cap in UNITS_IN.items()
        }
    if family.name == families.DISCLOSURE:
        channels = decoded(DisclosureSnapshot, "channels", columns["channels"])
        columns["channels"] = [len(each) or None for each in channels]
    return stored_rows(family.frame, columns, also=also)


def _also(family: Family) -> tuple[str, ...]:
    """Stored columns that are of use beside those of the frame."""
    if family.place:
        return (*(SIDES if family.name == families.BOOKS else ()), ENDED)
    return (*family.basis, OWNER) if family.children else family.basis


@cache
def _no_rows(name: str, also: tuple[str, ...]) -> pd.DataFrame:
    return stored_rows(name, dict.fromkeys(stored_columns(name, also=also), ()), also=also)


def _row_of_a_year_ago(known: KnownBy) -> Subquery:
    """By the same provider; not of one who stands in, who reads no splits between two counts."""
    nearest, farthest = (Before(OuterRef("as_of"), span=distance) for distance in A_YEAR_BEFORE)
    earlier = SupplySnapshot.objects.filter(
        known.rows(),
        asset=OuterRef("asset_id"),
        provider=OuterRef("provider"),
        as_of__lte=nearest,
        as_of__gte=farthest,
    ).exclude(provider__in=stand_ins())
    return Subquery(earlier.order_by("-as_of", "-id").values("pk")[:1])


def _with_supply_of_a_year_ago(resolved: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the supply in the place of its row's id, and say whose word it is.

    Only once it is resolved whose word counts: of the other rows nothing is read.
    """
    row_ids = resolved["circulating_year_ago"].dropna().astype("int64")
    rows = SupplySnapshot.objects.filter(pk__among=row_ids).order_by("pk")
    names = (*PROVENANCE, "circulating")
    earlier = typed_columns(read_columns(rows, names), names)
    found = earlier.set_index("pk").reindex(resolved["circulating_year_ago"])
    columns = {"circulating_year_ago": found["circulating"], "circulating_year_ago_at": found["as_of"]}
    return resolved.assign(**{name: column.array for name, column in columns.items()}), earlier


def _children(family: Family, children: Children, resolved: pd.DataFrame) -> pd.DataFrame:
    """The rows below, as a whole from the first row that knows them, in the order of their index."""
    if not len(resolved):
        return frame(children.frame, ())
    relation: Any = RESOLVED_MODEL_OF[family.name]._meta.get_field(children.field)
    parent = relation.field.name
    owning = resolved[resolved[OWNER].notna()]
    parents = pd.Index(owning[OWNER].astype("int64"))
    rows = relation.related_model._default_manager.filter(**{f"{parent}__pk__among": parents.tolist()})
    columns = read_columns(rows.order_by(f"{parent}_id", "pk"), (f"{parent}_id", *children.columns))
    place = parents.get_indexer(pd.Index(columns[f"{parent}_id"], dtype="int64"))
    return typed(children.frame, {**columns, "asset_id": owning["asset_id"].to_numpy()[place]})
