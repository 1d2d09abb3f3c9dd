"""Scoring, from answers to scores: points, coverage, interval, gates, grades. All for a batch at once.

A matrix of answers has a row an asset and a column a criterion: codes of `states`, and points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.checklist.states import (
    CAUTION,
    FAIL,
    NOT_APPLICABLE,
    PASS,
    POINTS,
    UNKNOWN,
    Codes,
    Column,
    Mask,
)

# All of these are the design's judgement, to be calibrated on live outcomes.
UNKNOWN_POINTS: Final = 0.35
"""What an unknown counts in the point score: less than a caution, more than a fail."""
FLOOR: Final = 0.05
"""The least a dimension counts in the geometric mean, so that one zero does not erase all the rest."""
GATED_SHARE: Final = 0.2
"""An open gate leaves this part of the total: never more than 20, and the worse still ranks lower."""
GRADES: Final = (("A", 75.0), ("B", 60.0), ("C", 45.0), ("D", 30.0), ("E", 0.0))
"""From which total on a grade is given."""
UNRATED: Final = ""
"""The grade of an asset that is not rated."""
UNVERIFIED_CAP: Final = "B"
WEAK_DIMENSION: Final = 0.5
WEAK_CAP: Final = "B"
"""A dimension that earns less than half of its points allows no better grade: an A has no weak side."""
RATED_COVERAGE: Final = 0.5
"""Below this coverage an asset is not rated: most of what was asked is not known, and the interval of what
it may score is wider than all grades but one together."""
STALE_WEIGHT: Final = 0.5
"""The part of its weight with which an answer from old facts counts; the rest counts as unknown."""
DECIMALS: Final = 4
"""Scores are rounded to this, so that a judgement is the same on every machine."""
EXACT_DECIMALS: Final = 9
"""Products of matrices add up in an order that follows from their size: what that leaves in the last binary
places is taken away before anything is rounded or compared, so that an asset's score is not its batch's."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Point score, interval and coverage, one an asset; NaN where nothing applies."""

    score: Column
    low: Column
    high: Column
    coverage: Column

    def columns(self) -> tuple[Column, Column, Column, Column]:
        return self.score, self.low, self.high, self.coverage

    def rounded(self) -> "Scores":
        return Scores(*(column.round(DECIMALS) for column in self.columns()))


def worst_of(parts: Sequence[Codes], needed: Sequence[bool]) -> Codes:
    """The answer of a criterion with several parts: the worst, where all that are needed are known.

    A needed part that fails decides it whatever is not known. Of parts that are not needed at least
    one must be known where no other is.
    """
    codes, is_needed = np.array(parts, dtype=np.int8), np.array(needed, dtype=np.bool_)[:, None]
    unknown = codes == UNKNOWN
    has_failed = ((codes == FAIL) & is_needed).any(axis=0)
    is_open = (unknown & is_needed).any(axis=0) | unknown.all(axis=0)
    known = np.where(unknown, PASS, codes).max(axis=0)
    return np.where(has_failed, FAIL, np.where(is_open, UNKNOWN, known)).astype(np.int8)


def points_of(states: Codes, parts: Sequence[Column]) -> Column:
    """What each answer is worth, 0–1: that of its worst part. NaN where there is none."""
    worst = np.fmin.reduce(np.array(parts, dtype=np.float64))
    return np.where(states == CAUTION, np.fmin(worst, 1.0), POINTS[states])


def score_dimension(points: Column, states: Codes, weights: Column, stale: Mask) -> Scores:
    """c·k + (1 − c)·0.35, between "every unknown fails" and "every unknown passes"; all 0–1.

    k is the weighted mean of the answered points, c the answered share of the applicable weight. A stale
    answer counts in both with half of its weight; the other half is as good as unknown. An unknown answer
    that has points counts no more than these: its figures are questioned, and would be worth so little.
    """
    applicable = (states != NOT_APPLICABLE) @ weights
    asked = np.where(applicable > 0, applicable, np.nan)
    is_unknown = states == UNKNOWN
    known = np.where(is_unknown, 0.0, np.nan_to_num(points))
    low = np.where(stale, STALE_WEIGHT, 1.0) * known @ weights / asked
    open_share = np.where(stale, 1.0 - STALE_WEIGHT, is_unknown)
    unknown = open_share @ weights / asked
    worth = np.where(is_unknown & ~np.isnan(points), points, UNKNOWN_POINTS)
    score = low + (open_share * worth) @ weights / asked
    sums = (score, low, low + unknown, 1 - unknown)
    return Scores(*(each.round(EXACT_DECIMALS) for each in sums))


def combine(
    dimensions: Sequence[Scores],
    weights: Column,
    *,
    gate_open: Mask,
    gate_unverified: Mask,
    would_stop: Mask | bool = False,
) -> Scores:
    """100 · Π max(d, 0.05)^w, a weighted geometric mean: the weakest dimension drags the total.

    A dimension that does not apply is left out and its weight shared by the others. An open
    gate leaves a fifth of the total; one that could not be verified, a fifth of what it may be at worst. So
    does one that questioned figures would open, until they are settled: at best it is shut.
    """
    applies = np.array([~np.isnan(each.score) for each in dimensions])
    of_each = applies * weights[:, None]
    shares = of_each / np.maximum(of_each.sum(axis=0), np.finfo(float).tiny)

    def mean(columns: list[Column]) -> Column:
        safe = np.where(applies, np.maximum(np.array(columns), FLOOR), 1.0)
        return np.asarray(100 * np.exp((np.log(safe) * shares).sum(axis=0)), dtype=np.float64)

    kept, kept_at_best = (np.where(each, GATED_SHARE, 1.0) for each in (gate_open | would_stop, gate_open))
    kept_at_worst = np.where(gate_open | gate_unverified, GATED_SHARE, 1.0)
    coverage = np.where(applies, np.array([each.coverage for each in dimensions]), 0.0)
    return Scores(
        score=kept * mean([each.score for each in dimensions]),
        low=kept_at_worst * mean([each.low for each in dimensions]),
        high=kept_at_best * mean([each.high for each in dimensions]),
        coverage=(coverage * shares).sum(axis=0),
    )


def are_rated(coverage: Column, *, gate_asked: Mask, gate_verified: Mask) -> Mask:
    """Which assets are rated: enough of what is asked is answered, and one of their gates was looked at.

    `gate_asked` and `gate_verified` are true where any gate is. An open gate says stop with or without a
    rating: if it rated what little else is known of, lists by score would begin with what to stay away from.
    """
    return (coverage >= RATED_COVERAGE) & (gate_verified | ~gate_asked)


def grades(totals: Scores, dimensions: Sequence[Scores], gate_unverified: Mask) -> npt.NDArray[np.str_]:
    """A to E by total; an unverified gate or a weak dimension gives at most B."""
    names = [name for name, _limit in GRADES]
    place = np.select(
        [totals.score >= limit for _name, limit in GRADES], range(len(GRADES)), default=len(GRADES) - 1
    )
    weakest = np.fmin.reduce([each.score for each in dimensions])
    for capped, grade in (
        (gate_unverified, UNVERIFIED_CAP),
        (weakest < WEAK_DIMENSION, WEAK_CAP),
    ):
        place = np.where(capped, np.maximum(place, names.index(grade)), place)
    return np.take(np.array(names), place)
