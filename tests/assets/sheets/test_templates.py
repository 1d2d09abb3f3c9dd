import io

import pytest
from openpyxl import load_workbook

from assets.sheets import cells
from assets.sheets.columns import SHEETS
from assets.sheets.schema import SheetColumn, SheetSchema
from assets.sheets.tables import FORMATS
from assets.sheets.templates import template
from tests.assets.sheets.files import faults_of, reading_of

RISKY = SheetSchema(
    kind="risky",
    title="Risky",
    help="",
    family="market",
    columns=(
        SheetColumn(name="note", read=cells.text(40), help="=1+1", example="=HYPERLINK(1)"),
        SheetColumn(name="change", read=cells.number, help="A number.", example="-5"),
    ),
)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_template_can_be_imported_as_it_is(kind, format_name):
    reading = reading_of(kind, template(SHEETS[kind], format_name))
    assert faults_of(reading) == []
    assert reading.rows
    assert reading.unknown_columns == ()


def test_a_csv_template_opens_in_a_spreadsheet():
    assert template(SHEETS["supply"], "csv").startswith(b"\xef\xbb\xbfasset,chain,")


def test_an_xlsx_template_explains_its_columns_in_the_readers_language():
    book = load_workbook(io.BytesIO(template(SHEETS["holders"], "xlsx", translate=lambda text: f"«{text}»")))
    assert book.sheetnames == ["holders", "columns"]
    explained = {row[0].value: row for row in book["columns"]}
    assert explained["share"][1].value == "«yes»"
    assert explained["share"][2].value == "«Share of total supply, as 12.5% or 0.125.»"
    assert explained["holder_type"][3].value.startswith("burn, pool")
    assert book["holders"]["J2"].value == 0.125, "a number and not a text"


def test_what_looks_like_a_formula_is_protected():
    assert template(RISKY, "csv").decode("utf-8-sig").splitlines()[1] == "'=HYPERLINK(1),-5"
    book = load_workbook(io.BytesIO(template(RISKY, "xlsx")))
    first, explained = book["risky"], book["columns"]
    assert [cell.value for cell in first[2]] == ["'=HYPERLINK(1)", -5]
    assert explained["C2"].value == "'=1+1"
    assert "f" not in {cell.data_type for page in book for row in page for cell in row}
