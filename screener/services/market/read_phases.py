"""Bull and bear phases of a kind's market, and how each size group behaved in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from assets.metrics.market_history.group_returns import cumulated
from assets.metrics.market_history.phases import Behaviour, behaviour, phases
from assets.metrics.market_history.size_groups import ALL_SIZES, LARGE_CAPS, SIZES
from screener.services.market.history import KindHistory

LEAST_INDEX_SHARE: Final = 0.5
"""Of the days of the history at least this part has to be known of mid and large caps for a rule on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPhase:
    """`behaviours` by size group; `first` is the day of the extreme from which it began."""

    direction: str
    first: datetime
    last: datetime
    is_open: bool
    behaviours: tuple[tuple[str, Behaviour], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPhases:
    """`ruled_by` is the size group whose index makes the phases; the newest phase comes first."""

    ruled_by: str
    phases: tuple[MarketPhase, ...]


def read_phases(history: KindHistory) -> KindPhases:
    """By the index of mid and large caps; where these are too few, of all members."""
    known = np.count_nonzero(~np.isnan(history.returns(LARGE_CAPS)))
    ruled_by = LARGE_CAPS if known >= LEAST_INDEX_SHARE * max(history.days.size, 1) else ALL_SIZES
    moments = history.moments()
    found = [
        MarketPhase(
            direction=phase.direction,
            first=moments[phase.start],
            last=moments[phase.end],
            is_open=phase.is_open,
            behaviours=tuple((size, behaviour(history.returns(size), phase)) for size in SIZES),
        )
        for phase in phases(cumulated(history.returns(ruled_by)))
    ]
    return KindPhases(ruled_by=ruled_by, phases=tuple(reversed(found)))
