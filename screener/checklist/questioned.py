"""Questioned figures of a batch: what they count, and what a scorecard keeps of them.

What is questioned is unknown, and counts no better than the figure would if it were believed: a contradiction
never raises a score.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Places
from assets.metrics.facts import Facts
from assets.metrics.measure import MEASURES, measure
from assets.metrics.witnesses.questioned import believed
from screener.checklist.scoring import STALE_WEIGHT, UNKNOWN_POINTS
from screener.checklist.states import UNKNOWN, Column
from screener.checklist.types import Answers

OF_QUESTION: Final = ("frame", "place", "field", "value", "witness", "against")

LISTS: Final = frozenset({"positions", "unlocks"})
"""Frames of which a list is questioned as a whole: one entry, of what it sums up to."""

PARTS: Final = frozenset({"levels"})
"""Frames whose rows are parts of something that is questioned by itself: the orders of a book."""

Questioned = Mapping[str, Any]
"""{figures, facts} as a scorecard keeps it; {} where nothing is questioned."""


def believed_measures(facts: Facts, measures: pd.DataFrame, *, position_usd: float) -> pd.DataFrame:
    """The questioned assets' measures as they would be if nothing were questioned."""
    if facts.questions.empty:
        return measures.iloc[:0]
    return measure(believed(facts), position_usd=position_usd)


def questioned_of(facts: Facts, measures: pd.DataFrame, believed: pd.DataFrame) -> Iterator[Questioned]:
    """By asset what is questioned; `believed` is what `believed_measures` gives."""
    asked: dict[int, list[dict[str, Any]]] = defaultdict(list)
    columns = (facts.questions[name].tolist() for name in ("asset_id", *OF_QUESTION))
    for asset_id, *question in zip(*columns, strict=True):
        if question[0] in PARTS:
            continue
        values = (None if each != each else each for each in question)
        named = dict(zip(OF_QUESTION, values, strict=True))
        if not _joins(asked[asset_id], named):
            asked[asset_id].append(named)
    figures = {
        asset_id: _others(before, after)
        for asset_id, before, after in zip(
            believed.index.tolist(),
            believed.to_numpy().tolist(),
            measures.loc[believed.index].to_numpy().tolist(),
            strict=True,
        )
    }
    for asset_id in facts.asset_ids.tolist():
        yield {"figures": figures[asset_id], "facts": asked[asset_id]} if asset_id in asked else {}


def _others(believed: Sequence[float], measured: Sequence[float]) -> dict[str, float | None]:
    """The measures that would be others, by name; None where one would not be known."""
    pairs = zip((each.name for each in MEASURES), believed, measured, strict=True)
    return {
        name: None if would_be != would_be else would_be
        for name, would_be, is_now in pairs
        if would_be != is_now and not (would_be != would_be and is_now != is_now)
    }


def no_better(answers: Answers, believed: Answers, places: Places) -> Answers:
    """These answers, of the assets at these places no better than `believed`, which are theirs alone."""
    # What is known only because the figure is masked isn't known: another one merely stepped in for it.
    was_open = (believed.state == UNKNOWN) & (answers.state[places] < UNKNOWN)
    states = answers.state.copy()
    states[places] = np.where(was_open, UNKNOWN, states[places])
    state, points = states[places], answers.points.copy()
    worth, other = _worth(answers)[places], _worth(believed)
    questioned, would_stop = answers.questioned.copy(), answers.would_stop.copy()
    at_most = np.where(state == UNKNOWN, other, np.nan_to_num(believed.points, nan=UNKNOWN_POINTS))
    points[places] = np.where(other < worth, at_most, points[places])
    would_stop[places] = believed.gate_open & ~answers.gate_open[places]
    questioned[places] = would_stop[places] | (other < worth)
    questioned[places] |= was_open | ((state == UNKNOWN) & (believed.state < UNKNOWN))
    return replace(
        answers,
        state=states,
        points=points,
        questioned=questioned,
        would_stop=would_stop,
        gate_unverified=answers.gate_unverified | would_stop,
    )


def _worth(answers: Answers) -> Column:
    """What each answer adds to the points of its dimension, per weight."""
    points = np.where(np.isnan(answers.points), UNKNOWN_POINTS, answers.points)
    aged = STALE_WEIGHT * points + (1 - STALE_WEIGHT) * UNKNOWN_POINTS
    return np.where(answers.stale, aged, points)


def _joins(asked: list[dict[str, Any]], question: dict[str, Any]) -> bool:
    """Add a part of a list to the question about the list, where there is one already."""
    if question["frame"] not in LISTS:
        return False
    question["place"] = ""
    for each in asked:
        if all(each[name] == question[name] for name in ("frame", "field", "witness")):
            each["value"] += question["value"]
            return True
    return False
