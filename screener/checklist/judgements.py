"""Judgements: what the checklist says of an asset as one row of plain values, as scorecards keep it.

Ready for JSON, without an object for each finding: for a million assets such objects would cost more than
all the judging. Lists and `map`: a cell of a frame costs a thousand times more.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple, cast

import numpy as np
import pandas as pd

from screener.checklist.judged import JudgedBatch
from screener.checklist.scoring import DECIMALS, Scores
from screener.checklist.states import LETTERS, STATES, Column, Mask
from screener.checklist.types import Answers, Criterion

Finding = Mapping[str, Any]
"""One criterion's answer for one asset, as a scorecard keeps it."""

WORDS: Final = tuple(state.value for state in STATES)


class Judgement(NamedTuple):
    """What the checklist says of one asset. `total` is 0–100; gates are ids of criteria.

    Of an asset that is not `rated` total and grade say only where it would stand: they are not shown.

    `dimensions` are by id {score, low, high, coverage}, all 0–1: the point score, and the interval from
    "every unknown fails" to "every unknown passes"; a dimension none of whose criteria apply is left out.
    `findings` are one a criterion of the asset's kind: {criterion, state, points, value, values (the
    measures that its sentences name), stale, as_of, observations}, and of a stale one `stale_as_of`: the
    moment of the oldest of its facts that are older than they may be. `questioned` and `would_stop` are True
    where other figures contradict what it rests on, and where believing these would open its gate. `states`
    is a letter a finding (`LETTERS`): what it is shown as.
    """

    asset_id: int
    total: float
    low: float
    high: float
    coverage: float
    grade: str
    rated: bool
    gates_open: tuple[str, ...]
    gates_unverified: tuple[str, ...]
    dimensions: Mapping[str, Mapping[str, float]]
    findings: tuple[Finding, ...]
    states: str


def judgements_of(judged: JudgedBatch) -> Iterator[Judgement]:
    """One asset after the other, each made when it is asked for: memory holds one at a time."""
    answers, totals = judged.answers, judged.totals
    return map(
        Judgement,
        judged.asset_ids,
        *(column.tolist() for column in totals.scores.columns()),
        totals.grades.tolist(),
        totals.rated.tolist(),
        names_of({name: each.gate_open for name, each in answers.items()}, len(judged.measures)),
        names_of({name: each.gate_unverified for name, each in answers.items()}, len(judged.measures)),
        dimension_scores(totals.dimensions),
        zip(*(_findings(each, judged) for each in judged.criteria), strict=True),
        states_of([answers[each.id] for each in judged.criteria]),
    )


def states_of(answers: Sequence[Answers]) -> Iterator[str]:
    """By asset the letters of what these answers are shown as."""
    shown = [np.where(each.stale, len(STATES), each.state) for each in answers]
    return map("".join, np.array([*LETTERS.values()])[np.stack(shown, axis=1)].tolist())


def _findings(criterion: Criterion, judged: JudgedBatch) -> list[Finding]:
    """By asset; what few findings have is added to those."""
    answers, name = judged.answers[criterion.id], criterion.id
    aged = judged.aged.get(name)
    columns = zip(
        map(WORDS.__getitem__, answers.state.tolist()),
        none_for_nan(answers.points.round(DECIMALS)),
        none_for_nan(answers.value),
        named_measures(criterion, judged.measures),
        answers.stale.tolist(),
        *judged.sources.provenance(criterion.families, aged=aged),
        strict=True,
    )
    findings: list[dict[str, Any]] = [
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
        for state, points, value, values, stale, as_of, observations in columns
    ]
    if answers.stale.any():
        since = judged.sources.stale_as_of(criterion.families, aged=aged)
        for place in np.flatnonzero(answers.stale).tolist():
            findings[place]["stale_as_of"] = since[place]
    for mark in ("questioned", "would_stop"):
        for place in np.flatnonzero(getattr(answers, mark)).tolist():
            findings[place][mark] = True
    return cast("list[Finding]", findings)


def none_for_nan(column: Column) -> list[float | None]:
    values = column.astype(np.object_)
    values[np.isnan(column)] = None
    return cast("list[float | None]", values.tolist())


def named_measures(criterion: Criterion, measures: pd.DataFrame) -> Iterator[Mapping[str, float]]:
    """By asset the known ones among the measures that the criterion's sentences name; only to be read."""
    names = criterion.measures
    if not names:
        return repeat({}, len(measures))
    if len(names) == 1:
        return ({names[0]: value} if value == value else {} for value in measures[names[0]].tolist())
    rows = zip(*(measures[name].tolist() for name in names), strict=True)
    return ({name: value for name, value in zip(names, row, strict=True) if value == value} for row in rows)


def known_of(measures: pd.DataFrame) -> Iterator[dict[str, float]]:
    """By asset the known ones among many measures, by name."""
    values = measures.to_numpy(dtype=np.float64)
    asset, place = np.nonzero(~np.isnan(values))
    names = measures.columns.to_numpy(dtype=np.object_)[place].tolist()
    known = values[asset, place].tolist()
    ends = np.searchsorted(asset, np.arange(len(values)), side="right").tolist()
    for start, end in pairwise((0, *ends)):
        yield dict(zip(names[start:end], known[start:end], strict=True))


def dimension_scores(scores: Mapping[str, Scores]) -> Iterator[Mapping[str, Mapping[str, float]]]:
    """By asset the scores of the dimensions that apply to it."""
    rounded = [
        zip(*(column.tolist() for column in each.rounded().columns()), strict=True)
        for each in scores.values()
    ]
    for row in zip(*rounded, strict=True):
        yield {
            name: {"score": score, "low": low, "high": high, "coverage": coverage}
            for name, (score, low, high, coverage) in zip(scores, row, strict=True)
            if score == score
        }


def names_of(hits: Mapping[str, Mask], size: int) -> Sequence[tuple[str, ...]]:
    """By asset the names whose column in `hits` is true for it."""
    names: list[tuple[str, ...]] = [()] * size
    for name, column in hits.items():
        for place in np.flatnonzero(column).tolist():
            names[place] += (name,)
    return names
