"""Constant product: what a swap in a pool of x·y = k gets, its depth, and a round trip with fees and taxes.

Both sides of such a pool are worth the same at its own price, so that everything is in USD of one side.
Source of the formula: docs.uniswap.org/contracts/v2/concepts.
"""

import math

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column, known
from assets.metrics.walking import DEPTH_MOVE_SHARE


def amount_out(
    reserve_in: Column, reserve_out: Column, amount_in: npt.ArrayLike, fee_share: npt.ArrayLike
) -> Column:
    """y·Δ(1−f) / (x + Δ(1−f)), in any unit; nothing of an empty pool."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        put_in = np.multiply(amount_in, np.subtract(1.0, fee_share))
        share = np.where(put_in > 0, put_in / (reserve_in + put_in), 0 * reserve_in)
        return known(reserve_out * share)


def depth_usd(side_usd: Column, move_share: float = -DEPTH_MOVE_SHARE) -> Column:
    """USD that moves the price by this share: x·|√(1 + move) − 1|, x one side's USD."""
    return np.multiply(side_usd, abs(math.sqrt(1 + move_share) - 1))


def round_trip_share(
    side_usd: Column,
    size_usd: float,
    fee_share: Column,
    *,
    drawable_usd: Column | float = np.inf,
    buy_tax_share: Column | float = 0.0,
    sell_tax_share: Column | float = 0.0,
) -> Column:
    """Share of `size_usd` lost by buying for it and selling later what came; at most 1.

    The fee is taken of what goes into the pool, the buy tax of what comes out, the sell tax of what goes
    back. In between others return the pool to its price. No sale gets more than is drawable.
    """
    bought = amount_out(side_usd, side_usd, size_usd, fee_share)
    put_back = bought * (1 - np.asarray(buy_tax_share)) * (1 - np.asarray(sell_tax_share))
    got = np.minimum(amount_out(side_usd, side_usd, put_back, fee_share), drawable_usd)
    return np.clip(1 - got / size_usd, 0, 1)
