from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.checklist import CRITERIA, DIMENSIONS
from screener.checklist.bands import AtMost
from screener.checklist.profiles import Changes, adjusted
from screener.checklist.records import Records, ranks
from screener.checklist.states import CAUTION, PASS
from tests.screener.checklist.batches import BATCH, cards_of, judge_batch, records_of


def told(totals):
    columns = (*totals.scores.columns(), totals.grades, totals.rated)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def expected(judgements):
    return [(each.total, each.low, each.high, each.coverage, each.grade, each.rated) for each in judgements]


@settings(max_examples=25, deadline=None)
@given(batch=BATCH)
def test_under_the_checklist_the_cards_say_what_they_said(batch):
    judgements, _contexts = judge_batch(batch)
    totals = records_of(batch).under(DIMENSIONS)
    assert told(totals) == expected(judgements)
    assert totals.gate_open.tolist() == [bool(each.gates_open) for each in judgements]
    assert totals.gate_unverified.tolist() == [bool(each.gates_unverified) for each in judgements]


@settings(max_examples=25, deadline=None)
@given(batch=BATCH, data=st.data())
def test_under_a_profile_they_say_what_judging_the_facts_says(batch, data):
    weights = {each.id: data.draw(st.sampled_from([1, 7, 40])) for each in DIMENSIONS}
    criteria = {id: data.draw(st.sampled_from([0, 1, 2, 3])) for id in sorted(CRITERIA)[::3]}
    changes = Changes(dimension_weights=weights, criterion_weights=criteria)
    dimensions = adjusted(DIMENSIONS, changes)
    judgements, _contexts = judge_batch(batch, dimensions)
    assert told(records_of(batch).under(dimensions)) == expected(judgements)


def test_a_caution_passes_once_its_limit_is_moved_there():
    (dimension, *_others) = DIMENSIONS
    size = replace(
        next(each for each in dimension.criteria if "token" in each.kinds and not each.sectors),
        bands=(AtMost(passes=1.0, cautions=2.0),),
        rule=lambda m: m["position_usd"],
    )
    part = replace(dimension, criteria=(size,))
    records = records_of([{"kind": "token", "sector": "", "stale": set(), "measures": {"position_usd": 2.0}}])
    moved = adjusted([part], Changes(thresholds={size.id: [{"passes": 2.0}]}))
    assert records.answers([part])[size.id].state.tolist() == [CAUTION]
    assert records.answers(moved)[size.id].state.tolist() == [PASS]


def test_newer_rows_take_the_place_of_old_ones_and_assets_go():
    asset = {"kind": "token", "sector": "", "stale": set(), "measures": {}}
    old = Records.of([replace_id(asset, id) for id in (1, 2, 3)], criteria=tuple(CRITERIA))
    newer = Records.of([replace_id(asset, 2, total=77.0)], criteria=tuple(CRITERIA))
    joined = old.updated_by(newer, without=np.array([3]))
    assert joined.ids.tolist() == [1, 2]
    assert joined.totals[1] == 77
    assert len(joined.under(DIMENSIONS).grades) == 2
    assert joined.updated_by(newer, without=np.array([1])).ids.tolist() == [2]


def replace_id(asset, id, **changes):
    (card,) = cards_of([asset])
    return card._replace(asset_id=id, **changes)


def test_of_no_cards_there_are_no_records():
    records = Records.of([], criteria=tuple(CRITERIA))
    assert (len(records), records.ids.tolist()) == (0, [])


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([50, 70, 60], [3, 1, 2]),
        ([50, 70, 70], [3, 1, 1]),
        ([np.nan, 0, 80, np.nan], [3, 2, 1, 3]),
        ([], []),
    ],
    ids=["by total", "equal ones share", "those not rated share the last", "none"],
)
def test_ranks(totals, expected):
    assert ranks(np.array(totals, dtype=float)).tolist() == expected


@given(totals=st.lists(st.floats(0, 100), min_size=1))
def test_a_rank_is_one_more_than_the_number_of_better_ones(totals):
    told = ranks(np.array(totals))
    assert told.tolist() == [1 + sum(other > each for other in totals) for each in totals]
