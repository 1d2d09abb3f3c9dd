import html
import re

import pytest

from screener.models import Watchlist
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def market():
    make_card(make_asset("Alpha", sector="DeFi", tags=["dex", "ai"]), 80)
    make_card(make_asset("Beta", chain="solana"), 60)
    UNIVERSE.forget()


def options(page):
    assert page.status_code == 200
    return [html.unescape(each) for each in re.findall(r'data-text="([^"]*)"', page.content.decode())]


def complete(client, text, caret=None):
    place = len(text) if caret is None else caret
    return options(client.get("/query/complete/", {"q": text, "caret": place}))


def test_fields_are_completed_as_one_types(client, market):
    assert any("market_cap" in option for option in complete(client, "mark"))
    assert any("market_cap" in option for option in complete(client, "kind:token mark or x", caret=15))


@pytest.mark.parametrize(("text", "label"), [("chain:", "solana"), ("sector:d", "DeFi"), ("tag:", "dex")])
def test_labels_are_those_of_the_universe(client, market, text, label):
    assert any(label in option for option in complete(client, text))


def test_watchlists_are_the_reader_s_own(client, market, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    Watchlist.objects.create(owner=ana, name="Secret plans")
    assert not any("Secret" in option for option in complete(client, "watch:"))
    client.force_login(ana)
    assert any("Secret" in option for option in complete(client, "watch:"))


@pytest.mark.parametrize("caret", ["", "-1", "x", "999999999999", "٣"])
def test_a_strange_caret_is_the_end(client, market, caret):
    assert client.get("/query/complete/", {"q": "mark", "caret": caret}).status_code == 200


def test_the_language_is_explained_with_every_column(client):
    page = client.get("/query/")
    assert page.status_code == 200
    assert "<table" in page.content.decode()
    assert "market_cap" in page.content.decode()


def test_only_what_is_ours_is_translated(client, market):
    make_card(make_asset("Priced", tags=["Price"]))
    UNIVERSE.forget()
    text = client.get("/query/complete/", {"q": "tag:pr"}, headers={"Accept-Language": "es"}).content.decode()
    assert "Precio" not in text
    text = client.get("/query/complete/", {"q": "pri"}, headers={"Accept-Language": "es"}).content.decode()
    assert "Precio" in text
