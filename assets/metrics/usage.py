"""Protocol usage: active addresses, transactions, value locked and revenue, and the price against them."""

import numpy as np
import pandas as pd

from assets.metrics.columns import ABSURD_USD, Column, known, owned_or_owed_usd, positive, ratio, usd
from assets.metrics.facts import Facts
from assets.metrics.families import EQUITY
from assets.metrics.pools import Pools


def activity_ratio(last_30d: Column, prior_60d: Column) -> Column:
    """Transactions of the last 30 days / those of an average 30 days of the 60 before."""
    return ratio(last_30d, prior_60d / 2)


def price_to_sales(valuation_usd: Column, revenue_annual_usd: Column) -> Column:
    """Valuation / revenue of a year: FDV for tokens, market cap for shares. NaN without revenue.

    Whoever loses money has no such price: a multiple of a loss says nothing.
    """
    return known(ratio(valuation_usd, revenue_annual_usd), high=ABSURD_USD)


def active_least(facts: Facts, pools: Pools) -> Column:
    """Addresses that used it in 30 days at least: those that were seen, or that traded in the last 24 hours.

    The buyers of a pool that counts are accounts of their own; those of another pool may be the same ones.
    """
    listed = pools.listed
    sides = np.fmax(known(listed["buyers_24h"]), known(listed["sellers_24h"]))
    in_a_pool = listed.most(np.where(pools.is_left_out, np.nan, sides))
    traded = np.fmax(in_a_pool, known(facts.aligned("market")["traders_24h"]))
    return np.fmax(known(facts.aligned("usage")["active_addresses_least_30d"]), traded)


def measures(facts: Facts, *, market: pd.DataFrame, pools: Pools) -> pd.DataFrame:
    usage = facts.aligned("usage")
    reported = facts.aligned("fundamentals")["revenue_ttm_usd"]
    is_equity = (facts.assets["kind"] == EQUITY).to_numpy()
    revenue = owned_or_owed_usd(np.where(is_equity, reported, usage["revenue_annual_usd"]))
    cap, diluted = market["market_cap_usd"].to_numpy(), market["fully_diluted_usd"].to_numpy()
    sales_multiple = price_to_sales(np.where(is_equity, cap, diluted), revenue)
    tvl = usd(usage["tvl_usd"])
    return pd.DataFrame(
        {
            "active_addresses_30d": known(usage["active_addresses_30d"]),
            # Where somebody counted them all, the least there were says no more.
            "active_addresses_least_30d": np.where(
                known(usage["active_addresses_30d"]) >= 0,
                np.nan,
                active_least(facts, pools),
            ),
            "transactions_30d": known(usage["transactions_30d"]),
            "activity_ratio": activity_ratio(
                known(usage["transactions_30d"]), known(usage["transactions_prior_60d"])
            ),
            "revenue_annual_usd": revenue,
            "price_to_sales": sales_multiple,
            "price_to_sales_of_sector": ratio(
                sales_multiple, positive(facts.assets["sector_price_to_sales"])
            ),
            "tvl_usd": tvl,
            "mcap_to_tvl": known(ratio(cap, tvl), high=ABSURD_USD),
        },
        index=facts.asset_ids,
    )
