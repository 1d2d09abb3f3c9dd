from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sheets.columns import SHEETS
from assets.sheets.conventions import UNSAID, Choices, judged
from assets.sheets.tables import format_of, read_table
from tests.assets.sheets.files import csv_of, faults_of, reading_of, xlsx_of

FUNDAMENTALS = "cik;period_ends_on;published_on;revenue_ttm_usd;cash_usd;shares_outstanding"
ONE = "320193;2025-09-30;2025-11-01;"
TWO = "320193;2025-06-30;2025-08-01;"
SUPPLY = "cik;as_of;circulating;total"


def judged_of(kind, body, **choices):
    said = Choices(**choices)
    return judged(read_table(body, format_of(body), SHEETS[kind].wanted()), SHEETS[kind], said)


# Numbers ------------------------------------------------------------------------------


def test_a_cell_of_the_column_decides_for_the_column():
    reading = reading_of(
        "supply", csv_of(SUPPLY, "320193;2026-01-01;18.250;", "320193;2026-01-02;1.018.250;")
    )
    assert [row.circulating for row in reading.rows] == [18_250, 1_018_250]
    assert reading.conventions.columns["circulating"].says == "comma"


def test_another_column_of_the_file_decides_where_the_column_is_silent():
    reading = reading_of(
        "fundamentals", csv_of(FUNDAMENTALS, ONE + "12.500.000;980.000,50;18.250", TWO + "980.000;5;18.000")
    )
    first, second = reading.rows
    assert (first.revenue_ttm_usd, first.cash_usd, first.shares_outstanding) == (
        12_500_000,
        Decimal("980000.50"),
        18_250,
    )
    assert (second.revenue_ttm_usd, second.shares_outstanding) == (980_000, 18_000)


def test_what_nothing_decides_is_asked_and_the_rest_of_the_row_stands():
    body = csv_of(SUPPLY, "320193;2026-01-01;18.250;100000", "320193;2026-01-02;1 000;5000")
    reading = reading_of("supply", body)
    assert reading.conventions.questions == {"decimal_mark": ["circulating"]}
    assert [(row.circulating, row.total) for row in reading.rows] == [(None, 100_000), (1000, 5000)]
    assert "row 2, circulating: may mean 18.250 or 18250" in faults_of(reading)[0]


@pytest.mark.parametrize(("mark", "value"), [("comma", 18_250), ("point", Decimal("18.25"))])
def test_the_answer_decides(mark, value):
    body = csv_of(SUPPLY, "320193;2026-01-01;18.250;100000")
    reading = reading_of("supply", body, decimal_mark=mark)
    assert (reading.rows[0].circulating, reading.conventions.questions) == (value, {})


def test_two_styles_in_a_file_leave_the_others_open():
    body = csv_of(SUPPLY, "320193;2026-01-01;1.234,5;9.000.000", "320193;2026-01-02;1,234.5;9.000")
    reading = reading_of("supply", body)
    assert [row.circulating for row in reading.rows] == [Decimal("1234.5"), Decimal("1234.5")]
    assert reading.rows[1].total == 9_000, "its own column is of one style"
    mixed = reading_of(
        "supply", csv_of(SUPPLY, "320193;2026-01-01;1.234,5;9.000", "320193;2026-01-02;1,234.5;1")
    )
    assert mixed.conventions.questions == {"decimal_mark": ["total"]}


def test_numbers_of_a_workbook_are_no_question():
    body = xlsx_of(SUPPLY.split(";"), ["320193", "2026-01-01", 18.25, 18250])
    (row,) = reading_of("supply", body).rows
    assert (row.circulating, row.total) == (Decimal("18.25"), 18_250)


@pytest.mark.parametrize(
    "word",
    [
        "-",
        "–",
        "—",
        "n/a",
        "NA",
        "nm",
        "N.M.",
        "#N/A",
        "NaN",
        "null",
        "..",
        "n/m",
        "k.A.",
        "not available",
        "",
        "  ",
    ],
)
def test_words_of_absence_cost_neither_row_nor_remark(word):
    reading = reading_of("fundamentals", csv_of(FUNDAMENTALS, f"{ONE}12500000;{word};18000"))
    assert (reading.rows[0].cash_usd, reading.faults) == (None, ())


def test_a_required_cell_that_says_there_is_nothing_is_missing():
    reading = reading_of("supply", csv_of(SUPPLY, "320193;n/a;5;6"))
    assert faults_of(reading) == ["row 2, as_of: is missing"]


def test_a_name_can_be_na():
    header = "coingecko;kind;name;symbol;sector"
    (row,) = reading_of("assets", csv_of(header, "nacoin;token;NA Coin;NA;n/a")).rows
    assert (row.asset.symbol, row.asset.sector) == ("NA", "")


def test_units_are_not_paid_in_dollars():
    reading = reading_of("supply", csv_of(SUPPLY, "320193;2026-01-01;$5;6"))
    assert "row 2, circulating: is an amount of money" in faults_of(reading)[0]


# Multiples ------------------------------------------------------------------------------


def test_a_header_says_that_its_amounts_are_thousands():
    header = FUNDAMENTALS.replace("cash_usd", "Cash USD (in thousands)")
    (row,) = reading_of("fundamentals", csv_of(header, ONE + "12500000;3,200.5;18000")).rows
    assert (row.cash_usd, row.revenue_ttm_usd, row.shares_outstanding) == (3_200_500, 12_500_000, 18_000)


@pytest.mark.parametrize(
    ("unit", "value"),
    [("USD mn", 3_200_000_000), ("Mio. USD", 3_200_000_000), ("TUSD", 3_200_000), ("USD", 3_200)],
)
def test_a_header_says_its_multiple_in_many_ways(unit, value):
    header = FUNDAMENTALS.replace("cash_usd", f"Cash USD ({unit})")
    (row,) = reading_of("fundamentals", csv_of(header, ONE + "1;3,200.0;2")).rows
    assert (row.cash_usd, row.revenue_ttm_usd) == (value, 1)


@pytest.mark.parametrize("said", ["EUR", "TEUR", "€ mn"])
def test_amounts_of_another_currency_are_refused_by_what_the_header_says(said):
    header = FUNDAMENTALS.replace("cash_usd", f"Cash USD ({said})")
    reading = reading_of("fundamentals", csv_of(header, ONE + "1;3200;2"))
    assert [row.cash_usd for row in reading.rows] == [None]
    assert "is in EUR, as the header says" in faults_of(reading)[0]
    reading = reading_of("fundamentals", csv_of(f"All amounts in {said}", FUNDAMENTALS, ONE + "1;n/a;20000"))
    assert [(row.revenue_ttm_usd, row.shares_outstanding) for row in reading.rows] == [(None, 20_000)]


def test_a_line_of_units_below_the_header_counts_for_its_columns():
    units = ";" * ONE.count(";") + "USD k;USD mn;"
    (row,) = reading_of("fundamentals", csv_of(FUNDAMENTALS, units, ONE + "12500;3.2;18000")).rows
    assert (row.revenue_ttm_usd, row.cash_usd, row.shares_outstanding) == (12_500_000, 3_200_000, 18_000)


@pytest.mark.parametrize(
    ("title", "is_read"),
    [
        ("(in thousands)", False),
        ("Angaben in Mio.", False),
        ("(in thousands, except shares)", True),
        ("USD thousands", True),
        ("Notes", True),
    ],
)
def test_a_multiple_of_no_currency_above_the_header_leaves_numbers_of_units_open(title, is_read):
    reading = reading_of("supply", csv_of(title, SUPPLY, "320193;2026-01-01;50.5;70"))
    assert [row.circulating for row in reading.rows] == ([Decimal("50.5")] if is_read else [])
    assert is_read or f"stands below “{title}”; name the multiple" in faults_of(reading)[0]
    header = SUPPLY.replace("circulating", "circulating (mn)")
    (row,) = reading_of("supply", csv_of(title, header, "320193;2026-01-01;50.5;n/a")).rows
    assert row.circulating == 50_500_000


TITLE = "Balance sheet (in thousands, except shares)"


def test_a_title_that_says_so_is_a_question():
    body = csv_of(TITLE, "", FUNDAMENTALS, ONE + "12500;n/a;18000")
    reading = reading_of("fundamentals", body)
    assert reading.conventions.questions == {"amounts_in": ["revenue_ttm_usd", "cash_usd"]}
    (row,) = reading.rows
    assert (row.revenue_ttm_usd, row.shares_outstanding) == (None, 18_000)
    assert f"stands below “{TITLE}”" in faults_of(reading)[0]


@pytest.mark.parametrize(
    ("unit", "value"), [("1", 12_500), ("1000", 12_500_000), ("1000000", 12_500_000_000)]
)
def test_the_answer_is_the_unit_of_all_amounts(unit, value):
    body = csv_of(TITLE, FUNDAMENTALS, ONE + "12500;;18000")
    (row,) = reading_of("fundamentals", body, amounts_in=unit).rows
    assert (row.revenue_ttm_usd, row.shares_outstanding) == (value, 18_000)


# Shares -----------------------------------------------------------------------------------

SHARES = "cik;period_ends_on;published_on;insider_share;public_float_share"


def shares(*pairs, **choices):
    lines = [f"320193;2025-0{3 + n}-01;2025-0{4 + n}-01;{a};{b}" for n, (a, b) in enumerate(pairs)]
    return reading_of("fundamentals", csv_of(SHARES, *lines), **choices)


@pytest.mark.parametrize(
    ("cells", "expected", "is_asked"),
    [
        (["12.5", "0.8"], [0.125, 0.008], False),
        (["12.5", "31%"], [0.125, 0.31], False),
        (["0.5", "0.8"], [None, None], True),
        (["0.5%", "0.8%"], [0.005, 0.008], False),
    ],
)
def test_a_header_says_that_its_shares_are_percentages(cells, expected, is_asked):
    lines = [f"320193;2025-0{3 + n}-01;2025-0{4 + n}-01;5;{each}" for n, each in enumerate(cells)]
    header = "cik;period_ends_on;published_on;cash_usd;insider_share (%)"
    reading = reading_of("fundamentals", csv_of(header, *lines))
    assert [row.insider_share for row in reading.rows] == [
        None if e is None else pytest.approx(e) for e in expected
    ]
    assert ("share_form" in reading.conventions.questions) == is_asked


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("31%", "69%")], [(0.31, 0.69)]),
        ([("0.31", "0.69")], [(0.31, 0.69)]),
        ([("31", "69")], [(0.31, 0.69)]),
        ([("31", "69"), ("12.5", "80")], [(0.31, 0.69), (0.125, 0.8)]),
        ([("31,5", "69")], [(0.315, 0.69)]),
        ([("0", "1")], [(0, 1)]),
        ([("31%", "69"), ("12", "80%")], [(0.31, 0.69), (0.12, 0.8)]),
    ],
)
def test_shares_with_and_without_a_sign(pairs, expected):
    reading = shares(*pairs)
    assert [(row.insider_share, row.public_float_share) for row in reading.rows] == [
        pytest.approx(each) for each in expected
    ]
    assert reading.faults == ()


@pytest.mark.parametrize("pairs", [[("0.5", "1%"), ("12", "1%")], [("0.5", "1%"), ("12%", "1%")]])
def test_shares_that_may_be_fractions_or_percentages_are_asked(pairs):
    reading = shares(*pairs)
    assert reading.conventions.questions == {"share_form": ["insider_share"]}
    assert reading.rows[0].insider_share is None
    assert shares(*pairs, share_form="percent").rows[0].insider_share == pytest.approx(0.005)
    assert shares(*pairs, share_form="fraction").rows[0].insider_share == 0.5


def test_a_percentage_of_a_workbook_has_its_sign():
    body = xlsx_of(SHARES.split(";"), [320193, "2025-03-01", "2025-04-01", 0.31, 69])
    (row,) = reading_of("fundamentals", body).rows
    assert (row.insider_share, row.public_float_share) == (0.31, 0.69)


# Dates ------------------------------------------------------------------------------------


def test_another_column_tells_whether_the_month_stands_first():
    body = csv_of("cik;period_ends_on;published_on;cash_usd", "320193;6/30/2025;8/12/2025;5")
    (row,) = reading_of("fundamentals", body).rows
    assert (str(row.period_ends_on), str(row.as_of.date())) == ("2025-06-30", "2025-08-12")


@pytest.mark.parametrize("choices", [{}, {"date_order": "day"}])
def test_dates_that_a_spreadsheet_made_of_half_a_column_are_refused_row_by_row(choices):
    """Opened where the month stands first: 04/03/2025 became the 3rd of April, 25/03/2025 stayed a text."""
    body = csv_of(
        SUPPLY,
        *("320193;2025-04-03;100;200", "320193;25/03/2025;101;200", "320193;45000;102;200"),
        *("320193;05/05/2025;103;200", "320193;2025-06-06;104;200"),
    )
    reading = reading_of("supply", body, **choices)
    assert [str(row.as_of.date()) for row in reading.rows] == ["2025-03-25", "2025-05-05", "2025-06-06"]
    assert (reading.bad_lines, reading.conventions.questions) == (2, {})
    first, second = faults_of(reading)
    assert first.startswith("row 2, as_of: may be the date 2025-04-03 or 2025-03-04: in this column a spread")
    assert second.startswith("row 4, as_of: is a number, not a date")


def test_dates_of_a_workbook_are_held_against_the_texts_beside_them():
    header = SUPPLY.split(";")
    lines = [[320193, datetime(2025, 4, 3), 100, 200], [320193, "25/03/2025", 101, 200]]  # noqa: DTZ001
    mixed = reading_of("supply", xlsx_of(header, *lines, [320193, 45_700, 102, 200]))
    assert [str(row.as_of.date()) for row in mixed.rows] == ["2025-03-25"]
    assert "is a number, not a date" in faults_of(mixed)[1]
    proven = reading_of("supply", xlsx_of(header, *lines, [320193, datetime(2025, 2, 20), 102, 200]))  # noqa: DTZ001
    assert [str(row.as_of.date()) for row in proven.rows] == ["2025-04-03", "2025-03-25", "2025-02-20"]


def test_a_column_of_two_writings_goes_by_no_other_column():
    """11/06 beside an ISO date: the program that wrote the other column has not written this one."""
    body = csv_of(FUNDAMENTALS, "320193;11/06/2025;13/08/2025;1;1;1", "320193;2025-03-31;14/05/2025;1;1;1")
    mixed = reading_of("fundamentals", body)
    assert mixed.conventions.questions == {"date_order": ["period_ends_on"]}
    assert [str(row.period_ends_on) for row in mixed.rows] == ["2025-03-31"]
    alike = reading_of("fundamentals", body.replace(b"2025-03-31", b"31/03/2025"))
    assert [str(row.period_ends_on) for row in alike.rows] == ["2025-06-11", "2025-03-31"]


def test_dates_that_nothing_decides_are_asked():
    body = csv_of(SUPPLY, "320193;06/11/2025;5;6", "320193;30.06.2025;5;6")
    reading = reading_of("supply", body)
    assert reading.conventions.questions == {"date_order": ["as_of"]}
    assert [str(row.as_of.date()) for row in reading.rows] == ["2025-06-30"]
    said = reading_of("supply", body, date_order="day")
    assert [str(row.as_of.date()) for row in said.rows] == ["2025-11-06", "2025-06-30"]


# The file and the choices -------------------------------------------------------------------


def test_choices_go_through_the_context_of_an_import():
    said = Choices(decimal_mark="comma", tab="Data")
    assert said.said == {"decimal_mark": "comma", "tab": "Data"}
    assert Choices.of({**said.said, "author": "ana"}) == said
    assert Choices.of({}) == UNSAID


@given(
    values=st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=5),
    is_german=st.booleans(),
)
def test_a_sheet_in_either_style_says_the_same(values, is_german):
    def written(value):
        text = f"{value:,.2f}"
        return text.translate({44: ".", 46: ","}) if is_german else text

    lines = [f"320193;2025-01-{day:02};{written(value)};" for day, value in enumerate(values, start=1)]
    reading = reading_of("supply", csv_of(SUPPLY, *lines))
    assert [row.circulating for row in reading.rows] == values


def test_columns_that_are_not_there_have_no_convention():
    assert {*judged_of("supply", csv_of("cik;as_of", "320193;2026-01-01")).columns} == {"cik", "as_of"}
