import pytest
from django.contrib.auth.models import AnonymousUser

from screener.checklist import CHECKLIST_VERSION
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.screening.criteria_counts import criteria_counts
from screener.universe.live import UNIVERSE
from screener.universe.rows import ASKED
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

FIRST, SECOND, *OTHERS = ASKED["token"]


@pytest.fixture
def market():
    for name, letters in (("Alpha", "pf"), ("Beta", "uf"), ("Gamma", "up")):
        states = letters + "n" * len(OTHERS)
        make_card(make_asset(name), states=states, checklist_version=CHECKLIST_VERSION)
    UNIVERSE.forget()


def counted(query):
    return criteria_counts(Screen(condition=parse(query)), user=AnonymousUser())


def test_answers_are_counted_among_the_assets_of_the_screen(market):
    assert {word: n for word, n in counted("")[FIRST].items() if n} == {"pass": 1, "unknown": 2}
    found = counted("alpha")
    assert {word: n for word, n in found[FIRST].items() if n} == {"pass": 1}
    assert found[OTHERS[0]]["n-a"] == 1


def test_what_is_asked_for_is_counted_under_the_other_conditions(market):
    found = counted(f"state:{FIRST}=unknown")
    assert (found[FIRST]["pass"], found[FIRST]["unknown"]) == (1, 2)
    assert (found[SECOND]["pass"], found[SECOND]["fail"]) == (1, 1)
