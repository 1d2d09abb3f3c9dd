from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.archetypes import ROTATION
from assets.sandbox.filing_calendar import filings_of, units_until_now
from assets.sandbox.filings import documents
from assets.sandbox.invented import invented
from assets.sandbox.statements import fundamentals

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
COMPANY = st.integers(0, 2_000).map(invented).filter(lambda asset: asset.archetype.kind == "equity")


def of(name):
    return invented(next(index for index, each in enumerate(ROTATION) if each.name == name))


def newest(name):
    return list(fundamentals(of(name), NOW))[-1]


@given(COMPANY, MOMENT)
def test_eight_reports_each_as_of_its_publication(asset, now):
    rows = list(fundamentals(asset, now))
    assert len(rows) == 8
    assert all(before.period_ends_on < after.period_ends_on for before, after in pairwise(rows))
    assert all(before.as_of < after.as_of <= now for before, after in pairwise(rows))


@given(COMPANY, MOMENT)
def test_each_row_is_of_a_filed_document(asset, now):
    filed = {(each.accession, each.form, each.as_of) for each in documents(asset, now)}
    assert {(row.accession, row.form, row.as_of) for row in fundamentals(asset, now)} <= filed


@given(COMPANY, MOMENT)
def test_figures_hang_together(asset, now):
    for row in fundamentals(asset, now):
        assert row.total_assets_usd == row.total_liabilities_usd + row.equity_usd
        assert row.operating_income_ttm_usd <= row.gross_profit_ttm_usd <= row.revenue_ttm_usd
        assert row.cash_usd + row.receivables_usd <= row.current_assets_usd <= row.total_assets_usd
        assert row.property_usd <= row.total_assets_usd - row.current_assets_usd
        assert max(row.current_liabilities_usd, row.debt_usd) <= row.total_liabilities_usd
        assert row.net_income_ttm_usd < row.operating_cash_flow_ttm_usd
        assert row.selling_general_admin_ttm_usd >= 0


@given(COMPANY)
def test_the_year_before_is_a_row_of_its_own(asset):
    by_period = {row.period_ends_on: row for row in fundamentals(asset, NOW)}
    for row in by_period.values():
        before = by_period.get(row.period_ends_on.replace(year=row.period_ends_on.year - 1))
        if before:
            assert row.revenue_prior_ttm_usd == before.revenue_ttm_usd


@given(COMPANY)
def test_the_newest_report_says_what_the_archetype_says(asset):
    row, traits = list(fundamentals(asset, NOW))[-1], asset.archetype
    assert float(row.revenue_ttm_usd) == pytest.approx(traits.revenue_usd)
    if traits.revenue_usd:
        growth = row.revenue_ttm_usd / row.revenue_prior_ttm_usd - 1
        assert float(growth) == pytest.approx(traits.revenue_growth)
    units = units_until_now(asset, row.as_of.date(), NOW)
    assert float(row.shares_outstanding) * units == pytest.approx(asset.circulating)


def test_a_burner_burns_and_its_runway_is_as_told():
    row = newest("cash burner")
    assert float(row.cash_usd) / (-float(row.operating_cash_flow_ttm_usd) / 12) == pytest.approx(8)
    assert row.retained_earnings_usd < 0


def test_a_shell_sells_nothing_and_owes_more_than_it_has():
    row = newest("going-concern shell")
    assert row.revenue_ttm_usd == 0
    assert row.equity_usd < 0
    assert row.current_liabilities_usd > row.current_assets_usd


def test_a_sound_company_earns_and_owns_more_than_it_owes():
    row = newest("growing and profitable")
    assert row.net_income_ttm_usd > 0
    assert row.equity_usd > 0


def test_shares_are_counted_in_the_units_of_their_day():
    asset = of("reverse splitter")
    (split, *_) = [each for each in filings_of(asset, NOW) if each.action and each.action.ratio][::-1]
    before, after = (
        [
            row.shares_outstanding
            for row in fundamentals(asset, NOW)
            if (row.as_of.date() >= split.filed_on) is late
        ]
        for late in (False, True)
    )
    assert before[-1] > 10 * after[0] if after else before[-1] > 10 * asset.circulating


def test_a_diluter_has_more_shares_each_quarter():
    shares = [row.shares_outstanding for row in fundamentals(of("diluter"), NOW)]
    assert shares == sorted(set(shares))


def test_a_missing_report_has_no_row():
    rows = list(fundamentals(of("missing filings"), NOW))
    quarters = {row.period_ends_on.year * 4 + row.period_ends_on.month // 3 for row in rows}
    assert max(quarters) - min(quarters) == 8, "eight reports over nine quarters"
