from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import fsolve
from scipy.stats import norm

from assets.metrics.distress import (
    OWES_NOTHING_RATIO,
    SAFEST,
    default_point_usd,
    distance_to_default,
    market_cap_to_liabilities,
)
from assets.metrics.facts import Facts
from assets.metrics.measure import measure

NAN = np.nan
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def column(*values):
    return np.array(values, dtype=np.float64)


def test_market_cap_against_what_is_owed():
    caps, owed = column(50e6, 5e6, 5e6, 5e6, NAN, 5e6), column(25e6, 50e6, 0, 1, 5e6, NAN)
    expected = [2.0, 0.1, OWES_NOTHING_RATIO, OWES_NOTHING_RATIO, NAN, NAN]
    assert market_cap_to_liabilities(caps, owed) == pytest.approx(expected, nan_ok=True)


def test_half_of_what_falls_due_later_counts():
    due = default_point_usd(column(10e6, 10e6, NAN), column(30e6, 8e6, 30e6))
    assert due == pytest.approx([20e6, 10e6, NAN], nan_ok=True)


def test_a_worked_example_of_the_distance():
    """E = F = 10 M, sigma_E = 60 %: sigma_D = 20 %, sigma_V = 40 %; (ln 2 - 0.1 - 0.08) / 0.4."""
    distance = distance_to_default(column(10e6), column(10e6), column(0.6), column(-0.1))
    assert distance == pytest.approx([(np.log(2) - 0.1 - 0.08) / 0.4])


@pytest.mark.parametrize("place", range(4))
def test_each_part_is_needed(place):
    parts = [column(10e6), column(10e6), column(0.6), column(0.1)]
    parts[place] = column(NAN)
    assert np.isnan(distance_to_default(*parts)).all()


def test_who_owes_nothing_has_no_distance():
    assert np.isnan(distance_to_default(column(10e6), column(0), column(0.6), column(0.1))).all()


def test_it_ranks_as_the_solved_model_does():
    """At a risk-free drift, with volatilities of 30 to 120 %."""
    chance = np.random.default_rng(3)
    cap, debt = 10 ** chance.uniform(6, 9, 60), 10 ** chance.uniform(6, 9, 60)
    volatility = chance.uniform(0.3, 1.2, 60)
    naive = distance_to_default(cap, debt, volatility, np.full(60, 0.03))
    solved = [_merton(*each) for each in zip(cap, debt, volatility, strict=True)]
    ranks = [np.argsort(np.argsort(each)) for each in (naive, solved)]
    assert np.corrcoef(*ranks)[0, 1] > 0.9


def _merton(cap, debt, volatility, rate=0.03):
    """V and sigma_V such that the share, a call on the assets, has this price and volatility."""

    def misses(unknown):
        assets, sigma = np.exp(unknown[0]), np.exp(unknown[1])
        d1 = (np.log(assets / debt) + rate + sigma**2 / 2) / sigma
        call = assets * norm.cdf(d1) - debt * np.exp(-rate) * norm.cdf(d1 - sigma)
        return [call / cap - 1, assets * norm.cdf(d1) * sigma / cap / volatility - 1]

    start = [np.log(cap + debt), np.log(volatility * cap / (cap + debt))]
    assets, sigma = np.exp(fsolve(misses, start))
    return (np.log(assets / debt) + rate - sigma**2 / 2) / sigma


@given(
    cap=st.floats(1e3, 1e12),
    debt=st.floats(1e3, 1e12),
    volatility=st.floats(0.01, 5),
    change=st.floats(-1, 10),
)
def test_a_better_year_never_brings_default_nearer(cap, debt, volatility, change):
    worse, better = (
        distance_to_default(column(cap), column(debt), column(volatility), column(each))[0]
        for each in (change, change + 0.1)
    )
    assert -SAFEST <= worse <= better <= SAFEST


@pytest.mark.parametrize(("revenue", "expected"), [(0, 1), (999_999, 1), (1e6, 0), (None, NAN)])
def test_who_has_no_revenue_is_told_only_where_it_is_known(revenue, expected):
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity"}],
        fundamentals=[{"asset_id": 1, "revenue_ttm_usd": revenue, "total_assets_usd": 5e6}],
    )
    assert measure(facts, position_usd=5_000)["pre_revenue"].tolist() == pytest.approx(
        [expected], nan_ok=True
    )


def test_a_told_market_cap_counts_where_no_price_is_known():
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "equity"} for each in (1, 2)],
        market=[
            {"asset_id": 1, "market_cap_usd": 10e6},
            {"asset_id": 2, "market_cap_usd": 10e6, "price_usd": 2.0},
        ],
        fundamentals=[{"asset_id": each, "total_liabilities_usd": 5e6} for each in (1, 2)],
    )
    found = measure(facts, position_usd=5_000)["market_cap_to_liabilities"]
    assert found.tolist() == pytest.approx([2.0, NAN], nan_ok=True)
