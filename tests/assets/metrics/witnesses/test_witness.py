import numpy as np
import pandas as pd
import pytest

from assets.metrics.facts import Facts
from assets.metrics.witnesses.witness import (
    Doubt,
    agrees,
    days_of,
    differs,
    limit_days,
    of_one_time,
)
from tests.assets.metrics.batch import NOW, facts_of_one

NAN = np.nan


@pytest.mark.parametrize(
    ("value", "other", "apart"),
    [(1, 2, False), (1, 2.01, True), (2.01, 1, True), (NAN, 2, False), (1, NAN, False)],
)
def test_what_is_further_apart_than_the_factor_differs(value, other, apart):
    assert differs(np.array([value]), np.array([other]), factor=2).tolist() == [apart]


@pytest.mark.parametrize(
    ("value", "other", "near"),
    [(1, 2, True), (1, 2.01, False), (2.01, 1, False), (NAN, 2, False), (1, NAN, False)],
)
def test_what_is_known_and_no_further_apart_agrees(value, other, near):
    assert agrees(np.array([value]), np.array([other]), factor=2).tolist() == [near]


def test_a_doubt_of_assets_names_the_rows_of_their_frame():
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in (1, 2, 3)],
        supply=[{"asset_id": 3, "total": 7}, {"asset_id": 1, "total": 5}],
    )
    every, against = np.ones(3, dtype=bool), np.array([10.0, 20.0, 30.0])
    doubt = Doubt.of_assets(facts, "supply", "total", every, against)
    assert doubt.rows.tolist() == [1, 0]
    assert doubt.against.tolist() == [10, 30]


def test_a_doubt_of_a_measure_names_places_in_the_batch():
    doubt = Doubt.of_measure(
        "market_cap_usd", np.array([False, True]), np.array([1.0, 2.0]), np.array([3.0, 4.0])
    )
    assert (doubt.rows.tolist(), doubt.values.tolist(), doubt.against.tolist()) == ([1], [2.0], [4.0])
    assert facts_of_one().unless_questioned("market_cap_usd", np.array([2.0])).tolist() == [2.0]


@pytest.mark.parametrize(
    ("day", "other", "counts"),
    [(10, 3, True), (3, 10, True), (10, 2.9, False), (2.9, 10, False), (NAN, 3, True), (10, NAN, True)],
)
def test_what_is_of_another_time_contradicts_nothing(day, other, counts):
    found = of_one_time(np.array([5.0]), np.array([day]), np.array([other]), within_days=7)
    assert np.isnan(found).tolist() == [not counts]


def test_moments_as_days():
    moments = pd.Series(pd.to_datetime(["1970-01-02T12:00:00Z", None], utc=True))
    assert days_of(moments)[0] == 1.5
    assert np.isnan(days_of(moments)[1])


@pytest.mark.parametrize(("kind", "days"), [("token", 7), ("equity", 200)])
def test_how_far_apart_is_one_time_says_the_family(kind, days):
    assert limit_days(facts_of_one(kind=kind), "supply").tolist() == [days]
