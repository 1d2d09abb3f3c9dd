import pytest

from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.screens.conditions import Answered
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.views.screening.criteria_panel import OFFERED, asked_answers, criteria_by_dimension, in_words

NAME = "transparency.going_concern"
NOTHING = dict.fromkeys(SHOWN, 0)
COUNTS = {each: NOTHING | {"n-a": 5} for each in CRITERIA} | {NAME: NOTHING | {"fail": 2, "unknown": 3}}


def test_every_answer_is_offered():
    assert {*OFFERED} == {*SHOWN}


def test_answers_that_nobody_has_are_left_out_unless_they_are_asked_for():
    (group,) = asked_answers({NAME: ("stale",)}, COUNTS)
    shown = [(each["value"], each["count"], each["is_chosen"]) for each in group["choices"]]
    assert shown == [("fail", 2, False), ("unknown", 3, False), ("stale", 0, True)]
    assert group["label"] == CRITERIA[NAME].title


def test_criteria_that_are_asked_of_none_are_left_out():
    ((dimension, (criterion,)),) = criteria_by_dimension(Screen(), COUNTS)
    assert (dimension, criterion["title"]) == ("Transparency", CRITERIA[NAME].title)


@pytest.mark.parametrize(("query", "expected"), [("", "fail"), (f"state:{NAME}=unknown", "unknown,fail")])
def test_an_answer_leads_to_the_screen_that_asks_for_it(query, expected):
    ((_title, (criterion,)),) = criteria_by_dimension(Screen(condition=parse(query)), COUNTS)
    (fail,) = [each for each in criterion["answers"] if each["value"] == "fail"]
    assert fail["address"] == "/?q=" + f"state:{NAME}={expected}".replace(":", "%3A").replace(
        "=", "%3D"
    ).replace(",", "%2C")
    assert criterion["is_asked"] == bool(query)


def test_what_is_asked_is_said_in_words():
    assert in_words(Answered(NAME, ("fail", "n-a"))) == f"{CRITERIA[NAME].title}: fail, n/a"
