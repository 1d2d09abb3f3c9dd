"""Idempotent insert of what a parser read: assets, rows of facts and what hangs below them.

Everything happens in the caller's transaction.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Context, Decimal
from operator import attrgetter
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, ManyToOneRel, Model, QuerySet
from django.db.models.functions import Coalesce

from assets.metrics.families import FAMILY_OF
from assets.models import MODEL_OF, DisclosureSnapshot, FactRow, Observation, RequestLog
from assets.providers import in_parts
from assets.services.reading.rows import Among
from assets.services.reading.validity import asked_by_contract
from assets.services.storing.append import append_rows
from assets.services.storing.end_names import CONTRACTS, NameRow, end_names
from assets.services.storing.end_places import end_places, end_places_of
from assets.services.storing.follow_prices import follow_prices
from assets.services.storing.resolve_assets import resolve_assets
from assets.services.storing.speak_for_assets import said_of_assets
from assets.sourcing.listings import Listed
from assets.sourcing.progress import STORING, report
from assets.sourcing.rows import DisclosureRow, ListingRow, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTable:
    """Where the rows below a kind of row go: `field` of the row, the model, its key and its other fields."""

    field: str
    model: type[Model]
    parent: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, parent: type[FactRow]) -> "ChildTable | None":
        below = FAMILY_OF[parent.family].children
        if below is None:
            return None
        relation = parent._meta.get_field(below.field)
        assert isinstance(relation, ManyToOneRel)  # noqa: S101 - tells mypy what a reverse relation is
        model = relation.related_model
        names = (each.name for each in model._meta.concrete_fields if not each.primary_key)
        return cls(
            field=below.field,
            model=model,
            parent=relation.field.name,
            names=tuple(each for each in names if each != relation.field.name),
        )


CHILDREN_OF: Final = {
    row: children for row, model in MODEL_OF.items() if (children := ChildTable.of(model)) is not None
}
"""Of which kinds of row a field becomes rows of its own."""


def _is_below(kind: type[Row], name: str) -> bool:
    return kind in CHILDREN_OF and CHILDREN_OF[kind].field == name


PLAIN_FIELDS: Final[dict[type[Row], list[str]]] = {
    kind: [
        each.name
        for each in fields(kind)
        if each.name not in {"asset", "as_of"} and not _is_below(kind, each.name)
    ]
    for kind in MODEL_OF
}

SMALLEST: Final = Decimal("1e-30")
EXACT: Final = Context(prec=200)
"""An amount has thirty decimals in its column, and SQLite gives back fifteen digits of it."""

BATCH: Final = 500
REPORTED: Final = 5_000
"""So many rows are appended between two reports of how far it is."""

Owned = tuple[int, Row]
"""A row with the id of the asset that it speaks of."""


def store_rows(
    *,
    observation: Observation,
    rows: Sequence[Row],
    listed: Sequence[Listed] = (),
    said_at: datetime | None = None,
) -> tuple[int, list[int]]:
    """Append what is new, and end what `listed` no longer holds.

    Returns how many rows were added and the ids of all assets they speak of. An answer that is read again was
    `said_at` an earlier moment: its names mean whom they meant then, nothing ends by it, and what later ones
    have said of the same moments stands.

    A row that this provider has given before, of the same moment and with the same content,
    teaches nothing: a refresh brings months of candles and years of filings again.
    """
    refs = [*{row.asset.identifiers: row.asset for row in rows}.values()]
    provider, known_at = observation.provider, observation.known_at
    listed = () if said_at else listed
    ended = [] if said_at else end_names(refs, listed, provider=provider, known_at=known_at)
    ended += [] if said_at else follow_prices(rows, provider=provider, known_at=known_at)
    concerned = {each.asset_id for each in ended}
    _ask_again(ended)
    assets = resolve_assets(refs, provider=provider, known_at=known_at, said_at=said_at, ended=concerned)
    rows = [row for row in rows if row.asset.identifiers in assets]
    by_type: dict[type[Row], list[Owned]] = defaultdict(list)
    for row in said_of_assets(rows, assets, provider=provider):
        by_type[type(row)].append((assets[row.asset.identifiers], row))
    stored = 0
    for kind, batch in by_type.items():
        if kind is ListingRow:
            continue
        new = only_new(kind, batch, observation=observation, said_at=said_at)
        for start in range(0, len(new), REPORTED):
            report(STORING, stored, len(rows))
            some = new[start : start + REPORTED]
            stored += _append(kind, some, observation=observation)
    report(STORING, stored, len(rows))
    concerned |= {
        *end_places_of(ended, observation=observation),
        *end_places(listed, observation=observation),
    }
    return stored, sorted({*assets.values(), *concerned})


def _ask_again(ended: Sequence[NameRow]) -> None:
    """Who was asked by a contract that is the asset's no longer has not been asked about the asset."""
    moved = {each.asset_id for each in ended if each.identifier[0].startswith(CONTRACTS)}
    if moved:
        RequestLog.objects.filter(asset__in=moved, provider__in=asked_by_contract()).delete()


def _append(kind: type[Row], batch: Sequence[Owned], *, observation: Observation) -> int:
    """Append the rows and, where a row brings them, the rows below it."""
    names = PLAIN_FIELDS[kind]
    provenance = (observation.pk, observation.provider, observation.known_at)
    derived = _derived(batch[0][1]) if batch else {}
    columns = ("observation_id", "provider", "known_at", "asset_id", "as_of", *names, *derived)
    said = _said_in(names)
    rows = [
        (*provenance, asset_id, row.as_of, *said(row), *(_derived(row).values() if derived else ()))
        for asset_id, row in batch
    ]
    if kind not in CHILDREN_OF:
        append_rows(MODEL_OF[kind], columns, rows)
        return len(rows)
    below = CHILDREN_OF[kind]
    parents = MODEL_OF[kind]._default_manager.bulk_create(
        (MODEL_OF[kind](**dict(zip(columns, row, strict=True))) for row in rows), batch_size=BATCH
    )
    said_below = _said_in(below.names)
    append_rows(
        below.model,
        (f"{below.parent}_id", *below.names),
        (
            (stored.pk, *said_below(each))
            for (_asset_id, row), stored in zip(batch, parents, strict=True)
            for each in getattr(row, below.field) or ()
        ),
    )
    return len(rows)


def _said_in(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What a row says in these fields: to ask for all of them at once costs a third of asking one by one."""
    if not names:
        return lambda _row: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda row: (get(row),)


def _derived(row: Row | FactRow) -> dict[str, Any]:
    if isinstance(row, DisclosureSnapshot):
        return {"audits_known": row.audits_known}
    return {"audits_known": row.audits is not None} if isinstance(row, DisclosureRow) else {}


def only_new(
    kind: type[Row], rows: Sequence[Owned], *, observation: Observation, said_at: datetime | None = None
) -> list[Owned]:
    """Leave out rows that are stored already, word for word, or that answers after `said_at` have revised.

    Of one key and moment the last counts.
    """
    key_of = _said_in(kind.key)
    wanted = {(each[0], each[1].as_of, *key_of(each[1])): each for each in rows}
    # What is true as of the answer itself can't have been stored before; of a moment ahead of it, where a
    # clock is wrong, it can.
    others = [key for key in wanted if key[1] != observation.known_at]
    candidates = _candidates(kind, others, provider=observation.provider) if others else None
    stored = {} if candidates is None else _stored(kind, others, candidates)
    revised = set() if candidates is None or said_at is None else _revised(kind, candidates, said_at)
    return [
        each
        for key, each in wanted.items()
        if key not in revised and (key not in stored or stored[key] != content_of(kind, each[1]))
    ]


def _candidates(kind: type[Row], places: Sequence[tuple[Any, ...]], *, provider: str) -> "QuerySet[FactRow]":
    """The rows of these assets between the first and the last moment that have not been taken back."""
    moments = [place[1] for place in places]
    counts = {"observation__retraction": None} if provider in in_parts() else {}
    return MODEL_OF[kind]._default_manager.filter(
        Among(F("asset_id"), {place[0] for place in places}),
        **counts,
        provider=provider,
        as_of__range=(min(moments), max(moments)),
    )


def _revised(kind: type[Row], rows: "QuerySet[FactRow]", said_at: datetime) -> set[tuple[Any, ...]]:
    """The keys of rows that later answers gave; one that was read again is as old as it was at first."""
    answered_at = Coalesce("observation__reparse_of__known_at", "known_at")
    later = rows.order_by().alias(answered_at=answered_at).filter(answered_at__gt=said_at)
    return set(later.values_list("asset_id", "as_of", *kind.key))


def _stored(kind: type[Row], wanted: Iterable[tuple[Any, ...]], rows: "QuerySet[FactRow]") -> dict[Any, Any]:
    """By key the content that was stored last for these assets and moments."""
    places, child = set(wanted), CHILDREN_OF.get(kind)
    key_names = ("asset_id", "as_of", *kind.key)
    if child:
        whole = rows.order_by("id").prefetch_related(child.field)
        found = {tuple(getattr(row, name) for name in key_names): row for row in whole}
        return {key: content_of(kind, row) for key, row in found.items() if key in places}
    names = PLAIN_FIELDS[kind]
    values = rows.order_by("id").values_list(*key_names, *names)
    size = len(key_names)
    return {row[:size]: tuple(map(_comparable, row[size:])) for row in values if row[:size] in places}


def content_of(kind: type[Row], row: Any) -> tuple[Any, ...]:
    """What a row says, read or stored, its children included, in values that compare."""
    values = tuple(_comparable(getattr(row, name)) for name in PLAIN_FIELDS[kind])
    child = CHILDREN_OF.get(kind)
    if child is None:
        return values
    below = getattr(row, child.field)
    children = below.all() if isinstance(row, FactRow) else below or ()
    listed = sorted(repr([_comparable(getattr(each, name)) for name in child.names]) for each in children)
    return (*values, *_derived(row).values(), *listed)


def _comparable(value: Any) -> Any:
    """Amounts as every database gives them back; lists as JSON has them; moments in UTC, which each library
    has an object of its own for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, Decimal):
        return float(f"{float(value.quantize(SMALLEST, context=EXACT)):.14e}")
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return value
