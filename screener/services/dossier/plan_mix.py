"""Mix of plans: how what is planned spreads over kinds, sectors and tiers, and what all stops would cost.

A stop that is reached by one micro-cap is often reached by others on the same day. The sum of all losses is
what that costs; the root of the sum of their squares is the deviation of independent ones, and less can't be
hoped for without knowing how they move together.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from screener.screens.table import Table

DIMENSIONS: Final = ("kind", "tier", "sector")


PlannedMoney = tuple[int, float, float]
"""Of one plan the asset, the size of the position and what is at risk, in US dollars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MixShare:
    """A category ("" where it is not known), its money, and its part of all that is planned."""

    label: str
    size_usd: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMix:
    """`by` has the categories of each of `DIMENSIONS`, the largest first."""

    size_usd: float
    loss_together_usd: float
    loss_apart_usd: float
    by: dict[str, Sequence[MixShare]]

    def share_of(self, dimension: str, label: str) -> float:
        return next((each.share for each in self.by[dimension] if each.label == label), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MixEffect:
    """A category of a plan, and its part of all planned money without the plan and with it."""

    dimension: str
    label: str
    before_share: float
    after_share: float


def plan_mix(planned: Sequence[PlannedMoney], table: Table) -> PlanMix:
    """The mix of these plans, each asset by its categories in the table."""
    losses = [loss for _asset, _size, loss in planned]
    return PlanMix(
        size_usd=math.fsum(size for _asset, size, _loss in planned),
        loss_together_usd=math.fsum(losses),
        loss_apart_usd=math.hypot(*losses),
        by={each: _shares(planned, table, each) for each in DIMENSIONS},
    )


def effects_of(
    planned: Sequence[PlannedMoney], added: PlannedMoney, table: Table
) -> tuple[PlanMix, Sequence[MixEffect]]:
    """The mix with one plan more, and what that does to the shares of its own categories."""
    before, after = plan_mix(planned, table), plan_mix([*planned, added], table)
    labels = {each: category_of(table, added[0], each) for each in DIMENSIONS}
    return after, [
        MixEffect(
            dimension=each,
            label=label,
            before_share=before.share_of(each, label),
            after_share=after.share_of(each, label),
        )
        for each, label in labels.items()
    ]


def category_of(table: Table, asset_id: int, dimension: str) -> str:
    """What the asset is in the table; "" where it is not there, or that is not known."""
    place = int(np.searchsorted(table.ids, asset_id))
    if place == len(table) or table.ids[place] != asset_id:
        return ""
    coded = table.categories[dimension]
    return coded.labels[coded.codes[place]]


def _shares(planned: Iterable[PlannedMoney], table: Table, dimension: str) -> list[MixShare]:
    sums: dict[str, float] = defaultdict(float)
    for asset_id, size_usd, _loss in planned:
        sums[category_of(table, asset_id, dimension)] += size_usd
    whole = math.fsum(sums.values())
    return [
        MixShare(label=label, size_usd=money, share=money / whole if whole else 0.0)
        for label, money in sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    ]
