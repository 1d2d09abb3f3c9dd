from datetime import date

from assets.sheets.cells import CellError
from assets.sheets.report import Fault, SheetEntry, SheetReport
from tests.assets.sheets.files import NOW, OTHER, WORKED

FIRST, SECOND = date(2026, 2, 1), date(2026, 2, 2)


def entry(line, asset=WORKED, **values):
    return SheetEntry(line=line, asset=asset, values=values)


def test_a_fault_says_where_and_what():
    assert Fault(7, "circulating", "is not a number").remark == "row 7, circulating: is not a number."
    assert Fault(7, "", "repeats row 3").remark == "row 7: repeats row 3."
    assert Fault(7, "share", "is 100%").remark == "row 7, share: is 100%."


def test_what_is_repeated_is_kept_once():
    report = SheetReport(at=NOW)
    kept = report.sound([entry(2, day=FIRST), entry(3, day=FIRST), entry(4, OTHER, day=FIRST)], "day")
    assert [each.line for each in kept] == [2, 4]
    assert [fault.remark for fault in report.faults] == ["row 3, day: repeats row 2."]
    assert report.bad_lines == {3}


def test_a_moment_that_is_not_given_is_that_of_the_import():
    assert SheetReport(at=NOW).moment(entry(2)) == NOW
    assert SheetReport(at=NOW).moment(entry(2, as_of=FIRST)).date() == FIRST


def lists(report, *, by_date):
    lines = [
        entry(2, as_of=FIRST),
        entry(3, as_of=FIRST),
        entry(4, as_of=SECOND),
        entry(5, OTHER, as_of=FIRST),
    ]
    return [[each.line for each in listed] for listed in report.lists(lines, by_date=by_date)]


def test_lines_are_lists_by_asset_and_where_it_matters_by_date():
    assert lists(SheetReport(at=NOW), by_date=True) == [[2, 3], [4], [5]]
    assert lists(SheetReport(at=NOW), by_date=False) == [[2, 3, 4], [5]]


def test_a_spoilt_list_is_left_out_and_says_for_which_row():
    report = SheetReport(at=NOW)
    report.mark_incomplete(entry(9, as_of=FIRST))
    assert lists(report, by_date=True) == [[4], [5]]
    assert [fault.remark for fault in report.faults] == [
        "row 2: belongs to a list whose row 9 is bad.",
        "row 3: belongs to a list whose row 9 is bad.",
    ]
    assert lists(report, by_date=False) == [[5]]


def test_a_line_without_its_date_spoils_all_lists_of_its_asset():
    report = SheetReport(at=NOW)
    report.mark_incomplete(entry(9))
    assert lists(report, by_date=True) == [[5]]


def test_a_list_is_refused_line_by_line():
    report = SheetReport(at=NOW)
    report.refuse_list([entry(2), entry(3)], CellError("is odd"))
    assert report.bad_lines == {2, 3}
