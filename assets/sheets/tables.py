"""Tables of CSV and XLSX files: the bytes as a header and numbered lines of cells.

People's files have titles above the header and totals, sources and notes below the rows: the header is found
by the columns that are wanted, and what is no row is left out by name. A file that is too large, packed too
tightly or broken is refused before or while it is read: `UnreadableError` says why and what to do.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from assets.sheets.cells import LONGEST_SHOWN, Cell, cleaned
from assets.sheets.delimited import LINES_TRIED, WESTERN, lines_in, text_in
from assets.sheets.units import NO_UNIT, HeaderUnit, unit_of_header, unit_of_title, units_of_line
from assets.sheets.workbooks import Tab, chosen, lines_of, names_of, tabs_of
from assets.sourcing.contract import UnreadableError
from assets.sourcing.reading import text_of

CSV: Final = "csv"
XLSX: Final = "xlsx"
FORMATS: Final = (CSV, XLSX)

MOST_BYTES: Final = 5_000_000
MOST_LINES: Final = 50_000
MOST_COLUMNS: Final = 40
LAST_LINE: Final = 200_000
"""Empty lines between rows count. Sheets of spreadsheet programs end at 1,048,576, which takes its time."""

ZIPPED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"

COMPLETE: Final = 1_000
"""How well a line fits that holds every required column."""

_ASIDE: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_TOTAL: Final = re.compile(r"(grand |sub-?)?totals?:?|sum:?|summe:?|gesamt:?|average:?|mean:?", re.I)

Line = tuple[int, tuple[Cell, ...]]
"""Its number, counted like a spreadsheet program does, and its cells; None where one is empty."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """`header` are the names of the columns, "" for one without; `lines` those that are rows.

    `units` are those that the header names, or a line below it, by column; `said_unit` is what a line
    above it, `said`, names for all.
    """

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    units: Mapping[str, HeaderUnit] = field(default_factory=dict)
    said: str = ""
    said_unit: HeaderUnit = NO_UNIT
    tab: str = ""
    other_tabs: tuple[str, ...] = ()
    hidden_tabs: tuple[str, ...] = ()
    is_western: bool = False

    @property
    def counts_are_scaled(self) -> bool:
        """Whether the line above may speak of numbers of units, too: no currency, and no exception."""
        unit = self.said_unit
        return bool(unit.factor) and not unit.currency and "except" not in self.said.casefold()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns that a header can have, those that it must have, and the sheet that a person has named."""

    columns: Collection[str] = ()
    required: Collection[str] = ()
    tab: str = ""

    def fits(self, line: Iterable[Cell]) -> int:
        names = [name for cell in line if (name := column_name(cleaned(cell))) in self.columns]
        return len(names) + COMPLETE * ({*self.required} <= {*names} and len(names) > 0)


ANYTHING: Final = Wanted()


def format_of(body: bytes) -> str:
    """By what is in the file, whatever its name says."""
    if body.startswith(OLD_OFFICE):
        raise UnreadableError(
            "This is an old .xls file, or one protected by a password. "
            "Save it as .xlsx without a password, or as CSV."
        )
    return XLSX if body.startswith(ZIPPED) else CSV


def read_table(body: bytes, format_name: str, wanted: Wanted = ANYTHING) -> SheetTable:
    """Read the file; `UnreadableError` when it is not such a file or too large."""
    if len(body) > MOST_BYTES:
        raise UnreadableError(
            "The file has %(bytes)s bytes and may have %(most)s. Split it.",
            bytes=f"{len(body):,}",
            most=f"{MOST_BYTES:,}",
        )
    if format_name not in FORMATS:
        raise UnreadableError(
            "%(format)s is not a format that can be read: %(formats)s.",
            format=repr(format_name),
            formats=", ".join(FORMATS),
        )
    if format_name == XLSX:
        tabs = tabs_of(body, fits=wanted.fits)
        tab = chosen(tabs, wanted.tab)
        _check_tab(tab, tabs, wanted)
        return _table(lines_of(body, tab), wanted, **_tabs_beside(tab, tabs))
    text, encoding = text_in(body)
    try:
        return _table(lines_in(text, fits=wanted.fits), wanted, is_western=encoding == WESTERN)
    except csv.Error as error:
        raise UnreadableError("The file is not CSV that can be read: %(reason)s.", reason=error) from error


def _check_tab(tab: Tab, tabs: list[Tab], wanted: Wanted) -> None:
    """Say where the columns are looked for, where there was more than one place to look."""
    if tab.fit >= COMPLETE or len(tabs) == 1 or not wanted.required:
        return
    hidden = [each for each in tabs if each.is_hidden]
    text = "No visible sheet of the workbook has these columns: %(columns)s. The sheets are named %(tabs)s."
    if hidden:
        raise UnreadableError(
            "No visible sheet of the workbook has these columns: %(columns)s. The sheets are named %(tabs)s; "
            "hidden ones are not read: %(hidden)s.",
            columns=", ".join(wanted.required),
            tabs=names_of(each for each in tabs if not each.is_hidden),
            hidden=names_of(hidden),
        )
    raise UnreadableError(text, columns=", ".join(wanted.required), tabs=names_of(tabs))


def _tabs_beside(tab: Tab, tabs: list[Tab]) -> dict[str, object]:
    """The sheet that is read, the visible ones that would do as well, and the hidden ones."""
    others = [each.title for each in tabs if each.fit >= COMPLETE and not each.is_hidden and each is not tab]
    hidden = [each.title for each in tabs if each.is_hidden and each is not tab]
    return {"tab": tab.title, "other_tabs": tuple(others), "hidden_tabs": tuple(hidden)}


# The header and the rows ------------------------------------------------------------------


def _table(lines: Iterable[tuple[Cell, ...]], wanted: Wanted, **origin: object) -> SheetTable:
    kept = list(_kept(lines))
    if not kept:
        raise UnreadableError("The file is empty. Its first line must name the columns.")
    first = kept[:LINES_TRIED]
    place = max(range(len(first)), key=lambda each: (wanted.fits(first[each][1]), -each))
    titles, header_line, below = kept[:place], kept[place][1], kept[place + 1 :]
    header = _header(header_line)
    units = [unit_of_header(cell) if isinstance(cell, str) else NO_UNIT for cell in header_line]
    unit_line = units_of_line(below[0][1]) if below and not any(units) else None
    if unit_line:
        titles, units, below = [*titles, below[0]], unit_line, below[1:]
    rows, no_rows = _rows(below, header)
    if len(rows) > MOST_LINES:
        raise UnreadableError("The file has more than %(most)s rows. Split it.", most=f"{MOST_LINES:,}")
    said = next((text for _number, cells in kept[:place] if unit_of_title(text := _shown(cells))), "")
    return SheetTable(
        header=header,
        lines=tuple(rows),
        left_out=tuple((number, _shown(cells)) for number, cells in (*titles, *no_rows)),
        units={name: unit for name, unit in zip(header, units, strict=False) if name and unit},
        said=said,
        said_unit=unit_of_title(said),
        **origin,  # type: ignore[arg-type]
    )


def _kept(lines: Iterable[tuple[Cell, ...]]) -> Iterator[Line]:
    """The lines that are not empty, each with its number."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if number > LAST_LINE:
            raise UnreadableError("The file goes on after line %(line)s. Split it.", line=f"{LAST_LINE:,}")
        cells = _trimmed(line)
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError(
                "Line %(line)s has %(count)s columns and may have %(most)s. Take some away.",
                line=f"{number:,}",
                count=f"{len(cells):,}",
                most=MOST_COLUMNS,
            )
        count += 1
        if count > MOST_LINES + 2 * LINES_TRIED:
            raise UnreadableError("The file has more than %(most)s rows. Split it.", most=f"{MOST_LINES:,}")
        yield number, cells


def _rows(lines: list[Line], header: tuple[str, ...]) -> tuple[list[Line], list[Line]]:
    """The rows, and the lines that are none: the header said again, totals and notes at the end."""
    again = [line for line in lines if _is_header(line[1], header)]
    rows = [line for line in lines if line not in again] if again else lines
    ended = len(rows)
    while ended and _is_no_row(rows[ended - 1][1], header):
        ended -= 1
    return rows[:ended], sorted([*again, *rows[ended:]], key=lambda line: line[0])


def _is_header(cells: tuple[Cell, ...], header: tuple[str, ...]) -> bool:
    names = zip(cells, header, strict=False)
    return len(cells) == len(header) and all(column_name(cell) == name for cell, name in names)


def _is_no_row(cells: tuple[Cell, ...], header: tuple[str, ...]) -> bool:
    """Whether a line at the end is a note, some words alone, or a total, which says so."""
    said = [cell for cell in cells if cell is not None]
    if not isinstance(said[0], str):
        return False
    is_note = len(said) == 1 < len(header) - 1 and (" " in said[0] or ":" in said[0])
    return is_note or bool(_TOTAL.fullmatch(said[0]))


def _shown(cells: tuple[Cell, ...]) -> str:
    return text_of(" ".join(str(cell) for cell in cells if cell is not None))[:LONGEST_SHOWN]


def _trimmed(line: tuple[Cell, ...]) -> tuple[Cell, ...]:
    cells = [cleaned(cell) for cell in line]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _header(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    names = tuple(column_name(cell) for cell in cells)
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise UnreadableError("The column %(column)s is there twice. Remove one.", column=twice)
    return names


def column_name(cell: Cell) -> str:
    """Written as one likes: "As of", "as-of" and "as_of" are the same column, and "as of (UTC)" too."""
    text = text_of(_ASIDE.sub("", cell)).lower() if isinstance(cell, str) else ""
    return text.replace(" ", "_").replace("-", "_").strip("_")[:80]
