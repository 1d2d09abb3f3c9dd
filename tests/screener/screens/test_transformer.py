import pytest
from lark import Token

from screener.screens.amounts import PERCENTILE
from screener.screens.conditions import Contains, Either, Number, Transform
from screener.screens.transformer import QueryError, either, unit_of, wrong

A, B, C = Contains("a"), Contains("b"), Contains("c")


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (Number("market_cap"), "usd"),
        (Number("top10_adj"), "share"),
        (Number("change"), "change"),
        (Number("exit_days", argument=5000.0), "days"),
        (Number("market_cap", transform=Transform.PERCENTILE), PERCENTILE),
        (Number("market_cap", transform=Transform.CHANGE, days=7), "change"),
        (Number("holders", transform=Transform.CHANGE, days=7), "change"),
        (Number("score", transform=Transform.CHANGE, days=7), "score"),
        (Number("exit_days", transform=Transform.CHANGE, days=7), "days"),
    ],
)
def test_a_limit_has_the_unit_of_what_is_read(number, unit):
    assert unit_of(number) == unit


def test_parts_joined_by_or_are_flat():
    assert either([A]) == A
    assert either([A, Either((B, C))]) == Either((A, B, C))


def test_a_problem_points_at_its_token_and_shows_no_more_than_fits():
    error = wrong(Token("WORD", "x" * 100, start_pos=7), "No {value}.", hint="y")
    assert isinstance(error, QueryError)
    assert (error.problem.at, error.problem.length) == (7, 100)
    assert error.problem.values == {"value": "x" * 40, "hint": "y"}
    assert str(error) == f"No {'x' * 40}."
    assert "hint" not in wrong(Token("WORD", "x", start_pos=0), "No.").problem.values
