"""XLSX workbooks: which sheet is read, and its lines of cells. Formulas count by the results that are stored.

Plug-ins of data vendors put hidden sheets first, other programs a summary. The first visible sheet that has
the columns is read, or the one that a person has named.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from assets.sheets.cells import UNCALCULATED, Cell
from assets.sheets.delimited import LINES_TRIED, UTF_16
from assets.sheets.numbers import OTHER_MONEY
from assets.sourcing.contract import UnreadableError
from assets.sourcing.messages import message

MOST_UNPACKED_BYTES: Final = 50_000_000
MOST_TAGS: Final = 5_000_000
"""In one part; a cell has two to six. Counting them costs nothing."""
MOST_CELLS: Final = 1_000_000
MOST_STRINGS: Final = 300_000
MOST_MERGES: Final = 5_000
MOST_TABS: Final = 100
WIDEST: Final = 1_000
"""Cells in one line, empty ones included: a wider line was not made by hand."""

FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")

# What the library lets through when the XML or the archive is not what it should be.
BROKEN: Final = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
    *(InvalidFileException, struct.error, zipfile.BadZipFile, zlib.error),
)

Fits = Callable[[Iterable[Cell]], int]
"""How many columns of the wanted sheet stand in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A sheet of a workbook: `fit` is that of its best line."""

    title: str
    is_hidden: bool
    fit: int


def tabs_of(body: bytes, *, fits: Fits) -> list[Tab]:
    """The sheets of a workbook; `UnreadableError` where it is none, or would not fit into memory."""
    with _readable():
        _look_inside(body)
        return _tabs(body, fits)


def lines_of(body: bytes, tab: Tab) -> Iterator[tuple[Cell, ...]]:
    """The lines of one of its sheets."""
    with _readable():
        lines = _lines(body, tab.title, results=True)
        if _look_inside(body):
            lines = _with_uncalculated(lines, _lines(body, tab.title, results=False))
        yield from _filled_down(lines, _merges(body, tab.title))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except UnreadableError:
        raise
    except BROKEN as error:
        raise UnreadableError("The file is not an XLSX workbook that can be read. Save it anew.") from error


def _look_inside(body: bytes) -> bool:
    """Refuse what would not fit into memory; returns whether there are formulas."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = archive.infolist()
        # No part gives more than its entry says: the archive stops reading there.
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED_BYTES:
            raise UnreadableError(
                "Unpacked, the file has %(bytes)s bytes and may have %(most)s. Split it.",
                bytes=f"{unpacked:,}",
                most=f"{MOST_UNPACKED_BYTES:,}",
            )
        has_formulas = False
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                content = archive.read(part)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith(UTF_16):
                    raise UnreadableError("The file declares entities, which no spreadsheet program writes.")
                _check_sizes(content)
                has_formulas |= FORMULA.search(content) is not None
    return has_formulas


SIZES: Final = (
    (
        re.compile(rb"<(?:\w+:)?c[\s/>]"),
        MOST_CELLS,
        message("The file has more than %(most)s cells. Split it."),
    ),
    (
        re.compile(rb"<(?:\w+:)?si[\s/>]"),
        MOST_STRINGS,
        message("The file has more than %(most)s different texts. Split it."),
    ),
    (
        re.compile(rb"<(?:\w+:)?mergeCell[\s/>]"),
        MOST_MERGES,
        message("The file has more than %(most)s merged cells. Copy the columns into a new workbook."),
    ),
)
"""Of one part of the file. A few bytes unpack to millions of empty cells, each of which takes its time."""


def _check_sizes(content: bytes) -> None:
    if content.count(b"<") > MOST_TAGS:
        raise UnreadableError("The file has more than %(most)s cells. Split it.", most=f"{MOST_CELLS:,}")
    for pattern, most, text in SIZES:
        if sum(1 for _found in islice(pattern.finditer(content), most + 1)) > most:
            raise UnreadableError(text, most=f"{most:,}")


# Which sheet ------------------------------------------------------------------------------


def _tabs(body: bytes, fits: Fits) -> list[Tab]:
    workbook = load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = workbook.worksheets[:MOST_TABS]
        if not sheets:
            raise UnreadableError("The workbook has no sheet of cells.")
        found = []
        for sheet in sheets:
            sheet.reset_dimensions()
            first = list(islice(sheet.iter_rows(values_only=True), LINES_TRIED))
            fit = max((fits(line) for line in first if len(line) <= WIDEST), default=0)
            found.append(Tab(title=sheet.title, is_hidden=sheet.sheet_state != "visible", fit=fit))
        return found
    finally:
        workbook.close()


def chosen(tabs: list[Tab], wanted: str) -> Tab:
    """The sheet that was named; else the first visible one with all columns, or the one with the most."""
    if wanted:
        named = next((tab for tab in tabs if tab.title == wanted), None)
        if named is None:
            raise UnreadableError("The workbook has no sheet “%(tab)s”.", tab=wanted)
        return named
    visible = [tab for tab in tabs if not tab.is_hidden]
    if not visible:
        raise UnreadableError(
            "All sheets of the workbook are hidden: %(hidden)s. Name the one that is meant.",
            hidden=names_of(tabs),
        )
    return max(visible, key=lambda tab: tab.fit)


def names_of(tabs: Iterable[Tab]) -> str:
    return ", ".join(f"“{tab.title}”" for tab in tabs)


# Its lines ----------------------------------------------------------------------------------


def _lines(body: bytes, title: str, *, results: bool) -> Iterator[tuple[Cell, ...]]:
    workbook = load_workbook(BytesIO(body), read_only=True, data_only=results, keep_links=False)
    try:
        sheet = workbook[title]
        sheet.reset_dimensions()  # What the file says of its size need not be so.
        for line in sheet.iter_rows():
            if len(line) > WIDEST:
                raise UnreadableError(
                    "A line has %(count)s cells. Copy the columns into a new workbook.",
                    count=f"{len(line):,}",
                )
            yield tuple(_cell(each) for each in line)
    finally:
        workbook.close()


def _cell(cell: Any) -> Cell:
    """Its value; a number that is shown as a percentage or in another currency with that sign, so that nobody
    has to guess."""
    value, shown_as = cell.value, cell.number_format or ""
    if type(value) in (int, float):
        if "%" in shown_as:
            return f"{Decimal(repr(value)) * 100:f}%"
        if sign := OTHER_MONEY.search(shown_as):
            return f"{value} {sign[0]}"
    return value


def _with_uncalculated(
    results: Iterator[tuple[Cell, ...]], formulas: Iterator[tuple[Cell, ...]]
) -> Iterator[tuple[Cell, ...]]:
    """Mark what has a formula and no result: read as empty, it would pass for "not known"."""
    for values, cells in zip(results, formulas, strict=False):
        yield tuple(
            UNCALCULATED if value is None and formula is not None else value
            for value, formula in zip(values, cells, strict=True)
        )


def _merges(body: bytes, title: str) -> list[tuple[int, int, int]]:
    """Column, first and last row of each run of cells that are merged downwards."""
    workbook = load_workbook(BytesIO(body), read_only=True, keep_links=False)
    try:
        path = workbook[title]._worksheet_path
    finally:
        workbook.close()
    with zipfile.ZipFile(BytesIO(body)) as archive:
        found = MERGED.findall(archive.read(path))
    bounds = (range_boundaries(each.decode()) for each in found)
    return [(left, top, bottom) for left, top, right, bottom in bounds if left == right and bottom > top]


def _filled_down(
    lines: Iterable[tuple[Cell, ...]], merges: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[Cell, ...]]:
    """What stands in a merged cell stands in each of its rows."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for column, top, bottom in merges:
        starting.setdefault(top, []).append((column, bottom))
    open_now: dict[int, tuple[int, Cell]] = {}
    for row, line in enumerate(lines, start=1):
        for column, (bottom, value) in list(open_now.items()):
            if row > bottom:
                del open_now[column]
            else:
                cells = [*line, *[None] * (column - len(line))]
                cells[column - 1] = value
                line = tuple(cells)
        for column, bottom in starting.get(row, ()):
            if column <= len(line):
                open_now[column] = (bottom, line[column - 1])
        yield line
