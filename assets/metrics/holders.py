"""Holder concentration: how much the largest hold, with and without those who only keep it for others.

A bridge, a pool or an exchange holds for many, a burn address for nobody. "Adjusted"
figures leave such holders out and take burned units off the supply; the raw ones stand beside.

What a list leaves out, and what an unlabelled contract in it is, make a figure an interval: its ends are
measures of their own, and the two are one where nothing is uncertain.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, known, positive, ratio
from assets.metrics.facts import Facts, once
from assets.metrics.inequality import gini

BURN: Final = "burn"
POOL: Final = "pool"
HOLDER_TYPES: Final = (
    BURN,
    POOL,
    "bridge",
    "exchange",
    "locker",
    "staking",
    "treasury",
    "insider",
    "institution",
    "wallet",
    "contract",
    "unknown",
)
EXCLUDED_TYPES: Final = (BURN, POOL, "bridge", "exchange", "locker", "staking")
"""Left out of adjusted figures."""

UNCERTAIN_TYPES: Final = ("contract", "unknown")
"""May hold for themselves or for others: adjusted figures go from all of them left out to none."""

PLAIN_TYPES: Final = ("wallet", *UNCERTAIN_TYPES)
"""What a holder is called of whom the one who lists it knows nothing better."""

TOP: Final = 10
HUNDRED: Final = 100
MAJORITY_SHARE: Final = 0.5
UNSEEN_TOLERANCE_SHARE: Final = 0.05
"""A list too short to name ten holders still counts when those it leaves out can hold at most this."""
SEEN_SHARE: Final = 0.0005
"""What a list leaves out is told from here on: less is no tenth of a per cent."""
EXACT_DECIMALS: Final = 9
"""Sums of shares are rounded to this before a comparison, so that 0.3 + 0.2 is not more than a half."""
SUPPLY_TOLERANCE_SHARE: Final = 0.01
"""Positions that add up to more than the supply by this share contradict it and count for nothing."""


def is_pool(position_type: str, address: str, pools: Collection[str]) -> bool:
    """Whether a holder of whom nobody says what it is has the address of a pool."""
    return position_type in PLAIN_TYPES and address != "" and address in pools


def typed_by_pools(positions: pd.DataFrame, pools: pd.DataFrame) -> pd.DataFrame:
    """These positions; who has the address of a pool of the asset is one, whoever lists the holders.

    Who lists holders knows the pools of a few exchanges, and others know the rest. Not one whose quote has no
    market: whoever made that quote buys the pool empty with it, and so owns what lies there.
    """
    holds_for_many = pools[pools["quote_is_listed"] != 0]
    found = positions[positions["address"].isin(holds_for_many["address"])]
    if found.empty:
        return positions
    named: dict[int, set[str]] = {}
    for asset_id, address in zip(holds_for_many["asset_id"], holds_for_many["address"], strict=True):
        named.setdefault(asset_id, set()).add(address)
    are_pools = [
        is_pool(kind, address, named.get(owner, ()))
        for owner, kind, address in zip(
            found["asset_id"], found["holder_type"], found["address"], strict=True
        )
    ]
    types = positions["holder_type"].mask(positions.index.isin(found.index[are_pools]), POOL)
    return positions.assign(holder_type=types)


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
    within = _within_list(list_of, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (MAJORITY_SHARE - list_of.total(share)) / list_of.least(share)
    at_least = list_of.count() + known(np.floor(np.round(left, EXACT_DECIMALS)) + 1)
    return np.where(np.isnan(within), at_least, within)


def _within_list(list_of: Groups, share: Column) -> Column:
    """Fewest listed holders who own more than half; NaN where all together do not."""
    place = list_of.place()
    sums = np.concatenate(([0.0], np.cumsum(share)))
    together = sums[1:] - sums[np.arange(share.size) - place]
    beyond = np.round(together, EXACT_DECIMALS) > MAJORITY_SHARE
    return list_of.where(beyond).least(place[beyond] + 1.0)


@dataclass(frozen=True, slots=True)
class Listed:
    """Holder lists from large to small, and what they leave out: `left` is held by holders that are not
    listed, none of whom holds more than `least`. Of what was made each holds `of_made_share`, and `share`
    with what was burned taken off the supply."""

    rows: Groups
    of_made_share: Column
    share: Column
    left: Column
    least: Column
    is_contradicted: Mask

    @classmethod
    def of(cls, listed: Groups, share: Column, holders: Column) -> "Listed":
        burned = listed.strict_total(np.where(listed.rows["holder_type"] == BURN, share, 0.0))
        unlisted = np.maximum(1 - listed.strict_total(share), 0)
        rest: Column = np.asarray(np.round(unlisted, EXACT_DECIMALS), dtype=np.float64)
        least = np.where(listed.count() > 0, listed.least(share), np.nan)
        return cls(
            rows=listed,
            of_made_share=share,
            share=_of_supply(share, burned[listed.owner]),
            left=_of_supply(rest, burned),
            least=_of_supply(least, burned),
            is_contradicted=contradicted(listed.count(), least, rest, holders),
        )

    def only(self, mask: Mask) -> tuple[Groups, Column]:
        return self.rows.where(mask), self.share[mask]

    def unseen(self, named: Column, places: int) -> Column:
        """The most that holders left out could add to the `named` ones, to fill so many places."""
        could_fill = np.maximum(places - named, 0) * self.least
        return np.where(self.is_contradicted, self.left, np.fmin(self.left, could_fill))


@once
def listed_of(facts: Facts) -> Listed:
    """The lists of a batch that make sense."""
    listed, share = _reconciled(Groups.of(facts.positions, facts.asset_ids).from_large_to_small("share"))
    return Listed.of(listed, share, positive(facts.aligned("holders")["holder_count"]))


def contradicted(count: Column, least: Column, rest: Column, holders: Column) -> Mask:
    """Whether a list of so many can't be that of the largest holders, or the number of holders is wrong.

    `rest` of the supply is held by those not listed, each of whom holds no more than the `least` listed one:
    all `holders` together must be able to. A list too short for ten that tells no number says it is whole.
    """
    could_hold = np.where(np.isnan(holders) & (count >= TOP), np.inf, np.nan_to_num(holders) - count) * least
    return (count > 0) & (rest - np.maximum(could_hold, 0) > UNSEEN_TOLERANCE_SHARE)


def measures(facts: Facts) -> pd.DataFrame:
    rows = facts.aligned("holders")
    holders, reported = positive(rows["holder_count"]), positive(rows["top_ten_share"], high=1)
    listed = listed_of(facts)
    raw_enough = _enough(listed.unseen(listed.rows.count(), TOP))
    raw = np.where(raw_enough, top_n_share(listed.rows, listed.of_made_share), np.nan)
    adjusted = _adjusted(listed, holders)
    is_untold = np.isnan(adjusted["top_ten_adjusted_share"])
    return pd.DataFrame(
        {
            "holder_count": holders,
            "top_ten_share": np.where(np.isnan(reported), raw, reported),
            "top_ten_most_share": np.where(is_untold, most_of_owners(reported), np.nan),
            **adjusted,
        },
        index=facts.asset_ids,
    )


def most_of_owners(top_ten: Column) -> Column:
    """The most that the ten largest owners can have, where only the share of the ten largest of all is known.

    Without pools, exchanges and the like ten have no more than these. And no more than these is burned (but
    at more than ten addresses), of which what is left is the whole.
    """
    return np.where(top_ten < 1, np.minimum(ratio(top_ten, 1 - top_ten), 1.0), np.nan)


def _adjusted(listed: Listed, holders: Column) -> dict[str, Column]:
    """Figures of those who own what they hold: from the owners known to be such to all who may be.

    Of an interval the end that is given always is the worse one; the better one only where it differs.
    """
    types = listed.rows.rows["holder_type"]
    may_own = (~types.isin(EXCLUDED_TYPES)).to_numpy()
    owns = may_own & (~types.isin(UNCERTAIN_TYPES)).to_numpy()
    all_owners, all_owned = listed.only(may_own)
    owners, owned = listed.only(owns)
    unseen = listed.unseen(all_owners.count(), TOP)
    enough = _enough(unseen)
    high, low = top_n_share(all_owners, all_owned), top_n_share(owners, owned)
    is_list = (listed.rows.count() > 0) & ~listed.is_contradicted
    hhi, least_hhi = herfindahl(all_owners, all_owned), herfindahl(owners, owned)
    hhi += HUNDRED**2 * listed.left * listed.least
    fewest, most = nakamoto_count(all_owners, all_owned), _within_list(owners, owned)
    # If all held alike it would take half of them.
    most = np.where(np.isnan(most), np.floor(holders * MAJORITY_SHARE) + 1, most)
    # Where it takes more holders than there are, pools and the like hold the half that is missing.
    is_counted = is_list & ~np.isnan(most) & ~(fewest > holders)
    is_whole = is_list & (listed.left <= SUPPLY_TOLERANCE_SHARE)
    return {
        "top_ten_adjusted_share": np.where(enough, high, np.nan),
        "top_ten_adjusted_low_share": np.where(enough & (low < high), low, np.nan),
        "top_ten_adjusted_most_share": np.where(
            enough & (unseen >= SEEN_SHARE), np.minimum(high + unseen, 1), np.nan
        ),
        "largest_wallet_share": _largest_wallet(listed, owners, owned),
        "holder_hhi": np.where(is_list, hhi, np.nan),
        "holder_hhi_low": np.where(is_list & (least_hhi < hhi), least_hhi, np.nan),
        "nakamoto_count": np.where(is_counted, fewest, np.nan),
        "nakamoto_high_count": np.where(is_counted & (most > fewest), most, np.nan),
        "holder_gini": np.where(is_whole, gini(all_owners, all_owned), np.nan),
    }


def _largest_wallet(listed: Listed, owners: Groups, owned: Column) -> Column:
    """NaN where a larger one may be left out, or listed without a word of what it is."""
    largest = owners.most(owned)
    untold, of_untold = listed.only((listed.rows.rows["holder_type"] == "unknown").to_numpy())
    left_out = np.where(listed.is_contradicted, listed.left, np.nan)
    return np.where(np.fmax(untold.most(of_untold), left_out) > largest, np.nan, largest)


def _reconciled(listed: Groups) -> tuple[Groups, Column]:
    """The lists that make sense: every share is one, and together they are no more than the supply.

    Who holds nothing is no holder.
    """
    share = known(listed["share"], high=1)
    sound = (listed.strict_total(share) <= 1 + SUPPLY_TOLERANCE_SHARE)[listed.owner] & (share > 0)
    return listed.where(sound), share[sound]


def _of_supply(share: Column, burned: Column) -> Column:
    """A share of what was made, as a share of what is left after burning."""
    return np.minimum(ratio(share, np.maximum(1 - burned, 0)), 1)


def _enough(unseen: Column) -> Mask:
    return unseen <= UNSEEN_TOLERANCE_SHARE
