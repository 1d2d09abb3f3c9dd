"""A sheet as rows of facts, and what keeps each bad line from becoming one. Pure: no database, no clock.

A line with a bad cell is left out as a whole. In a sheet of lists (holders, unlocks, audits) a bad
line takes its list with it: a list of holders without the largest would be worse than none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assets.sheets.cells import Cell, ComplaintError, beginning_of, phrase, refuse_spreadsheet_error
from assets.sheets.columns import ASSETS
from assets.sheets.identity import (
    IDENTIFYING,
    Known,
    MisplacedError,
    described_asset,
    identifiers_of,
    known_asset,
)
from assets.sheets.report import Desk, Entry, Fault
from assets.sheets.rows import TELLERS
from assets.sheets.schema import IDENTITY, Column, Sheet
from assets.sheets.tables import Table
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import AssetRef, Identifier, Row

IDENTITY_NAMES: Final = frozenset(each.name for each in IDENTITY)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many lines of a sheet speak of an asset, and whether it was known before."""

    asset: AssetRef
    lines: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sheet says. `faults` stand in the order of their lines."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    good_lines: int
    bad_lines: int
    assets: tuple[Tally, ...]
    unknown_columns: tuple[str, ...]


def told_identifiers(table: Table, sheet: Sheet) -> set[Identifier]:
    """Every identifier in the sheet, for whoever can look it up."""
    names = [name if name in IDENTITY_NAMES else "" for name in table.header]
    columns = sheet.by_name
    found: set[Identifier] = set()
    for _number, cells in table.lines:
        values: Values = {}
        for name, cell in zip(names, cells, strict=False):
            if name and cell is not None:
                try:
                    values[name] = _value(columns[name], cell, at=None)
                except ComplaintError:
                    continue
        try:
            found.update(identifiers_of(values))
        except MisplacedError:
            continue
    return found


def read_sheet(table: Table, sheet: Sheet, *, known: Known, at: datetime) -> Reading:
    """Read every line; `at` is the moment of the import. `UnreadableError` when columns are missing."""
    unknown = _check_header(table.header, sheet)
    desk = Desk(at=at)
    entries = []
    for number, cells in table.lines:
        values, bad_columns = _values(number, cells, table.header, sheet, desk)
        if bad_columns & IDENTITY_NAMES or (bad_columns and sheet is ASSETS):
            continue
        entry = _entry(number, values, sheet, known, desk)
        if entry and not bad_columns:
            entries.append(entry)
        elif entry and sheet.lists:
            desk.spoil(entry)
    rows = tuple(TELLERS[sheet.kind](entries, desk))
    taken = [entry for entry in entries if entry.line not in desk.bad_lines]
    return Reading(
        rows=rows,
        faults=tuple(sorted(desk.faults, key=lambda fault: fault.line)),
        good_lines=len(taken),
        bad_lines=len(desk.bad_lines),
        assets=_tallies(taken, known),
        unknown_columns=unknown,
    )


def _check_header(header: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Refuse a sheet whose columns can't do; returns the columns that are not read."""
    missing = [name for name in sheet.required if name not in header]
    if missing:
        raise UnreadableError(
            f"These columns are missing: {', '.join(missing)}. The first line must name the columns."
        )
    if not {*IDENTIFYING} & {*header} & {*sheet.by_name}:
        raise UnreadableError(
            "No column says which asset a line speaks of. "
            "There must be asset, or chain and address, or cik, or coingecko."
        )
    if "address" in header and "chain" not in header:
        raise UnreadableError("The column chain is missing: an address means nothing without its chain.")
    known = sheet.by_name
    return tuple(name or f"({place})" for place, name in enumerate(header, start=1) if name not in known)


def _values(
    number: int, cells: Sequence[Cell], header: Sequence[str], sheet: Sheet, desk: Desk
) -> tuple[Values, set[str]]:
    """What the line's cells say, and the columns that could not be read."""
    values: Values = {}
    bad_columns: set[str] = set()
    if len(cells) > len(header):
        desk.fault(number, "", ComplaintError(phrase("has more cells than there are columns")))
        bad_columns.add("")
    told: Mapping[str, Cell] = dict(zip(header, cells, strict=False))
    for column in sheet.columns:
        cell = told.get(column.name)
        try:
            if cell is not None:
                values[column.name] = _value(column, cell, at=desk.at)
            elif column.required:
                raise ComplaintError(phrase("is missing"))
        except ComplaintError as complaint:
            desk.fault(number, column.name, complaint)
            bad_columns.add(column.name)
    return values, bad_columns


def _value(column: Column, cell: Cell, *, at: datetime | None) -> Any:
    refuse_spreadsheet_error(cell)
    value = column.read(cell)
    if column.past and at is not None and beginning_of(value) > at:
        raise ComplaintError(phrase("is in the future"))
    return value


def _entry(number: int, values: Values, sheet: Sheet, known: Known, desk: Desk) -> Entry | None:
    """The line with its asset; None, and a fault, where it does not name one."""
    try:
        told = identifiers_of(values)
        described = sheet is ASSETS
        asset = described_asset(values, told, known) if described else known_asset(told, known)
    except MisplacedError as error:
        desk.fault(number, error.column, error.complaint)
        return None
    return Entry(line=number, asset=asset, values=values, is_new=not any(each in known for each in told))


def _tallies(taken: Sequence[Entry], known: Known) -> tuple[Tally, ...]:
    lines: dict[tuple[Identifier, ...], int] = {}
    first: dict[tuple[Identifier, ...], Entry] = {}
    for entry in taken:
        key = entry.asset.identifiers
        lines[key] = lines.get(key, 0) + 1
        first.setdefault(key, entry)
    return tuple(
        Tally(asset=entry.asset, lines=lines[key], is_new=entry.is_new) for key, entry in first.items()
    )
