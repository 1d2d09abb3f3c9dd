import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from screener.screens.tier_limits import OF_CHECKLIST, Whose, read_limits
from screener.services.desk.profiles import create_profile
from screener.services.desk.watchlists import set_star
from screener.services.dossier.facts import DossierFacts, OwnSettings
from screener.services.dossier.sections.header import read_header
from tests.factories.example import fill_example
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def test_it_names_the_asset_and_says_whence_price_and_supply_come():
    header = read_header(DossierFacts(fill_example()))
    assert ("x", "example") in header.identifiers
    assert header.figures["market_cap_usd"] == 25_000_000
    assert [(each.family, each.row.provider) for each in header.provenance] == [
        ("market", "sandbox"),
        ("supply", "sandbox"),
    ]
    assert header.supply.circulating == 50_000_000


def test_the_star_is_the_users():
    asset, ana = fill_example(), User.objects.create_user("ana")
    assert not read_header(DossierFacts(asset, user=ana)).watched
    set_star(user=ana, asset=asset)
    assert read_header(DossierFacts(asset, user=ana)).watched
    assert not read_header(DossierFacts(asset)).watched


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"public_float_usd": 20e6}, True),
        ({"public_float_usd": 20e6, "market_cap_usd": 90e6}, False),
        ({"public_float_usd": 20e6, "fully_diluted_usd": 90e6}, False),
        ({}, False),
    ],
)
def test_a_tier_without_a_price_is_that_of_the_public_float(figures, expected):
    asset = make_asset("Inc", kind="equity")
    make_card(asset, tier="nano", figures=figures)
    assert read_header(DossierFacts(asset)).tier_is_of_float is expected


def test_without_a_tier_none_is_of_the_float():
    asset = make_asset("Inc", kind="equity")
    make_card(asset, tier="", figures={"public_float_usd": 20e6})
    assert not read_header(DossierFacts(asset)).tier_is_of_float


def test_of_tickers_those_of_today_are_shown_each_once():
    asset = make_asset("Inc", kind="equity")
    first = read_header(DossierFacts(asset)).identifiers
    for namespace, value, until in (
        ("ticker:us", "ZORB", None),
        ("ticker:us", "ZRBX", timezone.now()),
        ("share:us", "ZORB", None),
        ("cusip", "98Z65A103", timezone.now()),
        ("cusip", "98Z65A202", None),
    ):
        asset.identifiers.create(namespace=namespace, value=value, valid_until=until)
    shown = read_header(DossierFacts(asset)).identifiers
    assert shown == (*first, ("ticker:us", "ZORB"), ("cusip", "98Z65A202"))


def test_the_tier_is_by_the_limits_that_the_reader_sees_assets_by(django_user_model):
    asset = make_asset("Coin")
    make_card(asset, tier="micro", figures={"market_cap_usd": 60e6})
    usual = read_header(DossierFacts(asset))
    assert (usual.tier, usual.tier_limits) == ("micro", OF_CHECKLIST.token)
    own = OF_CHECKLIST.with_own({"token": read_limits("micro:50m,small:2b,mid:10b")}, whose=Whose.PROFILE)
    profile = create_profile(user=django_user_model.objects.create_user("ana"), name="Mine", tiers=own)
    seen = read_header(DossierFacts(asset, own_settings=lambda: OwnSettings(profile=profile)))
    assert (seen.tier, seen.tier_limits.profile) == ("small", "Mine")
    assert seen.card.tier == "micro", "the card keeps the checklist's"
