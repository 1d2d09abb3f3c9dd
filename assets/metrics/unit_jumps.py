"""Unit jumps: days on which a supply and its price jump against each other, so that the worth stays.

Nobody announces a redenomination to a price vendor in so many words. What its history shows is a supply
that is a thousand times yesterday's at a thousandth of yesterday's price. New units that are sold or set
free do not move the price by just as much on just that day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

LEAST_FACTOR: Final = 1.2
"""Smaller jumps are not told from a day's trading."""
WORTH_WITHIN: Final = 0.05
OF_THE_JUMP: Final = 0.1
"""Supply × price may move by so much (as logarithms) meanwhile, or by this part of the jump."""
ONE_STEP: Final = 0.7
"""Of the jump, this part at least comes in one day, of the supply and of the price."""
SETTLES_DAYS: Final = 4
"""A vendor takes up the new supply and the new price on different days, but soon one after the other."""
LEAST_LATE: Final = 10.0
LATE_DAYS: Final = 60
"""Or weeks later, while its market cap is wrong by the whole factor: believed of large factors only, which no
price falls or rises by in a day and no unlock adds."""
ROUND_WITHIN: Final = 0.02
LEAST_ROUND: Final = 5
"""Nobody unlocks a whole multiple of what circulates: of large whole factors it is known what they mean."""


@dataclass(frozen=True, slots=True)
class UnitJump:
    """Between two points of a history; `ratio` is new units for an old one, NaN where it is not round."""

    before: int
    after: int
    ratio: float


def unit_jumps(days: Sequence[float], supply: Sequence[float], price: Sequence[float]) -> list[UnitJump]:
    """The jumps of a history whose points stand from old to new, by the places of the points around each."""
    day, units, worth = np.asarray(days, float), np.log(supply), np.log(price)
    jumps: list[UnitJump] = []
    for place in np.flatnonzero(np.abs(np.diff(units)) > math.log(LEAST_FACTOR)).tolist():
        if jumps and place < jumps[-1].after:
            continue
        if jump := _jump_at(place, day, units, worth):
            jumps.append(jump)
    return jumps


def _jump_at(place: int, day: np.ndarray, units: np.ndarray, price: np.ndarray) -> UnitJump | None:
    """The closest points around the step from this place to the next across which the worth stays."""
    near = np.flatnonzero(np.abs(day - (day[place] + day[place + 1]) / 2) <= SETTLES_DAYS)
    first, last = min(int(near.min(initial=place)), place), max(int(near.max(initial=place + 1)), place + 1)
    spans = sorted(
        ((start, end) for start in range(first, place + 1) for end in range(place + 1, last + 1)),
        key=lambda span: (span[1] - span[0], -span[0]),
    )
    step = units[place + 1] - units[place]
    for start, end in spans:
        moved = price[end] - price[start]
        grown = units[end] - units[start]
        is_one_step = np.abs(np.diff(price[start : end + 1])).max() > ONE_STEP * abs(step)
        off = abs(grown + moved)
        is_kept = off <= max(WORTH_WITHIN, OF_THE_JUMP * abs(grown))
        if abs(grown) > ONE_STEP * abs(step) and is_one_step and is_kept:
            return UnitJump(start, end, round_ratio(math.exp(grown)))
    return _late_jump(place, day, units, price)


def _late_jump(place: int, day: np.ndarray, units: np.ndarray, price: np.ndarray) -> UnitJump | None:
    """The step of the supply after this place with the nearest one of the price that makes up for it."""
    step, moves = units[place + 1] - units[place], np.diff(price)
    if abs(step) < math.log(LEAST_LATE):
        return None
    is_opposite = (np.abs(moves + step) <= OF_THE_JUMP * abs(step)) & (
        np.abs(day[:-1] - day[place]) <= LATE_DAYS
    )
    others = np.flatnonzero(is_opposite)
    if not others.size:
        return None
    other = int(others[np.abs(others - place).argmin()])
    return UnitJump(min(place, other), max(place, other) + 1, round_ratio(math.exp(step)))


def round_ratio(ratio: float) -> float:
    """The whole number, or one over it, that a ratio is but for what is issued in a day; else NaN."""
    whole = round(max(ratio, 1 / ratio))
    if whole < LEAST_ROUND or abs(max(ratio, 1 / ratio) / whole - 1) > ROUND_WITHIN:
        return math.nan
    digits = 10 ** max(0, math.floor(math.log10(whole)) - 1)
    rounded = round(whole / digits) * digits
    return float(rounded) if ratio > 1 else 1 / rounded
