import pytest

from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.screens.columns import CATEGORIES, GATES, IN_FORM
from screener.screens.conditions import EVERYTHING
from screener.screens.panel_form import example_of, read_panel
from screener.screens.query import parse


def test_of_a_form_without_entries_everything_is_asked():
    empty = {f"{each.key}_{end}": [" "] for each in IN_FORM for end in ("min", "max")}
    empty |= {each.key: [""] for each in CATEGORIES} | {"name": [""], "gates": [""], "missing": [""]}
    empty |= {each: [""] for each in CRITERIA}
    assert read_panel(empty) == (EVERYTHING, ())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("market_cap_min", "lots"),
        ("market_cap_min", "<5"),
        ("market_cap_max", ">5"),
        ("score_max", "5d"),
        ("gates", "opn"),
        ("transparency.going_concern", "failed"),
        ("missing", "hodlers"),
        ("missing", "runway"),
    ],
)
def test_what_makes_no_sense_is_told_with_an_example(word, text):
    condition, (problem,) = read_panel({word: [text], "kind": ["token"]})
    assert problem.key == word
    assert text in problem.text.format(**problem.values)
    assert condition == parse("kind:token"), "the rest still applies"


def test_an_impossible_range_is_told():
    _condition, (problem,) = read_panel({"score_min": ["50"], "score_max": ["20"]})
    assert problem.text.format(**problem.values).startswith("The lower limit 50 is above the upper limit 20")


@pytest.mark.parametrize("column", IN_FORM, ids=lambda each: each.key)
def test_the_example_of_a_limit_is_one(column):
    condition, problems = read_panel({f"{column.key}_max": [example_of(column)]})
    assert problems == ()
    assert condition != EVERYTHING


@pytest.mark.parametrize("gate", GATES)
def test_gates_are_one_of_three(gate):
    assert read_panel({"gates": [gate]}) == (parse(f"gate:{gate}"), ())


@pytest.mark.parametrize("word", SHOWN)
def test_answers_of_a_criterion_are_ticked_by_their_words(word):
    asked = read_panel({"transparency.going_concern": [word, "pass"]})
    expected = "pass" if word == "pass" else f"{word},pass"
    assert asked == (parse(f"state:transparency.going_concern={expected}"), ())
