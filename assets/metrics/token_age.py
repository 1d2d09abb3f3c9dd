"""Token age: since when a token exists, and which history it is too young for."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, days_until, known
from assets.metrics.facts import Facts
from assets.metrics.pools import BONDING_CURVE, Pools

QUARTER_DAYS: Final = 90
"""The 30 days that are compared with the 60 before."""
YEAR_DAYS: Final = 335
"""So old at least is a supply of "a year ago" (`assets.services.reading.facts`)."""


def contract_age_days(facts: Facts) -> Column:
    """Days since it was deployed."""
    return known(-days_until(facts.aligned("contract")["deployed_at"], facts.now))


def curve_age_days(facts: Facts, pools: Pools) -> Column:
    """Days since its launchpad opened the curve: the same transaction mints the token."""
    rows = pools.listed.rows
    on_curve = rows["pool_type"].to_numpy() == BONDING_CURVE
    return pools.listed.most(np.where(on_curve, known(-days_until(rows["opened_at"], facts.now)), np.nan))


def measures(facts: Facts, *, market_age_days: Column, pools: Pools) -> pd.DataFrame:
    """What of it is known of before says itself that it is old enough: a copy on another chain is younger
    than the token, and so is a pool."""
    age = contract_age_days(facts)
    made = np.where(np.isnan(age), curve_age_days(facts, pools), age)
    oldest = np.fmax(made, market_age_days)
    has_trend = known(facts.aligned("usage")["transactions_prior_60d"]) > 0
    has_year = known(facts.aligned("supply")["circulating_year_ago"]) > 0
    too_young = {
        "younger_than_quarter": (oldest < QUARTER_DAYS) & ~has_trend,
        "younger_than_year": (oldest < YEAR_DAYS) & ~has_year,
    }
    # Its other pools alone may be younger than itself.
    is_dated = ~np.isnan(made)
    return pd.DataFrame(
        {
            "contract_age_days": age,
            **{name: np.where(is_dated & holds, 1.0, np.nan) for name, holds in too_young.items()},
        },
        index=facts.asset_ids,
    )
