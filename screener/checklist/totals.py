"""Totals: a batch's answers put together, under the checklist, a profile or an analyst's overrides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.checklist.scoring import Scores, are_rated, combine, grades, score_dimension
from screener.checklist.states import FAIL, NOT_APPLICABLE, POINTS, STATES, Mask, State
from screener.checklist.types import Answers, Criterion, Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Rounded totals of a batch with their grades, the dimensions by id, and what its gates say.

    Score and grade of an asset that is not `rated` say only where it would stand: they are not shown.
    """

    scores: Scores
    dimensions: Mapping[str, Scores]
    grades: npt.NDArray[np.str_]
    gate_open: Mask
    gate_unverified: Mask
    rated: Mask


def total(dimensions: Sequence[Dimension], answers: Mapping[str, Answers], *, size: int) -> Totals:
    """Put the answers of `size` assets together; a criterion without answers is not asked of them."""
    nothing = np.zeros(size, dtype=np.bool_)
    is_open = np.logical_or.reduce([nothing, *(each.gate_open for each in answers.values())])
    would_stop = np.logical_or.reduce([nothing, *(each.would_stop for each in answers.values())])
    gates = [
        (answers[each.id], answers[each.id].state != NOT_APPLICABLE)
        for dimension in dimensions
        for each in dimension.criteria
        if each.is_gate and each.id in answers
    ]
    unverified = np.logical_or.reduce([nothing, *(each.gate_unverified for each in answers.values())])
    scores = {each.id: _score(each, answers, size) for each in dimensions}
    totals = combine(
        list(scores.values()),
        np.array([each.weight for each in dimensions], dtype=np.float64),
        gate_open=is_open,
        gate_unverified=unverified,
        would_stop=would_stop,
    ).rounded()
    rated = are_rated(
        totals.coverage,
        gate_asked=np.logical_or.reduce([nothing, *(asked for _answers, asked in gates)]),
        gate_verified=np.logical_or.reduce(
            [nothing, *(asked & ~each.gate_unverified for each, asked in gates)]
        ),
    )
    return Totals(
        scores=totals,
        dimensions=scores,
        grades=grades(totals, list(scores.values()), unverified),
        gate_open=is_open,
        gate_unverified=unverified,
        rated=rated,
    )


def _score(dimension: Dimension, answers: Mapping[str, Answers], size: int) -> Scores:
    asked = [each for each in dimension.criteria if each.id in answers]
    shape = len(asked), size
    states = np.array([answers[each.id].state for each in asked], dtype=np.int8).reshape(shape)
    points = np.array([answers[each.id].points for each in asked], dtype=np.float64).reshape(shape)
    stale = np.array([answers[each.id].stale for each in asked], dtype=np.bool_).reshape(shape)
    weights = np.array([each.weight for each in asked], dtype=np.float64)
    return score_dimension(points.T, states.T, weights, stale.T)


def overridden(criterion: Criterion, state: State, *, size: int) -> Answers:
    """An analyst's answer in place of the machine's, for each asset of the batch.

    It decides a gate: "fail" says stop, any other answer clears it.
    """
    code = STATES.index(state)
    nothing = np.zeros(size, dtype=np.bool_)
    return Answers(
        state=np.full(size, code, dtype=np.int8),
        points=np.full(size, POINTS[code]),
        value=np.full(size, np.nan),
        gate_open=nothing | (criterion.is_gate and code == FAIL),
        gate_unverified=nothing,
        stale=nothing,
        questioned=nothing,
        would_stop=nothing,
    )
