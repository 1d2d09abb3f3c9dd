import csv
import io

import pytest
from django.test import Client

from assets.models import Asset
from screener.models import Watchlist
from screener.services.desk import add_to_watchlist
from screener.universe.live import UNIVERSE
from screener.views.chosen_assets import CHOSEN_COOKIE, MOST_CHOSEN
from screener.views.screening.tray import tray_context
from tests.factories.scorecards import make_asset, make_card
from tests.screener.views.pages import text_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ADDRESS = "/screen/chosen/"


@pytest.fixture
def market():
    for number in range(60):
        make_card(make_asset(f"Coin{number:02}"), float(number), figures={"market_cap_usd": 1e6 + number})
    UNIVERSE.forget()


@pytest.fixture
def person(client, django_user_model):
    ana = django_user_model.objects.create_user("ana")
    client.force_login(ana)
    return ana


def tick(client, *slugs, **more):
    return client.post(ADDRESS, {"asset": slugs, **more}, headers=HTMX)


def chosen(client):
    """The slugs of the cookie, in its order."""
    ids = client.cookies[CHOSEN_COOKIE].value if CHOSEN_COOKIE in client.cookies else ""
    slugs = {str(each.pk): each.slug for each in Asset.objects.all()}
    return [slugs[each] for each in ids.split(".") if each]


def ticked(page):
    return {row.asset.slug for row in page.context["rows"] if row.is_chosen}


def test_ticks_are_there_on_every_page_in_every_order_under_every_filter(client, market):
    tick(client, "coin58")
    bar = tick(client, "coin03")
    assert [each.slug for each in bar.context["tray"]["assets"]] == ["coin58", "coin03"]
    assert ticked(client.get("/")) == {"coin58"}
    assert ticked(client.get("/?page=2")) == {"coin03"}
    assert ticked(client.get("/?sort=score")) == {"coin03"}
    assert ticked(client.get("/?q=coin58", headers=HTMX)) == {"coin58"}
    page = client.get("/?q=kind:equity")
    assert "2 chosen" in text_of(page)
    assert "Coin58" in page.text


def test_a_page_that_is_kept_for_strangers_has_the_ticks_of_each(client, market):
    tick(client, "coin58")
    other = Client()
    for _again in range(2):
        assert 'value="coin58" form="compare" checked' in client.get("/").text
        assert "checked aria-label" not in other.get("/").text
        assert 'id="tray" class="tray" aria-label="Chosen assets" tabindex="-1" hidden' in other.get("/").text


def test_one_is_taken_out_by_its_name_or_its_row(client, market):
    tick(client, "coin58", "coin03", "coin10")
    client.post(ADDRESS, {"remove": "coin03"}, headers=HTMX)
    client.post(ADDRESS, {"remove": "nobody"}, headers=HTMX)
    assert chosen(client) == ["coin58", "coin10"]


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["scripts", "no scripts"])
def test_all_are_cleared_and_brought_back(client, market, headers):
    tick(client, "coin58", "coin03")
    answer = client.post(ADDRESS, {"clear": "1", "next": "/?page=2"}, headers=headers)
    page = answer if headers else client.get(answer["Location"])
    assert "2 assets are no longer chosen." in text_of(page)
    assert chosen(client) == []
    undo = page.text[page.text.index('name="restore" value="') :] if headers else ""
    value = undo.split('"')[3] if headers else page.text.split('name="restore" value="')[1].split('"')[0]
    client.post(ADDRESS, {"restore": value}, headers=headers)
    assert chosen(client) == ["coin58", "coin03"]


def test_clearing_nothing_says_nothing(client, market):
    bar = client.post(ADDRESS, {"clear": "1"}, headers=HTMX)
    assert bar.context["tray"]["said"] == ""
    assert "hidden" in bar.text


def test_what_no_longer_fits_is_named_and_not_chosen(client, market):
    slugs = [f"coin{number:02}" for number in range(MOST_CHOSEN)]
    tick(client, *slugs)
    bar = tick(client, "coin59")
    assert "Coin59 (COI) is not chosen: 50 assets at most are. Take some out first." in text_of(bar)
    assert chosen(client) == slugs


def test_without_scripts_the_ticks_are_kept_and_the_page_is_the_same(client, market):
    answer = client.post(ADDRESS, {"asset": ["coin58", "coin03"], "next": "/?q=coin&page=2"})
    assert answer["Location"] == "/?q=coin&page=2"
    assert client.post(ADDRESS, {"asset": "coin58", "next": "https://else.where/"})["Location"] == "/"
    compared = client.post(ADDRESS, {"asset": "coin10", "compare": "yes"})
    assert compared["Location"] == "/compare/?asset=coin58&asset=coin03&asset=coin10"


def test_two_to_five_are_compared(client, market):
    assert "/compare/?" not in tick(client, "coin58").text
    assert 'href="/compare/?asset=coin58&amp;asset=coin03"' in tick(client, "coin03").text
    bar = tick(client, "coin01", "coin02", "coin04", "coin05")
    assert "/compare/?" not in bar.text
    assert "Two to five can be compared" in bar.text


def test_those_that_are_gone_are_no_longer_chosen(client, market):
    tick(client, "coin58", "coin03")
    Asset.objects.get(slug="coin58").delete()
    assert client.get("/").context["tray"]["assets"][0].slug == "coin03"
    tick(client, "coin10")
    assert chosen(client) == ["coin03", "coin10"]


# What is done with them ---------------------------------------------------------------


def test_strangers_compare_and_export_and_no_more(client, market):
    bar = tick(client, "coin58", "coin03").text
    assert "/compare/?" in bar
    assert "/screen/export/?format=csv&amp;chosen=yes" in bar
    assert "watch" not in bar
    assert "/data/missing/" not in bar
    assert client.post(f"{ADDRESS}watch/", {"name": "Mine"})["Location"].startswith("/accounts/login/")


def test_they_are_put_on_a_list_or_on_a_new_one(client, market, person):
    mine = Watchlist.objects.create(owner=person, name="Mine")
    bar = tick(client, "coin58", "coin03")
    assert "/data/missing/?asset=coin58&amp;asset=coin03" in bar.text
    said = client.post(f"{ADDRESS}watch/", {"list": mine.pk}, headers=HTMX)
    assert "2 assets are on “Mine”." in text_of(said)
    client.post(f"{ADDRESS}watch/", {"name": "New"}, headers=HTMX)
    client.post(f"{ADDRESS}watch/", {"list": mine.pk}, headers=HTMX)
    assert {each.name: each.entries.count() for each in Watchlist.objects.all()} == {"Mine": 2, "New": 2}
    assert chosen(client) == ["coin58", "coin03"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "Mine"}, "You already have a watchlist named “Mine”."),
        ({"name": " "}, "A watchlist needs a name. Type one."),
        ({"list": "x"}, "A watchlist needs a name. Type one."),
    ],
)
def test_a_list_that_cannot_be_made_is_explained(client, market, person, fields, words):
    Watchlist.objects.create(owner=person, name="Mine")
    tick(client, "coin58")
    assert words in text_of(client.post(f"{ADDRESS}watch/", fields, headers=HTMX))
    client.post(f"{ADDRESS}watch/", fields)
    assert words in text_of(client.get("/"))


def test_a_list_that_is_full_takes_no_more(client, market, person, monkeypatch):
    monkeypatch.setattr(add_to_watchlist, "MOST_WATCHED", 1)
    mine = Watchlist.objects.create(owner=person, name="Mine")
    tick(client, "coin58", "coin03")
    said = client.post(f"{ADDRESS}watch/", {"list": mine.pk}, headers=HTMX)
    assert "The list would have 2 assets and may have 1." in text_of(said)
    assert not mine.entries.exists()


def test_lists_of_others_are_not_found(client, market, person, django_user_model):
    other = Watchlist.objects.create(owner=django_user_model.objects.create_user("bob"), name="His")
    tick(client, "coin58")
    assert client.post(f"{ADDRESS}watch/", {"list": other.pk}).status_code == 404
    assert not other.entries.exists()


def test_a_file_has_the_chosen_in_the_columns_and_order_of_the_screen(client, market):
    tick(client, "coin58", "coin03")
    page = client.get("/?q=coin10&columns=market_cap&sort=score")
    address = page.context["tray"]["exports"][0][1]
    assert address == "/screen/export/?format=csv&chosen=yes&sort=score&columns=market_cap"
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    columns = {name: rest for name, *rest in zip(*csv.reader(io.StringIO(text)), strict=True)}
    assert columns["slug"] == ["coin03", "coin58"]


def test_a_file_of_nothing_has_no_rows(client, market):
    text = b"".join(client.get("/screen/export/?chosen=yes").streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 1


def test_the_bar_asks_once_however_many_are_chosen(client, market, rf, person, django_assert_num_queries):
    request = rf.get("/")
    request.user = person
    context = tray_context(request, list(Asset.objects.all()[:40]))
    with django_assert_num_queries(1):
        assert list(context["lists"]) == []
