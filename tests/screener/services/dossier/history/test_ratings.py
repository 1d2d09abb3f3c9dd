from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from assets.models import Observation
from screener.checklist import DIMENSIONS
from screener.services.dossier.history.ratings import grade_changes
from screener.services.dossier.history.subject import HistorySubject
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_asset, make_finding, make_unrated_card

pytestmark = pytest.mark.django_db

CRITERION = DIMENSIONS[0].criteria[0]
HOUR = timedelta(hours=1)


def test_the_first_rating_is_an_entry_and_one_that_hardly_moved_is_none(asset, entries):
    for hour, total in enumerate((50.0, 50.9, 51.8)):
        make_answered_card(asset, total=total, scored_at=NOW + hour * HOUR)
    [first] = entries(asset, "rating")
    assert first.step.old is None
    assert first.points is None


@pytest.mark.parametrize(
    "changes",
    [
        {"total": 51.0},
        {"total": 49.0},
        {"grade": "B"},
        {"coverage": 0.94},
        {"total": None, "grade": "", "total_low": 0.0, "total_high": 90.0},
    ],
)
def test_score_grade_coverage_and_whether_it_is_rated(asset, entries, changes):
    make_answered_card(asset, total=50.0)
    make_answered_card(asset, **{"total": 50.0, "scored_at": NOW + HOUR} | changes)
    assert len(entries(asset, "rating")) == 2


def test_a_rating_names_the_facts_that_moved_it_by_the_comparison_of_its_cards(asset, entries):
    observe(at=NOW)
    fact = Observation.objects.get()
    scores = {"dimensions": {CRITERION.dimension: {"score": 0.5, "low": 0.4, "high": 0.6, "coverage": 1.0}}}
    make_answered_card(asset, make_finding(observations=[]), total=60.0, **scores)
    make_answered_card(
        asset, make_finding(state="fail", observations=[fact.pk]), total=40.0, scored_at=NOW + HOUR, **scores
    )
    newest, _first = entries(asset, "rating")
    assert newest.points == -20
    [mover] = newest.movers
    assert (mover.id, mover.cause, mover.effect < 0) == (CRITERION.id, "facts", True)
    assert [each.pk for each in mover.sources] == [fact.pk]


def test_under_other_rules_no_answer_is_said_to_have_moved_it(asset, entries):
    make_answered_card(asset, make_finding(), total=60.0, checklist_version="1999.1")
    make_answered_card(asset, make_finding(state="fail"), total=40.0, scored_at=NOW + HOUR)
    newest, _first = entries(asset, "rating")
    assert not newest.step.same_rules
    assert newest.movers == ()


def test_an_asset_that_is_not_rated_has_a_first_entry(asset, entries):
    make_unrated_card(asset)
    assert len(entries(asset, "rating")) == 1


def test_the_changes_of_grades_are_those_from_card_to_card(asset):
    grades = ("C", "C", "B", "B", "", "A")
    cards = [
        make_answered_card(asset, grade=grade, scored_at=NOW + hour * HOUR)
        for hour, grade in enumerate(grades)
    ]
    make_answered_card(make_asset("Beta"), grade="D", scored_at=NOW + 2 * HOUR)
    subject = HistorySubject(asset, user=AnonymousUser(), now=NOW + 9 * HOUR)
    changes = grade_changes(subject, since=NOW, most=9)
    assert [(each.old_id, each.new_id, each.old_grade, each.new_grade) for each in changes] == [
        (cards[old].pk, cards[old + 1].pk, grades[old], grades[old + 1]) for old in (4, 3, 1)
    ]
    assert grade_changes(subject, since=NOW, most=2) == changes[:2]
    assert grade_changes(subject, since=NOW + 3 * HOUR, most=9) == changes[:2]


def test_a_grade_by_other_rules_is_told_apart(asset):
    make_answered_card(asset, grade="C", checklist_version="1")
    make_answered_card(asset, grade="B", scored_at=NOW + HOUR)
    subject = HistorySubject(asset, user=AnonymousUser(), now=NOW + 9 * HOUR)
    assert [each.same_rules for each in grade_changes(subject, since=NOW, most=9)] == [False]
    past = HistorySubject(asset, user=AnonymousUser(), now=NOW + 9 * HOUR, as_of=NOW)
    assert grade_changes(past, since=NOW, most=9) == []
