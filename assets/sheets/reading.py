"""Sheet reader: from a table to rows of facts, and the reason for each bad line. Pure: no database, no clock.

A bad cell is not a bad line: what an optional column can't say is not known, and the line counts. A line
without its asset, or without what its sheet requires, is left out. In a sheet of lists (holders, unlocks,
audits) any bad cell spoils its line, and takes the list with it: a list without its largest holder is worse
than none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from assets.sheets.cells import Cell, CellError, refuse_spreadsheet_error, start_of_day
from assets.sheets.columns import ASSETS
from assets.sheets.conventions import UNSAID, Choices, Conventions, judged
from assets.sheets.identity import (
    EXCHANGES,
    IDENTIFYING,
    AssetsByIdentifier,
    IdentityError,
    described_asset,
    identifiers_of,
    known_asset,
)
from assets.sheets.report import Fault, SheetEntry, SheetReport
from assets.sheets.rows import ROW_BUILDERS
from assets.sheets.schema import IDENTITY, SheetColumn, SheetSchema
from assets.sheets.tables import SheetTable
from assets.sourcing.contract import UnreadableError
from assets.sourcing.progress import READING, reported
from assets.sourcing.rows import AssetRef, Identifier, Row

IDENTITY_NAMES: Final = frozenset(each.name for each in IDENTITY)
IDENTIFYING_TOO: Final = IDENTITY_NAMES | {EXCHANGES}
"""A line whose asset is half read could speak of another one."""

Values = dict[str, Any]
CellReader = Callable[[str, Cell], tuple[Any, CellError | None]]
"""By column and cell what it says, or what is wrong with it."""

CELLS_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsset:
    """How many lines of a sheet speak of an asset, and whether it was known before."""

    asset: AssetRef
    lines: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """What a sheet says. `faults` stand in the order of their lines; those of cells alone cost no line."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    good_lines: int
    bad_lines: int
    assets: tuple[SheetAsset, ...]
    unknown_columns: tuple[str, ...]
    conventions: Conventions
    table: SheetTable

    @property
    def unread_cells(self) -> int:
        return sum(fault.is_cell_only for fault in self.faults)


def identifiers_in(table: SheetTable, sheet: SheetSchema) -> set[Identifier]:
    """Every identifier in the sheet, for whoever can look it up."""
    names = [name if name in IDENTITY_NAMES else "" for name in table.header]
    columns = sheet.by_name
    found: set[Identifier] = set()
    for said in {_identity(names, cells) for _number, cells in table.lines}:
        values: Values = {}
        for name, _type, cell in said:
            try:
                values[name] = columns[name].read(cell)
            except CellError:
                continue
        try:
            found.update(identifiers_of(values))
        except IdentityError:
            continue
    return found


def _identity(names: Sequence[str], cells: Sequence[Cell]) -> tuple[tuple[str, type, Cell], ...]:
    """What a line says of its asset; 1, 1.0 and TRUE are three things."""
    said = zip(names, cells, strict=False)
    return tuple((name, type(cell), cell) for name, cell in said if name and cell is not None)


def read_sheet(
    table: SheetTable,
    sheet: SheetSchema,
    *,
    known: AssetsByIdentifier,
    at: datetime,
    choices: Choices = UNSAID,
) -> SheetReading:
    """Read every line; `at` is the moment of the import. `UnreadableError` when columns are missing."""
    unknown = _check_header(table.header, sheet)
    conventions = judged(table, sheet, choices)
    report = SheetReport(at=at)
    read = _cell_reader(sheet, conventions, at=at)
    entries = []
    for number, cells in reported(table.lines, READING):
        values, bad_columns = _values(number, cells, table.header, sheet, report, read)
        if bad_columns & IDENTITY_NAMES or (bad_columns and sheet is ASSETS):
            continue
        entry = _entry(number, values, sheet, known, report)
        if entry and not bad_columns:
            entries.append(entry)
        elif entry and sheet.lists:
            report.mark_incomplete(entry)
    rows = tuple(ROW_BUILDERS[sheet.kind](entries, report))
    taken = [entry for entry in entries if entry.line not in report.bad_lines]
    return SheetReading(
        rows=rows,
        faults=tuple(sorted(report.faults, key=lambda fault: fault.line)),
        good_lines=len(taken),
        bad_lines=len(report.bad_lines),
        assets=_assets_of(taken, known),
        unknown_columns=unknown,
        conventions=conventions,
        table=table,
    )


def _check_header(header: Sequence[str], sheet: SheetSchema) -> tuple[str, ...]:
    """Refuse a sheet whose columns can't do; returns the columns that are not read."""
    missing = [name for name in sheet.required if name not in header]
    if missing:
        raise _missing(missing)
    if not {*IDENTIFYING} & {*header} & {*sheet.by_name}:
        raise UnreadableError(
            "No column says which asset a line speaks of. "
            "There must be asset, or chain and address, or cik, or coingecko."
        )
    if "address" in header and "chain" not in header:
        raise UnreadableError("The column chain is missing: an address means nothing without its chain.")
    known = sheet.by_name
    return tuple(name or f"({place})" for place, name in enumerate(header, start=1) if name not in known)


def _missing(columns: Sequence[str]) -> UnreadableError:
    if len(columns) == 1:
        return UnreadableError(
            "The column %(column)s is missing. The first line must name the columns.", column=columns[0]
        )
    return UnreadableError(
        "These columns are missing: %(columns)s. The first line must name the columns.",
        columns=", ".join(columns),
    )


def _values(
    number: int,
    cells: Sequence[Cell],
    header: Sequence[str],
    sheet: SheetSchema,
    report: SheetReport,
    read: CellReader,
) -> tuple[Values, set[str]]:
    """What the line's cells say, and the columns that spoil it."""
    values: Values = {}
    bad_columns: set[str] = set()
    if len(cells) > len(header):
        report.fault(number, "", CellError("has more cells than there are columns"))
        bad_columns.add("")
    by_column: Mapping[str, Cell] = dict(zip(header, cells, strict=False))
    for column in sheet.columns:
        cell = by_column.get(column.name)
        value, error = (None, None) if cell is None else read(column.name, cell)
        if value is not None:
            values[column.name] = value
            continue
        if error is None and column.required:
            error = CellError("is missing")
        if error is None:
            continue
        if column.required or sheet.lists or column.name in IDENTIFYING_TOO:
            report.fault(number, column.name, error)
            bad_columns.add(column.name)
        else:
            report.leave_out_cell(number, column.name, error)
    return values, bad_columns


def _cell_reader(sheet: SheetSchema, conventions: Conventions, *, at: datetime) -> CellReader:
    """Reads a cell once however often it comes: chains, addresses and days stand in every line."""
    columns = sheet.by_name

    @lru_cache(maxsize=CELLS_REMEMBERED, typed=True)
    def read(name: str, cell: Cell) -> tuple[Any, CellError | None]:
        try:
            return _value(columns[name], cell, conventions, at=at), None
        except CellError as error:
            return None, error

    return read


def _value(column: SheetColumn, cell: Cell, conventions: Conventions, *, at: datetime) -> Any:
    """None where the cell says in words that there is nothing."""
    refuse_spreadsheet_error(cell)
    plain = conventions.plain(column.name, cell)
    if plain is None:
        return None
    value = column.read(plain)
    if column.past and start_of_day(value) > at:
        raise CellError("is in the future")
    return value


def _entry(
    number: int, values: Values, sheet: SheetSchema, known: AssetsByIdentifier, report: SheetReport
) -> SheetEntry | None:
    """The line with its asset; None, and a fault, where it does not name one."""
    try:
        identifiers = identifiers_of(values)
        described = sheet is ASSETS
        asset = described_asset(values, identifiers, known) if described else known_asset(identifiers, known)
    except IdentityError as error:
        report.fault(number, error.column, error.error)
        return None
    return SheetEntry(
        line=number, asset=asset, values=values, is_new=not any(each in known for each in identifiers)
    )


def _assets_of(taken: Sequence[SheetEntry], known: AssetsByIdentifier) -> tuple[SheetAsset, ...]:
    lines: dict[tuple[Identifier, ...], int] = {}
    first: dict[tuple[Identifier, ...], SheetEntry] = {}
    for entry in taken:
        key = entry.asset.identifiers
        lines[key] = lines.get(key, 0) + 1
        first.setdefault(key, entry)
    return tuple(
        SheetAsset(asset=entry.asset, lines=lines[key], is_new=entry.is_new) for key, entry in first.items()
    )
