from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from financetoolkit.models import piotroski_model
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.piotroski import FScore, Signals, exceeds, no_new_shares, piotroski, piotroski_signals
from tests.assets.metrics.companies import BEFORE, MONEY, NOW_BETTER, accounts

NAN = np.nan
NAMES = [each.name for each in fields(Signals)]

FAILING = {
    "profit": {"net_income_ttm_usd": -0.1e6},
    "cash_flow": {"operating_cash_flow_ttm_usd": -0.1e6},
    "better_return": {"net_income_ttm_usd": 0.4e6},
    "cash_over_profit": {"operating_cash_flow_ttm_usd": 0.7e6},
    "less_debt": {"debt_usd": 3.5e6},
    "more_liquid": {"current_liabilities_usd": 3e6},
    "no_new_shares": {"shares_outstanding": 25e6},
    "better_margin": {"gross_profit_ttm_usd": 4e6},
    "better_turnover": {"revenue_ttm_usd": 9e6, "gross_profit_ttm_usd": 4.5e6},
}
AS_BEFORE = {
    "profit": {"net_income_ttm_usd": 0},
    "cash_flow": {"operating_cash_flow_ttm_usd": 0},
    "better_return": {"net_income_ttm_usd": BEFORE["net_income_ttm_usd"]},
    "cash_over_profit": {"operating_cash_flow_ttm_usd": NOW_BETTER["net_income_ttm_usd"]},
    "less_debt": {"debt_usd": BEFORE["debt_usd"]},
    "more_liquid": {"current_assets_usd": BEFORE["current_assets_usd"]},
    "better_margin": {"gross_profit_ttm_usd": 4.8e6},
    "better_turnover": {"revenue_ttm_usd": BEFORE["revenue_ttm_usd"]},
}

figures = st.fixed_dictionaries({name: st.floats(1e4, 1e8) for name in MONEY})


def one(value):
    return np.array([value], dtype=float)


def signals(now=None, before=None, share_ratio=1.0):
    return piotroski_signals(
        accounts(NOW_BETTER, **(now or {})), accounts(BEFORE, **(before or {})), share_ratio=one(share_ratio)
    )


def failed(result):
    return {name for name in NAMES if getattr(result, name) == 0}


def test_a_company_that_passes_them_all():
    score = piotroski(signals())
    assert (score.passed, score.known, score.high, score.f) == (9, 9, 9, 9)


@pytest.mark.parametrize(("name", "changes"), FAILING.items())
def test_each_test_can_fail(name, changes):
    assert name in failed(signals(changes))


@pytest.mark.parametrize(("name", "changes"), AS_BEFORE.items())
def test_what_stays_as_it_was_has_not_got_better(name, changes):
    assert name in failed(signals(changes))


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("net_income_ttm_usd", {"profit", "better_return", "cash_over_profit"}),
        ("operating_cash_flow_ttm_usd", {"cash_flow", "cash_over_profit"}),
        ("total_assets_usd", {"profit", "better_return", "less_debt", "better_turnover"}),
        ("debt_usd", {"less_debt"}),
        ("current_assets_usd", {"more_liquid"}),
        ("current_liabilities_usd", {"more_liquid"}),
        ("shares_outstanding", {"no_new_shares"}),
        ("gross_profit_ttm_usd", {"better_margin"}),
        ("revenue_ttm_usd", {"better_margin", "better_turnover"}),
    ],
)
def test_a_test_is_known_where_its_figures_are(name, unknown):
    found = signals({name: NAN})
    assert {each for each in NAMES if np.isnan(getattr(found, each))} == unknown


def frame(before, now):
    return pd.DataFrame([[before.item(), now.item()]])


def oracle(now, before):
    """Its parts, given our reading: assets at the end of the year, all debt, shares instead of proceeds."""
    assets = frame(before.total_assets_usd, now.total_assets_usd)
    income = frame(before.net_income_ttm_usd, now.net_income_ttm_usd)
    cash_flow = frame(before.operating_cash_flow_ttm_usd, now.operating_cash_flow_ttm_usd)
    revenue = frame(before.revenue_ttm_usd, now.revenue_ttm_usd)
    issued = frame(one(0), np.maximum(now.shares_outstanding - before.shares_outstanding, 0))
    found = (
        piotroski_model.get_return_on_assets_criteria(income, assets),
        piotroski_model.get_operating_cashflow_criteria(cash_flow),
        piotroski_model.get_change_in_return_on_asset_criteria(income, assets),
        piotroski_model.get_accruals_criteria(income, cash_flow, assets),
        piotroski_model.get_change_in_leverage_criteria(frame(before.debt_usd, now.debt_usd), assets),
        piotroski_model.get_change_in_current_ratio_criteria(
            frame(before.current_assets_usd, now.current_assets_usd),
            frame(before.current_liabilities_usd, now.current_liabilities_usd),
        ),
        piotroski_model.get_number_of_shares_criteria(issued),
        piotroski_model.get_gross_margin_criteria(
            revenue, revenue - frame(before.gross_profit_ttm_usd, now.gross_profit_ttm_usd)
        ),
        piotroski_model.get_asset_turnover_ratio_criteria(revenue, assets),
    )
    return [bool(each.iloc[0, 1]) for each in found], piotroski_model.get_piotroski_score(*found).iloc[0, 1]


@settings(max_examples=40)
@given(figures, figures, st.booleans())
def test_the_tests_and_the_score_are_those_of_financetoolkit(now, before, issued):
    shares = {"shares_outstanding": 25e6 if issued else 20e6}
    reports = accounts(NOW_BETTER, **now, **shares), accounts(BEFORE, **before)
    found = piotroski_signals(*reports, share_ratio=one(1))
    expected, score = oracle(*reports)
    assert [getattr(found, name).item() == 1 for name in NAMES] == expected
    assert piotroski(found).f == score


@pytest.mark.parametrize(
    ("shares", "before", "share_ratio", "expected"),
    [
        (20e6, 20e6, 1, 1),
        (19e6, 20e6, 1, 1),
        (21e6, 20e6, 1, 0),
        (2e6, 20e6, 0.1, 1),
        (2_000_431, 20e6, 0.1, 1),
        (3e6, 20e6, 0.1, 0),
        (60e6, 20e6, 3, 1),
        (20e6 / 3, 20e6, 1 / 3, 1),
        (2e6, 20e6, 1, NAN),
        (20e6, 20e6, NAN, NAN),
        (NAN, 20e6, 1, NAN),
        (20e6, NAN, 1, NAN),
    ],
)
def test_shares_are_counted_after_splits(shares, before, share_ratio, expected):
    found = no_new_shares(one(shares), one(before), one(share_ratio))
    assert found == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(
    ("passed", "known", "f"),
    [
        (9, 9, 9),
        (0, 9, 0),
        (7, 7, 7),
        (6, 8, NAN),
        (4, 7, 4),
        (4, 6, NAN),
        (5, 8, 5),
        (0, 6, 0),
        (1, 6, NAN),
        (3, 8, NAN),
        (0, 0, NAN),
    ],
)
def test_f_is_told_where_the_known_tests_settle_its_band(passed, known, f):
    assert FScore(one(passed), one(known)).f == pytest.approx([f], nan_ok=True)


@given(st.lists(st.sampled_from([0.0, 1.0, NAN]), min_size=9, max_size=9), st.integers(0, 2**9 - 1))
def test_whatever_the_unknown_tests_would_say_f_claims_no_better_band_than_they_leave(answers, filling):
    score = piotroski(Signals(*map(one, answers)))
    whole = sum((filling >> place) & 1 if np.isnan(each) else each for place, each in enumerate(answers))
    assert score.passed <= whole <= score.high
    if not np.isnan(score.f):
        assert score.f <= whole
        assert np.digitize(score.f, [4, 7]) == np.digitize(whole, [4, 7])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(2, 1, 1), (1, 2, 0), (0.1 + 0.2, 0.3, 0), (0, 0, 0), (1e-30, 0, 1), (NAN, 1, NAN), (1, NAN, NAN)],
)
def test_the_last_binary_places_decide_nothing(left, right, expected):
    assert exceeds(one(left), one(right)) == pytest.approx([expected], nan_ok=True)


@settings(max_examples=40)
@given(figures, figures, st.floats(1e-3, 1e3))
def test_the_currency_does_not_matter(now, before, times):
    found = piotroski(signals(now, before))
    scaled = [{name: value * times for name, value in each.items()} for each in (now, before)]
    assert piotroski(signals(*scaled)).f == found.f


@pytest.mark.parametrize(("before", "expected"), [(0, 0.0), (10e6, 0.0), (NAN, 0.0)])
def test_who_sells_nothing_has_no_better_margin(before, expected):
    """A biotech without revenue reports no gross profit either: one of nine tests is lost, not unknown."""
    nothing = {"revenue_ttm_usd": 0, "gross_profit_ttm_usd": NAN}
    assert signals(nothing, {"revenue_ttm_usd": before}).better_margin == [expected]


def test_a_margin_without_one_before_is_not_known():
    assert np.isnan(signals(None, {"revenue_ttm_usd": 0, "gross_profit_ttm_usd": NAN}).better_margin)
