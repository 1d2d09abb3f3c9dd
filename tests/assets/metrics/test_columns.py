from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.columns import (
    ABSURD_USD,
    FEW_TEXTS,
    Groups,
    days_until,
    growth_share,
    is_among,
    known,
    levels,
    of_each_text,
    positive,
    ratio,
    sum_of_known,
    usd,
)
from tests.assets.metrics.batch import NOW

NAN = np.nan


def groups() -> Groups:
    rows = pd.DataFrame({"asset_id": [7, 3, 7, 99, 7], "x": [1.0, 5.0, 4.0, 100.0, NAN]})
    return Groups.of(rows, pd.Index([3, 7, 8]))


def test_what_cannot_be_is_not_known():
    assert known([-1, 0, 1, np.inf, NAN], high=10) == pytest.approx([NAN, 0, 1, NAN, NAN], nan_ok=True)
    assert usd([ABSURD_USD, 2 * ABSURD_USD]) == pytest.approx([ABSURD_USD, NAN], nan_ok=True)
    assert positive([0, 1e-30]) == pytest.approx([NAN, 1e-30], nan_ok=True, abs=0)


@pytest.mark.parametrize(
    ("top", "bottom", "expected"), [(1, 2, 0.5), (1, 0, NAN), (0, 0, NAN), (NAN, 1, NAN)]
)
def test_a_ratio_is_never_infinite(top, bottom, expected):
    assert ratio(top, bottom) == pytest.approx(expected, nan_ok=True)


def test_sum_of_known():
    assert sum_of_known(np.array([1, NAN, NAN]), np.array([2, 2, NAN])) == pytest.approx(
        [3, 2, NAN], nan_ok=True
    )


def test_days_until():
    moments = pd.Series(
        [NOW + timedelta(hours=36), NOW - timedelta(days=1), None], dtype="datetime64[us, UTC]"
    )
    assert days_until(moments, NOW) == pytest.approx([1.5, -1, NAN], nan_ok=True)


def test_a_word_that_is_not_a_level_is_not_known():
    words = pd.Series(["b", "", "a", "c", NAN], dtype="str")
    assert levels(words, ("a", "b")) == pytest.approx([1, NAN, 0, NAN, NAN], nan_ok=True)


def test_groups_leave_out_strangers_and_keep_the_unknown_apart_from_zero():
    grouped = groups()
    assert grouped.count().tolist() == [1, 3, 0]
    assert grouped.total(grouped["x"]) == pytest.approx([5, 5, NAN], nan_ok=True)
    assert grouped.strict_total(grouped["x"]) == pytest.approx([5, NAN, 0], nan_ok=True)
    assert grouped.least(grouped["x"]) == pytest.approx([5, 1, NAN], nan_ok=True)
    assert grouped.most(grouped["x"]) == pytest.approx([5, 4, NAN], nan_ok=True)
    assert grouped.of_largest(grouped["x"], -grouped["x"]) == pytest.approx([-5, -4, NAN], nan_ok=True)


def test_groups_can_be_ordered():
    ordered = groups().from_large_to_small("x")
    assert ordered["x"] == pytest.approx([5, 4, 1, NAN], nan_ok=True)
    assert ordered.place().tolist() == [0, 0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([1.0, 2.0, 3.0, NAN])), max_size=8))
def test_groups_are_ordered_alike_whether_they_came_in_order_or_not(rows):
    of_two = pd.DataFrame({"asset_id": [owner for owner, _x in rows], "x": [x for _owner, x in rows]})
    once = Groups.of(of_two, pd.Index([0, 1, 2])).from_large_to_small("x")
    places = np.lexsort((-of_two["x"], of_two["asset_id"]))
    assert once["x"] == pytest.approx(of_two["x"].to_numpy()[places], nan_ok=True)
    assert once.owner.tolist() == of_two["asset_id"].to_numpy()[places].tolist()
    assert once.from_large_to_small("x")["x"] == pytest.approx(once["x"], nan_ok=True)


def test_groups_without_a_row():
    empty = groups().where(np.zeros(4, dtype=bool))
    assert empty.place().tolist() == []
    assert np.isnan(empty.total(empty["x"])).all()


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(12, 10, 0.2), (0, 10, -1), (5, 0, np.nan), (np.nan, 1, np.nan), (1, np.nan, np.nan)],
)
def test_growth_is_unknown_where_there_was_nothing_before(now, before, expected):
    found = growth_share(np.array([now], dtype=float), np.array([before], dtype=float))
    assert found == pytest.approx([expected], nan_ok=True)


def test_equal_texts_of_many_are_asked_about_once():
    asked = []
    texts = pd.Series(["ab", "", "ab", "c"] * FEW_TEXTS, dtype="str")
    found = of_each_text(texts, lambda text: asked.append(text) or text.upper())
    assert found.tolist() == ["AB", "", "AB", "C"] * FEW_TEXTS
    assert asked == ["ab", "", "c"]


@pytest.mark.parametrize("times", [1, FEW_TEXTS])
def test_each_of_few_texts_and_of_many_is_answered_alike(times):
    texts = pd.Series(["ab", "", None, "c"] * times, dtype="str")
    assert of_each_text(texts, str).tolist() == ["ab", "", "nan", "c"] * times
    assert of_each_text(texts[:0], str).tolist() == []
    assert is_among(texts, {"ab", "d"}).tolist() == [True, False, False, False] * times
