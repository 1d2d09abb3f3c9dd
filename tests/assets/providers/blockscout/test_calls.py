import pytest

from assets.providers.blockscout.calls import call, is_last_page, items_in, next_page, objects_in


def test_a_call_says_how_its_answer_is_read():
    assert call("usage", "tokens", "base", "0xaa").context["body"] == "tokens"
    assert call("usage", "tokens", "base", "0xaa", tail="/transfers").context["body"] == "transfers"
    assert call("usage", "tokens", "base", "0x/a", body="earlier").path == "/8453/api/v2/tokens/0x%2Fa"


@pytest.mark.parametrize(
    ("body", "params", "is_last"),
    [
        ({"next_page_params": None}, None, True),
        ({}, None, False),
        ({"next_page_params": {}}, None, False),
        ({"next_page_params": "x"}, None, False),
        ({"next_page_params": {"index": 5, "hash": "0xa", "x": None}}, {"index": "5", "hash": "0xa"}, False),
        ({"next_page_params": {"a": True, "b": [1]}}, {"a": "true"}, False),
        ({"next_page_params": {"a": "x" * 101}}, None, False),
        ({"next_page_params": dict.fromkeys(map(str, range(21)), 1)}, None, False),
    ],
)
def test_the_page_that_follows(body, params, is_last):
    assert (next_page(body), is_last_page(body)) == (params, is_last)


def test_what_is_no_list_has_no_items():
    assert items_in({"items": {}}) is None
    assert items_in({"items": [1]}) == [1]
    assert objects_in([1, {"a": 2}]) == [{"a": 2}]
    assert objects_in(None) == []
