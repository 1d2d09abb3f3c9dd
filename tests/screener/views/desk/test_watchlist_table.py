import csv
import io
from decimal import Decimal

import pytest

from assets.models import Asset
from screener.services.desk.watchlists import create_watchlist, watch
from screener.universe.live import UNIVERSE
from screener.views.desk.watchlist_table import plain_price
from tests.factories.scorecards import make_asset, make_card, rename

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def alpha():
    asset = make_asset("Alpha")
    rename(asset, "=Alpha <b>")
    make_card(asset, figures={"price_usd": 2.0, "market_cap_usd": 1e6})
    UNIVERSE.forget()
    return asset


@pytest.fixture
def gems(ana, alpha):
    gems = create_watchlist(user=ana, name="Gems")
    watch(watchlist=gems, asset=alpha)
    return gems


@pytest.fixture
def theirs(django_user_model, alpha):
    theirs = create_watchlist(user=django_user_model.objects.create_user("ben"), name="Theirs")
    watch(watchlist=theirs, asset=alpha)
    return theirs


def entry(gems):
    return gems.entries.get()


def test_a_list_is_a_table_of_the_screener(client, gems):
    page = client.get(f"/watchlists/{gems.pk}/").text
    assert 'class="table screen-table"' in page
    assert "=Alpha &lt;b&gt;" in page
    assert "for $5,000" in page
    assert f'href="/watchlists/{gems.pk}/?sort=-market_cap"' in page


def test_a_script_gets_the_table_alone(client, gems):
    page = client.get(f"/watchlists/{gems.pk}/?sort=name", headers={"HX-Request": "true"}).text
    assert page.lstrip().startswith('<section id="results"')


@pytest.mark.parametrize("words", ["sort=nonsense", "page=x", "position=nothing", "page=99", "columns=x&q=("])
def test_an_address_that_makes_no_sense_shows_the_list(client, gems, words):
    answer = client.get(f"/watchlists/{gems.pk}/?{words}")
    assert answer.status_code == 200
    assert "Alpha" in answer.text


# Columns ----------------------------------------------------------------------------


def test_columns_are_kept_with_the_list_and_moved_and_set_back(client, gems):
    at = f"/watchlists/{gems.pk}/columns/"
    client.post(at, {"columns": ["price", "holders", "no_such", "target"]})
    gems.refresh_from_db()
    assert gems.columns == ["price", "holders", "target"]
    client.post(at, {"columns": gems.columns, "move": "target:up"})
    gems.refresh_from_db()
    assert gems.columns == ["price", "target", "holders"]
    page = client.get(f"/watchlists/{gems.pk}/").text
    assert "24 h volume</a>" not in page
    client.post(at, {"set": "spread,depth"})
    gems.refresh_from_db()
    assert gems.columns == ["spread", "depth"]
    client.post(at, {"set": ""})
    gems.refresh_from_db()
    assert gems.columns == []


# Levels -----------------------------------------------------------------------------


def test_levels_are_set_and_taken_away(client, gems, alpha):
    at = f"/watchlists/{gems.pk}/levels/"
    client.post(at, {f"target-{alpha.pk}": "$3.50", f"stop-{alpha.pk}": "0.000000012"})
    assert (entry(gems).target_usd, entry(gems).stop_usd) == (Decimal("3.5"), Decimal("1.2e-8"))
    page = client.get(f"/watchlists/{gems.pk}/").text
    assert 'value="3.5"' in page
    assert 'value="0.000000012"' in page
    client.post(at, {f"target-{alpha.pk}": " "})
    assert (entry(gems).target_usd, entry(gems).stop_usd) == (None, Decimal("1.2e-8"))


@pytest.mark.parametrize("typed", ["abc", "-1", "0", "1,5", "1e30", "nan", "€5", "9" * 60, "1 2"])
def test_a_level_that_can_not_be_read_stays_typed_and_changes_nothing(client, gems, alpha, typed):
    gems.entries.update(target_usd=7)
    answer = client.post(
        f"/watchlists/{gems.pk}/levels/", {f"target-{alpha.pk}": typed, f"stop-{alpha.pk}": "1"}
    )
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert ("Write a price" in answer.text) or ("can&#x27;t be converted" in answer.text)
    assert (entry(gems).target_usd, entry(gems).stop_usd) == (7, 1)


def test_a_spanish_reader_types_a_decimal_comma(client, gems, alpha):
    client.cookies["django_language"] = "es"
    client.post(f"/watchlists/{gems.pk}/levels/", {f"target-{alpha.pk}": "1.250,5"})
    assert entry(gems).target_usd == Decimal("1250.5")
    assert 'value="1250,5"' in client.get(f"/watchlists/{gems.pk}/").text


def test_a_script_gets_the_field_and_the_distance(client, gems, alpha):
    answer = client.post(
        f"/watchlists/{gems.pk}/levels/", {f"target-{alpha.pk}": "3"}, headers={"HX-Request": "true"}
    )
    assert answer.text.strip().startswith('<span class="level">')
    assert f'<span id="to_target-{alpha.pk}" hx-swap-oob="true">' in answer.text
    assert "+50" in answer.text
    answer = client.post(
        f"/watchlists/{gems.pk}/levels/", {f"target-{alpha.pk}": "much"}, headers={"HX-Request": "true"}
    )
    assert 'value="much"' in answer.text
    assert entry(gems).target_usd == 3


def test_a_level_that_is_reached_says_so(client, gems):
    gems.entries.update(target_usd=2, stop_usd=1)
    assert client.get(f"/watchlists/{gems.pk}/").text.count(">reached<") == 1


def test_a_level_of_an_asset_that_is_not_there_is_nothing(client, gems):
    other = make_asset("Other")
    for name in (f"target-{other.pk}", "target-x", "target-", "price-1", f"target-{'9' * 30}"):
        assert client.post(f"/watchlists/{gems.pk}/levels/", {name: "3"}).status_code == 302
    assert entry(gems).target_usd is None
    answer = client.post(
        f"/watchlists/{gems.pk}/levels/", {f"target-{other.pk}": "3"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 404


def test_other_peoples_lists_are_not_there(client, theirs, alpha):
    assert client.post(f"/watchlists/{theirs.pk}/levels/", {f"target-{alpha.pk}": "3"}).status_code == 404
    assert client.post(f"/watchlists/{theirs.pk}/columns/", {"columns": "price"}).status_code == 404
    assert client.get(f"/screen/export/?watchlist={theirs.pk}").status_code == 404
    assert client.get("/screen/export/?watchlist=x").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.columns, theirs.entries.get().target_usd) == ([], None)


# Export -----------------------------------------------------------------------------


def test_the_table_is_exported_with_its_own_columns_and_no_formula(client, gems):
    gems.entries.update(target_usd=3, stop_usd=Decimal("1e-9"))
    watch(watchlist=gems, asset=Asset.objects.create(kind="token", slug="bare", name="Bare"))
    body = b"".join(client.get(f"/screen/export/?watchlist={gems.pk}&format=csv&sort=name").streaming_content)
    rows = [*csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]
    assert [row["slug"] for row in rows] == ["alpha", "bare"]
    assert (rows[0]["name"], rows[0]["target_usd"], rows[0]["to_target_share"]) == ("'=Alpha <b>", "3", "0.5")
    assert float(rows[0]["stop_usd"]) == 1e-9
    assert rows[1]["price_usd"] == ""


@pytest.mark.parametrize("price", [1e-12, 0.1, 1.5, 25_000.0, 1e9])
def test_a_price_is_shown_in_all_digits(price):
    assert "e" not in plain_price(price)
    assert float(plain_price(price)) == price
