"""JSON columns whose damage is noticed where they are read: a byte that fell over is no figure of ours."""

from typing import Any, Final

from django.db import DatabaseError, models
from django.db.models.expressions import Col

UNDECODABLE: Final = "could not decode to utf-8"
"""What SQLite's driver says of a text that is none."""


class DamagedRowError(DatabaseError):
    """What stands in a row is not what was written there."""


def is_damage(error: BaseException) -> bool:
    """Whether a row is at fault, and not the database as a whole: others can still be read."""
    return isinstance(error, DamagedRowError) or UNDECODABLE in str(error).lower()


class WholeJSONField(models.JSONField):
    """A list or a mapping, as `default` says; `DamagedRowError` where something else stands there."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        try:
            read = super().from_db_value(value, expression, connection)
        except ValueError as error:
            raise self._damaged() from error
        is_column = isinstance(expression, Col) and self.default in (list, dict)
        if is_column and read is not None and not isinstance(read, self.default):
            raise self._damaged()
        return read

    def deconstruct(self) -> Any:
        """To a migration it is a JSON column as any other."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options

    def _damaged(self) -> DamagedRowError:
        return DamagedRowError(f"a row of {self.model._meta.db_table} is damaged: {self.column}")
