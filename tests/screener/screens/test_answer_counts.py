import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.checklist.states import SHOWN
from screener.screens.answer_counts import answer_counts
from screener.screens.table import NEVER_ASKED


@pytest.mark.parametrize(
    ("rows", "expected"), [([0, 1, 2, 3], (2, 1, 1)), ([1, 3], (0, 1, 1)), ([], (0, 0, 0))]
)
def test_answers_of_the_rows_are_counted_by_their_words(rows, expected):
    codes = np.array([0, 2, 0, NEVER_ASKED], dtype=np.int8)
    found = answer_counts(codes, np.array(rows, dtype=np.int64))
    assert (found["pass"], found["fail"], found["n-a"]) == expected
    assert sum(found.values()) == len(rows)


@given(st.lists(st.integers(NEVER_ASKED, len(SHOWN) - 1)))
def test_each_asset_has_one_answer(codes):
    found = answer_counts(np.array(codes, dtype=np.int8), np.arange(len(codes)))
    assert [*found] == [*SHOWN]
    assert sum(found.values()) == len(codes)
