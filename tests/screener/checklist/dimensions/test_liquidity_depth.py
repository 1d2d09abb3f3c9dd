import pytest

from tests.screener.checklist.asking import finding, judged

# (measures, state): a good value, the exact thresholds, beyond them, not known.
TABLE = {
    ("token", "round_trip_cost"): [
        ({"round_trip_cost_share": 0.02}, "pass"),
        ({"round_trip_cost_share": 0.021}, "caution"),
        ({"round_trip_cost_share": 0.05}, "caution"),
        ({"round_trip_cost_share": 0.051}, "fail"),
        ({"round_trip_cost_share": 1}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "days_to_exit"): [
        ({"days_to_exit": 1}, "pass"),
        ({"days_to_exit": 1.1}, "caution"),
        ({"days_to_exit": 5}, "caution"),
        ({"days_to_exit": 5.1}, "fail"),
        ({"days_to_exit": 9_999}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "depth_to_position"): [
        ({"depth_to_position": 10}, "pass"),
        ({"depth_to_position": 9.9}, "caution"),
        ({"depth_to_position": 3}, "caution"),
        ({"depth_to_position": 2.9}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "pool_control"): [
        ({"lp_control_days": 9_999}, "pass"),
        ({"lp_control_days": 180}, "pass"),
        ({"lp_control_days": 179}, "caution"),
        ({"lp_control_days": 30}, "caution"),
        ({"lp_control_days": 29}, "fail"),
        ({"lp_control_days": 0}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "volume_to_liquidity"): [
        ({"volume_to_liquidity": 0.5}, "pass"),
        ({"volume_to_liquidity": 0.05}, "pass"),
        ({"volume_to_liquidity": 5}, "pass"),
        ({"volume_to_liquidity": 0.049}, "caution"),
        ({"volume_to_liquidity": 0.01}, "caution"),
        ({"volume_to_liquidity": 20}, "caution"),
        ({"volume_to_liquidity": 0.009}, "fail"),
        ({"volume_to_liquidity": 20.1}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "round_trip_cost"): [({"round_trip_cost_share": 0.02}, "pass"), ({}, "unknown")],
    ("equity", "days_to_exit"): [({"days_to_exit": 5.1}, "fail"), ({}, "unknown")],
    ("equity", "depth_to_position"): [({"depth_to_position": 3}, "caution"), ({}, "unknown")],
    ("equity", "spread"): [
        ({"spread_share": 0.01}, "pass"),
        ({"spread_share": 0.011}, "caution"),
        ({"spread_share": 0.03}, "caution"),
        ({"spread_share": 0.031}, "fail"),
        ({}, "unknown"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"liquidity_depth.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize(("days", "stops"), [(30, False), (29.9, True), (0, True)])
def test_a_pool_that_can_be_pulled_stops_the_asset(days, stops):
    (judgement,) = judged({"lp_control_days": days})
    assert ("liquidity_depth.pool_control" in judgement.gates_open) is stops


def test_the_position_is_told_with_its_cost():
    told = finding("liquidity_depth.round_trip_cost", round_trip_cost_share=0.03, position_usd=5_000)
    assert told.values == {"position_usd": 5_000}
