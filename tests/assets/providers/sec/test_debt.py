from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.concepts import IFRS, US_GAAP
from assets.providers.sec.debt import amount_of, are_equal, debt_of, is_odd, parts_of, together
from assets.providers.sec.debt_tags import DEBT, DebtLine, lines
from assets.providers.sec.ledger import Ledger

DAY, BEFORE, FILED = date(2025, 9, 30), date(2024, 12, 31), date(2025, 11, 5)


def debt(amounts, *, taxonomy=US_GAAP, earlier=(), liabilities=None):
    book = Ledger()
    for day, values in ((DAY, amounts), (BEFORE, dict(earlier))):
        for tag, value in values.items():
            book.add(tag, (None, day), value=Decimal(value), filed=FILED)
    found = debt_of(book, taxonomy, DAY, by=date.max, liabilities=liabilities)
    return found and found.value


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, None),
        ({"NotesPayableCurrent": 0}, 0),
        # Side by side, as small companies report.
        (
            {
                "ConvertibleNotesPayableCurrent": 140_000,
                "NotesPayableCurrent": 1_900_000,
                "NotesPayableRelatedPartiesClassifiedCurrent": 620_000,
            },
            2_660_000,
        ),
        ({"ConvertibleNotesPayable": 300, "NotesPayable": 500, "LineOfCredit": 200}, 1_000),
        ({"LongTermDebtNoncurrent": 90, "LongTermDebtCurrent": 6, "NotesPayableCurrent": 4}, 100),
        ({"DueToRelatedPartiesCurrent": 250}, 250),
        # A total, its parts, and both together.
        ({"LongTermDebt": 96, "LongTermDebtCurrent": 6, "LongTermDebtNoncurrent": 90}, 96),
        ({"LongTermDebt": 96, "LongTermDebtCurrent": 6, "CommercialPaper": 4}, 100),
        ({"DebtCurrent": 30, "NotesPayableCurrent": 20, "LongTermDebtNoncurrent": 50}, 80),
        ({"DebtLongtermAndShorttermCombinedAmount": 99, "LongTermDebtCurrent": 9}, 99),
        (
            {"DebtCurrent": 25, "NotesPayableCurrent": 17, "NotesPayableRelatedPartiesClassifiedCurrent": 8},
            25,
        ),
        (
            {"DebtCurrent": 17, "NotesPayableCurrent": 17, "NotesPayableRelatedPartiesClassifiedCurrent": 8},
            25,
        ),
        # The same odd amount twice is one; a round one may be two.
        ({"NotesPayableCurrent": 16_015_400, "ConvertibleNotesPayableCurrent": 16_015_400}, 16_015_400),
        ({"NotesPayableCurrent": 500_000, "ConvertibleNotesPayableCurrent": 500_000}, 1_000_000),
        # What others add up to is their total.
        (
            {"LongTermDebtCurrent": 10_628, "LinesOfCreditCurrent": 7_427, "OtherNotesPayableCurrent": 3_201},
            10_628,
        ),
        # Its parts may stand under another kind of debt.
        (
            {"LongTermDebtNoncurrent": 6_834, "SeniorLongTermNotes": 6_542, "LongTermLoansPayable": 292},
            6_834,
        ),
        # A balance sheet that tells of no term has its debts side by side.
        ({"SecuredDebt": 2_604, "SeniorNotes": 1_473, "ConvertibleNotesPayable": 1_881}, 5_958),
        ({"ShortTermBorrowings": 200, "ConvertibleDebt": 247, "LongTermDebt": 695}, 1_142),
        # The face value in the notes is no second debt.
        ({"ConvertibleDebt": 15_000, "ConvertibleLongTermNotesPayable": 11_689}, 11_689),
        ({"LongTermDebtCurrent": 3_221, "NotesPayable": 2_000}, 3_221),
        ({"SecuredDebt": 14_300, "ConvertibleNotesPayableCurrent": 16_015}, 16_015),
        ({"SecuredDebt": 14_300}, 14_300),
        ({"LongTermDebtAndCapitalLeaseObligations": 70, "FinanceLeaseLiability": 9}, 70),
    ],
)
def test_debt_is_all_its_tags_once_each(amounts, expected):
    assert debt(amounts) == expected


def test_a_total_that_was_less_than_its_part_stands_beside_it():
    amounts = {"LongTermDebt": 13_254, "OtherLongTermDebtCurrent": 9_999}
    assert debt(amounts) == 13_254
    earlier = {"LongTermDebt": 7_061, "OtherLongTermDebtCurrent": 14_444}
    assert debt(amounts, earlier=earlier) == 13_254 + 9_999


def test_a_line_that_was_part_of_another_one_stays_its_part():
    amounts = {"LongTermDebtCurrent": 17_699, "LinesOfCreditCurrent": 11_077}
    parts = {"LongTermDebtCurrent": 10_628, "LinesOfCreditCurrent": 7_427, "OtherNotesPayableCurrent": 3_201}
    assert debt(amounts) == 17_699 + 11_077
    assert debt(amounts, earlier=parts) == 17_699


def test_no_debt_is_more_than_all_liabilities():
    assert debt({"LongTermDebt": 97}, liabilities=Decimal(97)) == 97
    assert debt({"LongTermDebt": 97}, liabilities=Decimal(95)) is None


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({"LongtermBorrowings": 80, "CurrentPortionOfLongtermBorrowings": 6, "ShorttermBorrowings": 4}, 90),
        ({"Borrowings": 85, "LongtermBorrowings": 80, "CurrentPortionOfLongtermBorrowings": 6}, 85),
        ({"Borrowings": 85, "NoncurrentPayablesToRelatedParties": 7}, 92),
    ],
)
def test_by_ifrs(amounts, expected):
    assert debt(amounts, taxonomy=IFRS) == expected


SOME = st.dictionaries(st.sampled_from(sorted(DEBT[US_GAAP].all_tags)), st.integers(0, 10**6), max_size=6)


@given(amounts=SOME, factor=st.sampled_from([10, 1_000]))
def test_the_scale_changes_nothing_but_the_scale(amounts, factor):
    whole = debt(amounts)
    assert debt({tag: value * factor for tag, value in amounts.items()}) == (whole and whole * factor)


@given(amounts=SOME)
def test_debt_is_no_less_than_what_is_due_and_no_more_than_all_that_is_told(amounts):
    whole = debt(amounts)
    assert whole is None or max(amounts.values()) * 0 <= whole <= sum(amounts.values())


def test_the_parts_of_a_line_count_where_they_are_more():
    amounts = {"A": Decimal(3), "B": Decimal(4), "C": Decimal(2)}
    assert amount_of(DebtLine(("A",), lines("B", "C")), amounts.get) == 6
    assert amount_of(DebtLine(("X",), lines("Y")), amounts.get) is None


def test_what_adds_up():
    assert together([Decimal(567), Decimal(345), Decimal(222)]) == 567
    assert together([Decimal(500), Decimal(300), Decimal(200)]) == 1_000
    assert set(parts_of(Decimal(567), [Decimal(345), Decimal(222), Decimal(9)])) == {345, 222}
    assert parts_of(Decimal(567), [Decimal(567)]) == ()
    assert are_equal(Decimal(100_000), Decimal(100_050))
    assert not are_equal(Decimal(100), Decimal(102))
    assert [is_odd(Decimal(each)) for each in (500_000, 510_000, 512_000)] == [False, False, True]


def test_a_principal_above_all_liabilities_leaves_the_lines_of_the_balance_sheet():
    said = {"LongTermDebt": 77_430, "LongTermDebtCurrent": 20_699}
    assert debt(said, liabilities=58_194) == 20_699
    assert debt(said, liabilities=80_000) == 77_430
    assert debt({"LongTermDebt": 77_430}, liabilities=58_194) is None


def test_one_debt_under_the_names_of_two_kinds_counts_once():
    said = {"OtherLongTermDebtCurrent": 33_244, "OtherLongTermDebtNoncurrent": 7_174}
    assert debt(said | {"ConvertibleDebt": 40_418, "ConvertibleDebtCurrent": 4_000}) == 40_418 + 4_000
    assert debt(said | {"ConvertibleDebt": 50_918, "ConvertibleDebtCurrent": 4_000}) > 50_918
