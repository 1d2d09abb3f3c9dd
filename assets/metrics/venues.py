"""Trading venue: market tier of a share, and warnings about it."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, days_until, known, levels
from assets.metrics.facts import Facts
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

TIERS: Final = (
    "exchange",
    "otcqx",
    "otcqb",
    "otcid",
    "pink_limited",
    "expert",
    "grey",
    "caveat_emptor",
)
"""The tiers, from the most demanding to a warning.

Source: the tiers of OTC Markets since July 2025, fkbrlegal.com/blog-2.
"""

OTC_VENUES: Final = ("OTC", "OTCQX", "OTCQB", "OTCID", "Pink Limited", "Expert Market", "Grey Market")
"""How providers write that a share is traded over the counter."""

WARNINGS: Final = ("suspended_24m", "enforcement_24m", "paid_promotion")

NORMAL: Final = "normal"
BANKRUPT: Final = "bankrupt"
FINANCIAL_STATUSES: Final = (NORMAL, "deficient", "delinquent", BANKRUPT)
"""What Nasdaq says of its issuers: below a listing rule, a report not filed in time, bankrupt. Those that
come together have "+" between them. Source: nasdaqtrader.com/trader.aspx?id=symboldirdefs."""

NOT_HALTED: Final = "none"
"""In the place of the code of a halt: the list was read, and names none."""

SUSPENDED: Final = "H10"
"""The code of a halt because the SEC suspended trading: nasdaqtrader.com/Trader.aspx?id=TradeHaltCodes."""

HALF_MONTH_DAYS: Final = 16.0
"""A daily average of FINRA is that of the time since the settlement day before: 16 days at most."""


def average_volume_shares(facts: Facts) -> Column:
    """Shares traded a day in the units of today; NaN where a unit changed within the time of the average."""
    rows = facts.aligned("venues")
    since = days_since_epoch(rows["average_volume_shares_at"]) - HALF_MONTH_DAYS
    factor = UnitChanges.of(facts).factor(since, within_days=HALF_MONTH_DAYS)
    return known(rows["average_volume_shares"]) * factor


def measures(facts: Facts) -> pd.DataFrame:
    """One warning settles it; that there is none must be known of all. A suspension in force is one."""
    rows = facts.aligned("venues")
    flags = rows[[*WARNINGS]].to_numpy(dtype=float, copy=True)
    flags[rows["halt_code"] == SUSPENDED, WARNINGS.index("suspended_24m")] = 1.0
    warned = np.nansum(flags, axis=1)
    listed = (rows["listed_on"].fillna("") != "").to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "venue_level": levels(rows["tier"], TIERS),
            "venue_warnings_count": np.where((warned > 0) | ~np.isnan(flags).any(axis=1), warned, np.nan),
            "venue_warnings_read": np.where(listed, (~np.isnan(flags)).sum(axis=1), np.nan),
            "on_threshold_list": rows["threshold_list"].to_numpy(dtype=float),
            "trading_halted_days": _halted_days(rows, facts),
        },
        index=facts.asset_ids,
    )


def _halted_days(rows: pd.DataFrame, facts: Facts) -> Column:
    """Days of the halt in force; NaN where there is none, or where nobody read a list of halts."""
    is_halted = ~rows["halt_code"].fillna("").isin(["", NOT_HALTED]).to_numpy(dtype=bool)
    return np.where(is_halted, known(-days_until(rows["halted_at"], facts.now)), np.nan)
