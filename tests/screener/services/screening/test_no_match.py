import pytest
from django.contrib.auth.models import AnonymousUser

from screener.screens.query import parse, written
from screener.screens.screen import Screen
from screener.services.screening.no_match import narrowing_conditions
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def narrowed(query):
    screen = Screen(condition=parse(query))
    return [
        (written(each.part), each.alone, each.others, written(each.without))
        for each in narrowing_conditions(screen, user=AnonymousUser())
    ]


@pytest.fixture
def market():
    for number in range(6):
        kind = "equity" if number % 3 == 0 else "token"
        make_card(make_asset(f"Coin{number}", kind=kind), figures={"market_cap_usd": 1e6 * number})
    UNIVERSE.forget()


def test_each_condition_alone_and_all_others_the_costliest_first(market):
    assert narrowed("kind:equity market_cap > 3m market_cap < 100m") == [
        ("kind:equity", 2, 2, "market_cap > 3m market_cap < 100m"),
        ("market_cap > 3m", 2, 2, "kind:equity market_cap < 100m"),
        ("market_cap < 100m", 6, 0, "kind:equity market_cap > 3m"),
    ]


def test_alternatives_are_one_condition(market):
    assert narrowed("(coin1 or coin2) kind:equity")[0][:3] == ('"coin1" or "coin2"', 2, 2)


def test_one_condition_alone_leaves_everything_without_it(market):
    assert narrowed("nobody") == [("nobody", 0, 6, "")]


def test_invented_assets_are_not_counted_beside_real_ones(market):
    make_card(make_asset("Invented", fictional=True))
    UNIVERSE.forget()
    assert narrowed("nobody") == [("nobody", 0, 6, "")]


def test_without_conditions_there_is_nothing_to_drop(market):
    assert narrowed("") == []
