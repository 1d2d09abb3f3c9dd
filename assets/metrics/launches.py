"""Launchpad: whether a token is still sold from a launchpad's curve, how much of it, and since when not."""

import numpy as np
import pandas as pd

from assets.metrics.columns import days_until, known, usd
from assets.metrics.contract import ONE_PROGRAM_CHAINS
from assets.metrics.facts import Facts
from assets.metrics.pools import BONDING_CURVE, CODES, Pools


def measures(facts: Facts, *, pools: Pools) -> pd.DataFrame:
    """A token is a launchpad's where one tells of its sale, or where it has a bonding curve.

    Where no launchpad says whether the sale is over, it is once the token has a pool of its own, or the curve
    is sold out. It is over since then, or since the oldest pool was opened, which ends the sale. That no
    launchpad sold it is known where somebody tells of its pools, where an exchange has a book of it (what is
    still on a curve trades nowhere else), or where it is its chain's own coin.
    """
    market, listed = facts.aligned("market"), pools.listed
    on_curve = listed.rows["pool_type"].to_numpy() == BONDING_CURVE
    is_sold_out = on_curve & (pools.verdict == CODES["completed"])
    is_own = ~on_curve & ~pools.is_refused & (usd(listed["reserve_usd"]) > 0)
    told, sold = known(market["launch_completed"], high=1), known(market["launch_sold_share"], high=1)
    has_curve, has_moved = (listed.most(each.astype(float)) == 1 for each in (on_curve, is_sold_out | is_own))
    is_launchpads = has_curve | ~np.isnan(told) | ~np.isnan(sold)
    has_places = facts.asset_ids.isin([*facts.pools["asset_id"], *facts.books["asset_id"]])
    is_seen = has_places | (facts.aligned("contract")["native_coin"] == 1).to_numpy()
    completed = np.where(is_launchpads & np.isnan(told), has_moved.astype(float), told)
    since_told = known(-days_until(market["launch_completed_at"], facts.now))
    opened = known(-days_until(listed.rows["opened_at"], facts.now))
    since_opened = listed.most(np.where(is_own, opened, np.nan))
    age = np.where(np.isnan(since_told), since_opened, since_told)
    on_one_program = facts.assets["chain"].str.casefold().isin(ONE_PROGRAM_CHAINS).to_numpy()
    return pd.DataFrame(
        {
            "launch_completed": completed,
            "launch_sold_share": np.where(completed == 1, 1.0, sold),
            "launch_age_days": np.where(completed == 1, age, np.where(completed == 0, 0.0, np.nan)),
            "launchpad_mint": np.where(is_launchpads & on_one_program, 1.0, np.nan),
            "no_launchpad": np.where(is_launchpads, 0.0, np.where(is_seen, 1.0, np.nan)),
        },
        index=facts.asset_ids,
    )
