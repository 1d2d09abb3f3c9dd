from datetime import date

import pytest

from assets.providers.sec.concepts import IFRS
from assets.providers.sec.presentation import partly_in_dollars
from assets.providers.sec.xbrl import read_facts
from assets.sourcing.rows import FundamentalsRow
from tests.assets.providers.answers import NOW

END = "2024-12-31"
EUROS = {"Assets": 18_000, "Revenue": 20_000, "CashFlowsFromUsedInOperatingActivities": 2_000}
ACCESSION = "0001999001-25-000001"


def facts(**by_currency):
    tags = {}
    for unit, amounts in by_currency.items():
        for tag, amount in amounts.items():
            start = {} if tag in {"Assets", "CashAndCashEquivalents"} else {"start": "2024-01-01"}
            said = {"end": END, "val": amount, "accn": ACCESSION, "form": "20-F", "filed": "2025-04-20"}
            tags.setdefault(tag, {"units": {}})["units"][unit] = [said | start]
    return {IFRS: tags}


@pytest.mark.parametrize(
    ("dollars", "is_part"),
    [
        # All lines at one rate, or flows at that of the year.
        ({tag: amount * 1.1 for tag, amount in EUROS.items()}, False),
        ({"Assets": 19_800, "Revenue": 20_500}, False),
        # A subsidiary's assets, the cash of one account.
        ({"Assets": 300}, True),
        ({"Assets": 300, "Revenue": 2_000}, True),
        ({"CashAndCashEquivalents": 250}, True),
        ({}, True),
    ],
)
def test_dollars_are_the_accounts_where_they_translate_them(dollars, is_part):
    found = partly_in_dollars(facts(EUR=EUROS, USD=dollars), IFRS, today=date(2025, 11, 5))
    assert found == ({ACCESSION} if is_part else set())


@pytest.mark.parametrize(
    ("tag", "more", "is_part"),
    [
        ("Revenue", {}, True),
        ("Assets", {}, True),
        ("Revenue", {"CashFlowsFromUsedInOperatingActivities": 2_200}, True),
        ("Revenue", {"Assets": 19_800}, False),
        ("Assets", {"CashFlowsFromUsedInOperatingActivities": 2_200}, False),
    ],
)
def test_one_line_of_two_years_or_lines_without_total_assets_translate_no_accounts(tag, more, is_part):
    said = facts(EUR=EUROS, USD={tag: EUROS[tag] * 1.1} | more)
    for amounts in said[IFRS][tag]["units"].values():
        (newest,) = amounts
        starts = {"start": "2023-01-01"} if "start" in newest else {}
        amounts.append(newest | {"end": "2023-12-31"} | starts)
    found = partly_in_dollars(said, IFRS, today=date(2025, 11, 5))
    assert found == ({ACCESSION} if is_part else set())


def test_single_amounts_in_another_currency_change_nothing():
    dollars, loan = EUROS, {"Revenue": 5}
    assert partly_in_dollars(facts(USD=dollars, EUR=loan), IFRS, today=date(2025, 11, 5)) == set()
    assert partly_in_dollars(facts(USD=dollars), IFRS, today=date(2025, 11, 5)) == set()
    assert partly_in_dollars({}, IFRS, today=date(2025, 11, 5)) == set()


def test_parts_in_dollars_make_no_row_and_the_remark_names_the_currency():
    said = facts(EUR=EUROS, USD={"Assets": 300, "CashAndCashEquivalents": 250})
    parsed = read_facts({"cik": 1999001, "facts": said}, cik="1999001", fetched_at=NOW)
    assert not [row for row in parsed.rows if type(row) is FundamentalsRow]
    assert "Its figures are in EUR, not in USD; they are left out." in parsed.remarks
