"""Prepared questions: planned once, and asked again and again with other values.

Django plans a query anew each time it is asked. For what each answer of a provider asks, that is
more work than the database has with it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Adapt = Callable[[Any], Any]
"""Makes a parameter of the database of a value."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """The place of a parameter that is not known when the question is planned."""

    name: str
    adapt: Adapt


class Given(Expression):
    """A value that is told by this name when the question is asked: `filter(provider=Given("whose", …))`.

    `Among` and `AmongPairs` take one for their collection; it has no field.
    """

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", (
            Parameter(self.name, partial(self.output_field.get_db_prep_value, connection=connection)),
        )


def parameter_of(value: Any, adapt: Adapt) -> Any:
    """The parameter for this value, or the place of one that is told later."""
    return Parameter(value.name, adapt) if isinstance(value, Given) else adapt(value)


class Prepared:
    """These rows, which name their columns by `values_list`, of whatever the `Given`s in them will be."""

    def __init__(self, rows: "QuerySet[Any, tuple[Any, ...]]") -> None:
        self._compiler = rows.query.get_compiler(connection=connection)
        self._statement, self._parameters = self._compiler.as_sql()

    def ask(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as the driver gives them."""
        parameters = [
            each.adapt(values[each.name]) if isinstance(each, Parameter) else each
            for each in self._parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def read(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The same rows in the values that their fields have in Python."""
        return self._compiler.results_iter([rows], tuple_expected=True)
