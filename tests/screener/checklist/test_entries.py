import numpy as np
import orjson
import pytest

from assets.metrics.measure import measure
from screener.checklist import CRITERIA, judge
from screener.checklist.entries import dimension_scores, entries_of, figures_of, names_of, none_for_nan
from screener.checklist.judge import judge_columns
from screener.checklist.scoring import Scores
from tests.golden.invented import INVENTED
from tests.screener.checklist.asking import measures_of


@pytest.mark.parametrize("name", INVENTED)
def test_a_judgement_says_what_its_entry_says(name):
    facts = INVENTED[name]
    measures = measure(facts, position_usd=1_000)
    (judgement,) = judge(measures, facts)
    (entry,) = (entry for judged in judge_columns(measures, facts) for entry in entries_of(judged))
    for field in ("asset_id", "total", "low", "high", "coverage", "grade", "gates_open", "gates_unverified"):
        assert getattr(entry, field) == getattr(judgement, field), field
    assert entry.dimensions == {each: scores.to_json() for each, scores in judgement.dimensions.items()}
    assert list(entry.findings) == [finding.to_json() for finding in judgement.findings]


@pytest.mark.parametrize("name", INVENTED)
def test_an_entry_says_what_the_columns_say(name):
    """Each cell by itself, without the passes over whole columns."""
    facts = INVENTED[name]
    (judged,) = judge_columns(measure(facts, position_usd=1_000), facts)
    (entry,) = entries_of(judged)
    for finding, (id, answers) in zip(entry.findings, judged.answers.items(), strict=True):
        told, value = finding["state"], answers.value.item()
        assert (finding["criterion"], finding["stale"]) == (id, answers.stale.item())
        assert (finding["points"] is None) == (told in {"unknown", "n-a"})
        assert finding["value"] == (None if np.isnan(value) else value)
        known = judged.measures[list(CRITERIA[id].figures)].iloc[0].dropna()
        assert finding["values"] == known.to_dict()
        rests_on = facts.sources[facts.sources["family"].isin(CRITERIA[id].families)]
        assert finding["observations"] == sorted(set(rests_on["observation_id"]) - {0})
        oldest = None if rests_on.empty else rests_on["as_of"].min().isoformat()
        assert finding["as_of"] == oldest
    assert orjson.loads(orjson.dumps(entry.findings)) == list(entry.findings)


def test_names_by_asset():
    hits = {"a": np.array([True, False, True]), "b": np.array([True, False, False])}
    assert names_of(hits, 3) == [("a", "b"), (), ("a",)]


def test_a_dimension_that_does_not_apply_is_left_out():
    columns = [np.array([0.123456, np.nan])] * 4
    told = list(dimension_scores({"utility": Scores(*columns)}))
    assert told[0]["utility"]["score"] == 0.1235
    assert told[1] == {}


def test_what_is_not_known_is_none():
    assert list(none_for_nan(np.array([0.0, np.nan, -1.5]))) == [0.0, None, -1.5]


def test_figures_are_those_that_are_known():
    asked = next(each for each in CRITERIA.values() if each.figures)
    one = asked.figures[0]
    assert list(figures_of(asked, measures_of({one: 0.0}, {}))) == [{one: 0.0}, {}]


def test_a_criterion_that_names_no_figures_has_none_for_each_asset():
    asked = next(each for each in CRITERIA.values() if not each.figures)
    assert list(figures_of(asked, measures_of({}, {}))) == [{}, {}]
