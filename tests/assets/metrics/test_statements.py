from datetime import timedelta
from time import thread_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.altman import MOST_SHARE
from assets.metrics.facts import Facts
from assets.metrics.families import STATEMENT
from assets.metrics.statements import COVER_DAYS, share_ratio
from assets.metrics.statements import measures as measures_of
from assets.metrics.unit_changes import UnitChanges
from assets.providers.sec.provider import SecData
from assets.sourcing.contract import Need
from assets.sourcing.rows import FundamentalsRow
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.companies import ENDED_BEFORE, ENDED_ON, MONEY, many_reports, two_reports
from tests.assets.providers.answers import read, recorded

figures = st.fixed_dictionaries(
    {}, optional={name: st.floats(allow_nan=True) for name in (*MONEY, "shares_outstanding")}
)


def measures(facts):
    return measures_of(facts, changes=UnitChanges.of(facts))


def test_a_company():
    found = measures(two_reports()).loc[1]
    assert found["altman_z2"] == pytest.approx(6.56 * 0.26 + 3.26 * 0.18 + 6.72 * 0.12 + 1.05 * 5.5 / 4.5)
    assert (found["piotroski_f"], found["piotroski_known"]) == (9, 9)
    assert found["beneish_m"] < -1.78
    assert found["working_capital_usd"] == pytest.approx(2.6e6)
    assert found["gross_margin_share"] == pytest.approx(0.45)
    assert found["return_on_assets_share"] == pytest.approx(0.08)


def test_a_split_of_the_year_is_no_issue_of_shares():
    """Three for one: 20 M shares became 60 M."""
    split = {"event": "split", "happened_on": ENDED_ON, "ratio": 3}
    found = {"now": {"shares_outstanding": 60e6}}
    assert measures(two_reports(**found, capital=[split])).loc[1, "piotroski_f"] == 9
    assert measures(two_reports(**found)).loc[1, "piotroski_f"] == 8


def test_a_bank_has_no_m():
    assert np.isnan(measures(two_reports(sector="State Commercial Banks")).loc[1, "beneish_m"])


def test_without_a_report_nothing_is_known():
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": "token"}, {"asset_id": 2, "kind": "equity"}])
    assert measures(facts).isna().all(axis=None)


def test_without_a_year_ago_only_two_reports_say_nothing():
    facts = two_reports()
    alone = Facts(now=NOW, assets=facts.assets, fundamentals=facts.fundamentals)
    found = measures(alone).loc[1]
    assert found["piotroski_known"] == 3
    assert np.isnan(found["piotroski_f"])
    assert np.isnan(found["beneish_m"])
    assert found["altman_z2"] == measures(facts).loc[1, "altman_z2"]


@settings(max_examples=40)
@given(figures, figures)
def test_nothing_is_ever_infinite_and_f_is_within_its_bounds(now, before):
    found = measures(two_reports(now=now, before=before)).loc[1]
    assert not np.isinf(found).any()
    assert np.isnan(found["piotroski_f"]) or 0 <= found["piotroski_f"] <= found["piotroski_known"]


def test_a_company_of_a_batch_is_measured_as_it_is_alone():
    facts = many_reports(50)
    together = measures(facts)
    for asset_id in (0, 17, 49):
        alone = Facts(
            now=NOW,
            assets=facts.assets.loc[[asset_id]],
            fundamentals=facts.fundamentals.loc[[asset_id]],
            fundamentals_year_ago=facts.fundamentals_year_ago.loc[[asset_id]],
        )
        assert measures(alone).loc[asset_id].to_numpy() == pytest.approx(
            together.loc[asset_id].to_numpy(), nan_ok=True
        )


def test_a_universe_of_20_000_companies_takes_no_loop():
    facts = many_reports(20_000)
    began = thread_time()
    found = measures(facts)
    assert thread_time() - began < 1
    assert found["piotroski_f"].notna().all()
    assert found["altman_z2"].notna().all()


# Recorded bodies ----------------------------------------------------------------------


def facts_of_recorded(path, cik):
    """A company's newest report and that of a year before, out of what the SEC told of it."""
    request = SecData().requests(Need(family="fundamentals", identifiers=(("cik", cik),)))[0]
    body = recorded(f"sec_edgar/companyfacts/{path}")
    rows = [each for each in read(SecData(), request, body).rows if type(each) is FundamentalsRow]
    year_ago = rows[-1].period_ends_on - timedelta(days=365)
    before = min(rows, key=lambda each: abs(each.period_ends_on - year_ago))
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity", "sector": "Electronic Computers"}],
        fundamentals=[told_of(rows[-1])],
        fundamentals_year_ago=[told_of(before)],
    )


def told_of(row):
    return {"asset_id": 1, **{name: getattr(row, name) for name in STATEMENT}}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "cik"),
    [
        ("CIK0000320193_apple.json.gz", "320193"),
        ("CIK0001835632_marvell.json.gz", "1835632"),
        ("snow_facts.json.gz", "1640147"),
    ],
)
def test_what_real_companies_report_is_enough(path, cik):
    facts = facts_of_recorded(path, cik)
    found = measures(facts).loc[1]
    now = facts.fundamentals.loc[1]
    assert found["piotroski_known"] >= 8
    assert found["altman_z2"] == pytest.approx(
        6.56 * (now["current_assets_usd"] - now["current_liabilities_usd"]) / now["total_assets_usd"]
        + 3.26 * max(now["retained_earnings_usd"] / now["total_assets_usd"], -MOST_SHARE)
        + 6.72 * now["operating_income_ttm_usd"] / now["total_assets_usd"]
        + 1.05 * now["equity_usd"] / now["total_liabilities_usd"]
    )
    assert found["gross_margin_share"] == pytest.approx(now["gross_profit_ttm_usd"] / now["revenue_ttm_usd"])


# Shares of two reports -----------------------------------------------------------------


def split(*, days_before_the_end, ratio=0.1, event="reverse_split"):
    return {"event": event, "happened_on": ENDED_ON - timedelta(days=days_before_the_end), "ratio": ratio}


def ratio_of(**reports):
    facts = two_reports(**reports)
    return share_ratio(facts, UnitChanges.of(facts)).item()


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        ([], 1),
        ([split(days_before_the_end=30)], 0.1),
        ([split(days_before_the_end=0)], 0.1),
        ([split(days_before_the_end=30, ratio=3, event="split")], 3),
        ([split(days_before_the_end=30), split(days_before_the_end=60, ratio=0.5)], 0.05),
        ([split(days_before_the_end=30, event="offering", ratio=7)], 1),
        ([split(days_before_the_end=30, ratio=None)], np.nan),
    ],
)
def test_the_splits_between_two_reports_multiply(capital, expected):
    assert ratio_of(capital=capital) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("happened_on", "expected"),
    [
        (ENDED_BEFORE, 1),
        (ENDED_BEFORE + timedelta(days=1), np.nan),
        (ENDED_BEFORE + timedelta(days=COVER_DAYS), np.nan),
        (ENDED_BEFORE + timedelta(days=COVER_DAYS + 1), 0.1),
        (ENDED_ON, 0.1),
        (ENDED_ON + timedelta(days=1), np.nan),
        (ENDED_ON + timedelta(days=COVER_DAYS + 1), 1),
        (None, np.nan),
    ],
)
def test_a_split_near_the_day_on_which_the_shares_were_counted_settles_nothing(happened_on, expected):
    capital = [{"event": "reverse_split", "happened_on": happened_on, "ratio": 0.1}]
    assert ratio_of(capital=capital) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("changes", [{"now": {"period_ends_on": None}}, {"before": {"period_ends_on": None}}])
def test_between_unknown_days_no_ratio_is_known(changes):
    assert np.isnan(ratio_of(**changes))
