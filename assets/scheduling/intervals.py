"""How often each family of facts is worth asking for, and what a provider's free calls allow.

Assets are refreshed by interest: what somebody watches before what a saved screen brings up,
and that before the rest. Pure: counts in, calls and ages out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from assets.metrics.families import EQUITY, FAMILY_OF
from assets.metrics.family import REST, SCREENED, WATCHED

FEWEST_CALLS_A_DAY: Final = 1e-6
NEVER_ASKED: Final = 10.0
MOST_OVERDUE: Final = 10.0
CLOCKS_APART: Final = timedelta(minutes=5)
"""The clocks of machines that work together differ by no more."""

ANSWERS_WEIGHT: Final = 4.0
"""A call that could answer all of a checklist counts as five that answer nothing (our judgement): less than
`MOST_OVERDUE`, and than what parts two tiers."""
SLACK: Final = 0.1
"""The part of an interval that a refresh may be late: others wait before it, and a walk takes its time."""
TIER_WEIGHT: Final[Mapping[int, float]] = {WATCHED: 1e6, SCREENED: 1e3, REST: 1.0}
"""So far apart that nothing of a lower tier ever comes before something due of a higher one."""
WALK_WEIGHT: Final = 6e4
"""A walk brings hundreds of assets a call: it comes right after what is watched."""


def usefulness(family: str, tier: int, age: timedelta | None) -> float:
    """How useful it is to ask now: 0 when it is not due, else by how much it is wanted and overdue.

    `age` is the time since it was last asked for, None for never. A negative one was noted by a clock that
    was ahead, and says nothing.
    """
    wished = FAMILY_OF[family].refresh_every.get(tier)
    if wished is None:
        return 0.0
    overdue = NEVER_ASKED if age is None or age < -CLOCKS_APART else min(age / wished, MOST_OVERDUE)
    return TIER_WEIGHT[tier] * overdue if overdue >= 1 else 0.0


def priority(useful: float, open_share: float) -> float:
    """The place in the row of what is due at a provider, the highest first.

    `open_share` is the part of the asset's checklist, 0 to 1, that has no answer or an aged one and that this
    call could answer. It moves nobody out of the tier of interest, and what waits longest comes before what
    is only just due, however much that would answer: nothing waits for ever.
    """
    return useful * (1 + ANSWERS_WEIGHT * open_share)


def oldest(family: str, kind: str, tier: int) -> timedelta | None:
    """How old the facts of an asset of this kind and tier get before they are given anew; None: never are.

    A family that comes with another is given as often as that one, however often it is asked for by itself.
    """
    own, other = FAMILY_OF[family], FAMILY_OF[family].comes_with.get(kind)
    interval = FAMILY_OF[other or family].refresh_every.get(tier)
    lag = own.lag_of_shares if kind == EQUITY else timedelta(0)
    return None if interval is None else lag + interval * (1 + SLACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """So many assets of a tier, whose family takes one call for `assets_a_call` of them."""

    family: str
    tier: int
    assets: int
    assets_a_call: int = 1

    @property
    def calls(self) -> int:
        """Calls for all of them once."""
        return math.ceil(self.assets / self.assets_a_call)

    @property
    def calls_a_day(self) -> float:
        wished = FAMILY_OF[self.family].refresh_every.get(self.tier)
        return self.calls / (wished / timedelta(days=1)) if wished else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """What a demand gets, and how old its facts become with it; `age_days` None when nothing is left."""

    demand: Demand
    calls_a_day: float

    @property
    def age_days(self) -> float | None:
        is_ever = self.calls_a_day >= FEWEST_CALLS_A_DAY
        return self.demand.calls / self.calls_a_day if is_ever else None

    @property
    def is_met(self) -> bool:
        return self.calls_a_day >= self.demand.calls_a_day - FEWEST_CALLS_A_DAY


def allot(demands: Sequence[Demand], *, calls_a_day: float) -> list[Allotment]:
    """Share a day's calls: walks of the universe first, then tier by tier; within one, in equal parts.

    Each gets what it wishes as long as there is enough; where there is not, all of a tier get the
    same part of their wish, and their facts grow older.
    """
    left = calls_a_day
    granted: dict[int, Allotment] = {}
    for rank in sorted({_rank(each) for each in demands}):
        together = [place for place, each in enumerate(demands) if _rank(each) == rank]
        wished = sum(demands[place].calls_a_day for place in together)
        part = min(1.0, max(0.0, left) / wished) if wished else 1.0
        for place in together:
            calls = demands[place].calls_a_day * part
            granted[place] = Allotment(demand=demands[place], calls_a_day=calls)
            left -= calls
    return [granted[place] for place in range(len(demands))]


def _rank(demand: Demand) -> int:
    """A walk that brings hundreds of assets a call is the cheapest knowledge there is."""
    is_walk = demand.assets_a_call > 1 and demand.tier == REST
    return 0 if is_walk else 1 + WATCHED - demand.tier
