import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.half_typed import corrected, half_typed, is_on_its_way, right_part, without_term_at
from screener.screens.query import QueryError, parse


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


def problem_of(text):
    with pytest.raises(QueryError) as refused:
        parse(text)
    return refused.value.problem


@pytest.mark.parametrize(
    ("text", "fixed", "right"),
    [
        ("kind:equity mcap<5", "kind:equity market_cap<5", "kind:equity"),
        ("market_cap 100m score>3", "market_cap < 100m score>3", "score>3"),
        ("market_cap:100m", "market_cap = 100m", ""),
        ("state:transparency.audit", "state:transparency.audit=fail", ""),
        ("state:utility.revenue!=fail kind:token", "state:utility.revenue=fail kind:token", "kind:token"),
        ("gate:cleer", "gate:clear", ""),
        ("mcap<5 vol>3", "", ""),
        ("nothinglikeit<5 kind:token", "", "kind:token"),
        ("market_cap <", "", ""),
    ],
)
def test_of_a_wrong_query_what_was_meant_and_what_is_right(text, fixed, right):
    problem = problem_of(text)
    assert corrected(text, problem) == fixed
    assert right_part(text, problem) == right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("market_cap <", True),
        ("kind:", True),
        ("market_cap < ", True),
        ("gate:cle", True),
        ('kind:token "half', True),
        ("kind:token (chain:base", True),
        ("mcap<5", False),
        ("kind:token )", True),
        ("market_cap < and kind:token", False),
    ],
)
def test_what_is_wrong_at_the_end_is_on_its_way(text, expected):
    assert is_on_its_way(problem_of(text), text) is expected
