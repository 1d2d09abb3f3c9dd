import io

import pytest
from openpyxl import Workbook

from assets.sheets.workbooks import Tab, chosen, lines_of, names_of, tabs_of
from assets.sourcing.contract import UnreadableError
from screener.benches.bombs import many_cells, merged_cells, shared_strings
from screener.benches.bombs import workbook as workbook_of

HEADER = ["asset", "as_of", "total"]
ROW = ["worked-example", "2026-02-01", 7]


def workbook(*tabs):
    """Bytes of a workbook; each sheet is its title, its state and its lines."""
    book = Workbook()
    book.remove(book.active)
    for title, state, lines in tabs:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for line in lines:
            sheet.append(line)
    text_in = io.BytesIO()
    book.save(text_in)
    return text_in.getvalue()


def fits(line):
    return sum(cell in HEADER for cell in line)


def picked(body, wanted=""):
    return chosen(tabs_of(body, fits=fits), wanted).title


CACHE = ("_CIQHiddenCacheSheet", "veryHidden", [HEADER, ["x", "y", 1]])
SUMMARY = ("Export Summary", "visible", [["This is a summary"], ["Sheet", "Table"]])
DATA = ("Data", "visible", [["Company accounts"], [], HEADER, ROW])
EMPTY: tuple[str, str, list[list[str]]] = ("Empty", "visible", [[]])


@pytest.mark.parametrize("before", [[CACHE], [SUMMARY], [EMPTY], [CACHE, SUMMARY, EMPTY]])
def test_the_first_visible_sheet_with_the_columns_is_read(before):
    body = workbook(*before, DATA, ("More", "visible", [HEADER, ROW]))
    assert picked(body) == "Data"
    (tab,) = (each for each in tabs_of(body, fits=fits) if each.title == "Data")
    assert [*lines_of(body, tab)][2:] == [tuple(HEADER), tuple(ROW)]


def test_a_person_names_another_one_even_if_it_is_hidden():
    body = workbook(CACHE, DATA)
    assert picked(body, "_CIQHiddenCacheSheet") == "_CIQHiddenCacheSheet"
    with pytest.raises(UnreadableError, match="no sheet “Gone”"):
        picked(body, "Gone")


def test_hidden_sheets_are_not_read_by_themselves():
    with pytest.raises(UnreadableError, match="All sheets of the workbook are hidden: “A”"):
        chosen([Tab(title="A", is_hidden=True, fit=9)], "")


def test_the_names_of_sheets():
    assert names_of([Tab(title=each, is_hidden=False, fit=0) for each in "ab"]) == "“a”, “b”"


def test_what_stands_in_a_merged_cell_stands_in_each_of_its_rows():
    book = Workbook()
    for line in (HEADER, ROW, [None, "2026-02-02", 8], [None, "2026-02-03"], ["other", "2026-02-03", 1]):
        book.active.append(line)
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("C2:C4")
    book.active.merge_cells("D1:E1")
    text_in = io.BytesIO()
    book.save(text_in)
    body = text_in.getvalue()
    lines = [line[:3] for line in lines_of(body, tabs_of(body, fits=fits)[0])]
    assert lines[1:] == [
        ("worked-example", "2026-02-01", 7),
        ("worked-example", "2026-02-02", 7),
        ("worked-example", "2026-02-03", 7),
        ("other", "2026-02-03", 1),
    ]


def test_a_number_that_is_shown_as_a_percentage_has_its_sign():
    book = Workbook()
    book.active.append(["share", 0.125, 0.3])
    book.active["B1"].number_format = "0.00%"
    text_in = io.BytesIO()
    book.save(text_in)
    body = text_in.getvalue()
    assert [*lines_of(body, tabs_of(body, fits=fits)[0])] == [("share", "12.500%", 0.3)]


@pytest.mark.parametrize("body", [b"PK\x03\x04 broken", b""])
def test_what_is_no_workbook_is_refused(body):
    with pytest.raises(UnreadableError, match="not an XLSX workbook"):
        tabs_of(body, fits=fits)


@pytest.mark.parametrize(
    ("shown_as", "cell"),
    [
        ("General", 5.5),
        ("#,##0.00", 5.5),
        ('"$"#,##0', 5.5),
        ("0.0%", "550.0%"),
        ('#,##0 "€"', "5.5 €"),
        ("[$€-407] #,##0", "5.5 €"),
        ('#,##0 "EUR"', "5.5 EUR"),
        ("[$£-809]#,##0", "5.5 £"),
    ],
)
def test_a_number_keeps_the_sign_that_it_is_shown_with(shown_as, cell):
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(["worked-example", "2026-02-01", 5.5])
    book.active["C2"].number_format = shown_as
    text_in = io.BytesIO()
    book.save(text_in)
    tab = chosen(tabs_of(text_in.getvalue(), fits=fits), "")
    assert list(lines_of(text_in.getvalue(), tab))[1][2] == cell


def some_strings():
    return workbook_of("<row><c/></row>", strings="<si/>" * 300_001)


@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        (many_cells, "more than 1,000,000 cells"),
        (shared_strings, "more than 1,000,000 cells"),
        (some_strings, "more than 300,000 different texts"),
        (merged_cells, "more than 5,000 merged cells"),
    ],
)
def test_a_small_file_that_unpacks_to_much_is_refused_by_what_it_has(bomb, words):
    with pytest.raises(UnreadableError, match=words):
        tabs_of(bomb(), fits=lambda _line: 0)
