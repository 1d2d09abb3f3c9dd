"""Judging: every criterion is answered for a batch of assets, and an asset's answers make one judgement."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from assets.metrics.columns import Places
from assets.metrics.facts import Facts
from assets.metrics.families import KINDS
from screener.checklist.bands import Band
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.judged import JudgedBatch
from screener.checklist.judgements import Judgement, judgements_of
from screener.checklist.questioned import no_better
from screener.checklist.scoring import points_of, worst_of
from screener.checklist.sources import Sources
from screener.checklist.staleness import limits_of
from screener.checklist.states import NOT_APPLICABLE, PASS, UNKNOWN, Codes, Column, Mask
from screener.checklist.totals import total
from screener.checklist.types import Answers, Criterion, Dimension, asked_of

Banded = Sequence[tuple[Band, Column]]
"""The bands of a criterion, each with the column that is held against it."""

Asked = tuple[Dimension, Sequence[Criterion]]
"""A dimension and those of its criteria that are asked of one kind of asset."""


def judge(
    measures: pd.DataFrame, facts: Facts, *, dimensions: Sequence[Dimension] = DIMENSIONS
) -> list[Judgement]:
    """One judgement for each asset of `facts.assets`, in that order; `dimensions` may be a profile's own."""
    judged = {
        judgement.asset_id: judgement
        for batch in judge_columns(measures, facts, dimensions=dimensions)
        for judgement in judgements_of(batch)
    }
    return [judged[asset_id] for asset_id in facts.asset_ids.tolist()]


def judge_columns(
    measures: pd.DataFrame,
    facts: Facts,
    *,
    dimensions: Sequence[Dimension] = DIMENSIONS,
    believed: pd.DataFrame | None = None,
    unaged: pd.DataFrame | None = None,
) -> Iterator[JudgedBatch]:
    """The same as columns, kind by kind; `believed` has the measures of the questioned assets alone as if
    nothing were questioned (`questioned.believed_measures`), `unaged` those of the assets with aged fields
    as if nobody knew these (`aged.unaged_measures`)."""
    for kind in KINDS:
        assets = facts.assets[facts.assets["kind"] == kind]
        if assets.empty:
            continue
        sources = Sources(facts.sources, assets.index, now=facts.now, limits=limits_of(kind), aged=facts.aged)
        asked = [(each, [one for one in each.criteria if kind in one.kinds]) for each in dimensions]
        mine = measures.loc[assets.index]
        told = (
            mine.iloc[:0] if each is None else each[each.index.isin(assets.index)]
            for each in (believed, unaged)
        )
        doubtful, without = (Otherwise.of(each, assets) for each in told)
        yield _judge_kind(asked, mine, assets, sources, doubtful, without)


class Otherwise(NamedTuple):
    """Some of a batch's assets, at these places, with other measures than they have: as if nothing were
    questioned, or what is too old were not known."""

    places: Places
    measures: pd.DataFrame

    @classmethod
    def of(cls, measures: pd.DataFrame, assets: pd.DataFrame) -> "Otherwise":
        return cls(assets.index.get_indexer(measures.index), measures)


def answer(
    criterion: Criterion, measures: pd.DataFrame, applies: Mask, stale: Mask, *, doubtful: Otherwise
) -> Answers:
    """Hold the criterion's columns against its bands; `applies` says which assets are asked (`asked_of`),
    `stale` what they rest on that is too old."""
    answers = _held_against(criterion, measures, applies, stale)
    places = doubtful.places
    if not len(places):
        return answers
    others = _held_against(criterion, doubtful.measures, applies[places], stale[places])
    return no_better(answers, others, places)


def _held_against(criterion: Criterion, measures: pd.DataFrame, applies: Mask, stale: Mask) -> Answers:
    """The answers by these measures alone.

    A gate that old facts open stays open; one that they leave shut is not verified: nobody looked lately.
    """
    for each in criterion.unless:
        applies = applies & (measures[each] != 1).to_numpy()
    banded = banded_of(criterion, measures)
    states = np.where(applies, states_of(criterion, banded, measures), NOT_APPLICABLE).astype(np.int8)
    is_old = stale & (states < UNKNOWN)
    is_open, is_unverified = (applies & each for each in gate_of(banded, is_old))
    return Answers(
        state=states,
        points=points_of(states, [band.points(column) for band, column in banded]),
        value=np.where(applies, banded[0][1], np.nan),
        gate_open=is_open,
        gate_unverified=is_unverified,
        stale=is_old,
        questioned=np.zeros(len(measures), dtype=np.bool_),
        would_stop=np.zeros(len(measures), dtype=np.bool_),
    )


def banded_of(criterion: Criterion, measures: pd.DataFrame) -> Banded:
    """Each band with what is held against it."""
    return list(zip(criterion.bands, criterion.columns(measures), strict=True))


def states_of(criterion: Criterion, banded: Banded, measures: pd.DataFrame) -> Codes:
    """The answers of those that are asked."""
    worst = worst_of(
        [band.states(column) for band, column in banded], [band.needed for band in criterion.bands]
    )
    if not criterion.at_best:
        return worst
    is_bound = (measures[criterion.at_best] == 1).to_numpy()
    return np.where(is_bound & (worst == PASS), UNKNOWN, worst).astype(np.int8)


def gate_of(banded: Banded, is_old: Mask) -> tuple[Mask, Mask]:
    """Where the gate is open, and where nobody has looked lately."""
    is_open, unseen = np.zeros((2, len(is_old)), dtype=np.bool_)
    for band, column in banded:
        if band.gate is not None:
            is_open |= band.opens_gate(column)
            unseen |= np.isnan(column) | is_old
    return is_open, unseen & ~is_open


def _rests_on_aged(criterion: Criterion, measures: pd.DataFrame, unaged: Otherwise, applies: Mask) -> Mask:
    """Of which assets the answer would be another without what is too old; `measures` are those that the
    assets of `unaged` have."""
    fresh, pair = np.zeros(len(unaged.places), dtype=np.bool_), (measures, unaged.measures)
    asked = applies[unaged.places]
    now, without = (_held_against(criterion, each, asked, fresh).state for each in pair)
    differs = now != without
    for old, new in zip(*(criterion.columns(each) for each in pair), strict=True):
        differs |= (old != new) & ~(np.isnan(old) & np.isnan(new))
    rests = np.zeros(len(applies), dtype=np.bool_)
    rests[unaged.places] = differs
    return rests


def _judge_kind(
    asked: Sequence[Asked],
    measures: pd.DataFrame,
    assets: pd.DataFrame,
    sources: Sources,
    doubtful: Otherwise,
    unaged: Otherwise,
) -> JudgedBatch:
    criteria = [criterion for _dimension, mine in asked for criterion in mine]
    applies, aged = asked_of(criteria, assets), {}
    if len(unaged.places):
        mine = measures.iloc[unaged.places]
        aged = {each.id: _rests_on_aged(each, mine, unaged, applies[each.id]) for each in criteria}
    answers = {
        each.id: answer(
            each,
            measures,
            applies[each.id],
            sources.stale(each.families) | aged.get(each.id, False),
            doubtful=doubtful,
        )
        for each in criteria
    }
    return JudgedBatch(
        measures=measures,
        sources=sources,
        criteria=criteria,
        answers=answers,
        aged=aged,
        totals=total([dimension for dimension, _mine in asked], answers, size=len(assets)),
    )
