from datetime import timedelta

import pytest

from assets.models import Observation
from screener.checklist import DIMENSIONS
from tests.factories.market import NOW, observe
from tests.factories.scorecards import make_answered_card, make_finding, make_unrated_card

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
