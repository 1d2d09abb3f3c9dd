import pytest

from tests.screener.checklist.asking import finding, judged
from tests.screener.checklist.thresholds.liquidity_depth import TABLE


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
    answer = finding("liquidity_depth.round_trip_cost", round_trip_cost_share=0.03, position_usd=5_000)
    assert answer.values == {"position_usd": 5_000}


def test_a_quiet_market_is_worth_as_little_as_its_quietest_sign():
    answer = finding("liquidity_depth.living_market", last_trade_hours=12, volume_to_liquidity=0.04)
    assert answer.points == pytest.approx(0.2181, abs=1e-4)  # ln(12/24) / ln(1/24), less than ln 4 / ln 5


@pytest.mark.parametrize(("most", "state"), [(0.02, "pass"), (0.021, "unknown")])
def test_what_it_costs_at_most_passes_or_is_no_answer(most, state):
    answer = finding("liquidity_depth.round_trip_cost", round_trip_most_share=most, position_usd=5_000)
    assert answer.state == state
    assert answer.values == {"position_usd": 5_000, "round_trip_most_share": most}


@pytest.mark.parametrize(("least_usd", "state"), [(50_000, "pass"), (49_000, "unknown")])
def test_the_depth_of_a_part_of_its_venues_passes_or_is_no_answer(least_usd, state):
    answer = finding("liquidity_depth.depth_to_position", depth_least_usd=least_usd, position_usd=5_000)
    assert answer.state == state
