"""Ownership reports: what insiders and large holders hold, and what insiders buy and sell."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, days_until, known, ratio
from assets.metrics.facts import Facts

ROLES: Final = ("director", "officer", "ten_percent_owner", "five_percent_owner", "other")
"""In the order in which a report of several is summed up."""

OPEN_MARKET_CODES: Final = ("P", "S")
"""Bought and sold for money on the market; awards, gifts and taxes say nothing of what an insider thinks.

Source: sec.gov/about/forms/ownershipformcodes.pdf.
"""
HALF_A_YEAR_DAYS: Final = 183


def net_bought(reports: Groups, days_ago: Column, within_days: float) -> Column:
    """Shares that insiders bought less those they sold on the market; 0 where they did neither.

    NaN where somebody did and does not tell how many.
    """
    counted = (
        reports.rows["code"].isin(OPEN_MARKET_CODES).to_numpy()
        & (reports["is_derivative"] != 1)
        & (days_ago >= 0)
        & (days_ago <= within_days)
    )
    return reports.strict_total(np.where(counted, reports["change"], 0.0))


def reported_share(reports: Groups, shares_outstanding: Column) -> Column:
    """Held by all who must report: of each holder the newest line that says how much; NaN without any."""
    held = reports["share"]
    held = np.where(np.isnan(held), ratio(reports["shares"], shares_outstanding[reports.owner]), held)
    held = np.where(reports["is_derivative"] == 1, np.nan, known(held, high=1))
    sized = reports.where(~np.isnan(held))
    rows = pd.DataFrame(
        {"owner": sized.owner, "holder": sized.rows["holder"].to_numpy(), "share": held[~np.isnan(held)]}
    )
    newest = rows.groupby(["owner", "holder"], sort=False)["share"].last().groupby("owner").sum()
    result = np.full(reports.size, np.nan)
    result[newest.index.to_numpy(dtype=np.intp)] = newest.to_numpy()
    return known(result, high=1)


def measures(facts: Facts, *, shares_outstanding: Column) -> pd.DataFrame:
    """`shares_outstanding` has one value an asset. Without any report nothing is known."""
    reports = Groups.of(facts.ownership, facts.asset_ids)
    days_ago = -days_until(reports.rows["happened_on"], facts.now)
    stated = known(facts.fundamentals.reindex(facts.asset_ids)["insider_share"], high=1)
    reported = reported_share(reports, shares_outstanding)
    bought = np.where(reports.count() > 0, net_bought(reports, days_ago, HALF_A_YEAR_DAYS), np.nan)
    return pd.DataFrame(
        {
            "insider_net_bought_share": ratio(bought, shares_outstanding),
            "insider_share": np.where(np.isnan(stated), reported, stated),
        },
        index=facts.asset_ids,
    )
