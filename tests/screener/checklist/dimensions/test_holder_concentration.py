import pytest

from tests.screener.checklist.asking import finding, judged
from tests.screener.checklist.thresholds.holder_concentration import TABLE


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"holder_concentration.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize(("share", "stops"), [(0.7, False), (0.701, True), (1.0, True)])
def test_ten_holders_who_own_nearly_all_stop_the_asset(share, stops):
    (judgement,) = judged({"top_ten_adjusted_share": share})
    assert ("holder_concentration.top_ten_share" in judgement.gates_open) is stops


def test_the_raw_figure_stands_beside_the_adjusted_one():
    answer = finding("holder_concentration.top_ten_share", top_ten_adjusted_share=0.006, top_ten_share=0.968)
    assert answer.value == 0.006
    assert answer.values == {"top_ten_adjusted_share": 0.006, "top_ten_share": 0.968}


@pytest.mark.parametrize(
    ("low", "high", "state", "stops"),
    [
        (0.72, 0.9, "fail", True),
        (0.55, 0.9, "fail", False),
        (0.2, 0.9, "unknown", False),
        (0.4, 0.9, "unknown", False),
        (0.4, 0.6, "caution", False),
        (0.2, 0.4, "caution", False),
        (0.1, 0.2, "pass", False),
    ],
)
def test_contracts_without_a_label_open_no_gate(low, high, state, stops):
    ends = {"top_ten_adjusted_low_share": low, "top_ten_adjusted_share": high}
    assert finding("holder_concentration.top_ten_share", **ends).state == state
    (judgement,) = judged(ends)
    name = "holder_concentration.top_ten_share"
    assert (name in judgement.gates_open) is stops
    assert (name in judgement.gates_unverified) is (state == "unknown")
