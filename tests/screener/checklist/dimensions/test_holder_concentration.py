import pytest

from tests.screener.checklist.asking import finding, judged

# (measures, state): a good value, the exact thresholds, beyond them, not known.
TABLE = {
    ("token", "top_ten_share"): [
        ({"top_ten_adjusted_share": 0.3}, "pass"),
        ({"top_ten_adjusted_share": 0.1 + 0.2}, "pass"),  # a sum that is a hair above 0.3
        ({"top_ten_adjusted_share": 0.31}, "caution"),
        ({"top_ten_adjusted_share": 0.5}, "caution"),
        ({"top_ten_adjusted_share": 0.51}, "fail"),
        ({"top_ten_share": 0.9}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "largest_wallet"): [
        ({"largest_wallet_share": 0.05}, "pass"),
        ({"largest_wallet_share": 0.051}, "caution"),
        ({"largest_wallet_share": 0.2}, "caution"),
        ({"largest_wallet_share": 0.21}, "fail"),
        ({"largest_wallet_share": 0.01, "creator_share": 0.05}, "pass"),
        ({"largest_wallet_share": 0.01, "creator_share": 0.051}, "caution"),
        ({"creator_share": 0.21}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "holder_hhi"): [
        ({"holder_hhi": 250}, "pass"),
        ({"holder_hhi": 251}, "caution"),
        ({"holder_hhi": 1_000}, "caution"),
        ({"holder_hhi": 1_001}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "nakamoto"): [
        ({"nakamoto_count": 20}, "pass"),
        ({"nakamoto_count": 19}, "caution"),
        ({"nakamoto_count": 5}, "caution"),
        ({"nakamoto_count": 4}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "holder_count"): [
        ({"holder_count": 2_000}, "pass"),
        ({"holder_count": 1_999}, "caution"),
        ({"holder_count": 500}, "caution"),
        ({"holder_count": 499}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "insider_ownership"): [
        ({"insider_share": 0.1}, "pass"),
        ({"insider_share": 0.5}, "pass"),
        ({"insider_share": 0.09}, "caution"),
        ({"insider_share": 0.05}, "caution"),
        ({"insider_share": 0.7}, "caution"),
        ({"insider_share": 0.04}, "fail"),
        ({"insider_share": 0.71}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "free_float"): [
        ({"public_float_share": 0.4}, "pass"),
        ({"public_float_share": 0.39}, "caution"),
        ({"public_float_share": 0.2}, "caution"),
        ({"public_float_share": 0.19}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "insider_trades"): [
        ({"insider_net_bought_share": 0.001}, "pass"),
        ({"insider_net_bought_share": 0}, "caution"),
        ({"insider_net_bought_share": -0.005}, "caution"),
        ({"insider_net_bought_share": -0.006}, "fail"),
        ({}, "unknown"),
    ],
}


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
    told = finding("holder_concentration.top_ten_share", top_ten_adjusted_share=0.006, top_ten_share=0.968)
    assert (told.value, told.values) == (0.006, {"top_ten_share": 0.968})
