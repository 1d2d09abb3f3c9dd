import pytest

from screener.words.likeness import TITLES, likeness_sentence, likeness_title


@pytest.mark.parametrize("kind", TITLES)
def test_each_mark_has_a_title_and_a_sentence(kind):
    assert likeness_title(kind)
    assert "Aurum (AU)" in likeness_sentence(kind, "Aurum (AU)")


def test_what_is_not_marked_says_nothing():
    assert (likeness_title(""), likeness_sentence("", "")) == ("", "")


def test_mixed_letters_need_no_original():
    assert "look alike" in likeness_sentence("alphabets", "")
