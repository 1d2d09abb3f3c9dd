from io import BytesIO

from openpyxl import load_workbook

from screener.benches.bombs import workbook


def test_a_workbook_can_be_opened():
    sheet = load_workbook(BytesIO(workbook("<row><c><v>1</v></c></row>"))).active
    assert [cell.value for cell in sheet[1]] == ["chain", "address", "date", "close_usd"]
    assert sheet["A2"].value == 1
