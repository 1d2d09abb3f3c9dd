from decimal import Decimal, localcontext

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.planning.bounds import (
    ACCOUNT,
    DEPTH,
    EDGE,
    FORMULAS,
    PARTICIPATION,
    RISK,
    PositionTerms,
    one_plan,
    position_bounds,
)

NAN = np.nan
PLAN = {"account_usd": 100_000, "risk_share": 0.01, "entry_usd": 0.5, "stop_usd": 0.4, "is_clear": True}
MARKET = {"volume_24h_usd": 400_000.0, "depth_down_usd": 90_000.0}


def bounds(market=MARKET, **terms):
    columns = {name: np.array([value], dtype=float) for name, value in {**MARKET, **market}.items()}
    return position_bounds(one_plan(**{**PLAN, **terms}), **columns)


def usd(found):
    return {name: float(found.usd[name][0]) for name in found.usd}


def test_a_plan_by_hand():
    """1 % of $100,000 at a stop a fifth lower; a tenth of a day's volume, and of the depth."""
    found = bounds(win_share=0.6, payoff_ratio=2)
    assert usd(found) == pytest.approx(
        {RISK: 5_000, EDGE: 10_000, PARTICIPATION: 40_000, DEPTH: 9_000, ACCOUNT: 100_000}
    )
    assert found.size_usd[0] == pytest.approx(5_000)
    assert found.loss_usd[0] == pytest.approx(1_000)
    assert found.binding() == (RISK,)
    assert found.unknown() == ()
    assert FORMULAS.keys() == found.usd.keys(), "each bound is shown with its formula"


@pytest.mark.parametrize(
    ("changed", "market", "binding", "size"),
    [
        ({"win_share": 0.52, "payoff_ratio": 1}, {}, EDGE, 1_000),
        ({"win_share": 0.4, "payoff_ratio": 1}, {}, EDGE, 0),
        ({}, {"volume_24h_usd": 3_000.0}, PARTICIPATION, 300),
        ({}, {"depth_down_usd": 2_000.0}, DEPTH, 200),
        ({"stop_usd": 0.4999}, {"volume_24h_usd": 1e9, "depth_down_usd": 1e9}, ACCOUNT, 100_000),
        ({}, {"depth_down_usd": 0.0}, DEPTH, 0),
    ],
)
def test_the_least_bound_is_the_size(changed, market, binding, size):
    found = bounds(market, **changed)
    assert found.binding() == (binding,)
    assert found.size_usd[0] == pytest.approx(size)


def test_a_gate_that_is_open_or_not_known_loses_all():
    found = bounds(is_clear=False)
    assert found.usd[RISK][0] == pytest.approx(1_000), "the risk itself"
    assert found.loss_share[0] == 1
    assert found.loss_usd[0] == found.size_usd[0]
    without = {name: value for name, value in PLAN.items() if name != "is_clear"}
    assert not one_plan(**without).is_clear[0]


def test_without_an_edge_kelly_is_not_asked_and_half_of_one_is_not_known():
    assert EDGE not in bounds().unknown()
    assert bounds().size_usd[0] == pytest.approx(5_000)
    assert bounds(win_share=0.6).unknown() == (EDGE,)


@pytest.mark.parametrize(("market", "name"), [("volume_24h_usd", PARTICIPATION), ("depth_down_usd", DEPTH)])
def test_a_market_that_is_not_known_bounds_nothing_and_says_so(market, name):
    found = bounds({market: NAN})
    assert found.unknown() == (name,)
    assert found.size_usd[0] == pytest.approx(5_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stop_usd": 0.5},
        {"stop_usd": 0.6},
        {"stop_usd": -1},
        {"stop_usd": NAN},
        {"entry_usd": 0},
        {"risk_share": 1.5},
        {"risk_share": NAN},
        {"account_usd": NAN},
        {"account_usd": -5},
    ],
)
def test_without_what_may_be_lost_there_is_no_size(wrong):
    found = bounds(**wrong)
    assert RISK in found.unknown()
    assert np.isnan(found.size_usd[0])


def test_a_longer_exit_lets_more_in():
    columns = {name: np.array([value]) for name, value in MARKET.items()}
    found = position_bounds(one_plan(**PLAN), **columns, participation_share=0.05, exit_days=4)
    assert found.usd[PARTICIPATION][0] == pytest.approx(80_000)


SHARES = st.floats(0.001, 0.999)
PLANS = st.fixed_dictionaries(
    {
        "account_usd": st.floats(100, 1e9),
        "risk_share": SHARES,
        "entry_usd": st.floats(1e-6, 1e5),
        "kept": SHARES,
        "is_clear": st.booleans(),
        "win_share": SHARES,
        "payoff_ratio": st.floats(0.1, 20),
        "volume_24h_usd": st.floats(0, 1e9),
        "depth_down_usd": st.floats(0, 1e9),
    }
)


def by_decimals(plan):
    """The same by hand, to fifty digits."""
    with localcontext() as context:
        context.prec = 50
        exact = {name: Decimal(value) for name, value in plan.items() if name != "is_clear"}
        entry = exact["entry_usd"]
        stop = Decimal(plan["entry_usd"] * plan["kept"]) if plan["is_clear"] else Decimal(0)
        wins, payoff = exact["win_share"], exact["payoff_ratio"]
        edge = max(wins - (1 - wins) / payoff, Decimal(0)) / 4
        return {
            RISK: exact["account_usd"] * exact["risk_share"] * entry / (entry - stop),
            EDGE: exact["account_usd"] * edge,
            PARTICIPATION: exact["volume_24h_usd"] / 10,
            DEPTH: exact["depth_down_usd"] / 10,
            ACCOUNT: exact["account_usd"],
        }


@given(st.lists(PLANS, min_size=1, max_size=5))
def test_it_is_what_decimals_and_pandas_say(plans):
    """Many plans at once are each as by hand; the least of a row is that of pandas."""
    frame = pd.DataFrame(plans)
    terms = PositionTerms(
        **{name: frame[name].to_numpy(float) for name in ("account_usd", "risk_share", "entry_usd")},
        **{name: frame[name].to_numpy(float) for name in ("win_share", "payoff_ratio")},
        stop_usd=(frame["entry_usd"] * frame["kept"]).to_numpy(float),
        is_clear=frame["is_clear"].to_numpy(bool),
    )
    market = {name: frame[name].to_numpy(float) for name in MARKET}
    found = position_bounds(terms, **market)
    expected = pd.DataFrame(
        [{name: float(value) for name, value in by_decimals(each).items()} for each in plans]
    )
    for name in FORMULAS:
        assert found.usd[name] == pytest.approx(expected[name].to_numpy(), rel=1e-9, abs=1e-9)
    assert found.size_usd == pytest.approx(expected.min(axis=1).to_numpy(), rel=1e-9, abs=1e-9)


@given(PLANS)
def test_no_more_than_the_risk_is_lost_and_no_more_than_the_account_is_spent(plan):
    terms = {name: plan[name] for name in ("account_usd", "risk_share", "entry_usd", "is_clear")}
    found = bounds({name: plan[name] for name in MARKET}, **terms, stop_usd=plan["entry_usd"] * plan["kept"])
    assert found.loss_usd[0] <= plan["account_usd"] * plan["risk_share"] * (1 + 1e-9)
    assert 0 <= found.size_usd[0] <= plan["account_usd"]
    assert found.binding()


@given(PLANS, st.floats(1, 10))
def test_a_deeper_market_never_makes_it_smaller(plan, deeper):
    terms = {name: plan[name] for name in ("account_usd", "risk_share", "entry_usd", "is_clear")}
    terms["stop_usd"] = plan["entry_usd"] * plan["kept"]
    sizes = [
        float(bounds({name: plan[name] * times for name in MARKET}, **terms).size_usd[0])
        for times in (1, deeper)
    ]
    assert sizes[0] <= sizes[1] * (1 + 1e-12)
