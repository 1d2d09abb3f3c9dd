"""Pipe-separated lists: a header, rows of the same width, and a last line that says how the list ends.

Without its last line a list was cut off on its way (`DamagedError`): what it doesn't hold may have stood in
the part that is missing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assets.sourcing.contract import DamagedError
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PipedList:
    """Rows by the names of their columns, and what the last line says: the groups of its pattern."""

    rows: tuple[dict[str, str], ...]
    ending: tuple[str, ...]


def read_piped(
    body: bytes, *, needs: Iterable[str], ends: "re.Pattern[str] | None", reader: RowReader
) -> PipedList:
    """Read a list that has these columns and whose last line is `ends`, or a row where that is None.

    A row of another width is rejected; blanks around values are no part of them.
    """
    lines = [line for line in body.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    columns = [each.strip() for each in lines[0].split("|")] if lines else []
    if not {*needs} <= {*columns}:
        raise DamagedError("The body is not the list that was asked for.")
    ending: tuple[str, ...] = ()
    if ends is not None:
        last = ends.fullmatch(lines[-1].strip())
        if last is None:
            raise DamagedError("The list is cut off: its last line is missing.")
        ending, lines = last.groups(""), lines[:-1]
    rows = []
    for line in lines[1:]:
        values = [each.strip() for each in line.split("|")]
        if len(values) == len(columns):
            rows.append(dict(zip(columns, values, strict=True)))
        else:
            name = text_of(values[0])[:80] or message("A row without a name")
            reader.reject("%(name)s: its row has %(count)s columns.", name=name, count=len(values))
    return PipedList(rows=tuple(rows), ending=ending)
