"""Free supply: how much of a token is at least in hands that can sell it, and how much at most is locked.

Where nobody can make more, whatever may still come free lies with a locker, a vesting contract or another
contract of which nothing is known: what a holder list shows with wallets, pools and exchanges does not. So a
list that names nearly all of the supply bounds float and unlocks without a schedule. Those that it leaves out
count as locked. And no more can come free than does not circulate of all there can be, whatever the schedule.
"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, known, ratio
from assets.metrics.contract import mint_level
from assets.metrics.facts import Facts
from assets.metrics.holders import Listed, listed_of
from assets.metrics.unlocks import all_there_can_be

FREE_TYPES: Final = ("pool", "exchange", "institution", "wallet")
"""Holders who can sell, or hold for those who can. Bridges, staking and treasuries may bind units."""


def free_share(listed: Listed) -> Column:
    """Share of what is not burned that such holders have; NaN without a list that makes sense."""
    is_list = (listed.rows.count() > 0) & ~listed.is_contradicted
    free = listed.rows.rows["holder_type"].isin(FREE_TYPES).to_numpy()
    return np.where(is_list, listed.rows.total(np.where(free, listed.share, 0.0)), np.nan)


def measures(facts: Facts, *, supply: pd.DataFrame, unlocks: pd.DataFrame) -> pd.DataFrame:
    """Each only where the figure itself is not known; by a holder list where nobody can make more."""
    is_fixed = mint_level(facts.aligned("contract")) == 0
    free = np.where(is_fixed, free_share(listed_of(facts)), np.nan)
    float_share, unlock = supply["float_share"].to_numpy(), unlocks["unlock_30d_share"].to_numpy()
    circulating = supply["circulating_supply"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        # Shares of a whole list can add up to a hair more than all.
        by_list = known(np.maximum(1 - free, 0) / free)
    is_token = (facts.aligned("assets")["kind"] == "token").to_numpy()  # Shares to be issued are not locked.
    by_supply = np.where(
        is_token, known(ratio(all_there_can_be(facts, supply) - circulating, circulating)), np.nan
    )
    return pd.DataFrame(
        {
            "float_least_share": np.where(np.isnan(float_share), free, np.nan),
            "locked_most_share": np.where(np.isnan(unlock), np.fmin(by_list, by_supply), np.nan),
        },
        index=facts.asset_ids,
    )
