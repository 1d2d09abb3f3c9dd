"""Bull and bear markets: phases of an index by moves of 20 % from its last extreme.

A bear market is a fall of 20 % or more from the last high, a bull market a rise of 20 % or more from the last
low (investor.gov, glossary, "Bear market", speaks of at least two months; no length is asked for here). A
phase reaches from extreme to extreme, so that its beginning is known only once the market has moved by 20 %
from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Places
from assets.metrics.market_history.group_returns import total_return

TURN_SHARE: Final = 0.2
BULL: Final = "bull"
BEAR: Final = "bear"
UNDECIDED: Final = ""
"""The time before the first move of 20 %."""
LEAST_PHASE_DAYS: Final = 5
"""Known returns in a phase that a group needs for a return of it (our judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Returns after place `start` up to place `end` belong to it; `is_open` is the one of today."""

    direction: str
    start: int
    end: int
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Of one group within a phase: shares, NaN where not known; `days` are those with a known return.

    `drawdown_share` is the largest fall from a high within the phase, 0 where there was none.
    """

    days: int
    return_share: float
    daily_return_share: float
    drawdown_share: float


def phases(index: Column) -> tuple[Phase, ...]:
    """The phases of an index (positive; NaN where not known), in their order; () of fewer than 2 values.

    A turn is counted as soon as the move reaches 20 %: 100 → 80 is a bear market, 80 → 96 a bull market.
    """
    places = np.flatnonzero(~np.isnan(index))
    if places.size < 2:
        return ()
    turns = list(_turns(index, places))
    bounds = [int(places[0]), *(place for place, _direction in turns), int(places[-1])]
    # The first move of 20 % has one direction before its extreme (not known), and its own behind it.
    directions = [UNDECIDED, *(direction for _place, direction in turns)]
    spans = zip(directions, bounds, bounds[1:], strict=False)
    found = [Phase(direction=each, start=start, end=end) for each, start, end in spans if end > start]
    return (*found[:-1], replace(found[-1], is_open=True))


def _turns(index: Column, places: Places) -> Iterator[tuple[int, str]]:
    """Each extreme from which the index went on to move by 20 %, and the direction of that move."""
    direction = UNDECIDED
    high = low = int(places[0])
    for place in map(int, places):
        if index[place] > index[high]:
            high = place
        if index[place] < index[low]:
            low = place
        if direction != BEAR and index[place] <= index[high] * (1 - TURN_SHARE):
            yield high, BEAR
            direction, low = BEAR, place
        elif direction != BULL and index[place] >= index[low] * (1 + TURN_SHARE):
            yield low, BULL
            direction, high = BULL, place


def behaviour(log_returns: Column, phase: Phase) -> Behaviour:
    """How a group with these daily returns did in the phase."""
    within = log_returns[phase.start + 1 : phase.end + 1]
    known = within[~np.isnan(within)]
    if known.size < LEAST_PHASE_DAYS:
        return Behaviour(
            days=known.size, return_share=np.nan, daily_return_share=np.nan, drawdown_share=np.nan
        )
    path = np.concatenate([[0.0], np.cumsum(known)])
    return Behaviour(
        days=known.size,
        return_share=total_return(known, least=LEAST_PHASE_DAYS),
        daily_return_share=float(np.expm1(known.mean())),
        drawdown_share=float(-np.expm1((path - np.maximum.accumulate(path)).min())),
    )
