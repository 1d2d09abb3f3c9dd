import pytest

from screener.screens.problems import Problem
from screener.words.problems import in_words


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"value": "mcap"}, "There is no field “mcap”."),
        ({"value": "mcap", "hint": "market_cap"}, "There is no field “mcap”. Did you mean “market_cap”?"),
        ({"value": "{0}"}, "There is no field “{0}”."),
    ],
)
def test_a_problem_is_a_sentence_with_what_was_perhaps_meant(values, expected):
    assert in_words(Problem(key="q", text="There is no field {value}.", values=values)) == expected


def test_numbers_of_ours_are_not_quoted():
    problem = Problem(key="q", text="At most {most}; “x” has {count}.", counts={"most": 150, "count": 1_000})
    assert in_words(problem) == "At most 150; “x” has 1,000."
