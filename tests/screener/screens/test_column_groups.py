from collections import Counter

import pytest

from screener.screens.column_groups import GROUPS, moved
from screener.screens.columns import COLUMN_OF


def test_each_column_is_in_one_group():
    counted = Counter(key for keys in GROUPS.values() for key in keys)
    assert set(counted) == set(COLUMN_OF)
    assert set(counted.values()) == {1}


@pytest.mark.parametrize(
    ("key", "by", "expected"),
    [
        ("b", -1, ("b", "a", "c")),
        ("b", 1, ("a", "c", "b")),
        ("a", -1, ("a", "b", "c")),
        ("c", 9, ("a", "b", "c")),
        ("a", 2, ("b", "c", "a")),
        ("x", 1, ("a", "b", "c")),
    ],
)
def test_a_column_moves_as_far_as_the_ends(key, by, expected):
    assert moved(("a", "b", "c"), key, by=by) == expected
