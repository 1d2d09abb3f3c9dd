from screener.screens.table import Coded
from tests.screener.screens.tables import table_of


def labels_of(coded):
    return [coded.labels[code] for code in coded.codes]


def test_a_category_keeps_its_labels_by_code():
    assert labels_of(Coded.of(["b", "a", "", "b"])) == ["b", "a", "", "b"]
    assert labels_of(Coded.of([])) == []


def test_categories_of_different_labels_join():
    joined = Coded.of(["b", "a"]).followed_by(Coded.of(["c", "a"]))
    assert labels_of(joined) == ["b", "a", "c", "a"]
    assert labels_of(Coded.of([]).followed_by(Coded.of(["x"]))) == ["x"]


def test_newer_rows_take_the_place_of_those_of_the_same_assets():
    table = table_of({"id": 1, "total": 10, "kind": "token"}, {"id": 2, "total": 20, "kind": "token"})
    newer = table_of({"id": 2, "total": 25, "kind": "equity"}, {"id": 3, "total": 30, "kind": "token"})
    merged = table.updated_by(newer)
    assert merged.ids.tolist() == [1, 2, 3]
    assert merged.numbers["total"].tolist() == [10, 25, 30]
    assert labels_of(merged.categories["kind"]) == ["token", "equity", "token"]
    assert len(table) == 2, "the old table stays as it was"
