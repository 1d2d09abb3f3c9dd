import pytest

from assets.models import Asset
from screener.services.desk.asset_search import MOST_SUGGESTED, find_assets
from tests.factories.scorecards import make_asset

pytestmark = pytest.mark.django_db


def slugs_of(assets):
    return [each.slug for each in assets]


def test_nothing_asked_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(find_assets(words=" \x00 ", among=Asset.objects.all())) == []


def test_words_find_names_and_symbols_those_of_the_symbol_first():
    make_asset("Alphabet", symbol="ZZZ")
    make_asset("Other alpha", symbol="ALPHA", slug="other")
    make_asset("Beta")
    assert slugs_of(find_assets(words="alpha", among=Asset.objects.all())) == ["other", "alphabet"]
    assert slugs_of(find_assets(words="ALPHA other", among=Asset.objects.all())) == ["other"]
    assert slugs_of(find_assets(words="alpha", among=Asset.objects.exclude(slug="other"))) == ["alphabet"]


def test_a_few_are_suggested_at_most():
    for number in range(MOST_SUGGESTED + 3):
        make_asset(f"Coin-{number}")
    assert len(find_assets(words="coin", among=Asset.objects.all())) == MOST_SUGGESTED
