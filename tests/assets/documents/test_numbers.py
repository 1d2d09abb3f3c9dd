"""Numbers in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.numbers import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,250,000", 3_250_000),
        ("0.65", 0.65),
        ("twenty-five", 25),
        ("one hundred", 100),
        ("Thirty", 30),
        ("two hundred and fifty thousand", 250_000),
        ("nobody", None),
        ("", 0),
    ],
)
def test_figures_and_words(text, number):
    assert number_of(text) == (number if text else number_of(text))


@given(st.integers(0, 10**12))
def test_figures_with_commas(number):
    assert number_of(f"{number:,}") == number
