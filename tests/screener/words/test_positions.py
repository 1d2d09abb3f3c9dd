import pytest
from django.utils import translation

from screener.screens.position import PositionSize
from screener.words.positions import position_as_typed, position_in_words


@pytest.mark.parametrize(
    ("position", "words", "spanish"),
    [
        (PositionSize(usd=5_000), "$5,000", "$5.000"),
        (PositionSize(usd=25_000), "$25\u202fK", "$25\u202fmil"),
        (PositionSize(usd=1_500_000), "$1.5\u202fM", "$1,5\u202fM"),
        (PositionSize(usd=12_345), "$12.345\u202fK", "$12,345\u202fmil"),
        (PositionSize(units=1), "1 unit", "1 unit"),
        (PositionSize(units=2.5e6), "2.5\u202fM units", "2,5\u202fM units"),
    ],
)
def test_a_position_has_the_digits_that_were_written(position, words, spanish):
    assert position_in_words(position) == words
    with translation.override("es"):
        assert position_in_words(position).startswith(spanish.split(" unit")[0])


def test_it_is_typed_in_the_signs_of_the_language():
    assert position_as_typed(None) == ""
    assert position_as_typed(PositionSize(usd=1_500_000)) == "1.5m"
    with translation.override("es"):
        assert position_as_typed(PositionSize(usd=1_500_000)) == "1,5m"
