import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens import order
from screener.screens.order import in_order, page_of, sort_values
from tests.screener.screens.tables import table_of

ROWS = st.lists(st.tuples(st.none() | st.integers(0, 9), st.integers(0, 9)), max_size=40)
VALUES = st.lists(st.one_of(st.just(math.nan), st.integers(0, 5).map(float)), max_size=40)


@given(VALUES, st.booleans(), st.integers(0, 45), st.integers(1, 20), st.booleans())
def test_a_page_is_the_same_part_of_the_whole_order(values, descending, start, size, whole):
    """The short way, which looks for the page only, and the long one agree."""
    column, rows = np.array(values, dtype=float), np.arange(len(values))
    ordered = in_order(column, rows, descending=descending)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "ALL_AT_ONCE", 10**9 if whole else 0)
        page = page_of(column, rows, start, start + size, descending=descending)
    assert page.tolist() == ordered[start : start + size].tolist()


@given(VALUES, st.booleans())
def test_unknown_values_come_last_and_ties_go_by_id(values, descending):
    ordered = in_order(np.array(values, dtype=float), np.arange(len(values)), descending=descending)
    pairs = [(values[place], place) for place in ordered.tolist()]
    known = [each for each in pairs if each[0] == each[0]]
    assert pairs[: len(known)] == known
    assert sorted(place for _value, place in pairs) == list(range(len(values)))
    for (first, first_place), (second, second_place) in pairwise(known):
        assert first != second or first_place < second_place
        assert first == second or (first > second) == descending


@pytest.mark.parametrize(
    ("key", "expected"),
    [("name", ["Alpha", "beta", "Gamma", ""]), ("tier", ["", "Gamma", "Alpha", "beta"]), ("score", None)],
)
def test_texts_sort_as_people_expect(key, expected):
    table = table_of(
        {"name": "Gamma", "tier": "micro", "score": 1.0},
        {"name": "Alpha", "tier": "small", "score": 1.0},
        {"name": "", "tier": "nano", "score": 1.0},
        {"name": "beta", "tier": "large", "score": 1.0},
    )
    values = sort_values(table, key, now_s=0)
    names = [table.text("name", place) for place in in_order(values, np.arange(4), descending=False)]
    assert names == (expected or ["Gamma", "Alpha", "", "beta"])


@pytest.mark.parametrize("descending", [True, False])
@given(
    rows=st.lists(st.tuples(st.none() | st.integers(0, 9), st.integers(0, 9)), max_size=40), data=st.data()
)
def test_those_without_a_value_come_last_sorted_by_what_stands_behind(rows, data, descending):
    values = np.array([np.nan if value is None else value for value, _behind in rows], dtype=np.float64)
    behind = np.array([each for _value, each in rows], dtype=np.float64)
    sign = -1 if descending else 1
    expected = sorted(
        range(len(rows)),
        key=lambda row: (
            rows[row][0] is None,
            sign * (rows[row][1] if rows[row][0] is None else rows[row][0]),
            row,
        ),
    )
    start = data.draw(st.integers(0, len(rows)))
    page = page_of(values, np.arange(len(rows)), start, start + 7, descending=descending, behind=behind)
    assert page.tolist() == expected[start : start + 7]
