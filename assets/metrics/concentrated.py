"""Concentrated liquidity (Uniswap v3 and its like): what they hold and what a swap gets.

P is the price of token0 in token1, both in their smallest units, i a tick with P = 1.0001^i, L the
liquidity between two ticks. All pools of a batch at once: ranges between ticks are one column, every
pool's together. Amounts are floats: exact to about 12 digits, where the contract rounds to units.
Source: Uniswap v3 core whitepaper, sections 6.1-6.2, uniswap.org/whitepaper-v3.pdf.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column, Places, positive, ratio
from assets.metrics.walking import FILLED_SHARE, ahead

TICK: Final = 1.0001
"""A tick is a price step of one basis point. Source: whitepaper, equation 6.1."""
NOTHING_SHARE: Final = 1e-9
"""Liquidity below this share of its pool's most is what rounding leaves where there is none."""


def sqrt_price_at(tick: npt.ArrayLike) -> Column:
    """√P(i) = 1.0001^(i/2). Source: whitepaper, equation 6.2."""
    return np.asarray(np.exp(np.asarray(tick, dtype=np.float64) * (math.log(TICK) / 2)), dtype=np.float64)


def tick_at(sqrt_price: npt.ArrayLike) -> Column:
    """The tick in whose step a price lies: i = ⌊log_√1.0001 √P⌋. Source: whitepaper, equation 6.8."""
    exact = np.log(np.asarray(sqrt_price, dtype=np.float64)) * (2 / math.log(TICK))
    nearest = np.round(exact)
    return np.where(np.isclose(exact, nearest, rtol=0, atol=1e-7), nearest, np.floor(exact))


def amounts(
    liquidity: npt.ArrayLike, sqrt_price: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike
) -> tuple[Column, Column]:
    """What liquidity between two √P holds at √P, as (token0, token1).

    x = L(1/√P − 1/√P_u), y = L(√P − √P_l), with P taken into the range; so that
    (x + L/√P_u)(y + L√P_l) = L². Source: whitepaper, equations 2.2, 6.29 and 6.30.
    """
    within = np.clip(sqrt_price, lower, upper)
    held0 = np.multiply(liquidity, 1 / within - np.divide(1.0, upper))
    return held0, np.multiply(liquidity, within - lower)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Liquidity by ranges of √P, each pool's from low to high; `pool` says in which of `size` pools."""

    pool: Places
    size: int
    lower: Column
    upper: Column
    liquidity: Column

    @classmethod
    def of(cls, pool: Places, size: int, tick: Column, liquidity_net: Column) -> "Ranges":
        """Of what each initialised tick adds to the liquidity when the price rises over it.

        Each pool's ticks stand together and rise. Between its ticks, L is the sum of all below.
        """
        most = np.zeros(size)
        np.maximum.at(most, pool, np.abs(liquidity_net))
        scale = np.where(most > 0, most, 1)[pool]
        net = liquidity_net / scale
        inside = np.asarray(ahead(pool, net) + net)
        active = np.where(inside > NOTHING_SHARE, inside * scale, 0)
        is_range = pool[1:] == pool[:-1]
        at = sqrt_price_at(tick)
        return cls(pool[:-1][is_range], size, at[:-1][is_range], at[1:][is_range], active[:-1][is_range])

    def mirrored(self) -> "Ranges":
        """The same liquidity with the two tokens exchanged: √P becomes 1/√P."""
        return Ranges(
            self.pool[::-1], self.size, 1 / self.upper[::-1], 1 / self.lower[::-1], self.liquidity[::-1]
        )


@dataclass(frozen=True, slots=True)
class Swap:
    """What each pool gives for what was put in, and the √P that it leaves; NaN where the pool runs dry."""

    amount_out: Column
    sqrt_price: Column


def sell_token0(ranges: Ranges, sqrt_price: Column, amount_in: Column, fee_share: Column) -> Swap:
    """Put token0 into each pool: the price falls, tick after tick, until all of it is taken.

    In a range of liquidity L: Δx = L·Δ(1/√P) goes in and Δy = L·Δ√P comes out; the fee stays out of
    the swap. Source: whitepaper, equations 6.13-6.16.
    """
    falling = _falling(ranges)
    pool, lower, liquidity = falling.pool, falling.lower, falling.liquidity
    upper = np.minimum(falling.upper, sqrt_price[pool])
    put_in = positive(amount_in * (1 - fee_share))
    capacity = liquidity * np.maximum(upper - lower, 0) / (upper * lower)
    # In units of what is put in: a huge pool must not cost another one its digits.
    offered = np.nan_to_num(np.minimum(ratio(capacity, put_in[pool]), 1))
    taken = np.clip(1 - ahead(pool, offered), 0, offered)
    passed = taken > 0
    pool, upper, amount = pool[passed], upper[passed], (taken * put_in[pool])[passed]
    after = upper / (1 + amount * upper / liquidity[passed])
    out = np.bincount(pool, weights=amount * upper * after, minlength=ranges.size)  # Δy = Δx·√P·√P'
    reached = np.full(ranges.size, np.nan)
    reached[pool] = after  # where a pool repeats, the lowest price stays
    filled = np.bincount(falling.pool, weights=taken, minlength=ranges.size) >= FILLED_SHARE
    return Swap(np.where(filled, out, np.nan), np.where(filled, reached, np.nan))


def sell_token1(ranges: Ranges, sqrt_price: Column, amount_in: Column, fee_share: Column) -> Swap:
    """Put token1 into each pool: the price rises. The mirror image of selling token0."""
    mirrored = sell_token0(ranges.mirrored(), 1 / sqrt_price, amount_in, fee_share)
    return Swap(mirrored.amount_out, 1 / mirrored.sqrt_price)


def _falling(ranges: Ranges) -> Ranges:
    """The ranges from the highest to the lowest."""
    return Ranges(
        ranges.pool[::-1], ranges.size, ranges.lower[::-1], ranges.upper[::-1], ranges.liquidity[::-1]
    )
