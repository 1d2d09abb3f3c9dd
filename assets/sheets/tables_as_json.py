"""Tables as JSON, between the process that reads a stranger's workbook and the one that asked for it.

A fault in a library that reads archives and XML may give a stranger that process; whatever it then writes is
looked at as data, by its shape, and runs nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from pydantic import TypeAdapter

from assets.sheets.cells import Cell
from assets.sheets.tables import SheetTable, Wanted
from assets.sheets.units import HeaderUnit
from assets.sourcing.contract import UnreadableError

MICROSECOND: Final = timedelta(microseconds=1)

OF_KIND: Final[Mapping[str, Callable[[Any], Cell]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda count: timedelta(microseconds=count),
}
"""What a cell may hold that JSON does not know, by the name of its type: how it is read."""

_TABLE: Final[TypeAdapter[SheetTable]] = TypeAdapter(SheetTable)
_REFUSAL: Final = TypeAdapter(str)


def order_written(body: bytes, wanted: Wanted) -> bytes:
    """What is wanted on the first line; then the file, as it is."""
    said = {"columns": [*wanted.columns], "required": [*wanted.required], "tab": wanted.tab}
    return json.dumps(said).encode() + b"\n" + body


def order_read(sent: bytes) -> tuple[bytes, Wanted]:
    said, _end, body = sent.partition(b"\n")
    return body, Wanted(**json.loads(said))


def table_written(table: SheetTable) -> bytes:
    return json.dumps(
        {each.name: getattr(table, each.name) for each in fields(table)}, default=_said
    ).encode()


def table_read(sent: bytes) -> SheetTable:
    """The table; `UnreadableError` where it is none."""
    return _of_its_shape(sent, _table)


def refusal_read(sent: bytes) -> str:
    """Why the file can't be read."""
    return _of_its_shape(sent, _REFUSAL.validate_python)


def _table(said: Any) -> SheetTable:
    table = _TABLE.validate_python(said)
    return replace(table, lines=tuple((number, tuple(map(_cell, cells))) for number, cells in table.lines))


def _of_its_shape(sent: bytes, read: Callable[[Any], Any]) -> Any:
    try:
        return read(json.loads(sent))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise UnreadableError("The file is not an XLSX workbook that can be read. Save it anew.") from error


def _said(value: Any) -> Any:
    """What stands in JSON for a value that it doesn't know."""
    if isinstance(value, HeaderUnit):
        return asdict(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return {"timedelta": value // MICROSECOND}
    return {type(value).__name__: value.isoformat()}


def _cell(said: Any) -> Cell:
    if said is None or isinstance(said, str | int | float):  # A truth value is an int.
        return said
    ((kind, value),) = said.items() if isinstance(said, dict) else [("", said)]
    return OF_KIND[kind](value)
