from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses.caps import CAP_FACTOR
from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import NOW, facts_of_one

SUPPLY = {"circulating": 80.0, "total": 100.0, "maximum": 200.0}


def looked_at(*, supply=None, **market):
    facts = questioned(facts_of_one(market={"price_usd": 2, **market}, supply=supply or SUPPLY))
    return facts, measure(facts, position_usd=5_000).iloc[0]


@pytest.mark.parametrize(
    ("units", "known"),
    [
        (80, True),
        (79 * CAP_FACTOR, True),
        (81 * CAP_FACTOR, False),
        (81 / CAP_FACTOR, True),
        (79 / CAP_FACTOR, False),
        (40, False),  # a receipt for two shares
        (160, False),
    ],
)
def test_a_cap_far_from_the_reported_one_is_not_known(units, known):
    facts, measured = looked_at(units_in_cap=units)
    assert np.isnan(measured["market_cap_usd"]) != known
    assert measured["circulating_supply"] == 80
    assert measured["fully_diluted_usd"] == 400
    if not known:
        (asked,) = facts.questions.to_dict("records")
        assert (asked["field"], asked["value"], asked["against"]) == ("market_cap_usd", 160, 2 * units)


def test_shares_at_the_price_of_a_receipt_for_thousands_have_neither_cap_nor_multiple():
    """The balance sheet has as many shares as the cover, so that the count itself stands."""
    facts = questioned(
        facts_of_one(
            kind="equity",
            market={"price_usd": 18.5, "units_in_cap": 1.6e6},
            supply={"circulating": 6.4e10},
            fundamentals={"revenue_ttm_usd": 4e6, "shares_on_balance": 6.4e10},
        )
    )
    found = measure(facts, position_usd=5_000).iloc[0]
    assert found["circulating_supply"] == 6.4e10
    assert np.isnan([found["market_cap_usd"], found["price_to_sales"]]).all()
    assert facts.questions[["field", "against"]].to_numpy().tolist() == [["market_cap_usd", 18.5 * 1.6e6]]


@pytest.mark.parametrize(("units", "known"), [(200, True), (100, True), (45, False), (900, False)])
def test_a_diluted_value_may_be_of_all_there_is_or_can_be(units, known):
    _facts, measured = looked_at(units_in_diluted=units)
    assert np.isnan(measured["fully_diluted_usd"]) != known
    assert measured["market_cap_usd"] == 160


def test_without_a_max_the_total_is_compared():
    _facts, measured = looked_at(supply={"circulating": 80, "total": 100}, units_in_diluted=1e9)
    assert np.isnan(measured["fully_diluted_usd"])


@pytest.mark.parametrize("market", [{}, {"units_in_cap": np.nan}, {"units_in_cap": 0}])
def test_nothing_is_asked_where_no_cap_is_reported(market):
    facts, measured = looked_at(**market)
    assert facts.questions.empty
    assert measured["market_cap_usd"] == 160


@pytest.mark.parametrize(("days", "known"), [(7, False), (-7, False), (8, True), (-8, True), (1_100, True)])
def test_a_cap_of_another_time_is_not_compared(days, known):
    """A coin's cap of 2023 says nothing of a supply of 2026."""
    then = NOW - timedelta(days=10)
    moments = {f"{name}_at": then for name in ("price_usd", "units_in_cap", "units_in_diluted")}
    counted = {f"{name}_at": then + timedelta(days=days) for name in SUPPLY}
    supply = {name: 10 * value for name, value in SUPPLY.items()} | counted
    _facts, measured = looked_at(supply=supply, units_in_cap=80, units_in_diluted=200, **moments)
    assert np.isnan(measured["market_cap_usd"]) != known
    assert np.isnan(measured["fully_diluted_usd"]) != known
