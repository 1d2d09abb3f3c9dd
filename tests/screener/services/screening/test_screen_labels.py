import pytest
from django.contrib.auth.models import AnonymousUser

from screener.models import Watchlist
from screener.services.screening.screen_labels import screen_labels
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def market():
    for number in range(3):
        make_card(make_asset(f"Coin{number}", chain="solana" if number else "base", tags=["ai"]))
    make_card(make_asset("Share", kind="equity", chain="", venue="OTCQB", tags=["ai", "dex"]))
    UNIVERSE.forget()
    UNIVERSE.table()


def test_the_commonest_label_comes_first_and_nothing_is_not_one(market):
    labels = screen_labels(AnonymousUser(), asked="chain:")
    assert labels["chain"] == ["solana", "base"]
    assert labels["venue"] == ["OTCQB"]


def test_tags_and_watchlists_are_looked_up_when_they_are_spoken_of(
    market, django_user_model, django_assert_num_queries
):
    ana = django_user_model.objects.create_user("ana")
    Watchlist.objects.create(owner=ana, name="Mine")
    with django_assert_num_queries(0):
        assert screen_labels(ana, asked="score")["watch"] == ()
    assert screen_labels(ana, asked="TAG:")["tag"] == ("ai", "dex")
    assert screen_labels(ana, asked="watch:")["watch"] == ("any", "Mine")
    assert screen_labels(AnonymousUser(), asked="watch:")["watch"] == ("any",)
