import pytest

from screener.templatetags.criteria import of_criterion


@pytest.mark.parametrize(
    ("entries", "found"), [({"a.b": 1}, 1), ({}, None), ("", None)], ids=["there", "not there", "no score"]
)
def test_what_stands_under_a_criterion(entries, found):
    assert of_criterion(entries, "a.b") == found
