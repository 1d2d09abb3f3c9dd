from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assets.providers.sec.provider import SecFrames
from assets.sourcing.contract import Request
from assets.sourcing.rows import SupplyRow
from tests.assets.providers.answers import read
from tests.assets.providers.sec.frame_bodies import (
    AT_ITS_END,
    AURELIAN,
    COVERS,
    YEAR,
    YEARS,
    frames_body,
    without,
)

FRAMES = SecFrames()


def read_of(request, *companies):
    by_cik = {1999001 + place: each for place, each in enumerate(companies)}
    return read(FRAMES, request, frames_body(request, by_cik))


def row_of(figures):
    (row,) = read_of(YEARS, figures).rows
    return row


def test_a_fiscal_year_stands_with_the_balance_of_its_last_day():
    row = row_of(AURELIAN)
    assert row.asset.identifiers == (("cik", "1999001"),)
    assert row.asset.if_known, "a company that nobody lists is not made an asset"
    assert (row.period_ends_on, row.accession) == (date(2025, 12, 31), "0001999001-26-000001")
    assert row.as_of == datetime(2025, 12, 31, tzinfo=UTC)
    figures = {name: getattr(row, name) for name in FRAMES.fields["fundamentals"].split()[2:]}
    assert figures == {
        "revenue_ttm_usd": 9_000_000,
        "revenue_prior_ttm_usd": 7_500_000,
        "operating_income_ttm_usd": -3_900_000,
        "net_income_ttm_usd": -4_000_000,
        "operating_cash_flow_ttm_usd": -3_600_000,
        "cash_usd": 6_000_000,
        "current_assets_usd": 12_000_000,
        "total_assets_usd": 20_000_000,
        "current_liabilities_usd": 5_000_000,
        "total_liabilities_usd": 8_000_000,
        "retained_earnings_usd": -31_000_000,
        "equity_usd": 12_500_000,
        "public_float_usd": 33_000_000,
    }


def test_figures_of_another_period_are_not_taken():
    other_year = {"start": "2024-10-01", "end": "2025-09-30", "val": -1}
    half = {"start": "2025-07-01", "end": "2025-12-31", "val": 5}
    figures = AURELIAN | {
        ("NetCashProvidedByUsedInOperatingActivities", "CY2025"): other_year,
        ("Revenues", "CY2025"): half,
        ("StockholdersEquity", "CY2025Q4I"): {"end": "2025-11-30", "val": 3},
        ("EntityPublicFloat", "CY2025Q2I"): {"end": "2024-06-28", "val": 3},
    }
    row = row_of(figures)
    assert (row.operating_cash_flow_ttm_usd, row.revenue_ttm_usd, row.revenue_prior_ttm_usd) == (None,) * 3
    assert (row.equity_usd, row.public_float_usd) == (None, None)


@pytest.mark.parametrize(
    "figures",
    [
        without(AURELIAN, "Assets"),
        AURELIAN | {("Assets", "CY2025Q4I"): {"end": "2025-11-30", "val": 20_000_000}},
        without(
            without(AURELIAN, "NetIncomeLoss", "CY2025"),
            "NetCashProvidedByUsedInOperatingActivities",
            "CY2025",
        ),
    ],
    ids=["no balance", "a balance of another day", "no year"],
)
def test_no_row_without_a_year_and_the_balance_of_its_end(figures):
    assert read_of(YEARS, figures).rows == ()


def test_a_year_of_53_weeks_is_one():
    weeks = {"start": "2024-12-27", "end": "2025-12-31"}
    figures = AURELIAN | {("NetIncomeLoss", "CY2025"): weeks | {"val": 1}}
    row = row_of(figures)
    assert row.net_income_ttm_usd == 1
    assert row.operating_cash_flow_ttm_usd is None, "of 365 days"


def test_revenue_is_told_by_one_tag_in_both_years():
    figures = without(AURELIAN, "Revenues", "CY2025") | {
        ("RevenueFromContractWithCustomerExcludingAssessedTax", "CY2025"): YEAR | {"val": 8}
    }
    row = row_of(figures)
    assert (row.revenue_ttm_usd, row.revenue_prior_ttm_usd) == (8, None)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("AssetsCurrent", 21_000_000_000),
        ("LiabilitiesCurrent", 5_000_000_000),
        ("StockholdersEquity", 12_500_000_000),
    ],
)
def test_a_balance_that_does_not_add_up_is_left_out_as_a_whole(tag, value):
    parsed = read_of(YEARS, AURELIAN | {(tag, "CY2025Q4I"): AT_ITS_END | {"val": value}}, AURELIAN)
    assert [row.asset.identifiers for row in parsed.rows] == [(("cik", "1999002"),)]
    assert parsed.rejected == 1


def test_shares_of_others_below_zero_are_no_contradiction():
    figures = AURELIAN | {("StockholdersEquity", "CY2025Q4I"): AT_ITS_END | {"val": 16_000_000}}
    assert row_of(figures).equity_usd == 16_000_000


def test_cash_beyond_all_assets_is_not_known():
    figures = AURELIAN | {("ShortTermInvestments", "CY2025Q4I"): AT_ITS_END | {"val": 90_000_000}}
    assert row_of(figures).cash_usd == 4_000_000, "what is more than the current assets is no part of them"
    figures |= {("CashAndCashEquivalentsAtCarryingValue", "CY2025Q4I"): AT_ITS_END | {"val": 90_000_000}}
    assert row_of(figures).cash_usd is None


def test_amounts_below_zero_are_not_known():
    figures = AURELIAN | {("Liabilities", "CY2025Q4I"): AT_ITS_END | {"val": -8_000_000}}
    assert row_of(figures).total_liabilities_usd is None


def test_the_newest_cover_tells_the_shares_of_its_day():
    (row,) = read_of(COVERS, AURELIAN).rows
    assert row == SupplyRow(
        asset=row.asset, as_of=datetime(2026, 2, 10, tzinfo=UTC), circulating=Decimal(5_100_000)
    )
    assert row.asset.if_known


def test_no_shares_are_not_known_and_those_to_come_neither():
    none = AURELIAN | {("EntityCommonStockSharesOutstanding", "CY2025Q4I"): {"end": "2026-02-10", "val": 0}}
    ahead = AURELIAN | {("EntityCommonStockSharesOutstanding", "CY2025Q4I"): {"end": "2026-03-02", "val": 9}}
    assert [row.circulating for row in read_of(COVERS, none, ahead).rows] == [5_000_000]


def test_no_more_companies_are_brought_than_were_asked_for():
    few = Request(family="fundamentals", path="/", context={**YEARS.context, "left": "1"})
    assert len(read_of(few, AURELIAN, AURELIAN).rows) == 1
