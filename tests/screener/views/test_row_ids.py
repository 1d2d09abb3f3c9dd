import pytest

from screener.views.row_ids import HIGHEST, row_id


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("007", 7), ("0", 0), (str(HIGHEST), HIGHEST)])
def test_numbers_that_a_row_can_have(text, number):
    assert row_id(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "٣", "²", "1\0", str(HIGHEST + 1), "9" * 40, "9" * 5_000]
)
def test_all_else_is_none(text):
    assert row_id(text) is None
