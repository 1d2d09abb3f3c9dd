"""Pool control: who can pull the deepest pool, how much of it, and how soon."""

from typing import Final

import numpy as np

from assets.metrics.columns import Column, days_until, known
from assets.metrics.exits import FOREVER_DAYS
from assets.metrics.facts import Facts
from assets.metrics.pools import BONDING_CURVE, Pools

SAFE_LP_SHARE: Final = 0.95
"""Liquidity counts as out of reach when at least this share of the LP tokens is burned or locked."""
MAJORITY_SHARE: Final = 0.5
SOON_DAYS: Final = 30.0
LATER_DAYS: Final = 180.0
"""A lock shorter than the first does not outlast a position; one longer than the second does."""


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


def locked_beside(burned_share: Column, locked_share: Column) -> Column:
    """What is locked and not burned: some vendors count burned shares among the locked, without an end."""
    return np.where(np.isnan(burned_share), locked_share, np.minimum(locked_share, 1 - burned_share))


def wallet_pullable_share(
    pullable: Column, locked_share: Column, locked_until_days: Column, is_wallet: Column
) -> Column:
    """The same where that owner is a person, who decides alone; a program counts as 0, NaN where not known.

    Less than half of a pool leaves a market behind, whoever takes it. A lock gives back to a person.
    """
    is_from_lock = (locked_until_days <= SOON_DAYS) & (locked_share >= pullable)
    by_person = np.where(is_from_lock, 1.0, is_wallet)
    return np.where(pullable > MAJORITY_SHARE, pullable * by_person, pullable)


def control(every: Pools, facts: Facts) -> dict[str, Column]:
    """What is known of who can pull each asset's deepest pool, of those that are not refused."""
    pools, size_usd = every.listed.where(~every.is_refused), every.counted_usd[~every.is_refused]
    burned, locked, largest = (
        known(pools[name], high=1) for name in ("lp_burned_share", "lp_locked_share", "lp_largest_free_share")
    )
    # Nobody has shares of a curve: what buyers left in it goes to sellers, or as a whole to the next pool.
    on_curve = pools.rows["pool_type"].to_numpy() == BONDING_CURVE
    locked = locked_beside(burned, locked)
    until = days_until(pools.rows["lp_locked_until"], facts.now)
    soon, later = (
        pullable_share(burned, locked, until, largest, within_days=days) for days in (SOON_DAYS, LATER_DAYS)
    )
    is_locked = locked > 1 - SAFE_LP_SHARE
    by_wallet = wallet_pullable_share(soon, locked, until, pools["lp_free_holder_is_wallet"])
    return {
        "lp_control_days": pools.of_largest(size_usd, lp_control_days(burned, locked, until)),
        "lp_pullable_30d_share": pools.of_largest(size_usd, soon),
        "lp_pullable_180d_share": pools.of_largest(size_usd, later),
        "lp_wallet_pullable_share": pools.of_largest(size_usd, by_wallet),
        "lp_lock_days": pools.of_largest(
            size_usd, np.where(is_locked, np.clip(until, 0, FOREVER_DAYS), np.nan)
        ),
        "lp_locked_open_share": pools.of_largest(
            size_usd, np.where(is_locked & np.isnan(until), locked, np.nan)
        ),
        "without_lp": pools.of_largest(size_usd, np.where(on_curve, 1.0, np.nan)),
        "lp_holder_count": pools.of_largest(size_usd, known(pools["lp_holder_count"])),
        "lp_is_burned": pools.of_largest(
            size_usd, np.where(np.isnan(burned), np.nan, burned >= SAFE_LP_SHARE)
        ),
    }
