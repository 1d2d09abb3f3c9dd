"""Holder concentration: how much the largest hold, with and without those who only keep it for others.

A bridge, a pool or an exchange holds for many, a burn address for nobody. "Adjusted"
figures leave such holders out and take burned units off the supply; the raw ones stand beside.
"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, known, ratio
from assets.metrics.facts import Facts
from assets.metrics.inequality import gini

BURN: Final = "burn"
HOLDER_TYPES: Final = (
    BURN,
    "pool",
    "bridge",
    "exchange",
    "locker",
    "treasury",
    "insider",
    "institution",
    "wallet",
    "unknown",
)
EXCLUDED_TYPES: Final = (BURN, "pool", "bridge", "exchange", "locker")
"""Left out of adjusted figures. A holder of unknown type is taken for a wallet."""

TOP: Final = 10
MAJORITY_SHARE: Final = 0.5
UNSEEN_TOLERANCE_SHARE: Final = 0.05
"""A list too short to name ten holders still counts when those it leaves out can hold at most this."""
EXACT_DECIMALS: Final = 9
"""Sums of shares are rounded to this before a comparison, so that 0.3 + 0.2 is not more than a half."""
SUPPLY_TOLERANCE_SHARE: Final = 0.01
"""Positions that add up to more than the supply by this share contradict it and count for nothing."""


def top_n_share(list_of: Groups, share: Column, n: int = TOP) -> Column:
    """Σ of the n largest shares of a list from large to small; 0 for an asset without a row."""
    return list_of.strict_total(np.where(list_of.place() < n, share, 0.0))


def herfindahl(list_of: Groups, share: Column) -> Column:
    """Herfindahl-Hirschman index Σ s², s in percent: 10,000 is one holder, ten with 7 % each give 490.

    Source: justice.gov/atr/merger-guidelines/applying-merger-guidelines/guideline-1.
    """
    return list_of.strict_total((100 * share) ** 2)


def nakamoto_count(list_of: Groups, share: Column) -> Column:
    """Fewest holders who together own more than half of the supply; at least so many where the list is short.

    The list goes from large to small: holders that it leaves out are no larger than its
    smallest one, which bounds how many of them it takes.
    Source: blockchainlab.inf.ed.ac.uk/edi-dashboard.
    """
    place = list_of.place()
    sums = np.concatenate(([0.0], np.cumsum(share)))
    together = sums[1:] - sums[np.arange(share.size) - place]
    beyond = np.round(together, EXACT_DECIMALS) > MAJORITY_SHARE
    within = list_of.where(beyond).least(place[beyond] + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (MAJORITY_SHARE - list_of.total(share)) / list_of.least(share)
    at_least = list_of.count() + known(np.floor(np.round(left, EXACT_DECIMALS)) + 1)
    return np.where(np.isnan(within), at_least, within)


def unseen_share(listed: Groups, share: Column, named: Column, places: int, holders: Column) -> Column:
    """The most that holders left out of a list could add to the `named` ones, to fill so many places."""
    left_over = np.maximum(1 - listed.strict_total(share), 0)
    could_fill = np.maximum(places - named, 0) * listed.least(share)
    return np.where(holders <= listed.count(), 0.0, np.fmin(left_over, could_fill))


def measures(facts: Facts) -> pd.DataFrame:
    rows = facts.holders.reindex(facts.asset_ids)
    holders, reported = known(rows["holder_count"]), known(rows["top_ten_share"], high=1)
    listed, share = _reconciled(Groups.of(facts.positions, facts.asset_ids).from_large_to_small("share"))
    types = listed.rows["holder_type"]
    burned = listed.strict_total(np.where(types == BURN, share, 0.0))
    free = (~types.isin(EXCLUDED_TYPES)).to_numpy()
    owners, owned = listed.where(free), _of_supply(share[free], burned[listed.owner[free]])
    raw_enough = _enough(unseen_share(listed, share, listed.count(), TOP, holders))
    enough = _enough(_of_supply(unseen_share(listed, share, owners.count(), TOP, holders), burned))
    raw = np.where(raw_enough, top_n_share(listed, share), np.nan)
    nakamoto = nakamoto_count(owners, owned)
    return pd.DataFrame(
        {
            "holder_count": holders,
            "top_ten_share": np.where(np.isnan(reported), raw, reported),
            "top_ten_adjusted_share": np.where(enough, top_n_share(owners, owned), np.nan),
            "largest_wallet_share": owners.most(owned),
            "holder_hhi": np.where(enough, herfindahl(owners, owned), np.nan),
            "nakamoto_count": np.where(enough, nakamoto, np.nan),
            "holder_gini": np.where(enough, gini(owners, owned), np.nan),
        },
        index=facts.asset_ids,
    )


def _reconciled(listed: Groups) -> tuple[Groups, Column]:
    """The lists that make sense: every share is one, and together they are no more than the supply."""
    share = known(listed["share"], high=1)
    sound = (listed.strict_total(share) <= 1 + SUPPLY_TOLERANCE_SHARE)[listed.owner]
    return listed.where(sound), share[sound]


def _of_supply(share: Column, burned: Column) -> Column:
    """A share of what was made, as a share of what is left after burning."""
    return np.minimum(ratio(share, np.maximum(1 - burned, 0)), 1)


def _enough(unseen: Column) -> Mask:
    return unseen <= UNSEEN_TOLERANCE_SHARE
