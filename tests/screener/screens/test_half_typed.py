import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.half_typed import half_typed, without_term_at
from screener.screens.query import parse


@pytest.mark.parametrize(
    ("text", "term", "rest"),
    [
        ("marke", "marke", ""),
        ("kind:token mark", "mark", "kind:token"),
        ("kind:token and mark", "mark", "kind:token"),
        ("kind:token or mark", "mark", "kind:token"),
        ("kind:token not mark", "mark", "kind:token"),
        ("kind:token (mark", "mark", "kind:token"),
        ("kind:token chain:sol", "chain:sol", "kind:token"),
        ("kind:token chain:", "chain:", "kind:token"),
        ("kind:token chain:base,sol", "chain:base,sol", "kind:token"),
        ("kind:token market_cap < 1", "market_cap < 1", "kind:token"),
        ("kind:token market_cap <", "market_cap <", "kind:token"),
        ("kind:token exit_days(5000) < 0", "exit_days(5000) < 0", "kind:token"),
        ("kind:token exit_days(5", "exit_days(5", "kind:token"),
        ("kind:token changed:score 7d < -9", "changed:score 7d < -9", "kind:token"),
        ("kind:token pct(volume) > 99", "pct(volume) > 99", "kind:token"),
        ('kind:token "half a nam', '"half a nam', "kind:token"),
        ("kind:token state:utility.revenue=f", "state:utility.revenue=f", "kind:token"),
        ("(kind:token or score > 5) mark", "mark", "(kind:token or score > 5)"),
        ("mark kind:token", "mark", "kind:token"),
        ("", None, None),
        ("kind:token ", None, None),
        ("mcap<5 mark", None, None),
    ],
)
def test_the_term_at_the_caret_is_left_out(text, term, rest):
    caret = 4 if text.startswith("mark ") else len(text)
    half = half_typed(text, caret)
    assert (half and half.term, half and half.rest) == (term, rest)


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("kind:equity mcap<5", 12, "kind:equity"),
        ("kind:equity mcap<5 score>3", 12, "kind:equity score>3"),
        ("mcap<5", 0, ""),
        ("kind:equity gate:nonsense", 17, "kind:equity"),
        ("kind:equity market_cap <", 24, "kind:equity"),
        ("", 0, None),
    ],
)
def test_a_wrong_term_is_left_out(text, at, rest):
    half = without_term_at(text, at)
    assert (half and half.rest) == rest


WORDS = [
    "kind:token",
    "score > 3",
    "mark",
    "(",
    ")",
    "or",
    "not",
    '"x',
    "market_cap",
    "<",
    "5m",
    ":",
    ",",
    "pct(",
]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.integers(-2, 80))
def test_what_is_left_always_means_something(text, caret):
    for half in (half_typed(text, caret), without_term_at(text, caret)):
        if half is not None:
            parse(half.rest)
            assert half.term in text
