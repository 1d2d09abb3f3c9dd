"""Criteria of the position at another size: as judging would say, and as stored where nobody can know."""

import numpy as np
import pandas as pd
import pytest

from assets.metrics.exit_costs import EXIT_SIZES_USD
from assets.metrics.measure import MEASURES
from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.screens.at_position import at_position
from screener.screens.conditions import Answered, Gated
from screener.screens.evaluate import Context, evaluate
from screener.screens.position import PositionSize
from screener.screens.size_criteria import MEASURES_OF_SIZE, OF_SIZE
from screener.screens.table import JUDGED_SIZE
from tests.screener.screens.tables import table_of

COST = "liquidity_depth.round_trip_cost"
DAYS = "liquidity_depth.days_to_exit"
DEPTH = "liquidity_depth.depth_to_position"
EXIT = "liquidity_depth.exit_cost"
COSTS = {size: min(0.995, 0.01 + max(0, size - 5_000) * 4e-6) for size in EXIT_SIZES_USD}
ROW = {
    "kind": "token",
    JUDGED_SIZE: 5_000,
    "round_trip": 0.01,
    "exit_days": 0.5,
    "depth": 100_000,
    "depth_to_position": 20,
    "volume": 1e5,
    "costs": COSTS,
    "states": {COST: "pass", DAYS: "pass", DEPTH: "pass"},
}
SHARE = {
    "kind": "equity",
    JUDGED_SIZE: 5_000,
    "exit_days": 0.5,
    "volume": 1e5,
    "edge_spread_share": 0.005,
    "edge_noise_share": 0.0,
    "states": {EXIT: "pass"},
}


def shown(table, usd, criterion):
    sized = at_position(table, PositionSize(usd=usd))
    return [SHOWN[code] if code >= 0 else None for code in sized.states[criterion]]


def measures_of(criterion):
    """The measures that its answer rests on: whichever its rule looks up."""
    asked = {*criterion.unless, *filter(None, [criterion.at_best])}

    class Noting(pd.DataFrame):
        def __getitem__(self, name):
            asked.add(name)
            return super().__getitem__(name)

    criterion.rule(Noting({each.name: [1.0, np.nan] for each in MEASURES}))
    return asked


def test_all_that_rest_on_the_size_are_known_and_no_others():
    moved = {"position_usd", "round_trip_cost_share", "round_trip_most_share"}
    moved |= {"days_to_exit", "depth_to_position"}
    rest_on_it = {each.id for each in CRITERIA.values() if measures_of(each) & moved}
    assert rest_on_it == {each.id for each in OF_SIZE}
    assert set().union(*map(measures_of, OF_SIZE)) <= set(MEASURES_OF_SIZE)


@pytest.mark.parametrize(
    ("usd", "cost", "days", "depth"),
    [
        (1_000, "pass", "pass", "pass"),
        (10_000, "caution", "pass", "pass"),
        (30_000, "fail", "caution", "caution"),
        (100_000, "fail", "fail", "fail"),
    ],
)
def test_states_follow_the_size(usd, cost, days, depth):
    table = table_of(ROW)
    assert [shown(table, usd, each) for each in (COST, DAYS, DEPTH)] == [[cost], [days], [depth]]


def test_a_share_keeps_what_its_spread_says_whatever_the_size():
    table = table_of(SHARE, {**SHARE, "edge_spread_share": 0.05, "states": {EXIT: "fail"}})
    assert shown(table, 20_000, EXIT) == ["caution", "fail"]
    assert shown(table, 100, EXIT) == ["pass", "fail"]


def test_an_old_answer_stays_old_and_who_is_not_asked_stays_so():
    old = {**ROW, "states": {COST: "stale", DAYS: "n-a"}}
    table = table_of(old, SHARE)
    assert shown(table, 100_000, COST) == ["stale", None]
    assert shown(table, 100_000, DAYS) == ["n-a", None]


def test_what_does_not_follow_from_its_figures_stays_as_the_card_found_it():
    """Questioned figures hold it down: by the table's it would pass."""
    table = table_of({**ROW, "states": {COST: "unknown", DAYS: "pass", DEPTH: "pass"}})
    assert shown(table, 100_000, COST) == ["unknown"]


def test_the_most_that_a_round_trip_costs_holds_for_a_smaller_size_alone():
    bound = {
        **ROW,
        "round_trip": np.nan,
        "costs": {},
        "round_trip_most_share": 0.015,
        "depth_to_position": np.nan,
        "depth": np.nan,
    }
    table = table_of(bound)
    assert shown(table, 1_000, COST) == ["pass"]
    assert shown(table, 6_000, COST) == ["unknown"]
    larger = at_position(table, PositionSize(usd=6_000))
    assert shown(larger, 5_500, COST) == ["unknown"], "what is lost on the way up is not found again"


def test_the_gate_opens_where_next_to_nothing_comes_back_and_shuts_again():
    table = table_of(ROW, {**ROW, "round_trip": 0.995, "states": {COST: "fail"}, "open": (COST,)})

    def stopped(usd):
        return evaluate(at_position(table, PositionSize(usd=usd)), Gated((COST,)), Context(now_s=0)).tolist()

    assert stopped(5_000) == [False, True]
    assert stopped(1_000_000) == [True, True]
    assert stopped(1_000) == [False, False]


def test_other_gates_and_states_are_shared():
    other = next(each.id for each in CRITERIA.values() if each.is_gate and each.id != COST)
    table = table_of({**ROW, "open": (other,), "unverified": (COST,), "states": {COST: "unknown"}})
    sized = at_position(table, PositionSize(usd=90_000))
    assert evaluate(sized, Gated((other,)), Context(now_s=0)).tolist() == [True]
    assert sized.states[other] is table.states[other]
    assert set(sized.states) == set(table.states)
    assert len(sized.states) == len(CRITERIA)


def test_a_filter_by_an_answer_finds_it_at_the_readers_size():
    table = table_of(
        ROW,
        {
            **ROW,
            "costs": dict.fromkeys(EXIT_SIZES_USD, 0.011),
            "volume": 1e8,
            "exit_days": 0.0005,
            "depth": 1e9,
            "depth_to_position": 200_000,
        },
    )
    fails = Answered(COST, ("fail",))
    assert evaluate(table, fails, Context(now_s=0)).tolist() == [False, False]
    sized = at_position(table, PositionSize(usd=100_000))
    assert evaluate(sized, fails, Context(now_s=0)).tolist() == [True, False]


def test_a_stop_does_not_go_because_nothing_is_kept_of_the_other_size():
    stopped = {**ROW, "round_trip": 0.995, "costs": {}, "states": {COST: "fail"}, "open": (COST,)}
    table = table_of(stopped)
    for usd in (100, 25_000, 10_000_000):
        sized = at_position(table, PositionSize(usd=usd))
        assert evaluate(sized, Gated((COST,)), Context(now_s=0)).tolist() == [True]
    assert at_position(table, PositionSize(usd=25_000)).numbers["round_trip"].tolist() == [0.995]
    assert np.isnan(at_position(table, PositionSize(usd=100)).numbers["round_trip"]).all()
    assert shown(table, 25_000, COST) == ["fail"]
