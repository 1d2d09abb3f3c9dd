"""Altman Z-score: how far a company is from those that went bankrupt."""

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


def z2_of(accounts: Accounts) -> Column:
    """Z″ of these accounts, with operating income for EBIT."""
    return altman_z2(
        working_capital_share=ratio(accounts.working_capital_usd, accounts.total_assets_usd),
        retained_earnings_share=ratio(accounts.retained_earnings_usd, accounts.total_assets_usd),
        ebit_share=ratio(accounts.operating_income_ttm_usd, accounts.total_assets_usd),
        equity_to_liabilities=ratio(accounts.equity_usd, accounts.total_liabilities_usd),
    )
