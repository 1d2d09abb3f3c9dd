"""Companies with two reports a year apart, as frames: the figures of one, changed where a test says so."""

from datetime import timedelta

import numpy as np
import pandas as pd

from assets.metrics.accounts import Accounts
from assets.metrics.facts import Facts
from tests.assets.metrics.batch import NOW

ENDED_ON = (NOW - timedelta(days=60)).date()
ENDED_BEFORE = ENDED_ON - timedelta(days=365)

BEFORE = {
    "period_ends_on": ENDED_BEFORE,
    "revenue_ttm_usd": 10e6,
    "gross_profit_ttm_usd": 4e6,
    "operating_income_ttm_usd": 0.8e6,
    "net_income_ttm_usd": 0.5e6,
    "depreciation_ttm_usd": 0.6e6,
    "selling_general_admin_ttm_usd": 2e6,
    "operating_cash_flow_ttm_usd": 0.9e6,
    "receivables_usd": 1e6,
    "current_assets_usd": 4e6,
    "property_usd": 5e6,
    "total_assets_usd": 10e6,
    "current_liabilities_usd": 2e6,
    "debt_usd": 3e6,
    "total_liabilities_usd": 5e6,
    "retained_earnings_usd": 1e6,
    "equity_usd": 5e6,
    "shares_outstanding": 20e6,
}
NOW_BETTER = {
    **BEFORE,
    "period_ends_on": ENDED_ON,
    "revenue_ttm_usd": 12e6,
    "gross_profit_ttm_usd": 5.4e6,
    "operating_income_ttm_usd": 1.2e6,
    "net_income_ttm_usd": 0.8e6,
    "operating_cash_flow_ttm_usd": 1.1e6,
    "receivables_usd": 1.5e6,
    "current_assets_usd": 4.6e6,
    "property_usd": 4.4e6,
    "debt_usd": 2.4e6,
    "total_liabilities_usd": 4.5e6,
    "retained_earnings_usd": 1.8e6,
    "equity_usd": 5.5e6,
}
"""It passes all nine tests of Piotroski."""

MONEY = tuple(name for name in BEFORE if name.endswith("_usd"))


def accounts(figures, **changes):
    """The accounts of one company."""
    found = {name: value for name, value in {**figures, **changes}.items() if name != "period_ends_on"}
    statement = pd.DataFrame([found], index=[1], dtype=float)
    return Accounts.of(statement, statement.index)


def two_reports(*, now=None, before=None, sector="Software", capital=()):
    """Facts of one company, asset 1; `now` and `before` change its figures."""
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity", "sector": sector}],
        fundamentals=[{"asset_id": 1, **NOW_BETTER, **(now or {})}],
        fundamentals_year_ago=[{"asset_id": 1, **BEFORE, **(before or {})}],
        capital=[{"asset_id": 1, **each} for each in capital],
    )


def many_reports(count, *, seed=7):
    """Facts of this many companies: the ones above with money up to a factor of four around theirs."""
    dice = np.random.default_rng(seed)
    frames = {}
    for name, figures in (("fundamentals", NOW_BETTER), ("fundamentals_year_ago", BEFORE)):
        around = {
            column: value * np.exp(dice.uniform(-1.4, 1.4, count)) if column in MONEY else value
            for column, value in figures.items()
        }
        frames[name] = pd.DataFrame({"asset_id": range(count), **around}).to_dict("records")
    assets = [{"asset_id": each, "kind": "equity", "sector": "Software"} for each in range(count)]
    return Facts.of(now=NOW, assets=assets, **frames)
