"""Append what a parser read: assets, rows of facts and what hangs below, in the caller's transaction."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F

from assets.models import (
    Audit,
    BookSnapshot,
    Candle,
    CapitalEvent,
    ContractSnapshot,
    DisclosureSnapshot,
    FactRow,
    FiledDocument,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderPosition,
    HolderSnapshot,
    MarketSnapshot,
    Observation,
    OwnershipReport,
    PoolSnapshot,
    SupplySnapshot,
    Trade,
    UnlockEvent,
    UnlockSchedule,
    UsageSnapshot,
    VenueSnapshot,
)
from assets.services.reading.rows import Among
from assets.services.storing.append import append_rows
from assets.services.storing.resolve_assets import identify
from assets.sourcing import rows as told

MODEL_OF: Final[dict[type[told.Row], type[FactRow]]] = {
    told.MarketRow: MarketSnapshot,
    told.SupplyRow: SupplySnapshot,
    told.PoolRow: PoolSnapshot,
    told.BookRow: BookSnapshot,
    told.CandleRow: Candle,
    told.TradeRow: Trade,
    told.HolderRow: HolderSnapshot,
    told.UnlockRow: UnlockSchedule,
    told.UsageRow: UsageSnapshot,
    told.DisclosureRow: DisclosureSnapshot,
    told.FundamentalsRow: FundamentalsSnapshot,
    told.FilingRow: FilingSnapshot,
    told.ContractRow: ContractSnapshot,
    told.DocumentRow: FiledDocument,
    told.CapitalRow: CapitalEvent,
    told.OwnershipRow: OwnershipReport,
    told.VenueRow: VenueSnapshot,
}
"""Where each kind of row goes. A `ListingRow` brings an asset and no facts."""

CHILDREN_OF: Final[dict[type[told.Row], tuple[str, type, str]]] = {
    told.HolderRow: ("positions", HolderPosition, "snapshot"),
    told.UnlockRow: ("events", UnlockEvent, "schedule"),
    told.DisclosureRow: ("audits", Audit, "snapshot"),
}
"""Which field of a row becomes rows of its own, of which model, under which key."""

CHILD_ROWS: Final[dict[type[told.Row], type]] = {
    told.HolderRow: told.Position,
    told.UnlockRow: told.Unlock,
    told.DisclosureRow: told.AuditReport,
}

KEY_OF: Final[dict[type[told.Row], tuple[str, ...]]] = {
    told.PoolRow: ("address",),
    told.BookRow: ("venue", "pair"),
    told.CandleRow: ("interval", "market"),
    told.TradeRow: ("market", "reference"),
    told.DocumentRow: ("accession",),
    told.CapitalRow: ("event", "happened_on", "accession"),
    told.OwnershipRow: ("accession", "line"),
    told.FundamentalsRow: ("period_ends_on",),
}
"""What tells rows of one asset and moment apart, where there can be several."""

PLAIN_FIELDS: Final[dict[type[told.Row], list[str]]] = {
    kind: [
        each.name
        for each in fields(kind)
        if each.name not in {"asset", "as_of", CHILDREN_OF.get(kind, ("",))[0]}
    ]
    for kind in MODEL_OF
}

BATCH: Final = 500

Owners = dict[tuple[told.Identifier, ...], int]
"""By identity the id of the asset that it names."""


def store_rows(*, observation: Observation, rows: Sequence[told.Row]) -> tuple[int, list[int]]:
    """Append what is new. Returns how many rows were added and the ids of all assets they speak of.

    A row that this provider has told before, of the same moment and with the same content,
    teaches nothing: a refresh brings months of candles and years of filings again.
    """
    assets = identify((row.asset for row in rows), provider=observation.provider)
    by_type: dict[type[told.Row], list[told.Row]] = defaultdict(list)
    for row in rows:
        by_type[type(row)].append(row)
    stored = 0
    for kind, batch in by_type.items():
        if kind is told.ListingRow:
            continue
        new = only_new(kind, batch, observation=observation, assets=assets)
        stored += _append(kind, new, observation=observation, assets=assets)
    return stored, sorted(set(assets.values()))


def _append(
    kind: type[told.Row], batch: Sequence[told.Row], *, observation: Observation, assets: Owners
) -> int:
    """Append the rows and, where a row brings them, the rows below it."""
    names = PLAIN_FIELDS[kind]
    provenance = (observation.pk, observation.provider, observation.known_at)
    derived = _derived(batch[0]) if batch else {}
    columns = ("observation_id", "provider", "known_at", "asset_id", "as_of", *names, *derived)
    rows = [
        (
            *provenance,
            assets[row.asset.identifiers],
            row.as_of,
            *(getattr(row, name) for name in names),
            *_derived(row).values(),
        )
        for row in batch
    ]
    if kind not in CHILDREN_OF:
        append_rows(MODEL_OF[kind], columns, rows)
        return len(rows)
    below, model, parent = CHILDREN_OF[kind]
    parents = MODEL_OF[kind]._default_manager.bulk_create(
        (MODEL_OF[kind](**dict(zip(columns, row, strict=True))) for row in rows), batch_size=BATCH
    )
    child_names = [each.name for each in fields(CHILD_ROWS[kind])]
    append_rows(
        model,
        (f"{parent}_id", *child_names),
        (
            (stored.pk, *(getattr(each, name) for name in child_names))
            for row, stored in zip(batch, parents, strict=True)
            for each in getattr(row, below) or ()
        ),
    )
    return len(rows)


def _derived(row: told.Row | FactRow) -> dict[str, Any]:
    if isinstance(row, DisclosureSnapshot):
        return {"audits_known": row.audits_known}
    return {"audits_known": row.audits is not None} if isinstance(row, told.DisclosureRow) else {}


def only_new(
    kind: type[told.Row],
    rows: Sequence[told.Row],
    *,
    observation: Observation,
    assets: Owners,
) -> list[told.Row]:
    """Leave out rows that are stored already, word for word; of one key and moment the last counts."""
    keys = KEY_OF.get(kind, ())
    wanted = {
        (assets[row.asset.identifiers], row.as_of, *(getattr(row, name) for name in keys)): row
        for row in rows
    }
    # What is true as of the answer itself can't have been told before.
    older = [key for key in wanted if key[1] < observation.known_at]
    stored = _stored(kind, older, provider=observation.provider) if older else {}
    return [row for key, row in wanted.items() if key not in stored or stored[key] != _content(kind, row)]


def _stored(kind: type[told.Row], wanted: Iterable[tuple[Any, ...]], *, provider: str) -> dict[Any, Any]:
    """By key the content that was stored last for these assets and moments."""
    places, child = set(wanted), CHILDREN_OF.get(kind)
    moments = [place[1] for place in places]
    rows = MODEL_OF[kind]._default_manager.filter(
        Among(F("asset_id"), {place[0] for place in places}),
        provider=provider,
        as_of__range=(min(moments), max(moments)),
    )
    key_names = ("asset_id", "as_of", *KEY_OF.get(kind, ()))
    if child:
        told_again = rows.order_by("id").prefetch_related(child[0])
        found = {tuple(getattr(row, name) for name in key_names): row for row in told_again}
        return {key: _content(kind, row) for key, row in found.items() if key in places}
    names = PLAIN_FIELDS[kind]
    values = rows.order_by("id").values_list(*key_names, *names)
    size = len(key_names)
    return {
        row[:size]: tuple(map(_comparable, row[size:]))
        for row in values.iterator(chunk_size=2_000)
        if row[:size] in places
    }


def _content(kind: type[told.Row], row: Any) -> tuple[Any, ...]:
    """What a row says, told or stored, its children included, in values that compare."""
    values = tuple(_comparable(getattr(row, name)) for name in PLAIN_FIELDS[kind])
    child = CHILDREN_OF.get(kind)
    if child is None:
        return values
    below = getattr(row, child[0])
    children = below.all() if isinstance(row, FactRow) else below or ()
    names = [each.name for each in fields(CHILD_ROWS[kind])]
    listed = sorted(repr([_comparable(getattr(each, name)) for name in names]) for each in children)
    return (*values, *_derived(row).values(), *listed)


def _comparable(value: Any) -> Any:
    """Amounts as floats, because databases round them differently; lists as JSON has them."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return value
