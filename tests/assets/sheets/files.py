"""Small sheets for tests, as the bytes of a file."""

import io
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook

from assets.sheets.columns import SHEETS
from assets.sheets.conventions import Choices
from assets.sheets.reading import read_sheet
from assets.sheets.tables import format_of, read_table
from assets.sourcing.rows import AssetRef

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORKED = AssetRef(kind="token", identifiers=(("coingecko", "worked"),))
OTHER = AssetRef(kind="equity", identifiers=(("cik", "320193"),))
KNOWN = {
    ("slug", "worked-example"): WORKED,
    ("coingecko", "worked"): WORKED,
    ("address:ethereum", "0x" + "0" * 38 + "a1"): WORKED,
    ("slug", "other"): OTHER,
    ("cik", "320193"): OTHER,
}


def csv_of(*lines):
    return "\n".join(lines).encode()


def xlsx_of(*lines, second=()):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    if second:
        page = workbook.create_sheet("more")
        for line in second:
            page.append(line)
    text_in = io.BytesIO()
    workbook.save(text_in)
    return text_in.getvalue()


def repacked(body, changes):
    """The archive with some parts replaced by the function of the same name."""
    text_in = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(text_in, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, changes.get(part.filename, lambda same: same)(content))
    return text_in.getvalue()


def reading_of(kind, body, *, known=KNOWN, at=NOW, **choices):
    chosen = Choices(**choices)
    table = read_table(body, format_of(body), SHEETS[kind].wanted(chosen.tab))
    return read_sheet(table, SHEETS[kind], known=known, at=at, choices=chosen)


def faults_of(reading):
    return [fault.remark.removesuffix(".") for fault in reading.faults]
