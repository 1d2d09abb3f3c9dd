from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.capital import CAPITAL_EVENTS, SPLITS, TOXIC
from tests.assets.metrics.batch import NOW, measured

COUNTS = ["reverse_splits_24m", "toxic_offerings_24m"]
FILES = {"filings_due_24m": 8}


def event(name, *, days_ago=100):
    return {"event": name, "happened_on": None if days_ago is None else NOW - timedelta(days=days_ago)}


def counted(*capital, filings=FILES):
    return measured(kind="equity", capital=list(capital), filings=filings)[COUNTS].fillna(0).tolist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reverse_split", [1, 0]),
        ("at_the_market", [0, 1]),
        ("convertible", [0, 1]),
        ("split", [0, 0]),
        ("shelf", [0, 0]),
        ("offering", [0, 0]),
        ("private_placement", [0, 0]),
    ],
)
def test_which_events_are_held_against_a_company(name, expected):
    assert counted(event(name)) == expected


@pytest.mark.parametrize(
    ("days_ago", "count"), [(-1, 0), (0, 1), (730, 1), (731, 1), (731.1, 0), (900, 0), (None, 0)]
)
def test_two_years_count(days_ago, count):
    assert counted(event("reverse_split", days_ago=days_ago)) == [count, 0]


def test_each_event_counts():
    assert counted(*[event("reverse_split")] * 2, event("convertible"), event("at_the_market")) == [2, 2]


def test_who_reads_its_filings_sees_that_there_were_none():
    assert counted() == [0, 0]
    found = measured(kind="equity", filings={"filings_due_24m": 8})
    assert found["reverse_splits_24m"] == 0
    assert np.isnan(found["toxic_offerings_24m"]), "a convertible may stand within a filing's text"
    assert measured(kind="equity")[COUNTS].isna().all()


def test_events_alone_show_that_somebody_reads_them():
    found = measured(kind="equity", capital=[event("shelf", days_ago=900)])
    assert found[COUNTS].fillna(0).tolist() == [0, 0]


@settings(max_examples=30)
@given(names=st.lists(st.sampled_from(CAPITAL_EVENTS), max_size=8))
def test_no_event_counts_twice(names):
    reverse, toxic = counted(*map(event, names))
    assert reverse + toxic <= len(names)


def test_what_is_counted_are_events():
    assert {*SPLITS, *TOXIC} < set(CAPITAL_EVENTS)
