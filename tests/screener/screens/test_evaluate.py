import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.evaluate import evaluate
from screener.screens.filters import Screen
from tests.screener.screens.tables import table_of

ZOO = (
    {"name": "Alpha", "kind": "token", "tier": "micro", "market_cap": 10e6, "total": 80},
    {"name": "Beta", "kind": "token", "tier": "small", "market_cap": 500e6, "total": 60, "open": 1},
    {"name": "Gamma", "kind": "equity", "tier": "micro", "market_cap": 90e6, "total": 60, "unverified": 2},
    {"name": "Delta", "kind": "token", "tier": "", "total": 20},
)


def names(screen, rows=ZOO):
    table = table_of(*rows)
    return [table.texts["name"][place] for place in evaluate(table, screen).rows]


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        (Screen(), ["Alpha", "Beta", "Gamma", "Delta"]),
        (Screen(categories={"kind": ("equity",)}), ["Gamma"]),
        (Screen(categories={"tier": ("micro", "small")}), ["Alpha", "Beta", "Gamma"]),
        (Screen(categories={"tier": ("nano",)}), []),
        (Screen(ranges={"market_cap": (None, 100e6)}), ["Alpha", "Gamma"]),
        (Screen(ranges={"market_cap": (10e6, 10e6)}), ["Alpha"]),
        (Screen(gates="clear"), ["Alpha", "Delta"]),
        (Screen(gates="open"), ["Beta"]),
        (Screen(gates="unverified"), ["Gamma"]),
        (Screen(text="ALP"), ["Alpha"]),
        (Screen(text="a lt"), ["Delta"]),
        (Screen(sort="market_cap"), ["Alpha", "Gamma", "Beta", "Delta"]),
        (Screen(sort="-market_cap"), ["Beta", "Gamma", "Alpha", "Delta"]),
        (Screen(sort="name"), ["Alpha", "Beta", "Delta", "Gamma"]),
        (Screen(sort="-name"), ["Gamma", "Delta", "Beta", "Alpha"]),
    ],
)
def test_a_screen_brings_back_its_rows_in_order(screen, expected):
    assert names(screen) == expected


def test_a_category_is_counted_under_all_the_other_conditions():
    facets = evaluate(table_of(*ZOO), Screen(categories={"kind": ("token",)})).facets
    assert facets["kind"] == {"token": 3, "equity": 1}
    assert facets["tier"] == {"": 1, "micro": 1, "small": 1}


NUMBER = st.one_of(st.just(math.nan), st.integers(0, 5).map(float))
ROW = st.fixed_dictionaries(
    {
        "name": st.text(alphabet="abc", max_size=3),
        "kind": st.sampled_from(["token", "equity"]),
        "tier": st.sampled_from(["", "nano", "micro"]),
        "market_cap": NUMBER,
        "total": NUMBER,
        "open": st.integers(0, 1),
        "unverified": st.integers(0, 1),
    }
)
LIMITS = st.tuples(
    st.one_of(st.none(), st.integers(0, 5).map(float)), st.one_of(st.none(), st.integers(0, 5).map(float))
)
ANY_SCREEN = st.builds(
    Screen,
    text=st.text(alphabet="abc ", max_size=3),
    categories=st.fixed_dictionaries(
        {}, optional={"kind": st.just(("token",)), "tier": st.just(("nano", "micro"))}
    ),
    ranges=st.fixed_dictionaries({}, optional={"market_cap": LIMITS, "total": LIMITS}),
    gates=st.sampled_from(["", "clear", "open", "unverified"]),
    sort=st.sampled_from(["total", "-total", "market_cap", "-market_cap", "name", "-name"]),
)


def matches(row, screen):
    """The same question, row by row and in plain words."""
    for key, wanted in screen.categories.items():
        if row[key] not in wanted:
            return False
    for key, (low, high) in screen.ranges.items():
        value = row[key]
        if (low is not None or high is not None) and math.isnan(value):
            return False
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    gates = {
        "clear": not row["open"] and not row["unverified"],
        "open": row["open"],
        "unverified": row["unverified"],
    }
    if screen.gates and not gates[screen.gates]:
        return False
    return all(word in row["name"] for word in screen.text.split())


@given(st.lists(ROW, max_size=25), ANY_SCREEN)
def test_it_finds_what_a_row_by_row_search_finds_missing_values_included(rows, screen):
    table = table_of(*rows)
    selection = evaluate(table, screen)
    assert sorted(selection.rows.tolist()) == [
        place for place, row in enumerate(rows) if matches(row, screen)
    ]


@given(st.lists(ROW, min_size=1, max_size=25), ANY_SCREEN)
def test_unknown_values_sort_last_and_ties_by_id(rows, screen):
    table = table_of(*rows)
    places = evaluate(table, screen).rows.tolist()
    key = screen.sort_key
    told = [(rows[place][key], table.ids[place]) for place in places]
    known = [each for each in told if each[0] != "" and each[0] == each[0]]
    assert told[: len(known)] == known, "unknown ones come last"
    for (first, first_id), (second, second_id) in pairwise(known):
        assert first != second or first_id < second_id
        assert first == second or (first > second) == screen.is_descending
