"""From columns to one object an asset. Lists and `map`: a cell of a frame costs a thousand times more."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from screener.checklist.judged import Judged
from screener.checklist.scoring import DECIMALS, Scores
from screener.checklist.sources import Sources
from screener.checklist.states import STATES, Column, Mask
from screener.checklist.types import Answers, Criterion, DimensionScore, Finding, Judgement

WORDS: Final = tuple(state.value for state in STATES)
NO_FIGURES: Final[Mapping[str, float]] = MappingProxyType({})


def judgements_of(judged: Judged) -> Iterator[Judgement]:
    """One object an asset, in the order of the columns."""
    size, answers = len(judged.measures), judged.answers
    return map(
        Judgement,
        judged.asset_ids,
        *(column.tolist() for column in judged.totals.columns()),
        judged.grades.tolist(),
        names_of(list(answers), [each.gate_open for each in answers.values()], size),
        names_of(list(answers), [each.gate_unverified for each in answers.values()], size),
        dimension_scores(judged.dimensions),
        findings_of(judged),
    )


def findings_of(judged: Judged) -> Iterator[tuple[Finding, ...]]:
    """By asset its findings, in the order of the criteria."""
    columns = (
        _column(each, judged.answers[each.id], judged.measures, judged.sources) for each in judged.criteria
    )
    return zip(*columns, strict=True)


def _column(
    criterion: Criterion, answers: Answers, measures: pd.DataFrame, sources: Sources
) -> Iterator[Finding]:
    states = answers.state.tolist()
    return map(
        Finding,
        repeat(criterion.id),
        map(WORDS.__getitem__, states),
        _none_for_nan(answers.points.round(DECIMALS)),
        _none_for_nan(answers.value),
        _figures(criterion, measures),
        answers.stale.tolist(),
        *sources.rests_on(criterion.families),
    )


def _none_for_nan(values: Column) -> list[float | None]:
    told = values.astype(object)
    told[np.isnan(values)] = None
    return list(told)


def _figures(criterion: Criterion, measures: pd.DataFrame) -> Iterable[Mapping[str, float]]:
    """By asset the known ones among the figures that the criterion's sentences name."""
    if not criterion.figures:
        return repeat(NO_FIGURES)
    rows = zip(*(measures[name].tolist() for name in criterion.figures), strict=True)
    return [
        {name: value for name, value in zip(criterion.figures, row, strict=True) if not math.isnan(value)}
        for row in rows
    ]


def dimension_scores(scores: Mapping[str, Scores]) -> Iterator[dict[str, DimensionScore]]:
    """By asset the scores of the dimensions that apply to it."""
    columns = [
        list(map(DimensionScore, *(column.tolist() for column in each.rounded().columns())))
        for each in scores.values()
    ]
    for row in zip(*columns, strict=True):
        yield {name: score for name, score in zip(scores, row, strict=True) if not math.isnan(score.score)}


def names_of(names: Sequence[str], hits: Sequence[Mask], size: int) -> list[tuple[str, ...]]:
    """By asset the names whose column in `hits` is true for it."""
    told: list[tuple[str, ...]] = [()] * size
    for name, column in zip(names, hits, strict=True):
        for place in np.flatnonzero(column).tolist():
            told[place] += (name,)
    return told
