import io
from zipfile import ZipFile

import pandas as pd
import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook

from screener.exports import xlsx_file
from screener.exports.contents import UNITS, Field
from screener.exports.xlsx_file import write_xlsx
from tests.screener.exports.exported import HOSTILE, export_of, hostile_export


def opened(export):
    return load_workbook(io.BytesIO(b"".join(write_xlsx(export))))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_assets_under_their_names():
    sheet = opened(export_of(("Alpha", False, 0.1, 0.015), (None, True, None, None)))["Assets"]
    assert cells(sheet) == [
        ["name", "fictional", "price_usd", "spread_share"],
        ["Alpha", False, 0.1, 0.015],
        [None, True, None, None],
    ]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet["D2"].number_format == "0.00%"
    assert sheet["C2"].number_format == UNITS["usd"].number_format


def test_about_says_what_the_file_is():
    tiers = (("Token tiers", "Micro < $100 M · Large (limits of the checklist)"),)
    sheet = opened(export_of(("Alpha", True, 0.1, 0.015), fictional=1, tier_texts=tiers))["About"]
    found = {row[0]: row[1] for row in cells(sheet) if row[0]}
    assert found["Token tiers"] == "Micro < $100 M · Large (limits of the checklist)"
    assert found["Screen"] == "market_cap < 100m"
    assert found["Sorted by"] == "'-score"
    assert found["As of"] == "2026-11-21T12:00:07Z"
    assert found["Rows"] == "1"
    assert found["Note"] == "Not financial advice."
    assert found["Sandbox"] == "1 row is an invented asset of the sandbox market."
    assert ["price_usd", "Price", "USD", "Of one unit. US dollars"] in cells(sheet)


def test_hostile_names_are_texts_and_numbers_stay_numbers():
    _, *rows = cells(opened(hostile_export())["Assets"])
    # openpyxl leaves the escaped underscore as it is; spreadsheet programs and calamine do not.
    assert [row[0].replace("_x005F_", "_") for row in rows] == list(HOSTILE.values())
    assert {row[1] for row in rows} == {-1.5}
    sheet = opened(hostile_export())["Assets"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert {cell.hyperlink for cell in sheet["A"]} == {None}


@pytest.mark.parametrize(
    "number", [0.1 + 0.2, 1e-300, -0.5, 25.0, 1.7976931348623157e308, 123456789.123456789]
)
def test_numbers_read_back_exactly(number):
    sheet = opened(export_of((number,), fields=(Field(name="price", unit="usd"),)))["Assets"]
    assert sheet["A2"].value == number


def test_no_rows_are_a_whole_file():
    assert len(cells(opened(export_of())["Assets"])) == 1


def test_every_unit_has_a_format_that_a_spreadsheet_accepts():
    fields = tuple(Field(name=unit, unit=unit) for unit in UNITS)
    row = tuple({"text": "a", "truth": True}.get(unit, 1.5) for unit in UNITS)
    sheet = opened(export_of(row, fields=fields))["Assets"]
    assert [cell.number_format for cell in sheet[2]] == [each.number_format for each in UNITS.values()]


def test_rows_of_many_batches_and_slices_keep_their_order(monkeypatch):
    monkeypatch.setattr(xlsx_file, "SLICE_ROWS", 3)
    fields = (Field(name="a", unit="count"), Field(name="b"))
    rows = [(float(number), None if number % 3 else f"n{number}") for number in range(20)]
    sheet = opened(export_of(*rows, fields=fields, batch_rows=7))["Assets"]
    assert cells(sheet)[1:] == [list(row) for row in rows]
    assert sheet.dimensions == "A1:B21"


def test_it_leaves_piece_by_piece(monkeypatch):
    monkeypatch.setattr(xlsx_file, "SLICE_ROWS", 1)
    taken = []

    def batches(source):
        for batch in source:
            taken.append(batch.num_rows)
            yield batch

    pieces = write_xlsx(
        export_of(batches=batches(export_of(("A", False, 1.0, 1.0), ("B", True, 1.0, 1.0)).batches))
    )
    assert taken == []
    assert len(list(pieces)) == 3


def test_the_archive_is_whole(monkeypatch):
    body = b"".join(write_xlsx(hostile_export()))
    with ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        ElementTree.fromstring(archive.read(xlsx_file.SHEET))


def test_pandas_reads_it_without_being_told_how():
    body = b"".join(write_xlsx(export_of(("Alpha", False, 0.1, 0.015), ("Beta", True, None, 0.5))))
    frame = pd.read_excel(io.BytesIO(body), engine="openpyxl")
    assert frame["spread_share"].tolist() == [0.015, 0.5]
    assert frame["fictional"].tolist() == [False, True]


def test_an_interrupted_download_closes_the_archive():
    pieces = write_xlsx(export_of(("A", False, 1.0, 1.0), ("B", False, 1.0, 1.0), ("C", False, 1.0, 1.0)))
    next(pieces)
    pieces.close()
    assert list(pieces) == []
