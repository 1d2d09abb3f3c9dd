from io import BytesIO

import pytest
from openpyxl import load_workbook

from screener.benches.attacks import ATTACKS, workbook


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_asks_something_else_each_time_or_the_same(name):
    first, second = (ATTACKS[name].asked(number, "sessionid=x") for number in (1, 2))
    assert first.head.startswith(("GET /", "POST /"))
    assert first.head.endswith("\r\n")
    assert "\r\n\r\n" not in first.head
    assert first.head.splitlines()[0].isascii()
    assert first.head.count("\r\n") == second.head.count("\r\n")


def test_a_workbook_can_be_opened():
    sheet = load_workbook(BytesIO(workbook("<row><c><v>1</v></c></row>"))).active
    assert [cell.value for cell in sheet[1]] == ["chain", "address", "date", "close_usd"]
    assert sheet["A2"].value == 1
