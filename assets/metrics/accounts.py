"""Financial statements: twelve months and the balance at their end, as columns, and their ratios."""

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
import pandas as pd

from assets.metrics.columns import ABSURD_USD, Column, known, positive, ratio, usd

MAY_BE_NEGATIVE: Final = frozenset(
    {
        "gross_profit_ttm_usd",
        "operating_income_ttm_usd",
        "net_income_ttm_usd",
        "operating_cash_flow_ttm_usd",
        "retained_earnings_usd",
        "equity_usd",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """One report of each company of a batch, in the order of the batch.

    Money below zero that can't be, and more money than there is, are not known. Ratios to total
    assets take those at the end of the period: with two reports those at its beginning are known
    of one year only, so that a change could not be seen.
    """

    revenue_ttm_usd: Column
    gross_profit_ttm_usd: Column
    operating_income_ttm_usd: Column
    net_income_ttm_usd: Column
    depreciation_ttm_usd: Column
    selling_general_admin_ttm_usd: Column
    operating_cash_flow_ttm_usd: Column
    receivables_usd: Column
    current_assets_usd: Column
    property_usd: Column
    total_assets_usd: Column
    current_liabilities_usd: Column
    debt_usd: Column
    total_liabilities_usd: Column
    retained_earnings_usd: Column
    equity_usd: Column
    shares_outstanding: Column

    @classmethod
    def of(cls, statements: pd.DataFrame, asset_ids: "pd.Index[int]") -> Self:
        if statements.empty:
            nobody = np.full(len(asset_ids), np.nan)
            return cls(**{each.name: nobody for each in fields(cls)})
        rows = statements.reindex(asset_ids)
        return cls(**{each.name: _sound(rows[each.name]) for each in fields(cls)})

    @property
    def working_capital_usd(self) -> Column:
        """Current assets − current liabilities."""
        return self.current_assets_usd - self.current_liabilities_usd

    @property
    def current_ratio(self) -> Column:
        """Current assets / current liabilities."""
        return ratio(self.current_assets_usd, self.current_liabilities_usd)

    @property
    def return_on_assets_share(self) -> Column:
        """Net income / total assets."""
        return ratio(self.net_income_ttm_usd, self.total_assets_usd)

    @property
    def asset_turnover(self) -> Column:
        """Revenue / total assets."""
        return ratio(self.revenue_ttm_usd, self.total_assets_usd)

    @property
    def debt_share(self) -> Column:
        """Debt / total assets."""
        return ratio(self.debt_usd, self.total_assets_usd)

    @property
    def gross_margin_share(self) -> Column:
        """Gross profit / revenue."""
        return ratio(self.gross_profit_ttm_usd, self.revenue_ttm_usd)


def _sound(values: "pd.Series[float]") -> Column:
    if values.name == "shares_outstanding":
        return positive(values)
    return known(values, low=-ABSURD_USD, high=ABSURD_USD) if values.name in MAY_BE_NEGATIVE else usd(values)
