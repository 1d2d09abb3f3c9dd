import re

import pytest
from django.contrib.auth.models import User

from assets.models import Asset
from screener.models import Watchlist
from screener.universe import UNIVERSE
from tests.screener.test_universe import asset, card

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def market():
    card(asset("Alpha", sector="DeFi"), 80, gates_open=[], figures={"market_cap_usd": 10e6, "price_usd": 0.5})
    card(asset("Beta", kind="equity", chain="", venue="NASDAQ"), 60, tier="small", figures={})
    card(asset("Gamma"), 40, gates_open=[], gates_unverified=["a"], figures={"market_cap_usd": 900e6})
    UNIVERSE.forget()


def names(page):
    return [row["asset"].name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("sort=total", ["Gamma", "Beta", "Alpha"]),
        ("kind=equity", ["Beta"]),
        ("tier=micro&market_cap_max=100m", ["Alpha"]),
        ("gates=open", ["Beta"]),
        ("gates=unverified", ["Gamma"]),
        ("q=alp", ["Alpha"]),
        ("sector=DeFi&sector=AI", ["Alpha"]),
        ("total_min=50&total_max=70", ["Beta"]),
        ("market_cap_min=1", ["Alpha", "Gamma"]),
        ("q=nobody", []),
    ],
)
def test_the_address_is_the_screen(client, market, words, expected):
    page = client.get(f"/?{words}")
    assert page.status_code == 200
    assert names(page) == expected


def test_a_fragment_request_gets_the_results_alone(client, market):
    whole, part = client.get("/?q=alp"), client.get("/?q=alp", headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert names(whole) == names(part)
    assert b'id="results"' in part.content
    assert b"hx-swap-oob" in part.content, "the counts of the filters follow"
    assert "HX-Request" in part["Vary"]


def test_wrong_words_are_told_lose_nothing_and_answer_400(client, market):
    page = client.get("/?market_cap_max=lots&q=alp&colour=red")
    assert page.status_code == 400
    assert names(page) == ["Alpha"]
    text = page.content.decode()
    assert "“lots” is not a number" in text
    assert "There is no filter “colour”." in text
    assert 'value="lots"' in text, "what was typed is still there"


def test_a_near_miss_gets_a_suggestion(client, market):
    assert "Did you mean “market_cap”?" in client.get("/?sort=market_kap").content.decode()


def test_unknown_figures_are_dashes_with_a_reason_never_zeros(client, market):
    page = client.get("/?kind=equity").content.decode()
    assert 'title="not known"' in page
    assert "$0" not in page


def test_an_empty_installation_says_how_to_fill_it(client):
    UNIVERSE.forget()
    page = client.get("/")
    assert b"No asset is known yet" in page.content
    assert b"/data/" in page.content


def test_no_match_offers_a_way_back(client, market):
    assert b"Clear all filters" in client.get("/?q=nobody").content


def test_chips_name_the_conditions_and_lead_to_the_screen_without_them(client, market):
    page = client.get("/?kind=token&market_cap_max=100m")
    assert [(chip["label"], chip["address"]) for chip in page.context["chips"]] == [
        ("Kind: Token", "/?market_cap_max=100m"),
        (page.context["chips"][1]["label"], "/?kind=token"),
    ]


def test_stars_show_what_i_watch(client, market, django_user_model):
    user: User = django_user_model.objects.create_user("ana")
    watchlist = Watchlist.objects.create(owner=user, name="Mine")
    watchlist.entries.create(asset=Asset.objects.get(slug="alpha"))
    client.force_login(user)
    stars = re.findall(r'aria-pressed="(\w+)"', client.get("/").content.decode())
    assert stars == ["true", "false", "false"]


def test_strangers_are_asked_to_log_in_before_they_star(client, market):
    assert b"/accounts/login/?next=" in client.get("/").content


def test_pages_lead_to_the_next_and_back(client):
    for number in range(120):
        card(asset(f"Coin{number:03}"), number / 2)
    UNIVERSE.forget()
    second = client.get("/?page=2&kind=token")
    assert second.context["pages"] == {
        "first": "/?kind=token",
        "previous": "/?kind=token",
        "next": "/?kind=token&page=3",
        "last": "/?kind=token&page=3",
    }


@pytest.mark.parametrize("preset", range(6))
def test_every_preset_is_a_screen_that_makes_sense(client, market, preset):
    page = client.get("/")
    _label, address = page.context["presets"][preset]
    assert client.get(address).status_code == 200


def test_only_reading_is_possible(client):
    assert client.post("/").status_code == 405
