import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.sheets import tables
from assets.sheets.cells import UNCALCULATED
from assets.sheets.tables import CSV, XLSX, Wanted, format_of, read_table
from assets.sheets.units import NO_UNIT, HeaderUnit
from assets.sourcing.contract import UnreadableError
from tests.assets.sheets.files import csv_of, repacked, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"


def table_of(body):
    return read_table(body, format_of(body))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_however_it_is_divided(delimiter, encoding, end):
    text = end.join([delimiter.join(["asset", "As of"]), delimiter.join(["café", '"a, b; c"']), ""])
    table = table_of(text.encode(encoding))
    assert table.header == ("asset", "as_of")
    assert table.lines == ((2, ("café", "a, b; c")),)


def test_rows_are_counted_like_a_spreadsheet_does():
    table = table_of(csv_of("asset,text", 'a,"two', 'lines"', "", ",,", "b,c"))
    assert [number for number, _cells in table.lines] == [2, 5]


def test_the_first_line_that_is_not_empty_is_the_header():
    assert table_of(csv_of("", "asset", "a")).header == ("asset",)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"a;\x81", "not in UTF-8"),
        (b"a,b\x00", "neither CSV nor XLSX"),
        (b'a,b\n"x', "not CSV"),
        (b"a,b\n" + b"x" * 200_000, "not CSV"),
        (b"asset,a,A", "column a is there twice"),
        (b"\xd0\xcf\x11\xe0 old", "old .xls file"),
        (b"PK\x03\x04 broken", "not an XLSX workbook"),
        (b"x" * (tables.MOST_BYTES + 1), "may have 5,000,000"),
        (b",".join([b"a%d" % number for number in range(41)]), "has 41 columns and may have 40"),
        (b"asset\n" + b"a\n" * 50_001, "more than 50,000 rows"),
    ],
)
def test_a_file_that_can_not_do_is_refused_with_a_way_out(body, problem):
    with pytest.raises(UnreadableError, match=problem):
        table_of(body)


def test_as_many_rows_as_are_allowed_are_read():
    assert len(table_of(b"asset\n" + b"a\n" * 50_000).lines) == 50_000


def test_an_unknown_format_is_refused():
    with pytest.raises(UnreadableError, match="not a format"):
        read_table(b"a", "ods")


def test_xlsx_gives_cells_as_what_they_are_from_its_first_sheet():
    body = xlsx_of(
        ["Asset", "As of", "share"],
        ["a", datetime(2026, 3, 1), 0.125],  # noqa: DTZ001
        [None, None, None],
        ["b", "2026-03-02", 3],
        second=[["other"], ["x"]],
    )
    table = table_of(body)
    assert table.header == ("asset", "as_of", "share")
    assert table.lines == ((2, ("a", datetime(2026, 3, 1), 0.125)), (4, ("b", "2026-03-02", 3)))  # noqa: DTZ001


def test_a_formula_counts_by_the_result_that_is_stored():
    body = xlsx_of(["asset", "total"], ["a", "=1+1"])
    assert table_of(body).lines == ((2, ("a", UNCALCULATED)),), "nothing has calculated it"
    calculated = repacked(body, {SHEET: lambda xml: re.sub(rb"<v\s*/>|<v></v>", b"<v>2</v>", xml)})
    assert table_of(calculated).lines == ((2, ("a", 2)),)


def test_a_bomb_is_not_unpacked():
    text_in = io.BytesIO()
    with zipfile.ZipFile(text_in, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 10_000_000)
    assert len(text_in.getvalue()) < 100_000
    with pytest.raises(UnreadableError, match="Unpacked, the file has 60,000,000 bytes"):
        table_of(text_in.getvalue())


def test_entities_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    body = repacked(xlsx_of(["asset"], ["a"]), {SHEET: lambda xml: bomb + xml})
    with pytest.raises(UnreadableError, match="declares entities"):
        table_of(body)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'r="2"', b'r="1048577"'), (b'r="A2"', b'r="ALM2"'), (b'r="2"', b'r="999999999999"')],
)
def test_what_a_workbook_says_of_its_size_costs_nothing(old, new):
    body = repacked(xlsx_of(["asset"], ["a"]), {SHEET: lambda xml: xml.replace(old, new)})
    with pytest.raises(UnreadableError):
        table_of(body)


def test_a_workbook_that_lies_about_its_size_is_read():
    lie = lambda xml: xml.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')  # noqa: E731
    assert table_of(repacked(xlsx_of(["asset"], ["a"]), {SHEET: lie})).lines == ((2, ("a",)),)


@pytest.mark.filterwarnings("ignore")
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(data):
    def damage(xml):
        start = data.draw(st.integers(0, len(xml)))
        end = data.draw(st.integers(start, min(len(xml), start + 40)))
        return xml[:start] + data.draw(st.binary(max_size=8)) + xml[end:]

    body = xlsx_of(["asset", "date"], ["a", datetime(2026, 3, 1)], ["b", "=A1"])  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
    try:
        table_of(repacked(body, {part: damage}))
    except UnreadableError as error:
        event(str(error)[:20])


@given(body=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    try:
        table_of(body)
    except UnreadableError as error:
        event(str(error)[:20])


# As people have them ------------------------------------------------------------------

WANTED = Wanted(columns=("asset", "as_of", "circulating", "total"), required=("asset", "as_of"))
TITLES = ("Supply export", "Printed on 27 February 2026", "")
ROWS = ("worked,2026-01-01,5,6", "worked,2026-01-02,5,6")


def table_in(*lines, wanted=WANTED):
    return read_table(csv_of(*lines), CSV, wanted)


def test_titles_above_and_notes_below_are_no_rows_and_are_named():
    table = table_in(
        *TITLES, "asset,as_of,circulating,total", *ROWS, "Total,,10,12", "", "Source: the vendor"
    )
    assert table.header == ("asset", "as_of", "circulating", "total")
    assert [number for number, _cells in table.lines] == [5, 6]
    assert table.left_out == (
        (1, "Supply export"),
        (2, "Printed on 27 February 2026"),
        (7, "Total 10 12"),
        (9, "Source: the vendor"),
    )


@pytest.mark.parametrize("last", ["total-coin,2026-01-03,5,6", "source,2026-01-03,5,6", "worked,2026-01-03"])
def test_a_row_at_the_end_stays_a_row(last):
    assert len(table_in("asset,as_of,circulating,total", *ROWS, last).lines) == 3


def test_a_header_that_is_said_again_is_no_row():
    table = table_in("asset,as_of", "a,2026-01-01", "Asset,As of", "b,2026-01-01")
    assert [cells[0] for _number, cells in table.lines] == ["a", "b"]
    assert table.left_out == ((3, "Asset As of"),)


def test_the_delimiter_that_the_file_names_counts():
    assert table_in("sep=;", "asset;as_of", "a;2026-01-01").lines == ((2, ("a", "2026-01-01")),)


@pytest.mark.parametrize(
    ("title", "scale"),
    [("in thousands", 1000), ("US$ 000s", 1000), ("USD in millions", 10**6), ("$mn", 10**6), ("UTC", None)],
)
def test_a_header_can_name_a_multiple(title, scale):
    table = table_in(f"asset,as_of,Total ({title})", "a,2026-01-01,5")
    assert table.header[2] == "total"
    assert table.units.get("total", NO_UNIT).factor == scale


@pytest.mark.parametrize("below", [",,USD mn", ",,(USD mn)"])
def test_a_line_below_the_header_can_name_units(below):
    table = table_in("asset,as_of,Total", below, "a,2026-01-01,5", "b,2026-01-01,6")
    assert table.units == {"total": HeaderUnit(Decimal(10) ** 6, "USD")}
    assert [number for number, _cells in table.lines] == [3, 4]
    assert [number for number, _text in table.left_out] == [2]


def test_where_the_header_has_units_a_line_below_it_is_a_row():
    table = table_in("asset,as_of,Total (mn)", ",,USD k", "a,2026-01-01,5")
    assert [number for number, _cells in table.lines] == [2, 3]


def test_a_title_can_name_a_multiple():
    table = table_in("Balance sheet (In Thousands)", "asset,as_of", ROWS[0])
    assert (table.said, table.said_unit.factor) == ("Balance sheet (In Thousands)", 1_000)
    table = table_in("Balance sheet", "asset,as_of", ROWS[0])
    assert (table.said, table.said_unit) == ("", NO_UNIT)


def test_a_workbook_says_which_sheet_was_read_and_which_were_not():
    body = xlsx_of(["Notes"], second=[["asset", "as_of"], ["a", "2026-01-01"]])
    table = read_table(body, XLSX, WANTED)
    assert (table.tab, table.other_tabs, table.hidden_tabs) == ("more", (), ())
    with pytest.raises(UnreadableError, match=r"these columns: kind\. The sheets are named “Sheet”, “more”"):
        read_table(body, XLSX, Wanted(columns=("kind",), required=("kind",)))
    both = xlsx_of(["asset", "as_of"], ["a", "2026-01-01"], second=[["asset", "as_of"], ["b", "2026-01-01"]])
    table = read_table(both, XLSX, WANTED)
    assert (table.tab, table.other_tabs) == ("Sheet", ("more",))
    named = read_table(both, XLSX, replace(WANTED, tab="more"))
    assert (named.tab, named.lines) == ("more", ((2, ("b", "2026-01-01")),))


def test_western_files_are_read_and_said_to_be_so():
    table = read_table("asset,as_of\ncafé,2026-01-01".encode("cp1252"), CSV, WANTED)
    assert (table.lines[0][1][0], table.is_western) == ("café", True)
