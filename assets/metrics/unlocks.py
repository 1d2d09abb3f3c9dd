"""Unlock schedule: how much comes free, when and for whom, against what circulates and what is traded."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, days_until, known, ratio
from assets.metrics.facts import Facts
from assets.metrics.market import market_cap_usd

UNLOCK_CATEGORIES: Final = (
    "team",
    "investors",
    "treasury",
    "community",
    "ecosystem",
    "public",
    "offering",
    "lockup",
    "other",
)
INSIDER_CATEGORIES: Final = ("team", "investors", "lockup")
MONTH_DAYS: Final = 30
YEAR_DAYS: Final = 365


def unlocked_within(
    events: Groups, days: Column, end_days: Column, amount: Column, horizon_days: float
) -> Column:
    """Units that come free after now and within so many days; 0 for an asset without such an event.

    `days` and `end_days` are the days until an event begins and ends. One without an end comes
    free at once, one with an end evenly in between.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.clip(np.minimum(horizon_days, end_days) - np.maximum(0.0, days), 0, None) / (
            end_days - days
        )
    at_once = ((days > 0) & (days <= horizon_days)).astype(float)
    return events.strict_total(amount * np.where(end_days > days, part, at_once))


def _days_to_next(days: Column, end_days: Column) -> Column:
    """Days until an event brings something: 0 while a steady one runs, NaN when it is over."""
    coming = np.where(days > 0, days, np.nan)
    return np.where((days <= 0) & (end_days > 0), 0.0, coming)


def share_of(unlocked: Column, circulating: Column) -> Column:
    """Unlocked / circulating supply; nothing unlocked is 0 whatever circulates."""
    return np.where(unlocked == 0, 0.0, ratio(unlocked, circulating))


def measures(facts: Facts, *, supply: pd.DataFrame, market: pd.DataFrame) -> pd.DataFrame:
    """A schedule without coming events says 0; without a schedule nothing is known."""
    events = Groups.of(facts.unlocks, facts.asset_ids)
    days, amount = days_until(events.rows["unlock_at"], facts.now), known(events["amount"])
    end_days = days_until(events.rows["ends_at"], facts.now)
    insiders = np.where(events.rows["category"].isin(INSIDER_CATEGORIES), amount, 0.0)
    scheduled = facts.asset_ids.isin(facts.schedules.index)
    month, year, insider_year = (
        np.where(scheduled, unlocked_within(events, days, end_days, units, horizon), np.nan)
        for units, horizon in ((amount, MONTH_DAYS), (amount, YEAR_DAYS), (insiders, YEAR_DAYS))
    )
    circulating, price = supply["circulating_supply"].to_numpy(), market["price_usd"].to_numpy()
    month_usd = np.where(month == 0, 0.0, market_cap_usd(price, month))
    return pd.DataFrame(
        {
            "unlock_30d_share": share_of(month, circulating),
            "unlock_12m_share": share_of(year, circulating),
            "insider_unlock_12m_share": share_of(insider_year, circulating),
            "unlock_30d_usd": month_usd,
            "unlock_30d_volume_days": np.where(
                month == 0, 0.0, ratio(month_usd, market["volume_24h_usd"].to_numpy())
            ),
            "market_cap_after_unlock_usd": market_cap_usd(price, circulating + month),
            "next_unlock_days": np.where(scheduled, events.least(_days_to_next(days, end_days)), np.nan),
        },
        index=facts.asset_ids,
    )
