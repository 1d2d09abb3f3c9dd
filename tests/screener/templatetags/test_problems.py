import pytest
from django.template import Context, Template

from screener.screens.problems import Problem
from screener.templatetags.problems import in_words

TEMPLATE = Template("{% load problems %}{{ problem|in_words }}")


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


def test_what_was_typed_is_escaped():
    problem = Problem(key="q", text="There is no field {value}.", values={"value": "<b>"})
    assert TEMPLATE.render(Context({"problem": problem})) == "There is no field “&lt;b&gt;”."
