import pytest

from screener.checklist import CHECKLIST_VERSION
from screener.checklist.states import LETTERS, SHOWN
from screener.universe.live import Universe
from screener.universe.questioned_answers import questioned_answers
from screener.universe.rows import ASKED
from tests.factories.scorecards import make_asset, make_card, make_finding

pytestmark = pytest.mark.django_db

FIRST, SECOND, *OTHERS = ASKED["token"]
ASKED_OF = {"figures": {"market_cap_usd": 7e12}, "facts": []}


def answered(name, first, second, **changes):
    """A card that answers two criteria and passes the others."""
    findings = [make_finding(FIRST, first, questioned=True), make_finding(SECOND, second)]
    letters = LETTERS[first] + LETTERS[second] + "p" * len(OTHERS)
    return make_card(
        make_asset(name), findings=findings, states=letters, checklist_version=CHECKLIST_VERSION, **changes
    )


def test_an_answer_that_a_contradiction_takes_away_is_told_apart_from_an_unknown_one():
    answered("Odd", "unknown", "unknown", questioned=ASKED_OF)
    answered("Bare", "unknown", "unknown")
    answered("Known", "caution", "pass", questioned=ASKED_OF)
    states = Universe().table().states
    assert [SHOWN[code] for code in states[FIRST]] == ["questioned", "unknown", "caution"]
    assert [SHOWN[code] for code in states[SECOND]] == ["unknown", "unknown", "pass"]


def test_nothing_is_read_where_nothing_is_questioned(django_assert_num_queries):
    answered("Bare", "unknown", "unknown")
    universe = Universe()
    universe.table()
    with django_assert_num_queries(0):
        assert questioned_answers([]) == {}
