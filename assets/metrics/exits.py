"""Exit by an order book or by volume: cost of a round trip where no orders are listed, and days to sell."""

from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column, known, ratio
from assets.metrics.walking import DEPTH_MOVE_SHARE

PARTICIPATION_SHARE: Final = 0.10
"""The share of a day's volume that one seller can be without moving the price much."""
ASSUMED_DAILY_VOLATILITY: Final = 0.05
"""Of an asset whose daily moves are not known. Our judgement, for micro-caps."""
FOREVER_DAYS: Final = 9_999.0
"""Stands for "never": a position that nobody buys, a lock without an end."""


def book_round_trip_share(
    spread_share: Column,
    depth_up_usd: Column,
    depth_down_usd: Column,
    size_usd: float,
    fee_share: npt.ArrayLike = 0.0,
) -> Column:
    """Share of `size_usd` lost by buying for it and selling what came, where a book tells only its depth.

    Orders are taken as evenly spread from either side of the spread, so that a size moves the price by
    2 % · size / depth and pays half of that on average. All is lost where nobody bids within 2 %.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        left = np.subtract(1.0, fee_share)
        buying = 1 + spread_share / 2 + DEPTH_MOVE_SHARE * size_usd / 2 / depth_up_usd
        held_usd = size_usd * left / buying
        selling = 1 - spread_share / 2 - DEPTH_MOVE_SHARE * held_usd / 2 / depth_down_usd
        cost = 1 - np.maximum(held_usd * selling, 0) * left / size_usd
        return known(np.where(depth_down_usd == 0, 1.0, np.clip(cost, 0, 1)))


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
