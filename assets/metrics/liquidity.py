"""Liquidity: slippage and price impact, depth, days to exit, and who can pull the pool."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, days_until, known, ratio, sum_of_known, usd
from assets.metrics.facts import Facts
from assets.metrics.walking import DEPTH_MOVE_SHARE, Books

PARTICIPATION_SHARE: Final = 0.10
"""The share of a day's volume that one seller can be without moving the price much."""
ASSUMED_FEE_SHARE: Final = 0.003
"""Of a pool that does not tell its fee: that of Uniswap v2, the most common one."""
ASSUMED_DAILY_VOLATILITY: Final = 0.05
"""Of an asset whose daily moves are not known. Our judgement, for micro-caps."""
SAFE_LP_SHARE: Final = 0.95
"""Liquidity counts as out of reach when at least this share of the LP tokens is burned or locked."""
EXACT_DECIMALS: Final = 9
MAJORITY_SHARE: Final = 0.5
SOON_DAYS: Final = 30.0
LATER_DAYS: Final = 180.0
"""A lock shorter than the first does not outlast a position; one longer than the second does."""
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
    """Impact of one order where no depth is known: σ_d·√(Q/V), at most 1.

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


def pullable_share(
    burned_share: Column,
    locked_share: Column,
    locked_until_days: Column,
    largest_free_share: Column,
    *,
    within_days: float,
) -> Column:
    """Share of a pool that one owner can take out within so many days, at most; NaN where not known.

    It is what the largest free holder has (of whom nothing is known: all that is free), or what a
    lock that ends in that time gives back, whichever is more.
    """
    secured = np.nan_to_num(burned_share) + np.nan_to_num(locked_share)
    in_part_unknown = np.isnan(burned_share) | np.isnan(locked_share)
    free = np.where(in_part_unknown & (secured < SAFE_LP_SHARE), np.nan, np.clip(1 - secured, 0, 1))
    loose = np.where(np.isnan(largest_free_share), free, largest_free_share)
    is_locked = np.nan_to_num(locked_share) > 1 - SAFE_LP_SHARE
    ends = np.where(locked_until_days <= within_days, locked_share, 0.0)
    coming = np.where(is_locked, np.where(np.isnan(locked_until_days), np.nan, ends), 0.0)
    most, least = np.maximum(loose, coming), np.fmax(loose, coming)
    return np.where(np.isnan(most) & (least > MAJORITY_SHARE), least, most)


def wallet_pullable_share(
    pullable: Column, locked_share: Column, locked_until_days: Column, is_wallet: Column
) -> Column:
    """The same where that owner is a person, who decides alone; a program counts as 0, NaN where not known.

    Less than half of a pool leaves a market behind, whoever takes it. A lock gives back to a person.
    """
    is_from_lock = (locked_until_days <= SOON_DAYS) & (locked_share >= pullable)
    by_person = np.where(is_from_lock, 1.0, is_wallet)
    return np.where(pullable > MAJORITY_SHARE, pullable * by_person, pullable)


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
            "lp_pullable_30d_share": pools["pullable_30d"],
            "lp_pullable_180d_share": pools["pullable_180d"],
            "lp_wallet_pullable_share": pools["wallet_pullable"],
            "trades_24h": pools["trades"],
            "last_trade_hours": last_trade_hours(facts),
        },
        index=facts.asset_ids,
    )


def last_trade_hours(facts: Facts) -> Column:
    """Hours since the last trade when somebody last looked; where it is not known when, since now."""
    rows = facts.trading.reindex(facts.asset_ids)
    asked_at = rows["asked_at"].fillna(pd.Timestamp(facts.now))
    return known((asked_at - rows["last_traded_at"]).dt.total_seconds() / 3_600)


def _of_pools(facts: Facts, position_usd: float) -> dict[str, Column]:
    pools = Groups.of(facts.pools, facts.asset_ids)
    reserve = usd(pools["reserve_usd"])
    stated_fee = known(pools["fee_share"], high=1)
    fee = np.where(np.isnan(stated_fee), ASSUMED_FEE_SHARE, stated_fee)
    burned, locked, largest = (
        known(pools[name], high=1) for name in ("lp_burned_share", "lp_locked_share", "lp_largest_free_share")
    )
    until = days_until(pools.rows["lp_locked_until"], facts.now)
    soon, later = (
        pullable_share(burned, locked, until, largest, within_days=days) for days in (SOON_DAYS, LATER_DAYS)
    )
    by_wallet = wallet_pullable_share(soon, locked, until, pools["lp_free_holder_is_wallet"])
    return {
        "reserve_usd": pools.total(reserve),
        "volume_usd": pools.total(np.where(np.isnan(reserve), np.nan, usd(pools["volume_24h_usd"]))),
        "round_trip": pools.least(cpmm_round_trip_share(reserve / 2, position_usd, fee)),
        "depth_down_usd": pools.total(cpmm_depth_usd(reserve / 2)),
        "lp_control_days": pools.of_largest(reserve, lp_control_days(burned, locked, until)),
        "pullable_30d": pools.of_largest(reserve, soon),
        "pullable_180d": pools.of_largest(reserve, later),
        "wallet_pullable": pools.of_largest(reserve, by_wallet),
        "trades": pools.total(sum_of_known(known(pools["buys_24h"]), known(pools["sells_24h"]))),
    }


def _of_books(facts: Facts, position_usd: float) -> dict[str, Column]:
    books = usable_books(facts)
    up, down = usd(books["depth_up_usd"]), usd(books["depth_down_usd"])
    stated_spread = known(books["spread_share"], high=2)
    quoted = quoted_spread_share(usd(books["bid_usd"]), usd(books["ask_usd"]))
    spread = np.where(np.isnan(stated_spread), quoted, stated_spread)
    by_depth = book_round_trip_share(spread, up, down, position_usd)
    walked = _walked(facts, position_usd)
    by_volume = spread + 2 * sqrt_impact_share(position_usd, usd(books["volume_24h_usd"]))
    cost = np.where(np.isnan(by_depth), np.minimum(by_volume, 1), by_depth)
    return {
        "depth_usd": books.total(up + down),
        # Where orders are known, they are walked: a book too short for the position is no way out.
        "round_trip": np.where(walked.known, walked.cost, books.least(cost)),
        "depth_down_usd": books.total(down),
        "spread": books.least(spread),
    }


@dataclass(frozen=True, slots=True)
class Walked:
    """By asset whether orders are known, and the cost of buying and selling in the cheapest of its books."""

    known: Mask
    cost: Column


def _walked(facts: Facts, position_usd: float) -> Walked:
    books = Books.of(facts.levels, facts.asset_ids)
    cost = books.purchase_cost_share(position_usd) + books.sale_cost_share(position_usd)
    # Digits beyond these depend on which other books are in the batch.
    return Walked(books.listed.count() > 0, books.listed.least(known(cost, high=1).round(EXACT_DECIMALS)))
