"""Template of a sheet to fill in: header and example row, and in XLSX a second sheet that explains it."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font

from assets.sheets.cells import protected
from assets.sheets.schema import SheetColumn, SheetSchema, phrase
from assets.sheets.tables import CSV

Translate = Callable[[str], str]
"""Translates a text."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, spreadsheet programs take UTF-8 for something else."""

WIDTH: Final = 18
HELP_WIDTHS: Final = (22, 12, 70, 30, 30)
HELP_HEADER: Final = (
    phrase("Column"),
    phrase("Required"),
    phrase("Meaning"),
    phrase("Choices"),
    phrase("Example"),
)


def template(sheet: SheetSchema, format_name: str, *, translate: Translate = str) -> bytes:
    return _as_csv(sheet) if format_name == CSV else _as_xlsx(sheet, translate)


def _as_csv(sheet: SheetSchema) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in sheet.columns)
    writer.writerow(_shown(column) for column in sheet.columns)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _as_xlsx(sheet: SheetSchema, translate: Translate) -> bytes:
    workbook = Workbook()
    first: Any = workbook.active
    first.title = sheet.kind
    first.append([column.name for column in sheet.columns])
    first.append([_typed(column) for column in sheet.columns])
    first.freeze_panes = "A2"
    explained: Any = workbook.create_sheet("columns")
    explained.append([translate(text) for text in HELP_HEADER])
    for column in sheet.columns:
        explained.append([protected(text) for text in _explained(column, translate)])
    for page in (first, explained):
        for cell in page[1]:
            cell.font = Font(bold=True)
    for place, cell in enumerate(first[1]):
        first.column_dimensions[cell.column_letter].width = WIDTH
        if place < len(HELP_WIDTHS):
            explained.column_dimensions[cell.column_letter].width = HELP_WIDTHS[place]
    text_in = BytesIO()
    workbook.save(text_in)
    return text_in.getvalue()


def _explained(column: SheetColumn, translate: Translate) -> tuple[str, ...]:
    required = translate(phrase("yes")) if column.required else ""
    return column.name, required, translate(column.help), ", ".join(column.options), column.example


def _shown(column: SheetColumn) -> str:
    """The example as it would be typed; a number that is negative is none that could be a formula."""
    return column.example if isinstance(_read(column), (Decimal, float)) else protected(column.example)


def _typed(column: SheetColumn) -> Any:
    """Numbers and dates as such, so that nobody has to wonder how to type them."""
    value = _read(column)
    return value if isinstance(value, (Decimal, float, date)) else protected(column.example)


def _read(column: SheetColumn) -> Any:
    return column.read(column.example) if column.example else ""
