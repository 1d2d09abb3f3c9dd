"""From answers to scores: points, coverage, interval, gates, grades. All for a batch at once.

Each answer is a code of `types.STATES`; a matrix of answers has a row an asset and a
column a criterion.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.checklist.types import CAUTION, FAIL, NOT_APPLICABLE, PASS, UNKNOWN, Column

UNKNOWN_POINTS: Final = 0.35
"""What an unknown counts in the point score: a little less than a caution (design)."""

FLOOR: Final = 0.05
"""The least a dimension counts in the geometric mean, so that one zero does not erase all the rest."""

GATED_TOTAL: Final = 20.0
"""An open gate caps the total here."""

GRADES: Final = (("A", 75.0), ("B", 60.0), ("C", 45.0), ("D", 30.0), ("E", 0.0))
"""From which total on a grade is given."""

UNVERIFIED_CAP: Final = "B"
INSUFFICIENT_CAP: Final = "C"
SUFFICIENT_COVERAGE: Final = 0.5
"""Below this coverage there is not enough data for a grade better than `INSUFFICIENT_CAP`."""

Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """Point score, interval and coverage, one an asset; NaN where nothing applies."""

    score: Column
    low: Column
    high: Column
    coverage: Column


def score_dimension(states: Codes, weights: Column) -> Scores:
    """c·k + (1 − c)·0.35, from "every unknown fails" to "every unknown passes"; all 0–1.

    k is the weighted mean of the answered points, c the answered share of the applicable weight.
    """
    applicable = ((states != NOT_APPLICABLE) * weights).sum(axis=1)
    earned = (((states == PASS) * 1.0 + (states == CAUTION) * 0.5) * weights).sum(axis=1)
    unknown = ((states == UNKNOWN) * weights).sum(axis=1)
    asked = np.where(applicable > 0, applicable, np.nan)
    low = earned / asked
    return Scores(
        score=low + unknown / asked * UNKNOWN_POINTS,
        low=low,
        high=low + unknown / asked,
        coverage=1 - unknown / asked,
    )


def combine(dimensions: list[Scores], weights: Column, *, gate_open: Mask, gate_unverified: Mask) -> Scores:
    """100 · Π max(d, 0.05)^w, a weighted geometric mean: the weakest dimension drags the total.

    A dimension that does not apply is left out and its weight shared by the others. An open
    gate caps the total; an unverified one caps what the total may turn out to be at worst.
    """
    applies = np.array([~np.isnan(each.score) for each in dimensions])
    shares = applies * weights[:, None]
    shares = shares / np.maximum(shares.sum(axis=0), 1e-12)

    def mean(columns: list[Column]) -> Column:
        safe = np.where(applies, np.maximum(np.array(columns), FLOOR), 1.0)
        return 100 * np.exp((np.log(safe) * shares).sum(axis=0))

    cap = np.where(gate_open, GATED_TOTAL, np.inf)
    worst_cap = np.where(gate_open | gate_unverified, GATED_TOTAL, np.inf)
    return Scores(
        score=np.minimum(mean([each.score for each in dimensions]), cap),
        low=np.minimum(mean([each.low for each in dimensions]), worst_cap),
        high=np.minimum(mean([each.high for each in dimensions]), cap),
        coverage=(np.where(applies, [each.coverage for each in dimensions], 0.0) * shares).sum(axis=0),
    )


def grades(total: Column, coverage: Column, gate_unverified: Mask) -> npt.NDArray[np.str_]:
    """A to E by total; an unverified gate gives at most B, too little data at most C."""
    names = [name for name, _ in GRADES]
    rank = np.select([total >= limit for _, limit in GRADES], range(len(GRADES)), default=len(GRADES) - 1)
    rank = np.where(gate_unverified, np.maximum(rank, names.index(UNVERIFIED_CAP)), rank)
    scarce = coverage < SUFFICIENT_COVERAGE
    rank = np.where(scarce, np.maximum(rank, names.index(INSUFFICIENT_CAP)), rank)
    return np.array(names)[rank]


def demote_stale(states: Codes, stale: Mask) -> Codes:
    """What rests on old facts is no pass."""
    return np.where(stale & (states == PASS), CAUTION, states).astype(np.int8)


def worst_of(parts: list[Codes]) -> Codes:
    """The answer of a criterion of several parts: the worst known part, unknown when a part is."""
    codes = np.array(parts)
    worst = np.where((codes == UNKNOWN).any(axis=0), UNKNOWN, codes.max(axis=0))
    failed = (codes == FAIL).any(axis=0)
    return np.where(failed, FAIL, worst).astype(np.int8)
