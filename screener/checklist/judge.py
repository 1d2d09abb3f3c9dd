"""Answer every criterion for a batch of assets and put the answers together, one judgement an asset."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from assets.metrics.facts import Facts
from assets.metrics.families import KINDS
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.findings import dimension_scores, findings_of, names_of
from screener.checklist.scoring import (
    Scores,
    combine,
    demote_stale,
    grades,
    score_dimension,
    worst_of,
)
from screener.checklist.sources import Sources
from screener.checklist.states import NOT_APPLICABLE, UNKNOWN
from screener.checklist.types import Answers, Criterion, Dimension, Judgement

Asked = tuple[Dimension, Sequence[Criterion]]
"""A dimension and those of its criteria that are asked of one kind of asset."""


def judge(
    measures: pd.DataFrame, facts: Facts, *, dimensions: Sequence[Dimension] = DIMENSIONS
) -> list[Judgement]:
    """One judgement for each asset of `facts.assets`, in that order; `dimensions` may be a profile's own."""
    judged: dict[int, Judgement] = {}
    for kind in KINDS:
        assets = facts.assets[facts.assets["kind"] == kind]
        if assets.empty:
            continue
        sources = Sources(facts.sources, assets.index, now=facts.now)
        asked = [(each, [one for one in each.criteria if kind in one.kinds]) for each in dimensions]
        for judgement in _judge_kind(asked, measures.loc[assets.index], assets, sources):
            judged[judgement.asset_id] = judgement
    return [judged[asset_id] for asset_id in facts.asset_ids.tolist()]


def answer(criterion: Criterion, measures: pd.DataFrame, assets: pd.DataFrame, sources: Sources) -> Answers:
    """Hold the criterion's columns against its bands."""
    applies, stale = criterion.applies(assets), sources.stale(criterion.families)
    columns = criterion.columns(measures)
    told = list(zip(criterion.bands, columns, strict=True))
    states = demote_stale(worst_of([band.states(column) for band, column in told]), stale)
    states = np.where(applies, states, NOT_APPLICABLE).astype(np.int8)
    is_open, unseen = np.zeros((2, len(assets)), dtype=np.bool_)
    for band, column in told:
        if band.gate is not None:
            is_open |= applies & band.opens_gate(column)
            unseen |= applies & np.isnan(column)
    return Answers(
        state=states,
        value=np.where(applies, columns[0], np.nan),
        gate_open=is_open,
        gate_unverified=unseen & ~is_open,
        stale=stale & (states < UNKNOWN),
    )


def _judge_kind(
    asked: Sequence[Asked], measures: pd.DataFrame, assets: pd.DataFrame, sources: Sources
) -> Iterator[Judgement]:
    criteria = [criterion for _dimension, mine in asked for criterion in mine]
    answers = {each.id: answer(each, measures, assets, sources) for each in criteria}
    scores = {
        dimension.id: _score(mine, [answers[each.id] for each in mine], len(assets))
        for dimension, mine in asked
    }
    is_open = [each.gate_open for each in answers.values()]
    unverified = [each.gate_unverified for each in answers.values()]
    any_open, any_unverified = np.logical_or.reduce(is_open), np.logical_or.reduce(unverified)
    totals = combine(
        list(scores.values()),
        np.array([dimension.weight for dimension, _mine in asked]),
        gate_open=any_open,
        gate_unverified=any_unverified,
    ).rounded()
    letters = grades(totals.score, totals.coverage, any_unverified)
    ids = [each.id for each in criteria]
    for row in zip(
        assets.index.tolist(),
        *(column.tolist() for column in totals.columns()),
        letters.tolist(),
        names_of(ids, is_open, len(assets)),
        names_of(ids, unverified, len(assets)),
        dimension_scores(scores),
        findings_of(criteria, answers, measures, sources),
        strict=True,
    ):
        yield Judgement(*row)


def _score(criteria: Sequence[Criterion], answers: Sequence[Answers], size: int) -> Scores:
    states = np.array([each.state for each in answers], dtype=np.int8).reshape(len(criteria), size)
    return score_dimension(states.T, np.array([each.weight for each in criteria], dtype=np.float64))
