from dataclasses import fields

import pytest

from assets.metrics.families import FAMILY_NAMES
from assets.sheets.columns import SHEETS
from assets.sheets.conventions import UNSAID, judged
from assets.sheets.rows import ROW_BUILDERS
from assets.sheets.schema import SheetSchema
from assets.sheets.tables import CSV, MOST_COLUMNS, read_table
from assets.sourcing.rows import VenueRow


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.kind)
def test_each_sheet_is_complete(sheet):
    names = [column.name for column in sheet.columns]
    assert len({*names}) == len(names) <= MOST_COLUMNS
    assert sheet.family in FAMILY_NAMES
    assert sheet.title
    assert sheet.help
    assert sheet.required
    assert {"asset", "chain", "address", "cik", "coingecko"} <= {*names}
    assert sheet.kind in ROW_BUILDERS


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.kind)
def test_no_sheet_names_an_asset_by_its_symbol(sheet):
    assert ("symbol" in sheet.by_name) == (sheet.kind == "assets"), "there it only describes"


@pytest.mark.parametrize(
    "column",
    [column for sheet in SHEETS.values() for column in sheet.columns],
    ids=lambda column: column.name,
)
def test_each_column_explains_itself_and_reads_its_example(column):
    assert column.help.endswith(".") or column.name.endswith(("_usd", "_share", "_outstanding", "_balance"))
    assert column.example or not column.required
    if column.example:
        table = read_table(f'{column.name}\n"{column.example}"'.encode(), CSV)
        conventions = judged(
            table, SheetSchema(kind="", title="", help="", family="", columns=(column,)), UNSAID
        )
        assert column.read(conventions.plain(column.name, column.example)) not in (None, "")
    if column.options:
        assert column.example in column.options
        assert [column.read(option) for option in column.options] == [*column.options]


def test_the_sheets_are_those_of_the_product():
    kinds = ["assets", "prices", "supply", "holders", "unlocks", "fundamentals", "venues", "audits"]
    assert [*SHEETS] == kinds


def test_an_analyst_can_tell_all_that_is_told_of_a_venue():
    columns = {column.name for column in SHEETS["venues"].columns}
    assert {each.name for each in fields(VenueRow)} - {"asset", "as_of"} <= columns
