import pytest
from hypothesis import given

from screener.screens.columns import COLUMN_OF
from screener.screens.conditions import All, both
from screener.screens.panel import Panel, may_be_unknown, panel_of, with_answer
from screener.screens.panel_form import read_panel
from screener.screens.query import parse, written
from tests.screener.screens.strategies import conditions


def words_of(panel: Panel):
    """The words that the form would send, but for the rest."""
    words = {"name": [panel.name], "gates": [panel.gates], "missing": panel.missing, **panel.categories}
    words |= panel.answers
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
        (
            "state:transparency.going_concern=fail,caution",
            Panel(answers={"transparency.going_concern": ("fail", "caution")}),
        ),
        ("missing:holders missing:top10_adj", Panel(missing=("holders", "top10_adj"))),
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
        "missing:tvl",
        "missing:runway",
        "missing:sector",
        "not state:transparency.audit=fail",
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


def test_what_a_kind_can_t_have_is_not_offered_as_unknown():
    assert may_be_unknown(COLUMN_OF["holders"])
    assert not may_be_unknown(COLUMN_OF["runway"]), (
        "no token has one, and nothing is unknown of them for that"
    )
    assert not may_be_unknown(COLUMN_OF["nakamoto"])


def test_an_answer_is_added_and_taken_away():
    name = "transparency.going_concern"
    once = with_answer(parse("kind:equity"), name, "fail")
    assert once == parse(f"kind:equity state:{name}=fail")
    twice = with_answer(once, name, "unknown")
    assert twice == parse(f"kind:equity state:{name}=fail,unknown")
    assert with_answer(with_answer(twice, name, "fail"), name, "unknown") == parse("kind:equity")
