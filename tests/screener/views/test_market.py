"""The Market page: full, empty, in part, invented, and a person's watchlists in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from screener.models import MarketCensus, MarketDay, Watchlist
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.screener.services.market.traded import store_census, store_days
from tests.screener.views.pages import text_of

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_yet():
    UNIVERSE.forget()


@pytest.fixture
def shown(client):
    return lambda: text_of(client.get("/market/"))


def test_an_empty_installation_says_what_to_do(shown):
    text = shown()
    assert "There are no figures of the market yet" in text
    assert "every six hours" in text


def test_a_whole_market_is_shown(shown):
    store_days(last=YESTERDAY)
    store_census(0, 40, last=YESTERDAY)
    text = shown()
    for title in (
        "Risk-on or risk-off",
        "Small against large",
        "Token micro-caps against equity micro-caps",
        "Breadth",
        "Small and large in bull and bear markets",
        "Tiers and sectors",
        "How this is worked out",
    ):
        assert title in text
    assert "of 30 common days up to" in text
    assert "of 90 common days up to" in text
    assert "My watchlists" not in text
    assert "invented market" not in text


def test_unknown_figures_say_why_and_are_no_zeros(shown):
    store_days(3, last=YESTERDAY)
    MarketDay.objects.update(above_share=None)
    text = shown()
    assert "Too few days with enough members of both groups" in text
    assert "Too few members with a mean" in text
    assert "20 of 30 sessions need a return of both groups" in text
    assert "Nothing has been counted yet" in text


def test_of_one_kind_alone_the_other_says_what_it_lacks(shown):
    store_days(60, last=YESTERDAY)
    MarketDay.objects.filter(kind="equity").delete()
    store_census(0, last=YESTERDAY)
    MarketCensus.objects.filter(kind="equity").delete()
    text = shown()
    assert "No day is known: at least 5 assets" in text
    assert "No asset of this kind has a scorecard yet" in text


def test_an_invented_market_is_called_one(shown):
    make_card(make_asset("Invented", fictional=True))
    store_days(60, last=YESTERDAY, fictional=True)
    assert "All of it is the invented market" in shown()
    make_card(make_asset("Real"))
    UNIVERSE.forget()
    assert "There are no figures of the market yet" in shown(), "it stands for no real one"


def test_counts_lead_to_their_screens(client):
    store_days(5, last=YESTERDAY)
    store_census(0, last=YESTERDAY)
    found = client.get("/market/").text
    assert 'href="/?q=kind%3Atoken+sector%3AGames+tier%3Amicro"' in found
    assert client.get("/?q=kind%3Atoken+sector%3AGames+tier%3Amicro").status_code == 200


def test_a_person_finds_their_watchlists_in_it(client, django_user_model):
    store_days(60, last=YESTERDAY)
    ana = django_user_model.objects.create_user("ana")
    client.force_login(ana)
    assert "No scored asset is on a watchlist of yours" in text_of(client.get("/market/"))
    asset = make_asset("Alpha")
    make_card(asset)
    Watchlist.objects.create(owner=ana, name="<Mine>").entries.create(asset=asset)
    UNIVERSE.forget()
    response = client.get("/market/")
    assert "&lt;Mine&gt;" in response.text
    assert "0 of 1" in text_of(response)
    assert "no-store" in response.headers["Cache-Control"]


def test_what_is_worked_out_anew_is_shown_anew(client, shown):
    store_days(60, last=YESTERDAY)
    before = shown()
    assert shown() == before
    MarketDay.objects.filter(size="micro").update(log_return=0.01)
    assert "+35.0 %" not in before
    MarketDay.objects.filter(size="large").update(log_return=0.0)
    assert "+35.0 %" in shown(), "thirty days of 0.01 as a logarithm"
    client.cookies["django_language"] = "es"
    assert shown() != before


def test_more_assets_take_no_more_queries(client, django_user_model, universe_at_rest):
    store_days(60, last=YESTERDAY)
    ana = django_user_model.objects.create_user("ana")
    client.force_login(ana)
    watchlist = Watchlist.objects.create(owner=ana, name="Mine")
    asked = []
    for kind in ("token", "equity", "token", "equity"):
        asset = make_asset(f"{kind} {len(asked)}", kind=kind, slug=f"asset-{len(asked)}")
        make_card(asset)
        watchlist.entries.create(asset=asset)
        UNIVERSE.forget()
        UNIVERSE.table()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/market/").status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2] == asked[3] <= 22


def test_it_is_in_the_menu(client):
    assert reverse("market_overview") == "/market/"
    assert 'href="/market/" aria-current="page"' in client.get("/market/").text


def test_only_reading_is_allowed(client):
    assert client.post("/market/").status_code == 405
