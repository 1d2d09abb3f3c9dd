"""Liquidity: depth, cost of a round trip and days to exit, of all venues of an asset together."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics import pool_control
from assets.metrics.columns import Column, Groups, days_until, known, ratio, sum_of_known, usd
from assets.metrics.constant_product import depth_usd
from assets.metrics.exits import days_to_exit
from assets.metrics.facts import Facts
from assets.metrics.pools import BONDING_CURVE, Pools
from assets.metrics.round_trips import MATTERS, Venues, usable_books
from assets.metrics.venues import average_volume_shares

TRADED_WITHIN_DAYS: Final = 1.0
"""A book stands for a market as long as it would count as fresh (`Family.stale_after`)."""


def measures(facts: Facts, *, market: pd.DataFrame, venues: Venues, position_usd: float) -> pd.DataFrame:
    """The pools' and the books' part, joined: the cheapest single venue, the sum of all depth."""
    of_pools, books = _of_pools(venues.pools), venues.books
    depth = sum_of_known(of_pools["depth_down_usd"], books.listed.total(books.depth_down_usd))
    outdated = Groups.of(facts.outdated, facts.asset_ids)
    uncounted = np.nan_to_num(of_pools["likely_depth_usd"]) + np.nan_to_num(_depth_then(outdated))
    is_partial = uncounted > (MATTERS - 1) * np.nan_to_num(depth)
    least_depth, depth = np.where(is_partial, depth, np.nan), np.where(is_partial, np.nan, depth)
    cost, counted = venues.cost(position_usd), of_pools["counted_usd"]
    of_books = books.listed.total(books.depth_up_usd + books.depth_down_usd)
    return pd.DataFrame(
        {
            "position_usd": np.full(len(facts.asset_ids), float(position_usd)),
            "liquidity_usd": np.where(np.isnan(counted), of_books, counted),
            "exit_liquidity_usd": of_pools["drawable_usd"],
            "round_trip_cost_share": cost.share,
            "round_trip_most_share": cost.most_share,
            "spread_share": books.listed.least(books.spread_share),
            "depth_down_usd": depth,
            "depth_least_usd": least_depth,
            "depth_to_position": ratio(depth, position_usd),
            "venues_outdated": np.where(outdated.count() > 0, outdated.count(), np.nan),
            "days_to_exit": days_to_exit(position_usd, _daily_volume_usd(facts, market)),
            "volume_to_liquidity": of_pools["volume_to_liquidity"],
            **pool_control.control(venues.pools, facts),
            "last_trade_hours": last_trade_hours(facts),
            "native_on_books": native_on_books(facts),
            "market_age_days": market_age_days(venues.pools.listed, facts),
        },
        index=facts.asset_ids,
    )


def _daily_volume_usd(facts: Facts, market: pd.DataFrame) -> Column:
    """Traded in 24 hours; of a share whose volume nobody tells, on average a day, at the known price."""
    volume = market["volume_24h_usd"].to_numpy()
    on_average = average_volume_shares(facts) * market["price_usd"].to_numpy()
    return np.where(np.isnan(volume), on_average, volume)


def market_age_days(listed: Groups, facts: Facts) -> Column:
    """Days since the first of its pools opened, as far as it is known when they did."""
    opened = (pd.Timestamp(facts.now) - listed.rows["opened_at"]).dt.total_seconds()
    return listed.most(known(opened / 86_400))


def _depth_then(outdated: Groups) -> Column:
    """What could be sold when somebody last told of them; of a pool as if it were of the common kind."""
    of_pools = depth_usd(usd(outdated["reserve_usd"]) / 2)
    depth = usd(outdated["depth_down_usd"])
    return outdated.total(np.where(np.isnan(depth), of_pools, depth))


def native_on_books(facts: Facts) -> Column:
    """1 where a chain's own coin was traded on a usable order book within a day, NaN where nobody saw it."""
    books = usable_books(facts)
    ago = -days_until(books.rows["last_traded_at"], facts.now)
    is_traded = books.least(known(ago)) <= TRADED_WITHIN_DAYS
    is_native = (facts.aligned("contract")["native_coin"] == 1).to_numpy()
    return np.where(is_native & is_traded, 1.0, np.nan)


def last_trade_hours(facts: Facts) -> Column:
    """Hours since the last trade when somebody last looked; where it is not known when, since now."""
    rows = facts.aligned("trading")
    asked_at = rows["asked_at"].fillna(pd.Timestamp(facts.now))
    return known((asked_at - rows["last_traded_at"]).dt.total_seconds() / 3_600)


def _of_pools(pools: Pools) -> dict[str, Column]:
    """By asset. What probably could be sold besides is of the pools whose formula nobody knows."""
    listed, depth = pools.listed, pools.depth_down_usd()
    is_counted = ~np.isnan(depth)
    likely = np.where(is_counted | pools.is_refused, np.nan, pools.likely_usd)
    on_curve = listed.rows["pool_type"].to_numpy() == BONDING_CURVE
    volume = np.where(pools.is_left_out, np.nan, usd(listed["volume_24h_usd"]))
    traded = np.where(np.isnan(pools.counted_usd) | on_curve, np.nan, volume)
    return {
        "counted_usd": listed.total(pools.counted_usd),
        "drawable_usd": listed.total(pools.drawable_usd),
        "volume_to_liquidity": ratio(
            listed.total(traded), listed.total(np.where(on_curve, np.nan, pools.counted_usd))
        ),
        "depth_down_usd": listed.total(depth),
        "likely_depth_usd": listed.total(depth_usd(likely)),
    }
