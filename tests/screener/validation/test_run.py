import json
from copy import deepcopy
from datetime import timedelta

import numpy as np
import pytest

from screener.checklist import CHECKLIST_VERSION
from screener.validation import run as module
from screener.validation.baselines import Baselines
from screener.validation.run import validate
from tests.screener.validation.labelled import DIMENSIONS, MAPPING, TRADES, mapping, table

IDS = {each.id: each.criteria[0].id for each in DIMENSIONS}


def run(rows=None, *, dimensions=DIMENSIONS, **changes):
    rows_of_table = table() if rows is None else rows
    return validate(rows_of_table, mapping(**changes), position_usd=5_000, dimensions=dimensions)


@pytest.fixture(scope="module", autouse=True)
def _nothing_learned():
    """Baselines have tests of their own and take a second each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "baselines", lambda _features, _bad, *, seed: Baselines())
        yield


@pytest.fixture(scope="module")
def shared_result(_nothing_learned):
    return run()


@pytest.fixture
def result(shared_result):
    """A copy, so that no test sees what another one did to it."""
    return deepcopy(shared_result)


def test_it_tells_the_set_and_its_checklist(result):
    assert result["set"] == "pools"
    assert result["rows"] == 400
    assert result["base_rate"] == pytest.approx((table()["outcome"] == "dead").mean(), abs=1e-4)
    assert result["checklist_version"] == CHECKLIST_VERSION
    assert result["position_usd"] == 5_000
    assert result["limits"] == ["Made up."]


def test_it_is_one_object_of_json(result):
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_the_ranking_is_good_and_its_interval_holds_it(result):
    assert 0.7 < result["auc_low"] < result["auc"] < result["auc_high"] < 1
    assert 0.6 < result["auc_size_only"] < 1
    assert result["auc_age_only"] is None
    assert result["best_column"] in {"reserve", "trades"}
    assert result["auc_best_column"] >= result["auc_size_only"]


def test_worse_grades_die_more_often(result):
    rates = [each["rate"] for each in result["grades"].values() if each["n"] >= 20]
    assert len(rates) >= 2
    assert rates == sorted(rates)
    assert sum(each["n"] for each in result["grades"].values()) == 400


def test_criteria_that_never_answer_are_not_fed(result):
    fed = {each["criterion"]: each["answered_share"] for each in result["criteria_fed"]}
    assert fed == {IDS["depth"]: 1.0, IDS["trades"]: 1.0}
    assert result["criteria_asked"] == 3


def test_a_fact_that_feeds_no_criterion_is_a_warning(result):
    assert result["idle_facts"] == []
    told = run(facts={**MAPPING["facts"], "usage": {"tvl_usd": "reserve"}})
    assert told["idle_facts"] == ["usage.tvl_usd"]


def test_a_dimension_that_helps_is_missed_and_one_without_answers_is_not(result):
    assert set(result["ablation"]) == set(IDS)
    assert result["ablation"]["depth"] < result["auc"] - 0.02
    assert result["ablation"]["price"] == pytest.approx(result["auc"], abs=0.02)


def test_calibrated_risk_beats_the_base_rate(result):
    assert result["brier"] < result["brier_of_base_rate"]
    assert sum(each["n"] for each in result["reliability"]) == 400


def test_hidden_inputs_move_the_ranking_but_do_not_turn_it(result):
    assert result["masking"]["masked_share"] == 0.3
    assert 0.4 < result["masking"]["spearman"] < 1
    assert 0 <= result["masking"]["moved_more_than_one_grade_share"] <= 1


def test_it_comes_out_the_same(result):
    assert run() == result


def test_the_order_of_rows_does_not_count(result):
    assert run(table().sample(frac=1, random_state=1))["auc"] == result["auc"]


def test_labels_turned_around_turn_the_ranking(result):
    turned = run(label={"column": "outcome", "bad": "alive"})
    assert turned["auc"] == pytest.approx(1 - result["auc"], abs=1e-4)


def test_facts_are_never_stale_whenever_they_were_taken(result):
    assert run(now=MAPPING["now"] - timedelta(days=4_000))["auc"] == result["auc"]


def test_a_table_that_feeds_nothing_ranks_nothing():
    result = run(facts={"disclosure": {"site_since": "days_ago(trades)"}})
    assert result["auc"] == 0.5
    assert result["criteria_fed"] == []
    assert result["masking"]["spearman"] is None


def test_one_dimension_alone_leaves_nothing_to_compare_without_it():
    assert run(dimensions=[TRADES])["ablation"] == {"trades": None}


def test_unknown_cells_are_unknown_answers():
    gaps = table()
    gaps.loc[:99, "trades"] = np.nan
    fed = {each["criterion"]: each["answered_share"] for each in run(gaps)["criteria_fed"]}
    assert fed == {IDS["depth"]: 1.0, IDS["trades"]: 0.75}
