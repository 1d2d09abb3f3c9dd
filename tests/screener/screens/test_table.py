import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.table import Coded, stacked
from tests.screener.screens.tables import table_of


def labels_of(coded):
    return [coded.labels[code] for code in coded.codes]


def rows_of(table):
    """What a table says, row by row."""
    return [
        (int(table.ids[place]), table.text("name", place), table.numbers["score"][place], kind)
        for place, kind in enumerate(labels_of(table.categories["kind"]))
    ]


def test_a_category_keeps_its_labels_by_code():
    assert labels_of(Coded.of(["b", "a", "", "b"])) == ["b", "a", "", "b"]
    assert Coded.of(["b", ""]).missing.tolist() == [False, True]
    assert Coded.of(["b"]).missing.tolist() == [False]
    assert labels_of(Coded.of([])) == []


ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Alpha", "Beta", ""]),
        "score": st.integers(0, 3).map(float),
        "kind": st.sampled_from(["token", "equity", ""]),
        "tags": st.lists(st.sampled_from(["ai", "defi"]), max_size=2),
    }
)
BY_ID = st.dictionaries(st.integers(1, 9), ROW, max_size=6)


def told(by_id):
    return table_of(*({"id": key, **row} for key, row in sorted(by_id.items())))


@given(BY_ID, BY_ID)
def test_newer_rows_take_the_place_of_those_of_the_same_assets(before, news):
    old = told(before)
    was = rows_of(old)
    merged = old.updated_by(told(news))
    assert rows_of(merged) == rows_of(told(before | news))
    assert merged.tags.to_pylist() == told(before | news).tags.to_pylist()
    assert merged.bins["score"].tolist() == told(before | news).bins["score"].tolist()
    assert rows_of(old) == was, "the old table stays as it was"


@given(BY_ID, BY_ID)
def test_names_rank_as_if_the_table_were_loaded_anew(before, news):
    old = told(before)
    _ = old.name_ranks
    expected = told(before | news).name_ranks
    np.testing.assert_array_equal(old.updated_by(told(news)).name_ranks, expected)


@given(BY_ID)
def test_tables_stack_and_come_apart(by_id):
    table = told(by_id)
    parts = [table.taken(np.arange(0, len(table) // 2)), table.taken(np.arange(len(table) // 2, len(table)))]
    assert rows_of(stacked(parts)) == rows_of(table)


def test_a_frame_has_the_rows_and_columns_that_were_asked_for():
    table = told({3: {"name": "Alpha", "score": 2.0, "kind": "token"}, 5: {"name": "Beta", "kind": ""}})
    frame = table.frame(np.array([1, 0]), ["kind", "score"], now_s=0)
    assert frame.columns.tolist() == ["id", "slug", "symbol", "name", "questions", "kind", "score"]
    assert frame["name"].tolist() == ["Beta", "Alpha"]
    assert frame["kind"].tolist() == ["", "token"]
    assert np.isnan(frame["score"][0])


def test_days_since_a_moment_are_told_as_of_the_question():
    table = table_of({"known_days": 86_400.0})
    assert table.values("known_days", now_s=3 * 86_400.0).tolist() == [2.0]


def test_every_tag_is_known_the_commonest_first():
    table = table_of({"tags": ["AI", "DeFi"]}, {"tags": ["defi"]}, {})
    assert table.tag_labels == ("defi", "ai")
