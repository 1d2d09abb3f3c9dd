"""Distress of a company by the market's own word: what it is worth against what it owes, and how safely."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.accounts import Accounts
from assets.metrics.columns import Column, ratio, usd
from assets.metrics.facts import Facts

OWES_NOTHING_RATIO: Final = 1_000.0
"""Stands for "a thousand times what it owes, or it owes nothing"."""
TRADING_DAYS: Final = 252
SAFEST: Final = 10.0
"""A distance beyond it says no more: the chance is below 10⁻²³."""
PRE_REVENUE_USD: Final = 1e6
"""Our judgement: with less in twelve months a company has no business yet, or none any more."""


def market_cap_to_liabilities(market_cap_usd: Column, total_liabilities_usd: Column) -> Column:
    """Market cap / total liabilities: how often the market's value of the shares covers what is owed.

    It is Altman's X4 of 1968 (market value of equity / book value of total debt), which Campbell, Hilscher
    and Szilagyi (2008), "In Search of Distress Risk", Journal of Finance 63, have as TLMTA = 1 / (1 + X4).
    """
    covered = np.minimum(ratio(market_cap_usd, total_liabilities_usd), OWES_NOTHING_RATIO)
    owes_nothing = (total_liabilities_usd == 0) & (market_cap_usd > 0)
    return np.where(owes_nothing, OWES_NOTHING_RATIO, covered)


def default_point_usd(current_liabilities_usd: Column, total_liabilities_usd: Column) -> Column:
    """Current liabilities + half of the others: what assets may fall to before a company defaults.

    Source: Crosbie and Bohn (2003), Modeling Default Risk, Moody's KMV; Bharath and Shumway (below).
    """
    others = np.maximum(total_liabilities_usd - current_liabilities_usd, 0.0)
    return current_liabilities_usd + others / 2


def distance_to_default(
    market_cap_usd: Column, debt_usd: Column, volatility_share: Column, return_share: Column
) -> Column:
    """Standard deviations between the assets and the debt in a year, without solving Merton's equations.

    naive σ_D = 0.05 + 0.25 σ_E, σ_V = E/(E + F) σ_E + F/(E + F) σ_D,
    DD = (ln((E + F)/F) + μ − σ_V²/2) / σ_V, with E the market cap, F the debt, σ_E the volatility of the
    share in a year and μ its return of the year before. The chance of default in the model is N(−DD).
    Source: Bharath and Shumway (2008), "Forecasting Default with the Merton Distance to Default Model",
    Review of Financial Studies 21, equations 9 to 12.
    """
    whole = market_cap_usd + debt_usd
    of_debt = 0.05 + 0.25 * volatility_share
    of_assets = ratio(market_cap_usd, whole) * volatility_share + ratio(debt_usd, whole) * of_debt
    with np.errstate(divide="ignore", invalid="ignore"):
        cushion = np.log(ratio(whole, debt_usd))
    distance = ratio(cushion + return_share - of_assets**2 / 2, of_assets)
    return np.clip(distance, -SAFEST, SAFEST)


def measures(facts: Facts, *, market: pd.DataFrame, candles: pd.DataFrame) -> pd.DataFrame:
    accounts = Accounts.of(facts.fundamentals, facts.asset_ids)
    cap = usd(market["market_cap_usd"])
    debt = default_point_usd(accounts.current_liabilities_usd, accounts.total_liabilities_usd)
    volatility = candles["volatility_daily_share"].to_numpy() * np.sqrt(TRADING_DAYS)
    revenue = accounts.revenue_ttm_usd
    return pd.DataFrame(
        {
            "market_cap_to_liabilities": market_cap_to_liabilities(cap, accounts.total_liabilities_usd),
            "distance_to_default": distance_to_default(
                cap, debt, volatility, candles["price_change_12m_share"].to_numpy()
            ),
            "pre_revenue": np.where(np.isnan(revenue), np.nan, revenue < PRE_REVENUE_USD),
        },
        index=facts.asset_ids,
    )
