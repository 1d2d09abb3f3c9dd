import pytest
from django.utils.translation import override

from screener.views import kept_fragments
from screener.views.kept_fragments import forget_kept, kept_fragment, key_of


class Rendered:
    """Counts how often it is rendered."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return f"rendered {self.times}"


def test_of_one_key_it_is_rendered_once():
    render, key = Rendered(), key_of("once", 1)
    assert [kept_fragment("test", key, render) for _ in range(3)] == ["rendered 1"] * 3
    assert kept_fragment("test", key_of("once", 2), render) == "rendered 2"
    assert kept_fragment("other", key, render) == "rendered 3"


def test_each_language_has_its_own():
    render, key = Rendered(), key_of("languages")
    assert kept_fragment("test", key, render) == "rendered 1"
    with override("es"):
        assert kept_fragment("test", key, render) == "rendered 2"
    assert kept_fragment("test", key, render) == "rendered 1"


@pytest.mark.parametrize("key", [None, b"", ""])
def test_without_a_key_it_is_rendered_anew(key):
    render = Rendered()
    assert [kept_fragment("test", key, render) for _ in range(2)] == ["rendered 1", "rendered 2"]


def test_a_key_tells_apart_what_differs_and_nothing_else():
    assert key_of({"price": 0.5}, ("a",)) == key_of({"price": 0.5}, ("a",))
    assert len({key_of({"price": each}) for each in (0.5, 0.25, None, "")}) == 4


def test_no_more_is_kept_than_there_is_room_for():
    for number in range(40):
        kept_fragment("room", key_of(number), lambda: "x" * 1_000_000)
    assert kept_fragments._kept.currsize <= kept_fragments.MOST_CHARACTERS


def test_what_is_forgotten_is_rendered_anew():
    render, key = Rendered(), key_of("forgotten")
    kept_fragment("test", key, render)
    forget_kept()
    assert kept_fragment("test", key, render) == "rendered 2"
