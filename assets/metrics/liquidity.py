"""What it costs to get in and out again, how long leaving takes, and who can pull the pool."""

import math
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, days_until, known, ratio, sum_of_known, usd
from assets.metrics.facts import Facts

DEPTH_MOVE_SHARE: Final = 0.02
"""Depth is the money that moves the price by 2 %. Source: docs.cedehub.io/faq/what-is-what-is-2-depth."""
PARTICIPATION_SHARE: Final = 0.10
"""The share of a day's volume that one seller can be without moving the price much."""
ASSUMED_FEE_SHARE: Final = 0.003
"""Of a pool that does not tell its fee: that of Uniswap v2, the most common one."""
ASSUMED_DAILY_VOLATILITY: Final = 0.05
"""Of an asset whose daily moves are not known. Our judgement, for micro-caps."""
SAFE_LP_SHARE: Final = 0.95
"""Liquidity counts as out of reach when at least this share of the LP tokens is burned or locked."""
FOREVER_DAYS: Final = 9_999.0
"""Stands for "never": a position that nobody buys, a lock without an end."""


def cpmm_round_trip_share(reserve_side_usd: Column, size_usd: float, fee_share: Column) -> Column:
    """Share of `size_usd` lost by buying from a constant-product pool and later selling what was bought.

    With s = size / one side's reserve and fee f: 1 − (1−f)² / (1 + s(1−f)(2−f)), from
    out = y·Δ(1−f) / (x + Δ(1−f)) for either trade; in between others return the pool to its
    price. Of a pool with concentrated liquidity it is an upper estimate.
    Source of the constant-product formula: docs.uniswap.org/contracts/v2/concepts.
    """
    kept = 1 - fee_share
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        size = np.divide(size_usd, reserve_side_usd)
        return known(1 - kept**2 / (1 + size * kept * (1 + kept)), high=1)


def cpmm_depth_usd(reserve_side_usd: Column, move_share: float = -DEPTH_MOVE_SHARE) -> Column:
    """USD that moves a constant-product pool's price by this share: x·|√(1 + move) − 1|, x one side's USD."""
    return np.multiply(reserve_side_usd, abs(math.sqrt(1 + move_share) - 1))


def book_round_trip_share(
    spread_share: Column, depth_up_usd: Column, depth_down_usd: Column, size_usd: float
) -> Column:
    """Share of `size_usd` lost by buying and selling in an order book: the spread and both impacts.

    Orders are taken as evenly spread, so that a size moves the price by 2 % · size / depth
    and pays half of that on average.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        impact = DEPTH_MOVE_SHARE * size_usd / 2 * (1 / depth_up_usd + 1 / depth_down_usd)
        return known(np.minimum(spread_share + impact, 1))


def sqrt_impact_share(
    size_usd: float, volume_24h_usd: Column, daily_volatility: float = ASSUMED_DAILY_VOLATILITY
) -> Column:
    """Impact of one order where no depth is told: σ_d·√(Q/V), at most 1.

    Source: the square-root law, emergentmind.com/topics/square-root-law-of-price-impact (with Y = 1).
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.minimum(daily_volatility * np.sqrt(size_usd / volume_24h_usd), 1)


def quoted_spread_share(bid_usd: Column, ask_usd: Column) -> Column:
    """(ask − bid) / mid; NaN for a crossed book."""
    return known(ratio(ask_usd - bid_usd, (ask_usd + bid_usd) / 2))


def days_to_exit(
    size_usd: float, volume_24h_usd: Column, participation_share: float = PARTICIPATION_SHARE
) -> Column:
    """Days of selling at this share of the daily volume: Q / (p·ADV); never more than FOREVER_DAYS."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.minimum(size_usd / (participation_share * volume_24h_usd), FOREVER_DAYS)


def lp_control_days(burned_share: Column, locked_share: Column, locked_until_days: Column) -> Column:
    """Days for which nobody can pull the pool: FOREVER_DAYS when burned, 0 when it is in a wallet.

    What is known of one share can settle it without the other; else NaN.
    """
    secured = np.nan_to_num(burned_share) + np.nan_to_num(locked_share)
    in_part_unknown = np.isnan(burned_share) | np.isnan(locked_share)
    unsecured = np.where(in_part_unknown, np.nan, 0.0)
    days_left = np.clip(locked_until_days, 0, FOREVER_DAYS)
    days = np.where(secured >= SAFE_LP_SHARE, days_left, unsecured)
    return np.where(burned_share >= SAFE_LP_SHARE, FOREVER_DAYS, days)


def usable_books(facts: Facts) -> Groups:
    """The order books that neither we nor their provider hold to be stale or anomalous."""
    books = Groups.of(facts.books, facts.asset_ids)
    return books.where((books["stale"] != 1) & (books["anomalous"] != 1))


def measures(facts: Facts, *, market: pd.DataFrame, position_usd: float) -> pd.DataFrame:
    """The pools' and the books' part, joined: the cheapest single venue, the sum of all depth."""
    pools, books = _of_pools(facts, position_usd), _of_books(facts, position_usd)
    depth = sum_of_known(pools["depth_down_usd"], books["depth_down_usd"])
    volume = market["volume_24h_usd"].to_numpy()
    reserve = pools["reserve_usd"]
    return pd.DataFrame(
        {
            "position_usd": np.full(len(facts.asset_ids), float(position_usd)),
            "liquidity_usd": np.where(np.isnan(reserve), books["depth_usd"], reserve),
            "round_trip_cost_share": np.fmin(pools["round_trip"], books["round_trip"]),
            "spread_share": books["spread"],
            "depth_down_usd": depth,
            "depth_to_position": ratio(depth, position_usd),
            "days_to_exit": days_to_exit(position_usd, volume),
            "volume_to_liquidity": ratio(pools["volume_usd"], reserve),
            "lp_control_days": pools["lp_control_days"],
            "trades_24h": pools["trades"],
        },
        index=facts.asset_ids,
    )


def _of_pools(facts: Facts, position_usd: float) -> dict[str, Column]:
    pools = Groups.of(facts.pools, facts.asset_ids)
    reserve = usd(pools["reserve_usd"])
    told_fee = known(pools["fee_share"], high=1)
    fee = np.where(np.isnan(told_fee), ASSUMED_FEE_SHARE, told_fee)
    control = lp_control_days(
        known(pools["lp_burned_share"], high=1),
        known(pools["lp_locked_share"], high=1),
        days_until(pools.rows["lp_locked_until"], facts.now),
    )
    return {
        "reserve_usd": pools.total(reserve),
        "volume_usd": pools.total(np.where(np.isnan(reserve), np.nan, usd(pools["volume_24h_usd"]))),
        "round_trip": pools.least(cpmm_round_trip_share(reserve / 2, position_usd, fee)),
        "depth_down_usd": pools.total(cpmm_depth_usd(reserve / 2)),
        "lp_control_days": pools.of_largest(reserve, control),
        "trades": pools.total(known(pools["buys_24h"]) + known(pools["sells_24h"])),
    }


def _of_books(facts: Facts, position_usd: float) -> dict[str, Column]:
    books = usable_books(facts)
    up, down = usd(books["depth_up_usd"]), usd(books["depth_down_usd"])
    told_spread = known(books["spread_share"], high=2)
    quoted = quoted_spread_share(usd(books["bid_usd"]), usd(books["ask_usd"]))
    spread = np.where(np.isnan(told_spread), quoted, told_spread)
    by_depth = book_round_trip_share(spread, up, down, position_usd)
    by_volume = spread + 2 * sqrt_impact_share(position_usd, usd(books["volume_24h_usd"]))
    cost = np.where(np.isnan(by_depth), np.minimum(by_volume, 1), by_depth)
    return {
        "depth_usd": books.total(up + down),
        "round_trip": books.least(cost),
        "depth_down_usd": books.total(down),
        "spread": books.least(spread),
    }
