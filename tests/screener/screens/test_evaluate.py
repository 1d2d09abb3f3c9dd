import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.checklist import CRITERIA
from screener.screens.conditions import (
    All,
    Answered,
    Between,
    Comparison,
    Contains,
    Either,
    Gated,
    Missing,
    Not,
    OneOf,
    OnWatchlist,
    Operator,
    Present,
    Tagged,
    Transform,
)
from screener.screens.evaluate import Context, evaluate, percentiles
from screener.screens.query import parse
from screener.screens.table import GATE_IDS
from tests.screener.screens.questions import QUESTION, ROW, SMALL
from tests.screener.screens.strategies import conditions as any_condition
from tests.screener.screens.tables import NAN, table_of

FIRST_GATE, SECOND_GATE = GATE_IDS[:2]
ASKED, SELDOM_ASKED = list(CRITERIA)[:2]
NOW_S = 1_000 * 86_400.0

ZOO = (
    {"name": "Alpha", "kind": "token", "tier": "micro", "market_cap": 10e6, "score": 80, "tags": ["AI"]},
    {"name": "Beta", "kind": "token", "tier": "small", "market_cap": 5e8, "score": 60, "open": [FIRST_GATE]},
    {"name": "Gamma", "kind": "equity", "tier": "micro", "market_cap": 90e6, "score": 60, "volume": 2e4},
    {"name": "Delta", "kind": "token", "tier": "", "score": 20, "unverified": [SECOND_GATE]},
)


def names(query, rows=ZOO, **context):
    table = table_of(*rows)
    mask = evaluate(table, parse(query), Context(now_s=NOW_S, **context))
    return [row["name"] for row, is_in in zip(rows, mask.tolist(), strict=True) if is_in]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma", "Delta"]),
        ("kind:equity", ["Gamma"]),
        ("KIND:Equity", ["Gamma"]),
        ("tier:micro,small", ["Alpha", "Beta", "Gamma"]),
        ("not tier:micro", ["Beta"]),
        ("market_cap <= 100m", ["Alpha", "Gamma"]),
        ("not market_cap <= 100m", ["Beta"]),
        ("market_cap != 10m", ["Beta", "Gamma"]),
        ("market_cap:10m..90m", ["Alpha", "Gamma"]),
        ("not market_cap:20m..90m", ["Alpha", "Beta"]),
        ("missing:market_cap", ["Delta"]),
        ("not missing:market_cap", ["Alpha", "Beta", "Gamma"]),
        ("known:tier", ["Alpha", "Beta", "Gamma"]),
        ("gate:clear", ["Alpha", "Gamma"]),
        ("gate:any", ["Beta"]),
        (f"gate:{FIRST_GATE}", ["Beta"]),
        ("gate:unverified", ["Delta"]),
        ("not gate:any", ["Alpha", "Gamma", "Delta"]),
        ("ALP", ["Alpha"]),
        ("a lt", ["Delta"]),
        ("tag:ai", ["Alpha"]),
        ("tag:a", []),
        ("exit_days(5000) < 3", ["Gamma"]),
        ("exit_days(50k) < 3", []),
        ("score > 70 or kind:equity", ["Alpha", "Gamma"]),
        ("not (score > 70 or kind:equity)", ["Beta", "Delta"]),
        ("pct(market_cap) > 50", ["Gamma"]),
    ],
)
def test_a_question_means_these_assets(query, expected):
    assert names(query) == expected


def test_watchlists_are_the_reader_s_own():
    lists = {"Mine": np.array([1, 3]), "Other": np.array([4])}
    assert names("watch:mine", watchlists=lists) == ["Alpha", "Gamma"]
    assert names("watch:any", watchlists=lists) == ["Alpha", "Gamma", "Delta"]
    assert names("watch:any") == names("watch:nobody", watchlists=lists) == []
    assert names('not watch:"Mine"', watchlists=lists) == ["Beta", "Delta"]


def test_a_change_is_relative_for_money_and_a_difference_for_scores():
    before = {"market_cap": np.array([20e6, 5e8, NAN, 1.0]), "score": np.array([95.0, 60, 50, NAN])}

    def past(key, days):
        assert days == 7
        return before[key]

    assert names("changed:market_cap 7d <= -50%", past=past) == ["Alpha"]
    assert names("changed:score 7d < -10", past=past) == ["Alpha"]
    assert names("changed:score 7d >= -10", past=past) == ["Beta", "Gamma"], "no past is no change of 0"


def test_of_a_state_it_is_known_whether_it_was_asked():
    rows = [{"name": name, "states": {ASKED: state}} for name, state in (("P", "pass"), ("F", "fail"))]
    rows.append({"name": "O"})
    assert names(f"state:{ASKED}=fail", rows) == ["F"]
    assert names(f"state:{ASKED}=pass,fail", rows) == ["P", "F"]
    assert names(f"not state:{ASKED}=fail", rows) == ["P"], "of another kind it is never asked"
    assert names(f"state:{ASKED}=n-a", rows) == ["O"]


def test_what_is_stale_is_neither_a_pass_nor_a_fail():
    told = (("P", "pass"), ("Old", "stale"), ("U", "unknown"))
    rows = [{"name": name, "states": {ASKED: shown}} for name, shown in told]
    assert names(f"state:{ASKED}=pass", rows) == ["P"]
    assert names(f"state:{ASKED}=stale", rows) == ["Old"]
    assert names(f"not state:{ASKED}=stale", rows) == ["P", "U"]
    assert names(f"state:{ASKED}=pass,stale", rows) == ["P", "Old"]


def test_days_since_are_those_at_the_moment_of_the_question():
    rows = [{"name": "New", "known_days": NOW_S - 3_600}, {"name": "Old", "known_days": 0.0}]
    assert names("known_days < 1d", rows) == ["New"]


# The same question, row by row and in plain words ----------------------------------------

COMPARED = {
    Operator.BELOW: lambda value, limit: value < limit,
    Operator.AT_MOST: lambda value, limit: value <= limit,
    Operator.ABOVE: lambda value, limit: value > limit,
    Operator.AT_LEAST: lambda value, limit: value >= limit,
    Operator.EQUAL: lambda value, limit: value == limit,
    Operator.UNEQUAL: lambda value, limit: value != limit,
}


def value_of(row, rows, number):
    """None where it is not known."""
    if number.argument is not None:
        return None if math.isnan(row["volume"]) else days(number.argument, row["volume"])
    value = row[number.key]
    if math.isnan(value):
        return None
    if number.transform is Transform.PERCENTILE:
        peers = [each["score"] for each in rows if each["tier"] == row["tier"] != "" and each["score"] >= 0]
        below = sum(peer < value for peer in peers) + Fraction(sum(peer == value for peer in peers) - 1, 2)
        return float(100 * below / (len(peers) - 1)) if row["tier"] and len(peers) > 1 else None
    if number.transform is Transform.CHANGE:
        before = row["before"]
        if math.isnan(before) or (number.key == "market_cap" and before == 0):
            return None
        return value / before - 1 if number.key == "market_cap" else value - before
    return value


def days(size_usd, volume_usd):
    return 9_999.0 if volume_usd == 0 else min(9_999.0, size_usd / (0.1 * volume_usd))


def holds(row, rows, question):
    """True, False, or None where it can't be known (Kleene's logic)."""
    match question:
        case Not(part):
            told = holds(row, rows, part)
            return None if told is None else not told
        case All(parts):
            told = [holds(row, rows, part) for part in parts]
            return False if False in told else None if None in told else True
        case Either(parts):
            told = [holds(row, rows, part) for part in parts]
            return True if True in told else None if None in told else False
        case Comparison(number, operator, limit):
            value = value_of(row, rows, number)
            return None if value is None else COMPARED[operator](value, limit)
        case Between(number, low, high):
            value = value_of(row, rows, number)
            return None if value is None else low <= value <= high
        case OneOf(category, labels):
            return row[category].lower() in {each.lower() for each in labels} if row[category] else None
        case Contains(text):
            return text.lower() in row["name"].lower() if row["name"] else None
        case Tagged(tags):
            return any(tag.lower() in row["tags"] for tag in tags)
        case Gated(gates):
            is_open, is_unverified = bool(row["open"]), bool(row["unverified"])
            facts = {"any": is_open, "unverified": is_unverified, "clear": not (is_open or is_unverified)}
            return any(facts.get(gate, gate in row["open"]) for gate in gates)
        case Answered(criterion, states):
            state = row["states"][criterion]
            if "n-a" in states:
                return state is None or state in states
            return None if state is None else state in states
        case Missing(key):
            return row[key] == "" or row[key] != row[key]
        case Present(key):
            return not (row[key] == "" or row[key] != row[key])
        case OnWatchlist(name):
            return name in {"any", "mine"} and row["id"] in {1, 2}
    raise AssertionError(question)


@settings(max_examples=300)
@given(st.lists(ROW, max_size=12), QUESTION)
def test_it_finds_what_a_row_by_row_search_finds_missing_values_included(rows, question):
    rows = [{"id": place + 1, **row} for place, row in enumerate(rows)]
    before = np.array([row["before"] for row in rows], dtype=float)
    context = Context(now_s=NOW_S, watchlists={"Mine": np.array([1, 2])}, past=lambda _key, _days: before)
    mask = evaluate(table_of(*rows), question, context)
    assert mask.tolist() == [holds(row, rows, question) is True for row in rows]


@given(any_condition())
def test_any_question_that_can_be_asked_has_an_answer(condition):
    past = np.full(len(ZOO), 1.0)
    mask = evaluate(table_of(*ZOO), condition, Context(now_s=NOW_S, past=lambda _key, _days: past))
    assert mask.dtype == bool
    assert len(mask) == len(ZOO)


@given(st.lists(st.one_of(st.just(math.nan), SMALL), max_size=20))
def test_percentiles_run_from_0_to_100_and_keep_the_order(values):
    column = np.array(values, dtype=float)
    size = len(column)
    told = percentiles(column, np.zeros(size, dtype=np.int32), np.zeros(size, dtype=bool))
    known = told == told
    assert ((told[known] >= 0) & (told[known] <= 100)).all()
    order = np.argsort(column[known], kind="stable")
    assert (np.diff(told[known][order]) >= 0).all()
    assert known.tolist() == (~np.isnan(column) & (np.sum(~np.isnan(column)) > 1)).tolist()
