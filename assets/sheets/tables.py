"""Parser of CSV and XLSX: the bytes of a file as a table, a header and numbered lines of cells.

CSV is UTF-8 with commas, semicolons or tabs. XLSX is read from its first sheet, formulas by the
results that the file holds. A file that is too large, packed too tightly or broken is refused
before or while it is read: `UnreadableError` says why and what to do.
"""

import csv
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assets.sheets.cells import UNCALCULATED, Cell, cleaned
from assets.sourcing.contract import UnreadableError
from assets.sourcing.reading import text_of

CSV: Final = "csv"
XLSX: Final = "xlsx"
FORMATS: Final = (CSV, XLSX)

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED_BYTES: Final = 50_000_000
MOST_LINES: Final = 50_000
MOST_COLUMNS: Final = 40
LAST_LINE: Final = 1_048_576
"""Where the sheets of spreadsheet programs end."""
WIDEST: Final = 1_000
"""Cells in one line, empty ones included: a wider line was not made by hand."""

DELIMITERS: Final = (",", ";", "\t")
ZIPPED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")

# What the library lets through when the XML or the archive is not what it should be.
BROKEN: Final = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
    *(InvalidFileException, struct.error, zipfile.BadZipFile, zlib.error),
)

Line = tuple[int, tuple[Cell, ...]]
"""Its number, counted like a spreadsheet program does, and its cells; None where one is empty."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """`header` are the names of the columns, "" for one without; `lines` those that are not empty."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


def format_of(body: bytes) -> str:
    """By what is in the file, whatever its name says."""
    if body.startswith(OLD_OFFICE):
        raise UnreadableError(
            "This is an old .xls file, or one protected by a password. "
            "Save it as .xlsx without a password, or as CSV."
        )
    return XLSX if body.startswith(ZIPPED) else CSV


def read_table(body: bytes, format_name: str) -> SheetTable:
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
    try:
        return _table(_xlsx_lines(body) if format_name == XLSX else _csv_lines(body))
    except csv.Error as error:
        raise UnreadableError("The file is not CSV that can be read: %(reason)s.", reason=error) from error


def _table(lines: Iterable[tuple[Cell, ...]]) -> SheetTable:
    """The first line that is not empty is the header."""
    header: tuple[str, ...] | None = None
    kept: list[Line] = []
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
        if header is None:
            header = _header(cells)
        elif len(kept) == MOST_LINES:
            raise UnreadableError("The file has more than %(most)s rows. Split it.", most=f"{MOST_LINES:,}")
        else:
            kept.append((number, cells))
    if header is None:
        raise UnreadableError("The file is empty. Its first line must name the columns.")
    return SheetTable(header, tuple(kept))


def _trimmed(line: tuple[Cell, ...]) -> tuple[Cell, ...]:
    cells = [cleaned(cell) for cell in line]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _header(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    names = tuple(_column_name(cell) for cell in cells)
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise UnreadableError("The column %(column)s stands there twice. Take one away.", column=twice)
    return names


def _column_name(cell: Cell) -> str:
    """Written as one likes: "As of", "as-of" and "as_of" are the same column."""
    text = text_of(cell).lower() if isinstance(cell, str) else ""
    return text.replace(" ", "_").replace("-", "_")[:80]


# CSV --------------------------------------------------------------------------------


def _csv_lines(body: bytes) -> Iterator[tuple[Cell, ...]]:
    if body.startswith(UTF_16):
        raise UnreadableError("The file is in UTF-16. Save it as “CSV UTF-8”.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("The file is not in UTF-8. Save it as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise UnreadableError("The file is neither CSV nor XLSX.")
    delimiter = _delimiter(text)
    yield from map(tuple, csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _delimiter(text: str) -> str:
    """The one that divides the header most; in a header nobody writes the others by chance."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda each: len(next(csv.reader([header], delimiter=each), [])))


# XLSX -------------------------------------------------------------------------------


def _xlsx_lines(body: bytes) -> Iterator[tuple[Cell, ...]]:
    try:
        has_formulas = _look_inside(body)
        results = _first_sheet(body, results=True)
        if has_formulas:
            results = _with_uncalculated(results, _first_sheet(body, results=False))
        yield from results
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
                has_formulas |= FORMULA.search(content) is not None
    return has_formulas


def _first_sheet(body: bytes, *, results: bool) -> Iterator[tuple[Cell, ...]]:
    workbook = load_workbook(BytesIO(body), read_only=True, data_only=results, keep_links=False)
    try:
        if not workbook.worksheets:
            raise UnreadableError("The workbook has no sheet of cells.")
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # What the file says of its size need not be so.
        for line in sheet.iter_rows(values_only=True):
            if len(line) > WIDEST:
                raise UnreadableError(
                    "A line has %(count)s cells. Copy the columns into a new workbook.",
                    count=f"{len(line):,}",
                )
            yield line
    finally:
        workbook.close()


def _with_uncalculated(
    results: Iterator[tuple[Cell, ...]], formulas: Iterator[tuple[Cell, ...]]
) -> Iterator[tuple[Cell, ...]]:
    """Mark what has a formula and no result: read as empty, it would pass for "not known"."""
    for values, cells in zip(results, formulas, strict=False):
        yield tuple(
            UNCALCULATED if value is None and formula is not None else value
            for value, formula in zip(values, cells, strict=True)
        )
