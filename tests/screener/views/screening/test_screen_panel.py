import pytest

from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.screening.run_screen import run_screen
from screener.universe.live import UNIVERSE
from screener.views.screening.screen_panel import chips, in_words, panel_context
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def market():
    for number in range(4):
        make_card(make_asset(f"Coin{number}", sector="DeFi" if number else ""), 20 * number)
    UNIVERSE.forget()


def answer(query):
    from django.contrib.auth.models import AnonymousUser

    return run_screen(Screen(condition=parse(query)), user=AnonymousUser())


def choices(panel, key):
    (category,) = [each for each in panel["categories"] if each["key"] == key]
    return category


def limits(panel, key):
    (shown,) = [each for each in panel["ranges"] if each["key"] == key]
    return shown


def test_labels_are_found_in_whatever_case_they_were_typed(market):
    category = choices(panel_context(answer("sector:defi,ghost"), {}), "sector")
    shown = [(each["value"], each["count"], each["is_chosen"]) for each in category["choices"]]
    assert shown == [("DeFi", 3, True), ("ghost", 0, True)]
    assert category["unknown"] == 1
    assert category["is_open"]


def test_tiers_are_in_order_of_size_whatever_their_counts_and_whichever_is_chosen():
    for number, tier in enumerate(("small", "micro", "micro", "micro", "nano")):
        make_card(make_asset(f"Coin{number}"), 50, tier=tier)
    UNIVERSE.forget()
    shown = choices(panel_context(answer("tier:small"), {}), "tier")["choices"]
    assert [(each["value"], each["count"]) for each in shown] == [("nano", 1), ("micro", 3), ("small", 1)]


def test_limits_stand_in_their_fields_and_their_bars_within(market):
    shown = limits(panel_context(answer("score > 30"), {}), "score")
    assert (shown["low"], shown["high"], shown["is_open"]) == (">30", "", True)
    assert shown["drawing"].within
    assert shown["drawing"].beyond


def test_what_was_typed_and_made_no_sense_stays_in_its_field(market):
    assert limits(panel_context(answer(""), {"price_min": ["lots"]}), "price")["low"] == "lots"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("alpha", "“alpha”"),
        ("gate:clear", "All gates clear"),
        ("tier:nano,micro", "Tier: Nano, Micro"),
        ("score > 20", "Score > 20"),
        ("top10_adj:10%..40%", "Top 10 10.0\u202f% – 40.0\u202f%"),
        ("exit_days(5k) < 3d", "exit_days(5k) < 3d"),
        ("not gate:any", "not gate:any"),
    ],
)
def test_a_part_in_words(query, words):
    assert in_words(parse(query)) == words


def test_each_chip_leads_to_the_rest(market):
    shown = list(chips(answer("score > 20 kind:token")))
    assert [each["address"] for each in shown] == ["/?q=kind%3Atoken", "/?q=score+%3E+20"]
    assert list(chips(answer(""))) == []
