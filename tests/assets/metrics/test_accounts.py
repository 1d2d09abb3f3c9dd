import numpy as np
import pandas as pd
import pytest

from assets.metrics.accounts import MAY_BE_NEGATIVE, Accounts
from assets.metrics.columns import ABSURD_USD
from assets.metrics.families import STATEMENT
from tests.assets.metrics.companies import BEFORE, MONEY, accounts


def test_the_ratios_of_a_report():
    found = accounts(BEFORE)
    assert found.working_capital_usd == 2e6
    assert found.current_ratio == 2
    assert found.return_on_assets_share == pytest.approx(0.05)
    assert found.asset_turnover == 1
    assert found.debt_share == pytest.approx(0.3)
    assert found.gross_margin_share == pytest.approx(0.4)


@pytest.mark.parametrize("name", MONEY)
def test_only_what_can_be_negative_is_believed_below_zero(name):
    found = getattr(accounts(BEFORE, **{name: -1e6}), name)
    assert found == -1e6 if name in MAY_BE_NEGATIVE else np.isnan(found)


@pytest.mark.parametrize("name", MONEY)
@pytest.mark.parametrize("absurd", [np.inf, 2 * ABSURD_USD])
def test_more_money_than_there_is_is_not_known(name, absurd):
    assert np.isnan(getattr(accounts(BEFORE, **{name: absurd}), name))


def test_no_company_has_no_shares():
    assert np.isnan(accounts(BEFORE, shares_outstanding=0).shares_outstanding)


def test_companies_stand_in_the_order_of_the_batch_and_absent_ones_are_not_known():
    statements = pd.DataFrame([{**BEFORE, "equity_usd": 10.0 * each} for each in (1, 2)], index=[1, 2])
    found = Accounts.of(statements, pd.Index([2, 3, 1])).equity_usd
    assert found == pytest.approx([20, np.nan, 10], nan_ok=True)


def test_every_figure_is_a_column_of_the_statement():
    assert set(Accounts.__slots__) <= set(STATEMENT)
