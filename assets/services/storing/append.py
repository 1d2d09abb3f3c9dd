"""Append rows to a table as fast as its database takes them: COPY on PostgreSQL, executemany elsewhere.

Facts are only ever appended, by the hundred thousand, and nobody asks for the new rows back.
A model instance for each of them would be most of the cost of a refresh.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models


class Written(str):
    """The text of a JSON value: it is stored as it is."""

    __slots__ = ()


def append_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows whose values stand in the order of `names`, fields of the model (`asset_id` for a key)."""
    listed = list(rows)
    if not listed:
        return
    fields = [_field(model, name) for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    taken = (_adapted(field, column) for field, column in zip(fields, zip(*listed, strict=True), strict=True))
    values = list(zip(*taken, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name.removesuffix("_id"))
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} has no column")
    return field


def _adapted(field: "models.Field[Any, Any]", column: Sequence[Any]) -> Iterable[Any]:
    """The column as this database takes values of this field; as it is where the driver knows the type."""
    if isinstance(field, models.JSONField):
        return map(_as_json, column)
    if connection.vendor == "postgresql":
        return column
    if isinstance(field, models.DecimalField):
        return _as_digits(column)
    if isinstance(field, models.DateTimeField):
        return map(_as_moment, column)
    return map(_as_day, column) if isinstance(field, models.DateField) else column


def _as_json(value: Any) -> str:
    # SQLite's driver asks itself at length what any other class than `str` might be.
    return str(value) if isinstance(value, Written) else json.dumps(value, cls=DjangoJSONEncoder)


def _as_digits(amounts: Sequence[Decimal | None]) -> list[str | None]:
    """Without exponents, which few amounts have: to write each out by a format takes thrice as long."""
    return [
        None if each is None else digits if "E" not in (digits := str(each)) else format(each, "f")
        for each in amounts
    ]


@lru_cache(maxsize=4_096)
def _as_moment(value: datetime | None) -> str | None:
    """Remembered: the rows of an answer share their moments."""
    return None if value is None else str(connection.ops.adapt_datetimefield_value(value))


def _as_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
