import csv
import io
from datetime import datetime

from assets.sheets.bad_rows import bad_rows
from tests.assets.sheets.files import csv_of, reading_of, xlsx_of

HEADER = "asset,as_of,circulating,total"


def rows_of(reading):
    return [*csv.reader(io.StringIO(bad_rows(reading).decode("utf-8-sig")))]


def test_bad_rows_come_back_as_they_stood_with_their_reasons():
    header, spoilt, lost = rows_of(
        reading_of(
            "supply",
            csv_of(
                HEADER,
                "worked-example,2026-02-01,5,6",
                "worked-example,soon,lots,6",
                'worked-example,2026-02-02,"=HYPERLINK(""x"")",6',
            ),
        )
    )
    assert header == [*HEADER.split(","), "row_in_file", "what_is_wrong"]
    assert spoilt[:5] == ["worked-example", "soon", "lots", "6", "3"]
    assert spoilt[5].startswith("as_of: is not an ISO date")
    assert "; circulating: is not a number" in spoilt[5]
    assert lost[:5] == ["worked-example", "2026-02-02", '\'=HYPERLINK("x")', "6", "4"]


def test_a_corrected_file_can_be_imported_as_it_is():
    faulty = reading_of("supply", csv_of(HEADER, "worked-example,2026-02-01,lots,6"))
    again = reading_of("supply", bad_rows(faulty).replace(b"lots", b"5"))
    assert (again.good_lines, again.bad_lines, again.rows[0].circulating) == (1, 0, 5)
    assert again.unknown_columns == ("row_in_file", "what_is_wrong")


def test_cells_of_a_workbook_are_written_out():
    line = ["nobody", datetime(2026, 2, 1), -5, None]  # noqa: DTZ001
    _header, row = rows_of(reading_of("supply", xlsx_of(HEADER.split(","), line)))
    assert row[:5] == ["nobody", "2026-02-01T00:00:00", "'-5", "", "2"]


def test_without_bad_rows_the_header_is_left():
    assert len(rows_of(reading_of("supply", csv_of(HEADER, "worked-example,2026-02-01,5,6")))) == 1
