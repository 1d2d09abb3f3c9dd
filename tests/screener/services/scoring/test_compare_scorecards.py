from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from assets.models import Observation
from screener.checklist import CRITERIA, DIMENSIONS
from screener.services.scoring.compare_scorecards import Cause, compare_pairs, compare_scorecards
from tests.factories.market import NOW, observe, score_twice
from tests.factories.scorecards import make_answered_card, make_asset, make_finding, make_unrated_card

pytestmark = pytest.mark.django_db

FIRST, SECOND = (next(iter(each.criteria)) for each in DIMENSIONS[:2])


@pytest.fixture
def card(db):
    return partial(make_answered_card, make_asset("Alpha"))


def test_what_is_the_same_is_no_change(card):
    same = make_finding(as_of=NOW.isoformat())
    compared = compare_scorecards(old=card(same), new=card({**same, "observations": [7], "as_of": None}))
    assert compared.answers == ()
    assert {each.effect for each in compared.dimensions} == {0.0}


def test_another_answer_is_told_with_both_findings_and_its_effect(card):
    old, new = card(make_finding(state="pass")), card(make_finding(state="fail", value=0.2))
    (change,) = compare_scorecards(old=old, new=new).moving
    assert (change.old["state"], change.new["state"]) == ("pass", "fail")
    assert change.criterion is FIRST
    assert change.effect < 0
    assert change.figures == (("", FIRST.unit, 1.0, 0.2),)


def test_the_largest_effect_stands_first():
    pairs = [pair for pair in score_twice(range(30)) if all(card.is_rated for card in pair)]
    assert len(pairs) > 9
    for compared in compare_pairs(pairs):
        for told in (compared.answers, compared.dimensions):
            sizes = [abs(each.effect) for each in told]
            assert sizes == sorted(sizes, reverse=True)
        left = compared.change - sum(each.effect for each in compared.dimensions)
        assert compared.together == pytest.approx(left)


def test_a_figure_alone_is_no_other_answer(card):
    old, new = card(make_finding(value=1.0)), card(make_finding(value=2.0, values={"price_usd": 3.0}))
    compared = compare_scorecards(old=old, new=new)
    (change,) = compared.drifting
    assert compared.moving == ()
    assert change.effect == 0
    assert change.figures == (("", FIRST.unit, 1.0, 2.0), ("Price", "usd", None, 3.0))


def test_the_new_observation_is_what_moved_it(card):
    observe(at=NOW + timedelta(hours=1))
    observation = Observation.objects.get()
    old = card(make_finding(observations=[999]))
    new = card(make_finding(state="fail", observations=[999, observation.pk]))
    (change,) = compare_scorecards(old=old, new=new).moving
    assert change.cause is Cause.FACTS
    assert change.sources == (observation,)
    assert change.sources[0].provider == "sandbox"


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({}, Cause.TIME),
        ({"figures": {"position_usd": 9.0}}, Cause.POSITION),
        ({"context": {"kind": "token", "sector": "DeFi"}}, Cause.DESCRIPTION),
        ({"checklist_version": "1999.1"}, Cause.RULES),
    ],
    ids=lambda each: str(each) if isinstance(each, Cause) else "",
)
def test_without_new_facts_something_else_was_the_cause(card, changes, cause):
    compared = compare_scorecards(
        old=card(make_finding()), new=card(make_finding(state="caution", stale=True), **changes)
    )
    (change,) = compared.moving
    assert change.cause is cause
    assert (change.effect is None) is (cause is Cause.RULES)
    assert (compared.together is None) is (cause is Cause.RULES)


def test_criteria_come_and_go_with_the_version(card):
    old = card(make_finding(), make_finding("utility.gone"), checklist_version="1999.1")
    compared = compare_scorecards(old=old, new=card(make_finding(), make_finding(SECOND.id)))
    told = {each.id: (each.criterion, each.old is None, each.new is None) for each in compared.moving}
    assert told == {"utility.gone": (None, False, True), SECOND.id: (CRITERIA[SECOND.id], True, False)}
    assert not compared.same_rules


def test_descriptions(card):
    old = card(context={"kind": "token", "sector": "DeFi"})
    compared = compare_scorecards(old=old, new=card(context={"kind": "token", "name": "N"}))
    assert compared.description == [("sector", "DeFi", None), ("name", None, "N")]


def test_dimensions_that_were_not_asked_are_none(card):
    scores = {"score": 0.5, "low": 0.5, "high": 0.5, "coverage": 1.0}
    compared = compare_scorecards(old=card(), new=card(dimensions={FIRST.dimension: scores}))
    told = {each.id: (each.old, each.new) for each in compared.dimensions}
    assert told[FIRST.dimension] == (None, scores)
    assert len(told) == len(DIMENSIONS)


def test_many_pairs_cost_one_query(card, django_assert_num_queries):
    cards = [card(make_finding(value=float(n), observations=[n])) for n in range(9)]
    with django_assert_num_queries(1):
        compare_pairs(pairwise(cards))


def test_from_a_rating_to_none_there_is_no_change_in_points():
    asset = make_asset("Beta")
    rated = make_answered_card(asset, make_finding())
    unrated = make_unrated_card(asset, make_finding(state="unknown"))
    compared = compare_scorecards(old=rated, new=unrated)
    assert (compared.change, compared.together) == (None, None)
    assert [each.effect for each in compared.moving] == [None]
    assert compared.same_rules
