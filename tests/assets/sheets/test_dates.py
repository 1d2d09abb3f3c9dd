from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sheets.cells import CellError
from assets.sheets.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    ORDERS,
    are_converted,
    finished,
    is_ambiguous,
    is_mixed,
    mark_of,
    plain,
    proven,
    readings,
    refuse_converted,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
WRITTEN = {DAY_FIRST: "{0.day:02}{1}{0.month:02}{1}{0.year}", MONTH_FIRST: "{0.month}{1}{0.day}{1}{0.year}"}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("mark", ["/", ".", "-"])
@given(days=st.lists(DAYS, min_size=1))
def test_a_column_with_a_day_above_twelve_is_read_back(order, mark, days):
    texts = [WRITTEN[order].format(day, mark) for day in (*days, date(2026, 6, 30))]
    assert proven(texts) == {(mark, order)}
    assert [plain(text, order=order) for text in texts] == [str(day) for day in (*days, date(2026, 6, 30))]


@given(day=DAYS, order=st.sampled_from(["", *ORDERS]))
def test_iso_and_named_months_are_never_a_question(day, order):
    for text in (
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%Y-%m-%d}T00:00:00Z",
        f"{day:%d-%b-%Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}. {day:%B} {day.year}",
    ):
        assert plain(text, order=order) == day.isoformat()


def test_both_orders_prove_neither():
    assert proven(["30/06/2026", "06/30/2026"]) == {("/", DAY_FIRST), ("/", MONTH_FIRST)}


def test_each_mark_has_its_own_proof():
    assert proven(["6/30/2026", "30.06.2026", "8/12/2026"]) == {("/", MONTH_FIRST), (".", DAY_FIRST)}


def test_what_can_be_two_days_is_not_guessed():
    assert is_ambiguous("8/12/2026")
    assert not is_ambiguous("8/8/2026")
    assert not is_ambiguous("8/13/2026")
    assert not is_ambiguous("soon")
    with pytest.raises(CellError, match="may be the date 2026-12-08 or 2026-08-12; say whether day or month"):
        plain("8/12/2026", order="")
    assert plain("8/8/2026", order="") == "2026-08-08"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("soon", "not an ISO date"),
        ("2026-02-30", "not an ISO date"),
        ("31/31/2026", "not an ISO date"),
        ("30 Foo 2026", "not an ISO date"),
        ("20260301", "not an ISO date"),
        ("2026-03-01 14:30", "not an ISO date"),
        ("6/30/26", "year of two digits"),
        ("46203", "a number, not a date"),
        ("46203.0", "a number, not a date"),
    ],
)
def test_what_tells_no_day_is_refused(text, problem):
    with pytest.raises(CellError, match=problem):
        readings(text)


def test_the_mark_of_a_date():
    assert [mark_of(each) for each in ("1/2/2026", "1.2.2026", "2026-01-02", "x")] == ["/", ".", "", ""]


# What a spreadsheet program has made of a column -----------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2026, 3, 4), date(2026, 3, 4)),
        (datetime(2026, 3, 4, 15, tzinfo=UTC), date(2026, 3, 4)),
        ("2026-03-04", date(2026, 3, 4)),
        ("2026/3/4", date(2026, 3, 4)),
        ("2026-03-04T00:00:00Z", date(2026, 3, 4)),
        ("2026-02-30", None),
        ("04/03/2026", None),
        ("4 March 2026", None),
        ("45000", None),
        (45_000, None),
        (None, None),
    ],
)
def test_what_is_a_date_already(cell, expected):
    assert finished(cell) == expected


@pytest.mark.parametrize(
    ("column", "holds"),
    [
        (["2026-03-04", "30/06/2026"], True),
        ([datetime(2026, 3, 4, tzinfo=UTC), "06/30/2026"], True),
        ([date(2026, 3, 4), "30/06/2026", "04/05/2026"], True),
        (["2026-03-04", "30/06/2026", "2026-03-25"], False),  # a 25th was not made so
        (["2026-03-04", "04/03/2026"], False),  # it would have been made a date as well
        (["2026-03-04", "30 June 2026"], False),
        (["2026-03-04", "2026-06-30"], False),
        (["2026-03-04", "45000"], False),
        (["04/03/2026", "30/06/2026"], False),
        ([], False),
    ],
)
def test_whether_dates_may_be_of_the_wrong_order(column, holds):
    assert are_converted(column) is holds


@pytest.mark.parametrize(
    ("column", "holds"),
    [
        (["2026-03-04", "04/03/2026"], True),
        (["45000", "04/03/2026"], True),
        ([45_000.0, "04.03.2026"], True),
        ([date(2026, 3, 4), "4/3/2026"], True),
        (["04/03/2026", "30/06/2026", None], False),
        (["2026-03-04", "45000", "4 March 2026"], False),
        ([], False),
    ],
)
def test_whether_a_column_is_written_in_two_ways(column, holds):
    assert is_mixed(column) is holds


def opened(day, order):
    """What a program of the other country makes of a date that is written in this order."""
    text = WRITTEN[order].format(day, "/")
    if day.day > 12:
        return text
    return date(day.year, day.day, day.month)


@given(days=st.lists(DAYS, min_size=1), order=st.sampled_from(ORDERS))
def test_no_date_of_a_column_that_was_opened_elsewhere_is_read_wrong(days, order):
    column = [opened(day, order) for day in (*days, date(2026, 6, 30), date(2026, 3, 4))]
    assert are_converted(column)
    for day, cell in zip(days, column, strict=False):
        if isinstance(cell, str):
            refuse_converted(cell)
            assert plain(cell, order=order) == day.isoformat()
        elif day.day == day.month:
            refuse_converted(cell)
        else:
            with pytest.raises(CellError, match=f"{cell} or {day}: in this column a spreadsheet program"):
                refuse_converted(cell)
