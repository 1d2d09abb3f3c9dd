import pytest

from assets.metrics.measure import measure
from screener.checklist import CRITERIA, judge
from screener.checklist.parts import total_of_part
from tests.golden.invented import INVENTED

ALL = set(CRITERIA)


def judgement_of(name):
    facts = INVENTED[name]
    (judgement,) = judge(measure(facts, position_usd=1_000), facts)
    return judgement


@pytest.mark.parametrize("name", ["healthy", "thin-pool", "stale", "equity-healthy", "equity-going-concern"])
def test_all_of_it_is_the_total_itself(name):
    whole = judgement_of(name)
    total, _answered = total_of_part(whole.findings, ALL, gates_open=whole.gates_open)
    assert total == pytest.approx(whole.total, abs=0.01)


def test_of_nothing_it_is_the_total_of_the_unknown():
    total, answered = total_of_part(judgement_of("healthy").findings, set())
    assert (round(total, 4), answered) == (35, 0)


def test_a_gate_outside_the_part_does_not_stop_it():
    findings = judgement_of("healthy").findings
    gate, other = "tokenomics.mint_authority", "utility.trading_activity"
    stopped, _ = total_of_part(findings, {gate, other}, gates_open=[gate])
    going, _ = total_of_part(findings, {other}, gates_open=[gate])
    assert stopped < 20 < going


def test_what_is_answered_is_a_share_of_the_weight():
    findings = [
        {"criterion": "utility.trading_activity", "state": "pass", "points": 1.0, "stale": False},
        {"criterion": "utility.active_addresses", "state": "unknown", "points": None, "stale": False},
        {"criterion": "utility.market_cap_to_tvl", "state": "n-a", "points": None, "stale": False},
    ]
    _total, answered = total_of_part(findings, {each["criterion"] for each in findings})
    assert answered == 0.75
