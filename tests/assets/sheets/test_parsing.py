from datetime import UTC, datetime

from assets.sheets.columns import SHEETS
from assets.sheets.parsing import parsed_sheet
from assets.sheets.tables import CSV, read_table
from assets.sourcing.reading import MOST_REMARKS

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEAD = "chain,address,date,close_usd,colour\n"


def parsed(lines):
    sheet = SHEETS["prices"]
    table = read_table((HEAD + "\n".join(lines)).encode(), CSV, sheet.wanted(""))
    return parsed_sheet(table, sheet, context={}, at=NOW)


def test_bad_lines_are_counted_and_the_first_of_them_told():
    found = parsed(["ethereum,0x1,2026-02-01,1,red"] * (MOST_REMARKS + 5))
    assert found.rows == ()
    assert found.rejected == MOST_REMARKS + 5
    assert len(found.remarks) == MOST_REMARKS + 2
    assert "5 more" in str(found.remarks[-2])
    assert "colour" in str(found.remarks[-1])
