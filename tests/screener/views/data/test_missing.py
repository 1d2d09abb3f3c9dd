import pytest

from assets.models import RefreshRun
from screener.models import Watchlist
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = pytest.mark.django_db

MINT = "tokenomics.mint_authority"


@pytest.fixture
def asset():
    made = make_asset("Alpha", chain="solana")
    made.identifiers.create(namespace="address:solana", value="So1" + "1" * 40)
    make_answered_card(
        made, make_finding(MINT, "unknown"), make_finding("utility.active_addresses", "unknown")
    )
    return made


@pytest.fixture
def person(client, django_user_model):
    user = django_user_model.objects.create_user("ana")
    client.force_login(user)
    return user


def test_strangers_log_in_first(client, asset):
    assert "/accounts/login/" in client.get(f"/data/missing/?asset={asset.slug}").url


def test_the_plan_says_what_would_be_asked_of_whom(client, person, asset):
    page = client.get(f"/data/missing/?asset={asset.slug}").text
    assert "Alpha" in page
    assert "Mint authority" in page
    assert "Active addresses" in page, "what nobody can be asked about"
    assert "Only staff can order it" in page
    assert client.post(f"/data/missing/?asset={asset.slug}").status_code == 403
    assert not RefreshRun.objects.exists()


def test_staff_orders_it_and_sees_the_run(admin_client, asset):
    answer = admin_client.post(f"/data/missing/?asset={asset.slug}")
    assert answer.url == f"/data/runs/{RefreshRun.objects.get().pk}/"


def test_of_a_list_of_ones_own(client, person, asset, admin_user):
    own = Watchlist.objects.create(owner=person, name="Mine")
    own.entries.create(asset=asset)
    assert "Mint authority" in client.get(f"/data/missing/?watchlist={own.pk}").text
    theirs = Watchlist.objects.create(owner=admin_user, name="Theirs")
    assert client.get(f"/data/missing/?watchlist={theirs.pk}").status_code == 404
    assert client.get("/data/missing/?watchlist=x").status_code == 404


def test_without_an_asset_it_says_where_to_choose_some(client, person):
    assert "tick some in the screener" in client.get("/data/missing/").text
    assert "tick some in the screener" in client.get("/data/missing/?asset=nobody").text


def test_nothing_to_ask_leaves_the_page(admin_client):
    made = make_asset("Full")
    make_answered_card(made, make_finding(MINT))
    page = f"/data/missing/?asset={made.slug}"
    assert "No source has what is missing" in admin_client.get(page).text
    assert admin_client.post(page).url == page


@pytest.mark.parametrize("symbol", ["ALP", ""])
def test_one_that_nobody_has_named_goes_by_its_symbol_or_address(client, person, asset, symbol):
    asset.name, asset.symbol = "", symbol
    asset.save()
    page = client.get(f"/data/missing/?asset={asset.slug}").text
    assert f'href="/assets/{asset.slug}/">{symbol or asset.slug}</a>' in page
