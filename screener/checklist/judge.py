"""Answer every criterion for a batch of assets and put the answers together, one judgement an asset."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import Facts
from screener.checklist.dimensions import CRITERIA, DIMENSIONS
from screener.checklist.scoring import (
    Scores,
    combine,
    demote_stale,
    grades,
    score_dimension,
    worst_of,
)
from screener.checklist.sources import Sources
from screener.checklist.types import (
    CAUTION,
    FAIL,
    NOT_APPLICABLE,
    PASS,
    POINTS,
    STATES,
    UNKNOWN,
    Answers,
    Criterion,
    DimensionScore,
    Finding,
    Judgement,
)


def judge(measures: pd.DataFrame, facts: Facts) -> list[Judgement]:
    """One judgement for each asset of `facts.assets`, in that order."""
    criteria = tuple(CRITERIA.values())
    sources = Sources(facts)
    answers = [answer(criterion, measures, facts.assets, sources) for criterion in criteria]
    states = np.array([each.state for each in answers]).T.reshape(len(facts.assets), len(criteria))
    gates = _Gates(criteria, answers, states)
    dimensions = _dimension_scores(criteria, states)
    weights = np.array([each.weight for each in DIMENSIONS])
    totals = combine(
        list(dimensions.values()),
        weights,
        gate_open=gates.is_open.any(axis=1),
        gate_unverified=gates.is_unverified.any(axis=1),
    )
    letters = grades(totals.score, totals.coverage, gates.is_unverified.any(axis=1))
    findings = _findings(criteria, answers, measures, sources)
    columns = [each.round(4).tolist() for each in (totals.score, totals.low, totals.high, totals.coverage)]
    scored = {name: _dimension_columns(scores) for name, scores in dimensions.items()}
    return [
        Judgement(
            asset_id=asset_id,
            total=columns[0][row],
            low=columns[1][row],
            high=columns[2][row],
            coverage=columns[3][row],
            grade=letters[row].item(),
            gates_open=gates.ids(gates.is_open, row),
            gates_unverified=gates.ids(gates.is_unverified, row),
            dimensions={name: told[row] for name, told in scored.items() if told[row] is not None},
            findings=findings[row],
        )
        for row, asset_id in enumerate(facts.assets.index.tolist())
    ]


def answer(criterion: Criterion, measures: pd.DataFrame, assets: pd.DataFrame, sources: Sources) -> Answers:
    """Hold the criterion's columns against its bands."""
    # Sums of shares miss a threshold that they meet by the last binary place; nine decimals are exact enough.
    columns = [column.to_numpy(dtype="float64").round(9) for column in criterion.rule(measures)]
    parts, gate_open = [], np.zeros(len(assets), dtype=bool)
    for band, value in zip(criterion.bands, columns, strict=True):
        known = ~np.isnan(value)
        state = np.select([band.is_pass(value), band.is_caution(value)], [PASS, CAUTION], default=FAIL)
        parts.append(np.where(known, state, UNKNOWN).astype(np.int8))
        gate_open |= known & band.opens_gate(value)
    stale = sources.stale(criterion.families)
    states = demote_stale(worst_of(parts), stale)
    applies = criterion.applies(assets)
    states = np.where(applies, states, NOT_APPLICABLE).astype(np.int8)
    answered = states < UNKNOWN
    return Answers(
        state=states, value=columns[0], gate_open=gate_open & applies & answered, stale=stale & answered
    )


def _dimension_scores(criteria: Sequence[Criterion], states: npt.NDArray[np.int8]) -> dict[str, Scores]:
    scores = {}
    for dimension in DIMENSIONS:
        mine = [place for place, each in enumerate(criteria) if each.dimension == dimension.id]
        weights = np.array([criteria[place].weight for place in mine], dtype="float64")
        scores[dimension.id] = score_dimension(states[:, mine], weights)
    return scores


def _dimension_columns(scores: Scores) -> list[DimensionScore | None]:
    rows = zip(
        *(each.round(4).tolist() for each in (scores.score, scores.low, scores.high, scores.coverage)),
        strict=True,
    )
    return [
        None if score != score else DimensionScore(score=score, low=low, high=high, coverage=coverage)
        for score, low, high, coverage in rows
    ]


class _Gates:
    """Which criteria with a gate stop an asset, and which could not be checked."""

    def __init__(
        self, criteria: Sequence[Criterion], answers: Sequence[Answers], states: npt.NDArray[np.int8]
    ) -> None:
        places = [place for place, each in enumerate(criteria) if each.is_gate]
        self.names = [criteria[place].id for place in places]
        self.is_open = np.array([answers[place].gate_open for place in places]).T
        self.is_unverified = states[:, places] == UNKNOWN

    def ids(self, mask: npt.NDArray[np.bool_], row: int) -> tuple[str, ...]:
        return tuple(name for name, hit in zip(self.names, mask[row].tolist(), strict=True) if hit)


def _findings(
    criteria: Sequence[Criterion], answers: Sequence[Answers], measures: pd.DataFrame, sources: Sources
) -> list[tuple[Finding, ...]]:
    """Transpose columns of answers into a tuple of findings an asset; Python lists, since cells are slow."""
    by_criterion = [
        _column_of_findings(criterion, given, measures, sources)
        for criterion, given in zip(criteria, answers, strict=True)
    ]
    return list(zip(*by_criterion, strict=True))


def _column_of_findings(
    criterion: Criterion, given: Answers, measures: pd.DataFrame, sources: Sources
) -> list[Finding]:
    figures = {name: measures[name].tolist() for name in criterion.figures}
    points = POINTS[given.state].tolist()
    as_of, observations = sources.rests_on(criterion.families)
    told: Any = zip(
        given.state.tolist(),
        points,
        given.value.tolist(),
        given.stale.tolist(),
        as_of,
        observations,
        strict=True,
    )
    return [
        Finding(
            criterion=criterion.id,
            state=STATES[state],
            points=None if state >= UNKNOWN else point,
            value=None if value != value else value,
            values={name: column[row] for name, column in figures.items() if column[row] == column[row]},
            stale=stale,
            as_of=since,
            observations=seen,
        )
        for row, (state, point, value, stale, since, seen) in enumerate(told)
    ]
