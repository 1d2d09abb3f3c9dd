from datetime import date
from decimal import Decimal

import pytest

from assets.providers.sec.concepts import US_GAAP
from assets.providers.sec.ledger import FiledFigure, Ledger
from assets.providers.sec.proofs import (
    current_liabilities_of,
    liabilities_of,
    may_hide_debt,
    no_debt,
    no_revenue,
)

END, FILED = date(2025, 12, 31), date(2026, 2, 20)
YEAR = (date(2025, 1, 1), END)


def figures(**values):
    return {f"{name}_usd": FiledFigure(Decimal(value), FILED) for name, value in values.items()}


def book(flows=(), balances=()):
    ledger = Ledger()
    for tag, value in dict(flows).items():
        ledger.add(tag, YEAR, value=Decimal(value), filed=FILED)
    for tag, value in dict(balances).items():
        ledger.add(tag, (None, END), value=Decimal(value), filed=FILED)
    return ledger


def asked(prove, ledger, known, **more):
    found = prove(ledger, US_GAAP, END, by=date.max, known=figures(**known), **more)
    return found and found.value


COMPLETE = {
    "net_income_ttm": -116,
    "operating_cash_flow_ttm": -104,
    "total_assets": 88,
    "equity": 72,
}


@pytest.mark.parametrize(
    ("flows", "known", "expected"),
    [
        ({"OperatingExpenses": 120}, {"operating_income_ttm": -120}, 0),
        ({"CostsAndExpenses": 120}, {"operating_income_ttm": -120}, 0),
        ({"ResearchAndDevelopmentExpense": 80, "ProfessionalFees": 40}, {"operating_income_ttm": -120}, 0),
        ({"OperatingExpenses": 120}, COMPLETE, 0),
        # A shell with one line of costs.
        ({"GeneralAndAdministrativeExpense": 80}, {"net_income_ttm": -80}, 0),
        ({"GeneralAndAdministrativeExpense": 80}, {"net_income_ttm": -70}, None),
        ({"GeneralAndAdministrativeExpense": 80}, COMPLETE, None),
        # Something was taken in, though it is not told what.
        ({"OperatingExpenses": 120}, {"operating_income_ttm": -90}, None),
        ({"OperatingExpenses": 120, "RoyaltyRevenue": 5}, {"operating_income_ttm": -120}, None),
        ({"OperatingExpenses": 120, "CostOfRevenue": 5}, {"operating_income_ttm": -120}, None),
        ({"OperatingExpenses": 120}, COMPLETE | {"receivables": 3}, None),
        ({"OperatingExpenses": 120}, COMPLETE | {"net_income_ttm": 116}, None),
        # Interest on cash makes the loss a little less than the costs; revenue under an own tag, much less.
        ({"CostsAndExpenses": 120}, COMPLETE | {"net_income_ttm": -130}, 0),
        ({"CostsAndExpenses": 120}, COMPLETE | {"net_income_ttm": -114}, 0),
        ({"CostsAndExpenses": 120}, COMPLETE | {"net_income_ttm": -113}, None),
        ({"CostsAndExpenses": 120}, COMPLETE | {"net_income_ttm": -24}, None),
        # A report without its statement of cash flows, or of income, is not complete.
        ({"OperatingExpenses": 120}, {"net_income_ttm": -116}, None),
        ({}, COMPLETE, None),
    ],
)  # fmt: skip
def test_no_revenue_is_proven_by_the_rest_of_the_statement(flows, known, expected):
    assert asked(no_revenue, book(flows), known) == expected


def test_a_nought_that_is_told_is_no_revenue():
    flows = {"OperatingExpenses": 120, "LicensesRevenue": 0}
    assert asked(no_revenue, book(flows), {"operating_income_ttm": -120}) == 0


FLOWS = {"net_income_ttm": -116, "operating_cash_flow_ttm": -104}
BALANCE = {"total_assets": 500, "total_liabilities": 433}


@pytest.mark.parametrize(
    ("ledger", "known", "expected"),
    [
        (
            book(balances={"AccountsPayableCurrent": 301, "OperatingLeaseLiabilityNoncurrent": 132}),
            BALANCE,
            0,
        ),
        (book(balances={"AccountsPayableCurrent": 301}), BALANCE, None),
        (book(), BALANCE | COMPLETE, 0),
        (book({"InterestExpense": 1}), BALANCE | COMPLETE, None),
        (book({"RepaymentsOfNotesPayable": 1}), BALANCE | COMPLETE, None),
        (book(), COMPLETE, None),
    ],
)
def test_no_debt_is_proven_by_the_rest_of_the_report(ledger, known, expected):
    assert asked(no_debt, ledger, known, filed=FILED) == expected


def test_what_was_borrowed_and_paid_back_before_the_twelve_months_is_past():
    ledger, june = book(), date(2025, 6, 30)
    for first, last in ((date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), june)):
        assert no_debt(ledger, US_GAAP, june, filed=FILED, by=date.max, known=figures(**BALANCE, **FLOWS))
        ledger.add("InterestExpense", (first, last), value=Decimal(7), filed=FILED)
    assert no_debt(ledger, US_GAAP, june, filed=FILED, by=date.max, known=figures(**BALANCE, **FLOWS)) is None


def test_who_tells_the_debt_of_an_earlier_day_and_none_of_this_one_has_none():
    ledger = book({"InterestExpense": 1})
    ledger.add("NotesPayableCurrent", (None, date(2024, 12, 31)), value=Decimal(50), filed=date(2025, 2, 20))
    assert asked(no_debt, ledger, BALANCE, filed=FILED) is None
    ledger.add("NotesPayableCurrent", (None, date(2024, 12, 31)), value=Decimal(50), filed=FILED)
    assert asked(no_debt, ledger, BALANCE, filed=FILED) == 0


@pytest.mark.parametrize(
    ("balances", "known", "expected"),
    [
        ({}, {"total_assets": 500, "equity": 300}, 200),
        ({"MinorityInterest": 20}, {"total_assets": 500, "equity": 300}, 180),
        (
            {
                "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest": 320,
                "MinorityInterest": 20,
            },
            {"total_assets": 500, "equity": 300},
            180,
        ),
        (
            {"TemporaryEquityCarryingAmountAttributableToParent": 150},
            {"total_assets": 500, "equity": 300},
            50,
        ),
        ({}, {"total_assets": 500, "equity": 300, "current_liabilities": 210}, None),
        ({}, {"total_assets": 500}, None),
        ({}, {"equity": 300}, None),
    ],
)
def test_liabilities_are_what_assets_are_more_than_equity(balances, known, expected):
    assert asked(liabilities_of, book(balances=balances), known) == expected


def test_liabilities_are_current_where_current_ones_add_up_to_them():
    lines = {"AccountsPayableCurrent": 301, "NotesPayableCurrent": 132}
    known = {"total_liabilities": 433}
    assert asked(current_liabilities_of, book(balances=lines), known) == 433
    assert asked(current_liabilities_of, book(balances={"AccountsPayableCurrent": 433}), known) == 433
    assert asked(current_liabilities_of, book(balances={"AccountsPayableCurrent": 400}), known) is None


def test_a_debt_that_is_told_is_not_proven_away():
    """Though it can't be what it says, as where it is more than all liabilities."""
    assert asked(no_debt, book(), BALANCE | COMPLETE, filed=FILED) == 0
    assert asked(no_debt, book(balances={"LongTermDebt": 900}), BALANCE | COMPLETE, filed=FILED) is None


INTEREST = {"InterestExpense": 7}


@pytest.mark.parametrize(
    ("flows", "balances", "current", "expected"),
    [
        (INTEREST, {}, 100, True),
        (INTEREST, {"OperatingLeaseLiabilityNoncurrent": 150}, 100, True),
        (INTEREST, {"OperatingLeaseLiabilityNoncurrent": 295}, 100, False),
        (
            INTEREST,
            {"FinanceLeaseLiabilityNoncurrent": 200, "DerivativeLiabilitiesNoncurrent": 95},
            100,
            False,
        ),
        (INTEREST, {}, 385, False),
        ({}, {}, 100, False),
    ],
)
def test_later_liabilities_under_no_tag_may_be_debt(flows, balances, current, expected):
    known = figures(total_liabilities=400, current_liabilities=current)
    ledger = book(flows, balances)
    assert may_hide_debt(ledger, US_GAAP, END, by=date.max, known=known) == expected


def test_without_both_totals_nothing_is_hidden():
    for known in ({}, figures(total_liabilities=400), figures(current_liabilities=100)):
        assert not may_hide_debt(book(INTEREST), US_GAAP, END, by=date.max, known=known)
