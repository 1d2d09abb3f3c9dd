from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.capital import CAPITAL_EVENTS, READING_HOLDS_DAYS, REPORTS_APART_DAYS, TOXIC
from assets.metrics.unit_changes import UNIT_CHANGES
from tests.assets.metrics.batch import NOW, measured

COUNTS = ["reverse_splits_24m", "toxic_offerings_24m"]
READ = [{"subject": subject, "read_until": NOW} for subject in ("splits", "offerings")]


def event(name, *, days_ago=100, ratio=None):
    happened_on = None if days_ago is None else NOW - timedelta(days=days_ago)
    return {"event": name, "happened_on": happened_on, "ratio": ratio}


def counted(*capital, readings=READ):
    return measured(kind="equity", capital=list(capital), readings=readings)[COUNTS].tolist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reverse_split", [1, 0]),
        ("equity_line", [0, 1]),
        ("at_the_market", [0, 0]),
        ("convertible", [0, 1]),
        ("split", [0, 0]),
        ("shelf", [0, 0]),
        ("offering", [0, 0]),
        ("private_placement", [0, 0]),
        ("prospectus", [0, 0]),
        ("unregistered_sale", [0, 0]),
    ],
)
def test_which_events_are_held_against_a_company(name, expected):
    assert counted(event(name)) == expected


@pytest.mark.parametrize(("days_ago", "count"), [(-1, 0), (0, 1), (730, 1), (731, 1), (731.6, 0), (900, 0)])
def test_two_years_count(days_ago, count):
    assert counted(event("reverse_split", days_ago=days_ago)) == [count, 0]


def test_each_event_counts_once():
    splits = [event("reverse_split", days_ago=days, ratio=0.1) for days in (100, 300, 110)]
    assert counted(*splits, event("convertible"), event("equity_line")) == [2, 2]


def test_what_nobody_looked_for_is_not_none():
    listed = {"filings": {"filings_due_24m": 8}, "capital": [event("shelf")]}
    assert measured(kind="equity", **listed)[COUNTS].isna().all()
    assert measured(kind="equity", readings=READ, **listed)[COUNTS].tolist() == [0, 0]


def test_what_is_known_is_the_least_there_was():
    assert counted(event("reverse_split"), event("convertible"), readings=[]) == [1, 1]


def days_ago(days):
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("reports", "notices", "is_read"),
    [
        ({"read_until": days_ago(READING_HOLDS_DAYS)}, None, True),
        ({"read_until": days_ago(READING_HOLDS_DAYS + 1)}, None, False),
        ({"read_until": days_ago(REPORTS_APART_DAYS)}, {"read_until": NOW}, True),
        ({"read_until": days_ago(REPORTS_APART_DAYS + 1)}, {"read_until": NOW}, False),
        ({"read_until": days_ago(200)}, {"read_until": days_ago(READING_HOLDS_DAYS + 1)}, False),
        ({"read_until": days_ago(200)}, {"read_since": days_ago(199), "read_until": NOW}, False),
        ({"read_until": days_ago(200)}, {"read_since": days_ago(200), "read_until": NOW}, True),
        ({"read_since": days_ago(731), "read_until": NOW}, None, True),
        ({"read_since": days_ago(730), "read_until": NOW}, None, False),
        (None, {"read_until": NOW}, False),
    ],
)
def test_no_split_is_said_where_the_reports_of_the_time_were_read(reports, notices, is_read):
    of_subject = {"splits": reports, "split_notices": notices}
    readings = [{"subject": name, **each} for name, each in of_subject.items() if each]
    found = counted(readings=readings)[0]
    assert found == 0 if is_read else np.isnan(found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (event("unit_change"), np.nan),
        (event("unit_change", days_ago=900), 0),
        (event("unit_change", ratio=0.1), 0),
        (event("split"), 0),
        (event("reverse_split"), 1),
    ],
)
def test_a_change_of_unknown_kind_is_no_sign_that_there_was_none(change, expected):
    assert counted(change)[0] == pytest.approx(expected, nan_ok=True)
    known_one = event("reverse_split", days_ago=400, ratio=0.1)
    assert counted(change, known_one)[0] == (2 if expected == 1 else 1)


@settings(max_examples=30)
@given(names=st.lists(st.sampled_from(CAPITAL_EVENTS), max_size=8))
def test_no_event_counts_twice(names):
    reverse, toxic = np.nan_to_num(counted(*map(event, names)))
    assert reverse + toxic <= len(names)


def test_what_is_counted_are_events():
    assert {*UNIT_CHANGES, *TOXIC} < set(CAPITAL_EVENTS)
