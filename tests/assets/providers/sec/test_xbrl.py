import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assets.providers.sec.xbrl import read_facts
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import CapitalRow, FundamentalsRow, SupplyRow
from tests.assets.providers.answers import NOW, payload

M = 1_000_000


def facts(name="facts"):
    return json.loads(payload("sec", name))


def read(body, *, cik="1999001", now=NOW):
    return read_facts(body, cik=cik, fetched_at=now)


def rows_of(body, kind=FundamentalsRow, **known):
    return [row for row in read(body, **known).rows if type(row) is kind]


def values(body, tag, unit="USD"):
    return body["facts"]["us-gaap"][tag]["units"][unit]


def test_each_period_is_a_row_in_its_order():
    rows = rows_of(facts())
    assert [(row.form, row.period_ends_on, row.as_of.date()) for row in rows] == [
        ("10-K", date(2023, 12, 31), date(2024, 2, 20)),
        ("10-Q", date(2024, 9, 30), date(2024, 11, 5)),
        ("10-K", date(2024, 12, 31), date(2025, 2, 20)),
        ("10-Q", date(2025, 9, 30), date(2025, 11, 5)),
    ]
    assert rows[0].accession == "0001999001-24-000002"


def test_twelve_months_and_those_before():
    """By hand: 480 + 420 − 350, and before them 404 (as restated) + 350 − 290."""
    newest = rows_of(facts())[-1]
    assert (newest.revenue_ttm_usd, newest.revenue_prior_ttm_usd) == (550 * M, 464 * M)
    year = rows_of(facts())[2]
    assert (year.revenue_ttm_usd, year.revenue_prior_ttm_usd) == (480 * M, 404 * M)
    assert newest.net_income_ttm_usd == (-30 - 8 + 25) * M
    assert newest.operating_cash_flow_ttm_usd == (-12 + 6 + 15) * M
    assert newest.gross_profit_ttm_usd == (550 - (270 + 230 - 200)) * M


def test_a_restatement_shows_in_later_rows_only():
    """400 was told in February 2024, 404 a year later: the rows before that day know of 400."""
    first, second, third, _fourth = rows_of(facts())
    assert (first.revenue_ttm_usd, first.revenue_prior_ttm_usd) == (400 * M, 300 * M)
    assert second.revenue_ttm_usd == (400 + 350 - 290) * M
    assert third.revenue_prior_ttm_usd == 404 * M


def test_the_balance_is_that_of_the_last_day():
    newest = rows_of(facts())[-1]
    assert (newest.total_assets_usd, newest.current_assets_usd) == (560 * M, 230 * M)
    assert (newest.cash_usd, newest.debt_usd) == ((45 + 13) * M, (90 + 6) * M)
    assert rows_of(facts())[2].equity_usd == -5 * M
    # No total of liabilities is told: it is what assets are more than equity.
    assert (newest.total_liabilities_usd, newest.property_usd) == ((560 - 230) * M, None)


def test_the_cover_tells_shares_and_float():
    rows = rows_of(facts())
    assert [row.shares_outstanding for row in rows] == [100 * M, 101 * M, 102 * M, 11 * M]
    assert [row.public_float_usd for row in rows] == [800 * M, 800 * M, 900 * M, 900 * M]
    supply = rows_of(facts(), SupplyRow)
    assert [row.circulating for row in supply] == [100 * M, 101 * M, 102 * M, 11 * M]
    assert supply[-1].as_of == datetime(2025, 11, 5, tzinfo=UTC)
    assert supply[-1].total is None


def test_without_a_cover_the_shares_are_those_of_the_balance():
    body = facts()
    del body["facts"]["dei"]
    value = values(body, "Assets")[-2] | {"val": 7 * M}
    body["facts"]["us-gaap"]["CommonStockSharesOutstanding"] = {"units": {"shares": [value]}}
    assert [row.shares_outstanding for row in rows_of(body)] == [None, None, None, 7 * M]


def test_the_shares_on_the_balance_sheet_stand_beside_those_of_the_cover():
    """So that a slip on one of them shows."""
    body = facts()
    value = values(body, "Assets")[-2] | {"val": 11_300_000}
    body["facts"]["us-gaap"]["CommonStockSharesOutstanding"] = {"units": {"shares": [value]}}
    body["facts"]["dei"]["EntityCommonStockSharesOutstanding"]["units"]["shares"][-1]["val"] = 11_300
    newest = rows_of(body)[-1]
    assert (newest.shares_outstanding, newest.shares_on_balance) == (11_300, 11_300_000)
    assert rows_of(facts())[-1].shares_on_balance is None


def test_a_cover_with_two_numbers_tells_none():
    """Classes of shares each have a number there; which is which is not told."""
    body = facts()
    covers = body["facts"]["dei"]["EntityCommonStockSharesOutstanding"]["units"]["shares"]
    covers.append(covers[-1] | {"val": 5})
    assert rows_of(body)[-1].shares_outstanding is None
    assert len(rows_of(body, SupplyRow)) == 3


def test_a_reverse_split_is_known_by_the_shares_on_the_covers():
    """The tag says 10; 102 M shares before it became 11 M after it."""
    (split,) = rows_of(facts(), CapitalRow)
    assert (split.event, split.ratio, split.happened_on) == ("reverse_split", 0.1, date(2025, 6, 2))
    assert split.as_of == datetime(2025, 11, 5, tzinfo=UTC)


def test_the_same_fact_of_several_filings_counts_once_and_since_it_was_first_told():
    body = facts()
    for value in [each for each in values(body, "Revenues") if each["filed"] >= "2025"]:
        values(body, "Revenues").append(
            value | {"accn": "0001999001-26-000001", "form": "8-K", "filed": "2026-01-20"}
        )
    # A form that is no periodic report makes no row; what it only repeats is as old as before.
    newest = rows_of(body)[-1]
    assert (len(rows_of(body)), newest.revenue_ttm_usd) == (4, 550 * M)
    assert newest.as_of == datetime(2025, 11, 5, tzinfo=UTC)


def test_an_amendment_of_the_newest_period_counts_from_its_own_day():
    body = facts()
    amended = {"accn": "0001999001-26-000001", "form": "10-Q/A", "filed": "2026-01-20"}
    values(body, "Assets").append(values(body, "Assets")[-2] | amended | {"val": 555 * M})
    newest = rows_of(body)[-1]
    assert (newest.total_assets_usd, newest.as_of) == (555 * M, datetime(2026, 1, 20, tzinfo=UTC))
    assert (newest.form, newest.accession) == ("10-Q", "0001999001-25-000009")


def test_a_period_that_was_reported_after_a_later_one_was_never_the_newest():
    body = facts()
    late = {"accn": "0001999001-26-000001", "form": "10-Q", "filed": "2026-01-20"}
    values(body, "Assets").append({"end": "2025-06-30", "val": 550 * M} | late)
    assert date(2025, 6, 30) not in {row.period_ends_on for row in rows_of(body)}


def test_periods_that_were_reported_on_one_day_both_count():
    body = facts()
    same = {"accn": "0001999001-25-000008", "form": "10-Q", "filed": "2025-11-05"}
    values(body, "Assets").append({"end": "2025-06-30", "val": 550 * M} | same)
    assert [row.period_ends_on.month for row in rows_of(body)] == [12, 9, 12, 6, 9]


def test_what_was_not_filed_yet_is_not_known():
    rows = rows_of(facts(), now=datetime(2025, 1, 1, tzinfo=UTC))
    assert [row.period_ends_on.year for row in rows] == [2023, 2024]
    assert rows[-1].revenue_ttm_usd == 460 * M


def test_rows_reach_back_five_years():
    assert rows_of(facts(), now=datetime(2029, 6, 1, tzinfo=UTC))[0].period_ends_on == date(2024, 9, 30)
    assert rows_of(facts(), now=datetime(2035, 6, 1, tzinfo=UTC)) == []


def test_ifrs_is_read_as_well_with_null_labels_and_a_cik_of_zeros():
    body = facts("facts_ifrs")
    assert body["facts"]["ifrs-full"]["Revenue"]["label"] is None
    first, second = rows_of(body, cik="1999002")
    assert (first.form, first.revenue_ttm_usd, first.revenue_prior_ttm_usd) == ("20-F", 8 * M, 7 * M)
    assert (second.revenue_ttm_usd, second.net_income_ttm_usd) == (9 * M, -2 * M)
    assert (second.total_assets_usd, second.equity_usd) == (40 * M, 15 * M)
    assert (second.debt_usd, second.operating_cash_flow_ttm_usd) == (None, None)


def test_other_currencies_are_no_dollars():
    text = payload("sec", "facts_ifrs").decode().replace('"USD"', '"EUR"')
    parsed = read(json.loads(text), cik="1999002")
    assert [type(row) for row in parsed.rows] == [SupplyRow]
    assert "Its figures are in EUR, not in USD; they are left out." in parsed.remarks


def test_an_amount_below_zero_is_left_out_and_the_body_is_not_asked_for_again():
    body = facts()
    values(body, "Assets")[-2]["val"] = -1
    parsed = read(body)
    assert parsed.rejected == 0
    assert "Assets: amounts below zero are left out: 1." in parsed.remarks
    newest = [row for row in parsed.rows if type(row) is FundamentalsRow][-1]
    assert (newest.total_assets_usd, newest.revenue_ttm_usd) == (None, 550 * M)


def test_twelve_months_below_nothing_are_left_out():
    body = facts()
    for value in values(body, "Revenues"):
        value["val"] = {"2024-09-30": 490, "2025-09-30": 5}.get(value["end"], 480) * M
    parsed = read(body)
    newest = [row for row in parsed.rows if type(row) is FundamentalsRow][-1]
    assert newest.revenue_ttm_usd is None
    assert "revenue_ttm_usd of 2025-09-30, put together, is negative; it is left out." in parsed.remarks


def test_fractions_keep_their_digits():
    body = facts()
    values(body, "Assets")[-2]["val"] = Decimal("560000000.123456789012345678")
    assert rows_of(body)[-1].total_assets_usd == Decimal("560000000.123456789012345678")


@pytest.mark.parametrize("body", [None, [], {}, {"facts": 5}, {"facts": {}}, {"facts": {}, "cik": "x"}])
def test_a_body_of_another_shape_is_unreadable(body):
    with pytest.raises(UnreadableError):
        read(body)


def test_a_company_without_facts_is_an_answer():
    assert read({"cik": 1999001, "facts": {}}).rows == ()


@pytest.mark.parametrize(
    ("entity_name", "name"), [("Aurelian  Corp", "Aurelian Corp"), ("", ""), (None, ""), (5, "")]
)
def test_the_name_in_it_is_one_of_last_resort(entity_name, name):
    rows = read(facts() | {"entityName": entity_name}).rows
    assert {(row.asset.name, row.asset.fallback_name) for row in rows} == {("", name)}
