from datetime import date
from decimal import Decimal

import pytest

from assets.providers.sec.cash import cash_of
from assets.providers.sec.concepts import IFRS, US_GAAP
from assets.providers.sec.ledger import Ledger

DAY, FILED = date(2025, 9, 30), date(2025, 11, 5)


def cash(taxonomy=US_GAAP, limit=None, **amounts):
    book = Ledger()
    for tag, value in amounts.items():
        book.add(tag, (None, DAY), value=Decimal(value), filed=FILED)
    found = cash_of(book, taxonomy, DAY, by=date.max, limit=limit)
    return found and found.value


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, None),
        ({"ShortTermInvestments": 7}, None),
        ({"CashAndCashEquivalentsAtCarryingValue": 45}, 45),
        ({"CashAndCashEquivalentsAtCarryingValue": 45, "ShortTermInvestments": 13}, 58),
        ({"CashAndCashEquivalentsAtCarryingValue": 45, "HeldToMaturitySecuritiesCurrent": 13}, 58),
        ({"CashAndCashEquivalentsAtCarryingValue": 45, "DebtSecuritiesCurrent": 13}, 58),
        # Time deposits stand among cash equivalents in a note.
        ({"CashAndCashEquivalentsAtCarryingValue": 45, "TimeDepositsAtCarryingValue": 13}, 45),
        # Treasuries that are kept and those that are for sale are two lines, and parts of a total.
        (
            {
                "Cash": 45,
                "HeldToMaturitySecuritiesCurrent": 13,
                "AvailableForSaleSecuritiesDebtSecuritiesCurrent": 4,
                "MarketableSecuritiesCurrent": 17,
            },
            62,
        ),
        ({"CashCashEquivalentsAndShortTermInvestments": 60}, 60),
        ({"CashCashEquivalentsAndShortTermInvestments": 40, "Cash": 45}, 45),
        ({"CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents": 9}, 9),
    ],
)
def test_cash_is_what_could_be_spent_now(amounts, expected):
    assert cash(**amounts) == expected


def test_by_ifrs():
    assert cash(IFRS, CashAndCashEquivalents=5, CurrentInvestments=3) == 8


@pytest.mark.parametrize(
    ("limit", "prepaid", "expected"),
    [
        (10_000, 300, 9_200),
        (10_009, 300, 9_200),
        (10_300, 300, 6_200),
        (10_000, 0, 6_200),
        (None, 300, 6_200),
    ],
)
def test_securities_add_up_where_with_all_other_lines_they_are_the_current_assets(limit, prepaid, expected):
    found = cash(
        limit=limit,
        CashAndCashEquivalentsAtCarryingValue=2_000,
        ShortTermInvestments=3_000,
        MarketableSecuritiesCurrent=4_200,
        AccountsReceivableNetCurrent=500,
        PrepaidExpenseAndOtherAssetsCurrent=prepaid,
    )
    assert found == expected


@pytest.mark.parametrize(("limit", "expected"), [(None, 105), (110, 105), (94, 60), (50, 20), (10, 20)])
def test_a_total_above_the_current_assets_holds_securities_of_more_than_a_year(limit, expected):
    found = cash(
        limit=limit,
        CashAndCashEquivalentsAtCarryingValue=20,
        MarketableSecuritiesCurrent=40,
        CashCashEquivalentsAndShortTermInvestments=105,
    )
    assert found == expected
