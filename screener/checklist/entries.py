"""Judgements as scorecards keep them, for a batch: plain values, ready for JSON, without an object a finding.

A `Judgement` is for reading one asset. To keep a million, its objects would cost more than all the judging.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any, NamedTuple

from screener.checklist.findings import NO_FIGURES, WORDS, names_of
from screener.checklist.judged import Judged
from screener.checklist.scoring import DECIMALS, Scores
from screener.checklist.states import Column
from screener.checklist.types import Criterion


class Entry(NamedTuple):
    """The fields of a `Judgement`; `dimensions` and `findings` are what their `to_json` writes."""

    asset_id: int
    total: float
    low: float
    high: float
    coverage: float
    grade: str
    gates_open: tuple[str, ...]
    gates_unverified: tuple[str, ...]
    dimensions: Mapping[str, Mapping[str, float]]
    findings: tuple[Mapping[str, Any], ...]


def entries_of(judged: Judged) -> Iterator[Entry]:
    """One asset after the other, each made when it is asked for: memory holds one at a time."""
    size, answers = len(judged.measures), judged.answers
    return map(
        Entry,
        judged.asset_ids,
        *(column.tolist() for column in judged.totals.columns()),
        judged.grades.tolist(),
        names_of(list(answers), [each.gate_open for each in answers.values()], size),
        names_of(list(answers), [each.gate_unverified for each in answers.values()], size),
        _dimensions(judged.dimensions),
        zip(*(_findings(each, judged) for each in judged.criteria), strict=True),
    )


def _findings(criterion: Criterion, judged: Judged) -> Iterator[Mapping[str, Any]]:
    answers, name = judged.answers[criterion.id], criterion.id
    rows = zip(
        map(WORDS.__getitem__, answers.state.tolist()),
        _none_for_nan(answers.points.round(DECIMALS)),
        _none_for_nan(answers.value),
        _figures(criterion, judged),
        answers.stale.tolist(),
        *judged.sources.cited(criterion.families),
        strict=False,  # `repeat` has no end.
    )
    return (
        {
            "criterion": name,
            "state": state,
            "points": points,
            "value": value,
            "values": values,
            "stale": stale,
            "as_of": as_of,
            "observations": observations,
        }
        for state, points, value, values, stale, as_of, observations in rows
    )


def _none_for_nan(column: Column) -> Iterator[float | None]:
    return (None if value != value else value for value in column.tolist())


def _figures(criterion: Criterion, judged: Judged) -> Iterator[Mapping[str, float]]:
    """By asset the known ones among the figures that the criterion's sentences name."""
    names = criterion.figures
    if not names:
        return repeat(dict(NO_FIGURES))
    rows = zip(*(judged.measures[name].tolist() for name in names), strict=True)
    return ({name: value for name, value in zip(names, row, strict=True) if value == value} for row in rows)


def _dimensions(scores: Mapping[str, Scores]) -> Iterator[Mapping[str, Mapping[str, float]]]:
    """By asset the scores of the dimensions that apply to it."""
    rounded = [
        zip(*(column.tolist() for column in each.rounded().columns()), strict=True)
        for each in scores.values()
    ]
    for row in zip(*rounded, strict=True):
        yield {
            name: {"score": score, "low": low, "high": high, "coverage": coverage}
            for name, (score, low, high, coverage) in zip(scores, row, strict=True)
            if not math.isnan(score)
        }
