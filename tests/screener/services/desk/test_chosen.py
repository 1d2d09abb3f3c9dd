import pytest

from assets.models import FormerSlug
from screener.services.desk.chosen import assets_at, chosen_assets
from tests.factories.scorecards import NOW, make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets():
    return [make_asset(each) for each in ("Alpha", "Beta", "Gamma")]


def test_they_are_read_in_their_order_in_one_query(assets, django_assert_num_queries):
    alpha, _beta, gamma = assets
    with django_assert_num_queries(1):
        assert chosen_assets([gamma.pk, 999, alpha.pk]) == [gamma, alpha]
    with django_assert_num_queries(0):
        assert chosen_assets([]) == []


def test_addresses_lead_to_assets_also_to_those_merged_into_others(assets, django_assert_num_queries):
    alpha, beta, _gamma = assets
    FormerSlug.objects.create(slug="old-beta", asset=beta, merged_at=NOW)
    with django_assert_num_queries(1):
        assert assets_at(["old-beta", "nobody", "alpha", "beta", "a\0b", ""]) == [beta, alpha]
    with django_assert_num_queries(0):
        assert assets_at(["", "a\nb"]) == []
