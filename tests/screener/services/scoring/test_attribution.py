from copy import deepcopy
from functools import cache

import pytest

from screener.checklist import CRITERIA, DIMENSIONS
from screener.services.scoring.attribution import attributed_effects
from tests.factories.market import score_twice
from tests.factories.scorecards import make_answered_card, make_asset, make_finding, make_unrated_card

pytestmark = pytest.mark.django_db

ROUNDING = 2e-3
"""Scorecards keep points and totals to four decimals."""
DIMENSION_IDS = {each.id for each in DIMENSIONS}


_market = cache(lambda: score_twice(range(30)))


@pytest.fixture
def pairs(db):
    """Those that are rated, scored once for all; each test may change its own copies."""
    return [pair for pair in deepcopy(_market()) if all(card.is_rated for card in pair)]


def test_an_answer_alone_makes_the_whole_change(pairs):
    """Undoing all answers of a dimension gives the old total where no other dimension changed."""
    alone = 0
    for old, new in pairs:
        effects = attributed_effects(old=old, new=new)
        moved = [each for each in effects if each in DIMENSION_IDS]
        if len(moved) == 1:
            alone += 1
            assert effects[moved[0]] == pytest.approx(new.total - old.total, abs=ROUNDING)
        criteria = [each for each in effects if each in CRITERIA]
        if len(criteria) == 1:
            assert effects[criteria[0]] == effects[moved[0]]
    assert alone


def test_effects_turn_round_where_one_dimension_moved(pairs):
    for old, new in pairs:
        there, back = attributed_effects(old=old, new=new), attributed_effects(old=new, new=old)
        assert set(there) == set(back)
        moved = [each for each in there if each in DIMENSION_IDS]
        if len(moved) == 1:
            assert there[moved[0]] == pytest.approx(-back[moved[0]], abs=2 * ROUNDING)


def test_nothing_changed_has_no_effects(pairs):
    (old, _new), *_more = pairs
    assert attributed_effects(old=old, new=old) == {}


def test_the_effect_of_an_answer_is_what_is_lost_without_it(pairs):
    """One answer made worse, by hand: exactly that is found again."""
    (card, _new), *_more = pairs
    better = deepcopy(card)
    finding = next(each for each in card.findings if each["state"] in {"pass", "caution"} and each["points"])
    finding |= {"state": "fail", "points": 0.0}
    effects = attributed_effects(old=better, new=card)
    assert set(effects) == {finding["criterion"], CRITERIA[finding["criterion"]].dimension}
    assert effects[finding["criterion"]] < 0


def test_a_gate_goes_with_its_answer(pairs):
    gated = next((card for pair in pairs for card in pair if len(card.gates_open) == 1), None)
    assert gated is not None
    (gate,) = gated.gates_open
    cleared = deepcopy(gated)
    cleared.gates_open = []
    effects = attributed_effects(old=cleared, new=gated)
    assert effects[gate] < 0, "the stop takes most of the total"


def test_other_rules_have_no_effects_that_anybody_could_tell(pairs):
    old, new = pairs[0]
    old.checklist_version = "1999.1"
    assert attributed_effects(old=old, new=new) is None
    new.checklist_version = "1999.1"
    assert attributed_effects(old=old, new=new) is None


def test_a_card_that_is_not_rated_has_no_total_that_could_be_moved():
    asset = make_asset("Alpha")
    rated, unrated = make_answered_card(asset, make_finding()), make_unrated_card(asset, make_finding())
    assert attributed_effects(old=rated, new=unrated) is None
    assert attributed_effects(old=unrated, new=rated) is None
    assert attributed_effects(old=rated, new=rated) == {}
