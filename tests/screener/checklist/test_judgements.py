import numpy as np
import orjson
import pandas as pd
import pytest

from assets.metrics.measure import measure
from screener.checklist import CRITERIA
from screener.checklist.judge import judge_columns
from screener.checklist.judgements import (
    dimension_scores,
    judgements_of,
    known_of,
    named_measures,
    names_of,
    none_for_nan,
)
from screener.checklist.scoring import Scores
from tests.golden.invented import INVENTED
from tests.screener.checklist.asking import finding, measures_of


@pytest.mark.parametrize("name", INVENTED)
def test_a_judgement_says_what_the_columns_say(name):
    """Each cell by itself, without the passes over whole columns."""
    facts = INVENTED[name]
    (judged,) = judge_columns(measure(facts, position_usd=1_000), facts)
    (judgement,) = judgements_of(judged)
    for found, (id, answers) in zip(judgement.findings, judged.answers.items(), strict=True):
        state, value = found["state"], answers.value.item()
        assert (found["criterion"], found["stale"]) == (id, answers.stale.item())
        assert (found["points"] is None) == (state in {"unknown", "n-a"})
        assert found["value"] == (None if np.isnan(value) else value)
        known = judged.measures[list(CRITERIA[id].measures)].iloc[0].dropna()
        assert found["values"] == known.to_dict()
        rests_on = facts.sources[facts.sources["family"].isin(CRITERIA[id].families)]
        assert found["observations"] == sorted(set(rests_on["observation_id"]) - {0})
        oldest = None if rests_on.empty else rests_on["as_of"].min().isoformat()
        assert found["as_of"] == oldest
    assert orjson.loads(orjson.dumps(judgement.findings)) == list(judgement.findings)


def test_names_by_asset():
    hits = {"a": np.array([True, False, True]), "b": np.array([True, False, False])}
    assert names_of(hits, 3) == [("a", "b"), (), ("a",)]


def test_a_dimension_that_does_not_apply_is_left_out():
    columns = [np.array([0.123456, np.nan])] * 4
    by_asset = list(dimension_scores({"utility": Scores(*columns)}))
    assert by_asset[0]["utility"]["score"] == 0.1235
    assert by_asset[1] == {}


def test_what_is_not_known_is_none():
    assert list(none_for_nan(np.array([0.0, np.nan, -1.5]))) == [0.0, None, -1.5]


def test_named_measures_are_those_that_are_known():
    asked = next(each for each in CRITERIA.values() if each.measures)
    one = asked.measures[0]
    assert list(named_measures(asked, measures_of({one: 0.0}, {}))) == [{one: 0.0}, {}]


def test_of_each_asset_the_known_measures_are_kept_by_name_a_zero_among_them():
    measures = pd.DataFrame(
        {"a": [0.0, np.nan, np.nan, 2.5], "b": [1.5, np.nan, -1.0, np.nan]}, index=[7, 9, 3, 1]
    )
    assert list(known_of(measures)) == [{"a": 0.0, "b": 1.5}, {}, {"b": -1.0}, {"a": 2.5}]
    assert list(known_of(measures.iloc[:0])) == []


def test_a_criterion_that_names_no_measures_has_none_for_each_asset():
    asked = next(each for each in CRITERIA.values() if not each.measures)
    assert list(named_measures(asked, measures_of({}, {}))) == [{}, {}]


@pytest.mark.parametrize(
    ("measures", "points"),
    [({"trades_24h": 300}, 1.0), ({"trades_24h": 95}, 0.5006), ({"trades_24h": 0}, 0.0), ({}, None)],
)
def test_points(measures, points):
    assert finding("utility.trading_activity", **measures).points == points


def test_a_finding_of_what_is_not_known_has_none_and_never_nan():
    unknown = finding("holder_concentration.top_ten_share")
    assert (unknown.value, unknown.values) == (None, {})
