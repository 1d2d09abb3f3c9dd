"""Rows as the driver gives them: for columns, which are typed as a whole and need no object for each value.

Django would make a `Decimal` of every amount and a `datetime` of every moment, one by one, and these would be
made floats and timestamps again: most of the cost of reading a batch.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, DateField, DateTimeField, F, Func, JSONField, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler


@BigAutoField.register_lookup
class Among(Lookup):
    """`pk__among=ids`: `pk__in` that hands the database one parameter, whatever their number.

    Ids of a batch stand in every query of its facts; preparing a thousand parameters costs more than
    the query.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        return [int(each) for each in self.rhs]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        told, parameters = self.process_lhs(compiler, connection)
        among = f"{told} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - `told` is a column
        return among, (*parameters, orjson.dumps(self.rhs).decode())

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        told, parameters = self.process_lhs(compiler, connection)
        return f"{told} = ANY(%s)", (*parameters, self.rhs)


class Bare(Func):
    """A column as SQLite keeps it: of an expression the driver does not know what type was declared."""

    template = "+%(expressions)s"
    arity = 1


def read_rows(rows: QuerySet[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """These fields and annotations of every row, in the order of the names; JSON as lists and mappings.

    Amounts are floats. On SQLite moments are text in UTC and what is true is 1.
    """
    if connection.vendor == "sqlite":
        bare = {f"bare_{place}": Bare(F(name)) for place, name in enumerate(names)}
        query = rows.annotate(**bare).values_list(*bare).query
    else:
        query = rows.values_list(*names).query
    try:
        statement, parameters = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # No row can be meant: Django does not ask either.
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _amounts_as_floats(cursor)
        cursor.execute(statement, parameters)
        told: list[tuple[Any, ...]] = cursor.fetchall()
    json_places = [place for place, name in enumerate(names) if _is_json(rows, name)]
    return _decoded(told, json_places) if json_places else told


def read_mappings(rows: QuerySet[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """The same by name, for what is worked on row by row: moments and days are Python's."""
    told = [dict(zip(names, row, strict=True)) for row in read_rows(rows, names)]
    if connection.vendor == "sqlite":
        fields = {field.attname: field for field in rows.model._meta.concrete_fields}
        for name in names:
            reading = READINGS.get(type(fields.get(name)))
            if reading is not None:
                for row in told:
                    row[name] = reading(row[name])
    return told


@lru_cache(maxsize=4_096)
def _moment(text: str | None) -> datetime | None:
    """Remembered: the rows of an answer share their moments."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


READINGS: Final[Mapping[type, Callable[[str | None], date | None]]] = {
    DateTimeField: _moment,
    DateField: _day,
}


def _amounts_as_floats(cursor: Any) -> None:
    """For this cursor alone."""
    from psycopg.types.numeric import FloatLoader

    cursor.adapters.register_loader("numeric", FloatLoader)


def _is_json(rows: QuerySet[Any], name: str) -> bool:
    return any(
        field.name == name and isinstance(field, JSONField) for field in rows.model._meta.concrete_fields
    )


def _decoded(told: list[tuple[Any, ...]], places: Sequence[int]) -> list[tuple[Any, ...]]:
    return [
        tuple(
            orjson.loads(value) if place in places and value is not None else value
            for place, value in enumerate(row)
        )
        for row in told
    ]
