import numpy as np
import pytest

from screener.checklist import CRITERIA, DIMENSIONS, State
from screener.checklist.totals import overridden, total
from tests.screener.checklist.batches import records_of

GATE = next(each for each in CRITERIA.values() if each.is_gate and "token" in each.kinds)
PLAIN = next(each for each in CRITERIA.values() if not each.is_gate and "token" in each.kinds)
NOTHING_KNOWN = {"kind": "token", "sector": "", "stale": set(), "measures": {}}


@pytest.mark.parametrize(
    ("state", "points"), [("pass", 1.0), ("caution", 0.5), ("fail", 0.0), ("n-a", np.nan)]
)
def test_an_answer_is_worth_the_points_of_its_state(state, points):
    answers = overridden(PLAIN, State(state), size=2)
    assert answers.points.tolist() == pytest.approx([points, points], nan_ok=True)
    assert not answers.gate_open.any()
    assert not answers.gate_unverified.any()


@pytest.mark.parametrize(
    ("state", "stops"), [("pass", False), ("caution", False), ("fail", True), ("n-a", False)]
)
def test_an_answer_settles_a_gate(state, stops):
    answers = overridden(GATE, State(state), size=1)
    assert answers.gate_open.tolist() == [stops]
    assert answers.gate_unverified.tolist() == [False]


def test_answers_move_the_total_and_its_gates():
    records = records_of([NOTHING_KNOWN])
    answers = records.answers(DIMENSIONS)
    was = total(DIMENSIONS, answers, size=1)
    passed = total(DIMENSIONS, answers | {PLAIN.id: overridden(PLAIN, State.PASS, size=1)}, size=1)
    stopped = total(DIMENSIONS, answers | {GATE.id: overridden(GATE, State.FAIL, size=1)}, size=1)
    assert was.scores.score < passed.scores.score
    assert was.gate_unverified.all()
    assert not was.gate_open.any()
    assert stopped.gate_open.all()
    assert stopped.scores.high <= 20
    assert (was.rated.tolist(), stopped.rated.tolist()) == ([False], [False]), "a stop is no rating"


def test_verifying_every_gate_leaves_none_unverified():
    answers = records_of([NOTHING_KNOWN]).answers(DIMENSIONS)
    gates = {id: overridden(each, State.PASS, size=1) for id, each in CRITERIA.items() if each.is_gate}
    assert not total(DIMENSIONS, answers | gates, size=1).gate_unverified.any()


@pytest.mark.parametrize(
    ("verified", "rated"), [(0, False), (1, True)], ids=["no gate was looked at", "one was"]
)
def test_an_asset_is_rated_once_one_of_its_gates_was_looked_at(verified, rated):
    """Everything else is answered."""
    answers = records_of([NOTHING_KNOWN]).answers(DIMENSIONS)
    passed = {
        id: overridden(each, State.PASS, size=1)
        for id, each in CRITERIA.items()
        if id in answers and not each.is_gate
    }
    gates = [each for id, each in CRITERIA.items() if id in answers and each.is_gate]
    looked_at = {each.id: overridden(each, State.PASS, size=1) for each in gates[:verified]}
    totals = total(DIMENSIONS, answers | passed | looked_at, size=1)
    assert totals.scores.coverage > 0.5
    assert totals.rated.tolist() == [rated]


def test_where_no_gate_applies_none_is_missing():
    answers = records_of([NOTHING_KNOWN]).answers(DIMENSIONS)
    states = {id: State.NOT_APPLICABLE if CRITERIA[id].is_gate else State.PASS for id in answers}
    answers = {id: overridden(CRITERIA[id], state, size=1) for id, state in states.items()}
    assert total(DIMENSIONS, answers, size=1).rated.tolist() == [True]
