"""Altman Z-score: how far a company is from those that went bankrupt."""

from typing import Final

import numpy as np

from assets.metrics.accounts import Accounts
from assets.metrics.columns import Column, ratio
from assets.metrics.discriminant import linear_score


def altman_z2(
    working_capital_share: Column,
    retained_earnings_share: Column,
    ebit_share: Column,
    equity_to_liabilities: Column,
) -> Column:
    """Z″ = 6.56 WC/TA + 3.26 RE/TA + 6.72 EBIT/TA + 1.05 BVE/TL, a number without a unit.

    WC working capital, RE retained earnings, BVE book value of equity, TA total assets, TL total
    liabilities. The variant for emerging markets adds 3.25 and has limits as much higher: the same
    zones. Source: Altman, "Predicting Financial Distress of Companies: Revisiting the Z-Score and
    ZETA Models" (2000), for non-manufacturers. Neither variant was made for banks and insurers. Above
    2.6 no bankruptcy is expected, below 1.1 one is: financialratioss.com, Altman Z-Score for
    non-manufacturer industrials and emerging market.
    """
    return linear_score(
        (6.56, working_capital_share),
        (3.26, retained_earnings_share),
        (6.72, ebit_share),
        (1.05, equity_to_liabilities),
    )


MOST_SHARE: Final = 1.0
"""Of total assets: who has lost them several times over is no further from those that failed."""
MOST_COVER: Final = 10.0
"""Equity against what is owed; at the other end it is −1 at least, where there are no assets."""


def z2_of(accounts: Accounts) -> Column:
    """Z″ of these accounts, with operating income for EBIT, each ratio kept within limits (winsorised).

    A shell whose losses are a hundred times its assets has a Z″ of −300, which says no more than −10 does
    and leaves no room for its other ratios. Winsorising as in Shumway (2001), "Forecasting Bankruptcy More
    Accurately", Journal of Business 74, by limits that hold for a single company: what is a share of assets
    within ±100 %, cover within ±10.
    """

    def share(of_assets_usd: Column) -> Column:
        return np.clip(ratio(of_assets_usd, accounts.total_assets_usd), -MOST_SHARE, MOST_SHARE)

    cover = ratio(accounts.equity_usd, accounts.total_liabilities_usd)
    return altman_z2(
        working_capital_share=share(accounts.working_capital_usd),
        retained_earnings_share=share(accounts.retained_earnings_usd),
        ebit_share=share(accounts.operating_income_ttm_usd),
        equity_to_liabilities=np.clip(cover, -MOST_COVER, MOST_COVER),
    )
