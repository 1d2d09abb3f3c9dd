"""Traders: how many trades there were in 24 hours, and how many accounts made them.

Few accounts behind many trades are a sign of wash trading: somebody who trades with themselves to look alive.
"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, known, ratio, sum_of_known
from assets.metrics.facts import Facts
from assets.metrics.pools import Pools

SIDES: Final = ("buys_24h", "sells_24h")


def trades(facts: Facts, pools: Pools) -> Column:
    """Buys and sells of 24 hours, by asset: of the pools that count; where none tells, of all together."""
    listed = pools.listed
    told = sum_of_known(*(known(listed[name]) for name in SIDES))
    of_pools = listed.total(np.where(pools.is_left_out, np.nan, told))
    is_untold = np.isnan(listed.total(told))
    return np.where(is_untold, sum_of_known(*market_sides(facts)), of_pools)


def market_sides(facts: Facts) -> tuple[Column, Column]:
    """Buys and sells of 24 hours in all its pools together, as one source counts them."""
    market = facts.aligned("market")
    buys, sells = (known(market[name]) for name in SIDES)
    return buys, sells


def traders_per_trade(facts: Facts, pools: Pools) -> Column:
    """Buyers and sellers / buys and sells of the pools that tell all four; else traders / trades of all.

    Who both buys and sells is one of each in a pool and one in all, so that the second ratio is the lower:
    at least half of the first.
    """
    listed = pools.listed
    accounts = known(listed["buyers_24h"]) + known(listed["sellers_24h"])
    counted = known(listed["buys_24h"]) + known(listed["sells_24h"]) + 0 * accounts
    counted = np.where(pools.is_left_out, np.nan, counted)
    of_pools = ratio(listed.total(accounts + 0 * counted), listed.total(counted))
    of_market = ratio(known(facts.aligned("market")["traders_24h"]), sum(market_sides(facts)))
    # More accounts than trades are two moments, or a source that counts something else.
    return known(np.where(np.isnan(of_pools), of_market, of_pools), high=1)


def measures(facts: Facts, *, pools: Pools) -> pd.DataFrame:
    return pd.DataFrame(
        {"trades_24h": trades(facts, pools), "traders_per_trade": traders_per_trade(facts, pools)},
        index=facts.asset_ids,
    )
