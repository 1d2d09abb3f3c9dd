"""Parsed sheets: what a table becomes as an answer: rows, remarks, and how many lines were rejected."""

from collections.abc import Mapping
from datetime import datetime

from assets.sheets.conventions import Choices
from assets.sheets.identity import from_text
from assets.sheets.reading import read_sheet
from assets.sheets.schema import SheetSchema
from assets.sheets.tables import SheetTable
from assets.sourcing.contract import Parsed
from assets.sourcing.messages import message
from assets.sourcing.reading import MOST_REMARKS


def parsed_sheet(
    table: SheetTable, sheet: SheetSchema, *, context: Mapping[str, str], at: datetime
) -> Parsed:
    """`context` is that of the request: the assets that were known, and the choices of the dry run."""
    reading = read_sheet(
        table, sheet, known=from_text(context.get("assets", "")), at=at, choices=Choices.of(context)
    )
    remarks = [fault.remark for fault in reading.faults[:MOST_REMARKS]]
    if len(reading.faults) > MOST_REMARKS:
        remarks.append(message("… and %(count)s more.", count=len(reading.faults) - MOST_REMARKS))
    if reading.unknown_columns:
        columns = ", ".join(reading.unknown_columns)
        remarks.append(message("Columns that are not read: %(columns)s.", columns=columns))
    return Parsed(rows=reading.rows, remarks=tuple(remarks), rejected=reading.bad_lines)
