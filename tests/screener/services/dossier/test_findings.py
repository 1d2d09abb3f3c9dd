import pytest

from assets.models import Observation
from screener.services.dossier.findings import finding_views, judged_observations, named
from tests.factories.example import fill_example
from tests.factories.scorecards import NOW, make_finding

GATE = "liquidity_depth.pool_control"


def test_a_criterion_that_is_gone_is_left_out():
    views = finding_views([make_finding(GATE), make_finding("utility.of_old")], {})
    assert list(views) == [GATE]
    assert named(["utility.of_old", GATE], views) == (views[GATE],)


def test_a_view_says_what_passes_and_when_the_facts_were_true():
    (view,) = finding_views([make_finding(GATE, as_of=NOW.isoformat())], {}).values()
    assert view.passes_at == "≤ 10 %"
    assert view.as_of == NOW


def test_sources_are_those_that_were_judged_as_far_as_they_are_still_there():
    observation = Observation(pk=7)
    (view,) = finding_views([make_finding(GATE, observations=[7, 8])], {7: observation}).values()
    assert view.sources == (observation,)


@pytest.mark.django_db
def test_the_observations_of_all_findings_come_in_one_query(django_assert_num_queries):
    card = fill_example().scorecards.get()
    with django_assert_num_queries(1):
        judged = judged_observations(card.findings)
    assert {each.provider for each in judged.values()} == {"sandbox"}
