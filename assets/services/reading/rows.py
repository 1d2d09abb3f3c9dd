"""Rows as the driver gives them: for columns, which are typed as a whole and need no object for each value.

Django would make a `Decimal` of every amount and a `datetime` of every moment, one by one, and these would be
made floats and timestamps again: most of the cost of reading a batch.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigAutoField,
    BooleanField,
    DateField,
    DateTimeField,
    Func,
    Lookup,
    Model,
    QuerySet,
)
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

from assets.models.whole_json import DamagedRowError, WholeJSONField
from assets.services.reading.prepared import Given, parameter_of

Moments: TypeAlias = npt.NDArray[np.datetime64]
Columns: TypeAlias = dict[str, list[Any] | Moments]
"""Values by the name of their field; all of one length."""

ROWS_AT_ONCE: Final = 500


@BigAutoField.register_lookup
class Among(Lookup):
    """`pk__among=ids`: `pk__in` that hands the database one parameter, whatever their number.

    Ids of a batch stand in every query of its facts; preparing a thousand parameters costs more than
    the query. Of another column, texts too: `Among(F("value"), texts)`.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, Given):
            return self.rhs
        return [each if isinstance(each, str) else int(each) for each in self.rhs]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        among = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column
        return among, (*parameters, parameter_of(self.rhs, _as_json))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, parameter_of(self.rhs, list))


class AmongPairs(Func):
    """Whether two columns of texts hold one of these pairs: `AmongPairs("namespace", "value", names)`.

    A look-up in their index for each pair; of two lists, every value would be looked for under every name.
    """

    output_field = BooleanField()

    def __init__(self, first: Any, second: Any, pairs: Collection[tuple[str, str]] | Given) -> None:
        super().__init__(first, second)
        self.pairs = pairs

    def as_sqlite(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, Any]:
        pairs = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)"
        return self._among(compiler, pairs, parameter_of(self.pairs, _as_json))

    def as_postgresql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, Any]:
        firsts, seconds = (parameter_of(self.pairs, partial(_every, place)) for place in (0, 1))
        return self._among(compiler, "SELECT * FROM unnest(%s::text[], %s::text[])", firsts, seconds)

    def _among(self, compiler: SQLCompiler, pairs: str, *parameters: Any) -> tuple[str, Any]:
        (first, of_first), (second, of_second) = map(compiler.compile, self.source_expressions)
        return f"({first}, {second}) IN ({pairs})", (*of_first, *of_second, *parameters)


def _as_json(values: Collection[Any]) -> str:
    return orjson.dumps([*values]).decode()


def _every(place: int, pairs: Collection[tuple[str, str]]) -> list[str]:
    return [each[place] for each in pairs]


class Bare(Col):
    """A column as SQLite keeps it: of an expression the driver does not know what type was declared."""

    @classmethod
    def of(cls, column: Col) -> "Bare":
        return cls(column.alias, column.target, column.output_field)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        column, parameters = super().as_sql(compiler, connection)
        return f"+{column}", parameters


def read_rows(rows: QuerySet[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    """These fields and annotations of every row, in the order of the names; JSON as lists and mappings.

    Amounts are floats. On SQLite moments are text in UTC and what is true is 1. `DamagedRowError` where
    JSON of a field, also of a row that is referred to, is not what its column holds.
    """
    query = rows.values_list(*names).query
    fields = _json_fields(query, names)
    rows_read = [row for some in _fetched(query) for row in some]
    return [_decoded(row, fields) for row in rows_read] if fields else rows_read


def read_columns(rows: QuerySet[Any], names: Sequence[str]) -> Columns:
    """The same column by column: moments and days are `datetime64` in UTC, JSON is text for `decoded`."""
    columns: list[list[Any]] = [[] for _name in names]
    for some in _fetched(rows.values_list(*names).query):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    kinds = {field.attname: type(field) for field in rows.model._meta.concrete_fields}
    return {
        name: _moments(values) if kinds.get(name) in (DateTimeField, DateField) else values
        for name, values in zip(names, columns, strict=True)
    }


def decoded(model: type[Model], name: str, texts: Iterable[str | None]) -> list[Any]:
    """What these JSON texts of a column say, read at once."""
    values: list[Any] = _loads(f"[{','.join([text or 'null' for text in texts])}]")
    field = model._meta.get_field(name)
    assert isinstance(field, WholeJSONField)  # noqa: S101 - all JSON of facts
    return [None if each is None else field.whole(each) for each in values]


def _loads(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise DamagedRowError("a row with JSON is damaged") from error


def _fetched(query: Query) -> Iterator[list[tuple[Any, ...]]]:
    """A few rows at a time, which are still at hand when they are taken apart."""
    if connection.vendor == "sqlite":
        columns: Any = query.select  # `Col`s, where nothing is computed
        query.select = tuple(Bare.of(each) for each in columns)
    try:
        statement, parameters = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # No row can be meant: Django does not ask either.
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _amounts_as_floats(cursor)
        cursor.execute(statement, parameters)
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            yield some


def _moments(values: list[Any]) -> Moments:
    if connection.vendor == "sqlite":
        return np.array(values, dtype="datetime64[us]")
    return pd.to_datetime(pd.Index(values), utc=True).to_numpy("datetime64[us]")


def _amounts_as_floats(cursor: Any) -> None:
    """For this cursor alone."""
    from psycopg.types.numeric import FloatLoader

    cursor.adapters.register_loader("numeric", FloatLoader)


def _json_fields(query: Query, names: Sequence[str]) -> dict[int, WholeJSONField]:
    """Places of the names → their fields, of those that are JSON."""
    columns: Any = query.select  # `Col`s in the order of the names, beside what is computed
    places = [place for place, name in enumerate(names) if name not in query.annotations]
    targets = {place: column.target for place, column in zip(places, columns, strict=True)}
    return {place: field for place, field in targets.items() if isinstance(field, WholeJSONField)}


def _decoded(row: tuple[Any, ...], fields: Mapping[int, WholeJSONField]) -> tuple[Any, ...]:
    values = list(row)
    for place, field in fields.items():
        if values[place] is not None:
            values[place] = field.whole(_loads(values[place]))
    return tuple(values)
