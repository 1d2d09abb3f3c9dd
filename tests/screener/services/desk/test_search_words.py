import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.services.desk.search_words import (
    LONGEST_WORDS,
    MOST_WORDS,
    has_more_than_is_searched,
    search_words,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  Alpha beta\tALPHA ", ("ALPHA", "beta")),
        ("a\x00b \x01", ("ab",)),
        ("a b c d e f g h i j", tuple("abcdefgh")),
    ],
)
def test_the_first_words_count_each_once(typed, words):
    assert search_words(typed) == words


@given(st.text(max_size=600))
def test_no_more_is_looked_for_than_the_limits_say(typed):
    words = search_words(typed)
    assert len(words) <= MOST_WORDS
    assert sum(map(len, words)) <= LONGEST_WORDS
    assert all(each.isprintable() and not set(each) & set(" \t") for each in words)


@pytest.mark.parametrize(
    ("typed", "more"), [("a b", False), ("a " * 90, False), ("a b c d e f g h i", True), ("a" * 201, True)]
)
def test_the_reader_learns_that_not_all_is_looked_for(typed, more):
    assert has_more_than_is_searched(typed) is more
