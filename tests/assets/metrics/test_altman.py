import csv
import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from financetoolkit.models import altman_model
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.altman import altman_z2, z2_of
from tests.assets.metrics.companies import BEFORE, MONEY, NOW_BETTER, accounts

NAN = np.nan
SAFE_Z2, DISTRESS_Z2 = 2.6, 1.1
LABELLED = Path(__file__).parents[4] / "shared" / "data" / "labelled" / "polish_bankruptcy"


def test_a_worked_example():
    """2 of 10 M working capital, 1 M retained, 0.8 M EBIT, 5 M equity on 5 M liabilities."""
    by_hand = 6.56 * 0.2 + 3.26 * 0.1 + 6.72 * 0.08 + 1.05 * 1
    assert z2_of(accounts(BEFORE)) == pytest.approx(by_hand) == pytest.approx(3.2256)


@pytest.mark.parametrize(
    ("changes", "is_safe", "is_distressed"),
    [
        ({}, True, False),
        ({"retained_earnings_usd": -2e6}, False, False),
        ({"retained_earnings_usd": -9e6, "equity_usd": -1e6}, False, True),
    ],
)
def test_zones(changes, is_safe, is_distressed):
    z2 = z2_of(accounts(BEFORE, **changes))
    assert (z2 > SAFE_Z2, z2 < DISTRESS_Z2) == (is_safe, is_distressed)


def test_the_ratios_are_those_of_financetoolkit():
    company = accounts(NOW_BETTER)
    assets = company.total_assets_usd
    oracle = altman_z2(
        altman_model.get_working_capital_to_total_assets_ratio(company.working_capital_usd, assets),
        altman_model.get_retained_earnings_to_total_assets_ratio(company.retained_earnings_usd, assets),
        altman_model.get_earnings_before_interest_and_taxes_to_total_assets_ratio(
            company.operating_income_ttm_usd, assets
        ),
        company.equity_usd / company.total_liabilities_usd,
    )
    assert z2_of(company) == pytest.approx(oracle)


NEEDED = (
    "current_assets_usd",
    "current_liabilities_usd",
    "retained_earnings_usd",
    "operating_income_ttm_usd",
    "equity_usd",
    "total_assets_usd",
    "total_liabilities_usd",
)


@pytest.mark.parametrize("name", MONEY)
def test_what_it_needs_must_be_known(name):
    assert np.isnan(z2_of(accounts(BEFORE, **{name: NAN}))) == (name in NEEDED)


@pytest.mark.parametrize("name", ["total_assets_usd", "total_liabilities_usd"])
def test_nothing_is_divided_by_zero(name):
    assert np.isnan(z2_of(accounts(BEFORE, **{name: 0})))


@given(st.floats(1e-6, 1e6))
def test_the_currency_does_not_matter(times):
    scaled = {name: BEFORE[name] * times for name in MONEY}
    assert z2_of(accounts(BEFORE, **scaled)) == pytest.approx(z2_of(accounts(BEFORE)))


@given(st.fixed_dictionaries({name: st.floats(allow_nan=False) for name in NEEDED}))
def test_it_is_never_infinite(figures):
    assert not np.isinf(z2_of(accounts(BEFORE, **figures)))


@pytest.mark.shared
def test_it_tells_those_that_went_bankrupt_within_a_year_from_the_others():
    """Area under the curve 0.763 on the Polish companies, UCI 365: measured apart from this code."""
    whole = LABELLED / "5year.arff.gz"
    if not whole.exists():
        pytest.skip("the labelled data is not beside the checkout: ../shared/data/labelled/polish_bankruptcy")
    with gzip.open(whole, "rt") as lines:
        rows = [[NAN if each == "?" else float(each) for each in row] for row in csv.reader(lines) if row]
    table = np.array(rows)
    z2 = altman_z2(table[:, 2], table[:, 5], table[:, 6], table[:, 7])
    is_known, bankrupt = ~np.isnan(z2), table[:, 64] == 1
    ranks = pd.Series(-z2[is_known]).rank().to_numpy()
    positives, negatives = bankrupt[is_known].sum(), (~bankrupt[is_known]).sum()
    area = (ranks[bankrupt[is_known]].sum() - positives * (positives + 1) / 2) / (positives * negatives)
    assert is_known.mean() > 0.99
    assert area == pytest.approx(0.763, abs=0.01)


def test_a_shell_that_lost_its_assets_many_times_over_is_at_the_end_of_the_scale():
    lost = {"retained_earnings_usd": -500e6, "operating_income_ttm_usd": -300e6}
    worse = {name: 10 * value for name, value in lost.items()}
    assert z2_of(accounts(BEFORE, **lost)) == z2_of(accounts(BEFORE, **worse))
    assert z2_of(accounts(BEFORE, **lost)) == pytest.approx(6.56 * 0.2 - 3.26 - 6.72 + 1.05)


def test_cover_beyond_ten_times_adds_nothing():
    assert z2_of(accounts(BEFORE, total_liabilities_usd=0.1e6)) == z2_of(
        accounts(BEFORE, total_liabilities_usd=0.01e6)
    )
