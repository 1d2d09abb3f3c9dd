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
        ({"round_trip_cost_share": 0.01, "trades_24h": 300, "last_trade_hours": 1}, "pass"),
        ({"round_trip_cost_share": 0.01, "trades_24h": 299}, "caution"),
        ({"round_trip_cost_share": 0.01, "trades_24h": 29}, "fail"),
        ({"round_trip_cost_share": 0.01, "last_trade_hours": 12}, "caution"),
        ({"round_trip_cost_share": 0.01, "last_trade_hours": 12.1}, "fail"),
        ({"trades_24h": 5, "last_trade_hours": 90}, "unknown"),
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
        ({"depth_to_position": 50, "trades_24h": 2}, "fail"),
        ({}, "unknown"),
    ],
    ("token", "pool_control"): [
        ({"lp_pullable_30d_share": 0.02, "lp_pullable_180d_share": 0.02}, "pass"),
        ({"lp_pullable_30d_share": 0.1, "lp_pullable_180d_share": 0.1}, "pass"),
        ({"lp_pullable_30d_share": 0.02, "lp_pullable_180d_share": 0.97}, "caution"),
        ({"lp_pullable_30d_share": 0.11}, "caution"),
        ({"lp_pullable_30d_share": 0.5}, "caution"),
        ({"lp_pullable_30d_share": 0.51}, "fail"),
        ({"lp_wallet_pullable_share": 0.2}, "unknown"),
        ({}, "unknown"),
    ],
    ("token", "living_market"): [
        ({"last_trade_hours": 1, "volume_to_liquidity": 0.5}, "pass"),
        ({"last_trade_hours": 1}, "pass"),
        ({"volume_to_liquidity": 0.05}, "pass"),
        ({"volume_to_liquidity": 5}, "pass"),
        ({"last_trade_hours": 1.1}, "caution"),
        ({"last_trade_hours": 12}, "caution"),
        ({"volume_to_liquidity": 0.049}, "caution"),
        ({"volume_to_liquidity": 0.01}, "caution"),
        ({"volume_to_liquidity": 20}, "caution"),
        ({"last_trade_hours": 12.1}, "fail"),
        ({"volume_to_liquidity": 0.009}, "fail"),
        ({"last_trade_hours": 0.5, "volume_to_liquidity": 20.1}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "exit_cost"): [
        ({"round_trip_cost_share": 0.02, "days_to_exit": 1, "edge_spread_share": 0.01}, "pass"),
        ({"days_to_exit": 1}, "pass"),
        ({"round_trip_cost_share": 0.021, "days_to_exit": 0.1}, "caution"),
        ({"edge_spread_share": 0.03}, "caution"),
        ({"round_trip_cost_share": 0.051}, "fail"),
        ({"round_trip_cost_share": 0.01, "days_to_exit": 5.1}, "fail"),
        ({"edge_spread_share": 0.031}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "zero_volume_days"): [
        ({"zero_volume_days_60d": 0}, "pass"),
        ({"zero_volume_days_60d": 1}, "caution"),
        ({"zero_volume_days_60d": 5}, "caution"),
        ({"zero_volume_days_60d": 6}, "fail"),
        ({}, "unknown"),
    ],
    ("equity", "venue"): [
        ({"venue_level": 0}, "pass"),
        ({"venue_level": 1}, "pass"),
        ({"venue_level": 2}, "caution"),
        ({"venue_level": 3}, "caution"),
        ({"venue_level": 4}, "fail"),
        ({"venue_level": 7}, "fail"),
        ({}, "unknown"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "name", "measures", "state"),
    [(*key, measures, state) for key, rows in TABLE.items() for measures, state in rows],
)
def test_states(kind, name, measures, state):
    assert finding(f"liquidity_depth.{name}", kind=kind, **measures).state == state


@pytest.mark.parametrize(
    ("kind", "name", "measures", "stops"),
    [
        ("token", "pool_control", {"lp_wallet_pullable_share": 0.5}, False),
        ("token", "pool_control", {"lp_wallet_pullable_share": 0.51}, True),
        ("token", "pool_control", {"lp_pullable_30d_share": 1, "lp_wallet_pullable_share": 0}, False),
        ("token", "round_trip_cost", {"round_trip_cost_share": 0.99}, False),
        ("token", "round_trip_cost", {"round_trip_cost_share": 0.991}, True),
        ("equity", "venue", {"venue_level": 4}, False),
        ("equity", "venue", {"venue_level": 5}, True),
    ],
)
def test_gates(kind, name, measures, stops):
    (judgement,) = judged(measures, kind=kind)
    assert (f"liquidity_depth.{name}" in judgement.gates_open) is stops


def test_a_pool_whose_owner_is_not_known_leaves_the_gate_unverified():
    (judgement,) = judged({"lp_pullable_30d_share": 1})
    assert "liquidity_depth.pool_control" in judgement.gates_unverified


def test_the_position_is_told_with_its_cost():
    told = finding("liquidity_depth.round_trip_cost", round_trip_cost_share=0.03, position_usd=5_000)
    assert told.values == {"position_usd": 5_000}


def test_a_quiet_market_is_worth_as_little_as_its_quietest_sign():
    told = finding(
        "liquidity_depth.round_trip_cost", round_trip_cost_share=0.01, trades_24h=200, last_trade_hours=6
    )
    assert told.points == pytest.approx(0.2789, abs=1e-4)  # ln(6/12) / ln(1/12), less than ln(200/30) / ln 10
