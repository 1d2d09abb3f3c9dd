"""Rows known already: what a provider has told before, word for word, teaches nothing when it comes again."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Context, Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, DateTimeField, F, QuerySet
from django.db.models.functions import Coalesce

from assets.models import MODEL_OF, FactRow, Observation
from assets.providers import in_parts
from assets.services.reading.prepared import Given, Prepared
from assets.services.reading.rows import Among
from assets.services.storing.row_tables import CHILDREN_OF, PLAIN_FIELDS, derived_of, said_in
from assets.sourcing.rows import Row

SMALLEST: Final = Decimal("1e-30")
EXACT: Final = Context(prec=200)
"""An amount has thirty decimals in its column, and SQLite gives back fifteen digits of it."""

Owned = tuple[int, Row]
"""A row with the id of the asset that it speaks of."""


def only_new(
    kind: type[Row], rows: Sequence[Owned], *, observation: Observation, said_at: datetime | None = None
) -> list[Owned]:
    """Leave out rows that are stored already, word for word, or that answers after `said_at` have revised.

    Of one key and moment the last counts.
    """
    key_of = said_in(kind.key)
    wanted = {(each[0], each[1].as_of, *key_of(each[1])): each for each in rows}
    # What is true as of the answer itself can't have been stored before; of a moment ahead of it, where a
    # clock is wrong, it can.
    others = [key for key in wanted if key[1] != observation.known_at]
    span = _Span.of(others, provider=observation.provider) if others else None
    stored = {} if span is None else _stored(kind, others, span)
    revised = set() if span is None or said_at is None else _revised(kind, span, said_at)
    return [
        each
        for key, each in wanted.items()
        if key not in revised and (key not in stored or stored[key] != content_of(kind, each[1]))
    ]


class _Span(NamedTuple):
    """Where rows may be known already: these assets of this provider, from the first to the last moment."""

    assets: Any
    provider: Any
    first: Any
    last: Any

    @classmethod
    def of(cls, places: Sequence[tuple[Any, ...]], *, provider: str) -> "_Span":
        moments = [place[1] for place in places]
        return cls({place[0] for place in places}, provider, min(moments), max(moments))


ANY_SPAN: Final = _Span(
    Given("assets"),
    Given("provider", CharField()),
    Given("first", DateTimeField()),
    Given("last", DateTimeField()),
)


def _rows_in(span: _Span, model: type[FactRow], *, in_parts: bool) -> "QuerySet[FactRow]":
    """The rows of a span that have not been taken back."""
    counts = {"observation__retraction": None} if in_parts else {}
    return model._default_manager.filter(
        Among(F("asset_id"), span.assets),
        **counts,
        provider=span.provider,
        as_of__gte=span.first,
        as_of__lte=span.last,
    )


def _revised(kind: type[Row], span: _Span, said_at: datetime) -> set[tuple[Any, ...]]:
    """The keys of rows that later answers gave; one that was read again is as old as it was at first."""
    answered_at = Coalesce("observation__reparse_of__known_at", "known_at")
    rows = _rows_in(span, MODEL_OF[kind], in_parts=span.provider in in_parts()).order_by()
    later = rows.alias(answered_at=answered_at).filter(answered_at__gt=said_at)
    return set(later.values_list("asset_id", "as_of", *kind.key))


def _stored(kind: type[Row], wanted: Iterable[tuple[Any, ...]], span: _Span) -> dict[Any, Any]:
    """By key the content that was stored last for these assets and moments."""
    places, child = set(wanted), CHILDREN_OF.get(kind)
    key_names = ("asset_id", "as_of", *kind.key)
    if child:
        rows = _rows_in(span, MODEL_OF[kind], in_parts=span.provider in in_parts())
        whole = rows.order_by("id").prefetch_related(child.field)
        found = {tuple(getattr(row, name) for name in key_names): row for row in whole}
        return {key: content_of(kind, row) for key, row in found.items() if key in places}
    columns = (*key_names, *PLAIN_FIELDS[kind])
    question = _stored_rows(MODEL_OF[kind], columns, in_parts=span.provider in in_parts())
    size = len(key_names)
    return {
        row[:size]: tuple(map(_comparable, row[size:]))
        for row in question.read(question.ask(**span._asdict()))
        if row[:size] in places
    }


@cache
def _stored_rows(model: type[FactRow], columns: tuple[str, ...], *, in_parts: bool) -> Prepared:
    return Prepared(_rows_in(ANY_SPAN, model, in_parts=in_parts).order_by("id").values_list(*columns))


def content_of(kind: type[Row], row: Any) -> tuple[Any, ...]:
    """What a row says, read or stored, its children included, in values that compare."""
    values = tuple(_comparable(getattr(row, name)) for name in PLAIN_FIELDS[kind])
    child = CHILDREN_OF.get(kind)
    if child is None:
        return values
    below = getattr(row, child.field)
    children = below.all() if isinstance(row, FactRow) else below or ()
    listed = sorted(repr([_comparable(getattr(each, name)) for name in child.names]) for each in children)
    return (*values, *derived_of(row).values(), *listed)


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
