from urllib.parse import parse_qs, urlsplit

import pytest

from assets.models import Asset
from screener.models import Scorecard
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.peers import read_peers
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_universe():
    UNIVERSE.forget()


def market(count, **own):
    """An asset and so many others of its sector, by price to sales 1, 2, 3 …"""
    assets = [make_asset(f"A{each}", sector="R&D Tools", **own) for each in range(count + 1)]
    for place, asset in enumerate(assets):
        make_card(asset, figures={"market_cap_usd": 5e6, "price_to_sales": float(place)})
    return assets[0]


def test_its_peers_are_those_of_the_screen_that_it_leads_to(client):
    shown = read_peers(DossierFacts(market(9)))
    assert (shown.group.count, shown.group.valuation.is_cheap) == (9, True)
    asked = parse_qs(urlsplit(shown.address).query)
    assert asked == {"kind": ["token"], "sector": ["R&D Tools"], "tier": ["micro"]}
    page = client.get(shown.address, follow=True).text
    assert all(f"/assets/a{each}/" in page for each in range(10))


def test_what_is_invented_leads_to_invented_peers():
    assert "sandbox=yes" in read_peers(DossierFacts(market(1, fictional=True))).address


def test_an_asset_without_a_score_has_no_group_yet():
    market(1)
    new = Asset.objects.create(kind="token", slug="new", name="New", sector="R&D Tools")
    assert read_peers(DossierFacts(new)).group is None


def test_an_asset_of_no_sector_has_no_peers():
    asset = make_asset("Alone")
    make_card(asset)
    shown = read_peers(DossierFacts(asset))
    assert not shown.group.is_known
    assert shown.address == ""


def test_the_page_says_what_it_knows(client):
    asset = market(9)
    section = f"{asset.get_absolute_url()}sections/peers/"
    page = client.get(section, headers={"HX-Request": "true"}).text
    assert "Cheap against its peers." in page
    assert "<bdi>R&amp;D Tools</bdi>" in page
    Scorecard.objects.filter(asset__slug__in=["a8", "a9"]).delete()
    UNIVERSE.forget()
    page = client.get(section, headers={"HX-Request": "true"}).text
    assert "Too few peers to compare: at least 8 are needed." in page
