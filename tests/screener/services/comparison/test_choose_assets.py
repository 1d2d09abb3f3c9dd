import pytest

from assets.models import FormerSlug
from screener.services.comparison.choose_assets import MOST, choose_assets
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


def slugs_of(assets):
    return [each.slug for each in assets]


def test_assets_stand_in_the_order_of_the_address():
    for name in ("Alpha", "Beta", "Gamma"):
        make_asset(name)
    assert slugs_of(choose_assets(["gamma", "alpha", "beta"]).assets) == ["gamma", "alpha", "beta"]


def test_what_cannot_be_shown_is_told_and_the_rest_is_kept():
    make_asset("Alpha")
    make_asset("Beta")
    choice = choose_assets(["alpha", "nobody", "", "beta", "alpha", "bad\x00word"])
    assert slugs_of(choice.assets) == ["alpha", "beta"]
    assert choice.unknown == ("nobody", "bad\x00word")
    assert slugs_of(choice.repeated) == ["alpha"]


def test_who_no_longer_fits_stays_in_the_address():
    for number in range(MOST + 2):
        make_asset(f"Coin-{number}")
    choice = choose_assets([f"coin-{number}" for number in range(MOST + 2)])
    assert slugs_of(choice.assets) == ["coin-0", "coin-1", "coin-2", "coin-3", "coin-4"]
    assert slugs_of(choice.beyond) == ["coin-5", "coin-6"]
    assert len(choice.slugs) == MOST + 2


def test_a_former_address_means_the_asset_it_is_now():
    alpha, beta = make_asset("Alpha"), make_asset("Beta")
    FormerSlug.objects.create(slug="aaa-sol", asset=alpha, merged_by="x", merged_at=alpha.created_at)
    choice = choose_assets(["aaa-sol", "beta", "alpha"])
    assert choice.assets == (alpha, beta)
    assert not choice.unknown


def test_a_long_address_is_read_to_a_limit_in_one_query(django_assert_num_queries):
    make_asset("Alpha")
    with django_assert_num_queries(1):
        choice = choose_assets([f"nobody-{number}" for number in range(10_000)] + ["alpha"])
    assert not choice.assets


def test_nothing_asked_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert choose_assets([]).slugs == ()
