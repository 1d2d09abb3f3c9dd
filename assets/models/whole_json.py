"""JSON columns whose damage is noticed where they are read: a byte that fell over is no figure of ours."""

from collections.abc import Collection
from typing import Any, Final, TypeAlias

from django.db import DatabaseError, models
from django.db.models.expressions import Col

UNDECODABLE: Final = "could not decode to utf-8"
"""What SQLite's driver says of a text that is none."""


Shape: TypeAlias = list[Any] | dict[str, Any]


class DamagedRowError(DatabaseError):
    """What stands in a row is not what was written there."""


def is_damage(error: BaseException) -> bool:
    """Whether a row is at fault, and not the database as a whole: others can still be read."""
    return isinstance(error, DamagedRowError) or UNDECODABLE in str(error).lower()


class WholeJSONField(models.JSONField):
    """A list or a mapping whose values are of certain types; `DamagedRowError` where something else is read.

    `shape` is list or dict: without it what `default` makes, and of any other default everything is whole.
    `parts` are the types of its values, none named: any. A reader past Django's rows asks `whole` itself.
    """

    def __init__(
        self, *arguments: Any, shape: type[Shape] | None = None, parts: Collection[type] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.shape: type[Shape] | None = (
            self.default if shape is None and self.default in (list, dict) else shape
        )
        self.parts = frozenset(parts)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        try:
            read = super().from_db_value(value, expression, connection)
        except ValueError as error:
            raise self._damaged() from error
        return read if value is None or not isinstance(expression, Col) else self.whole(read)

    def whole(self, read: Any) -> Any:
        """The same, where JSON that stood in this column can say it."""
        if self.shape is None or (read is None and self.null):
            return read
        if not isinstance(read, self.shape):
            raise self._damaged()
        values = read.values() if isinstance(read, dict) else read
        if self.parts and not self.parts.issuperset(map(type, values)):
            raise self._damaged()
        return read

    def deconstruct(self) -> Any:
        """To a migration it is a JSON column as any other."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options

    def _damaged(self) -> DamagedRowError:
        return DamagedRowError(f"a row of {self.model._meta.db_table} is damaged: {self.column}")
