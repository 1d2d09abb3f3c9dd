import json

from screener.services.evidence.read_swaps import TITLES, read_swaps
from screener.validation.swaps import TABLES


def test_each_table_has_a_title_and_a_stored_result():
    assert set(TITLES) == {*TABLES, "all"}
    stored = read_swaps()
    assert [each.name for each in stored] == [*TITLES]
    for each in stored:
        assert each.title == TITLES[each.name]
        assert each.saved["swaps"] > 1_000
        assert each.saved["within_rounding_share"] >= 0.999
        assert each.saved["better_than_possible"] == 0
    assert stored[-1].saved["within_1_bp_share"] >= 0.99
    assert stored[-1].saved["swaps"] == sum(each.saved["swaps"] for each in stored[:-1])


def test_nothing_is_shown_before_something_was_saved(tmp_path):
    path = tmp_path / "swaps.json"
    assert read_swaps(path) == ()
    path.write_text(json.dumps({"v2_swaps": {"swaps": 3}}))
    assert [each.name for each in read_swaps(path)] == ["v2_swaps"]
