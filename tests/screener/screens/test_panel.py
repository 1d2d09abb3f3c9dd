import pytest
from hypothesis import given

from screener.screens.columns import CATEGORIES, GATES, IN_FORM
from screener.screens.conditions import EVERYTHING, All, both
from screener.screens.panel import Panel, example_of, panel_of, read_panel
from screener.screens.query import parse, written
from tests.screener.screens.strategies import conditions


def words_of(panel: Panel):
    """The words that the form would send, but for the rest."""
    words = {"name": [panel.name], "gates": [panel.gates], **panel.categories}
    return {key: list(labels) for key, labels in words.items()} | {k: [v] for k, v in panel.limits.items()}


def back_again(condition):
    panel = panel_of(condition)
    shown, problems = read_panel(words_of(panel))
    assert problems == () or "above the upper limit" in problems[0].text
    return both(panel.rest, shown)


@pytest.mark.parametrize(
    ("query", "panel"),
    [
        ("", Panel()),
        ("pepe", Panel(name="pepe")),
        ("kind:token tier:nano,micro", Panel(categories={"kind": ("token",), "tier": ("nano", "micro")})),
        ("market_cap <= 100m", Panel(limits={"market_cap_max": "100m"})),
        ("market_cap < 100m", Panel(limits={"market_cap_max": "<100m"})),
        ("score > 20 score <= 50", Panel(limits={"score_min": ">20", "score_max": "50"})),
        ("top10_adj:10%..40%", Panel(limits={"top10_adj_min": "10%", "top10_adj_max": "40%"})),
        ("gate:clear", Panel(gates="clear")),
    ],
)
def test_simple_conditions_stand_in_the_panel(query, panel):
    assert panel_of(parse(query)) == panel
    assert back_again(parse(query)) == parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "not gate:any",
        "kind:token or kind:equity",
        "exit_days(5k) < 3d",
        "pct(score) > 80",
        "missing:revenue",
        "nakamoto > 3",
        "gate:any,clear",
        "score = 50",
    ],
)
def test_what_the_panel_can_t_show_stays_in_the_query(query):
    panel = panel_of(parse(f"kind:token ({query})"))
    assert written(panel.rest) == query
    assert panel.categories == {"kind": ("token",)}


def test_what_is_asked_twice_is_shown_once():
    panel = panel_of(parse("score > 20 score > 30 alpha beta"))
    assert (panel.limits, panel.name) == ({"score_min": ">20"}, "alpha")
    assert written(panel.rest) == "score > 30 beta"


def parts(condition):
    """Two limits of one column are told as a range; the order of what must all hold says nothing."""
    return set(condition.parts) if isinstance(condition, All) else {condition}


@given(conditions())
def test_panel_and_query_always_agree(condition):
    """Sent back as it stands, the form asks for the same: text of any limit, label or name comes through."""
    panel = panel_of(condition)
    if panel.name != panel.name.strip() or len(panel.name) > 100:
        return  # A form's field is read without the spaces around it.
    if any(label != label.strip() for labels in panel.categories.values() for label in labels):
        return
    once = back_again(condition)
    assert parts(back_again(once)) == parts(once)
    if not panel.limits:
        assert parts(once) == parts(condition)


def test_of_a_form_without_entries_everything_is_asked():
    empty = {f"{each.key}_{end}": [" "] for each in IN_FORM for end in ("min", "max")}
    empty |= {each.key: [""] for each in CATEGORIES} | {"name": [""], "gates": [""]}
    assert read_panel(empty) == (EVERYTHING, ())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("market_cap_min", "lots"),
        ("market_cap_min", "<5"),
        ("market_cap_max", ">5"),
        ("score_max", "5d"),
        ("gates", "opn"),
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
