"""Bad rows as a file: each row that was left out, or lost a cell, as it stood, with its number and reasons.

The columns keep their names, so that a corrected file can be imported as it is.
"""

import csv
from collections import defaultdict
from io import StringIO
from typing import Final

from assets.sheets.cells import Cell, protected
from assets.sheets.reading import SheetReading
from assets.sheets.templates import BYTE_ORDER_MARK

ADDED: Final = ("row_in_file", "what_is_wrong")


def bad_rows(reading: SheetReading) -> bytes:
    """CSV; no cell is taken for a formula by a spreadsheet program."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in reading.faults:
        reasons[fault.line].append(f"{fault.column}: {fault.problem}" if fault.column else fault.problem)
    header = reading.table.header
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*header, *ADDED])
    for number, cells in reading.table.lines:
        if number in reasons:
            shown = [protected(_shown(cell)) for cell in cells]
            beyond = [""] * (len(header) - len(shown))
            writer.writerow([*shown, *beyond, str(number), protected("; ".join(reasons[number]))])
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", "replace")


def _shown(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
