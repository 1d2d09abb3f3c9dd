"""Every page that shows an exit figure shows it for its reader's size, wherever the size comes from."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from assets.models import Asset
from screener.models import Scorecard, Watchlist
from screener.screens.position import PositionSize
from screener.services.desk.personal_score import card_at
from screener.services.desk.preferences import set_position
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref, rated_rows, store

pytestmark = pytest.mark.django_db

SIZE = PositionSize(usd=250_000)
COLUMNS = "columns=round_trip,exit_days,depth_to_position"


@pytest.fixture(scope="module")
def scored(module_db):
    store(*rated_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


@pytest.fixture
def asset(scored):
    UNIVERSE.forget()
    return Asset.objects.get()


@pytest.fixture(scope="module")
def figures(scored):
    """What the asset's exit figures are for the size of this test, and for the usual one."""
    card, asset = Scorecard.objects.get(), Asset.objects.get()
    return card_at(card, asset, SIZE).figures, card.figures


def by_address(client, _ana):
    return "position=250k"


def by_browser(client, _ana):
    client.post("/position/", {"position": "$250k"})
    return ""


def by_account(client, ana):
    client.force_login(ana)
    set_position(user=ana, position=SIZE)
    return ""


@pytest.fixture(params=[by_address, by_browser, by_account], ids=["address", "browser", "account"])
def words(request, client, django_user_model):
    """The size is set; what an address has to say of it."""
    return request.param(client, django_user_model.objects.create_user("ana"))


def shown(page, unit_of):
    """The exact values of the page's figures."""
    return [float(each) for each in re.findall(r'<data value="([^"]+)"', page)]


def has(page, value):
    return any(each == pytest.approx(value, rel=1e-4) for each in shown(page, None))


PAGES = {
    # what a page shows of: round trip, days to exit, depth ÷ position
    "/?" + COLUMNS: ("round_trip_cost_share", "days_to_exit", "depth_to_position"),
    "/?q=exit_days>0&" + COLUMNS: ("round_trip_cost_share", "days_to_exit", "depth_to_position"),
    "/compare/?asset={slug}": ("round_trip_cost_share", "days_to_exit"),
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_exits_for_the_readers_size(client, asset, figures, words, address):
    page = client.get(f"{address.format(slug=asset.slug)}&{words}".rstrip("&")).text
    own, usual = figures
    for name in PAGES[address]:
        assert own[name] != pytest.approx(usual[name])
        assert has(page, own[name]), name
        assert not has(page, usual[name]), name


@pytest.mark.parametrize("address", ["/assets/{slug}/?whole=1&", "/assets/{slug}/peek/?"])
def test_an_assets_own_answers_are_for_that_size(client, asset, figures, words, address):
    page = client.get(f"{address.format(slug=asset.slug)}{words}".rstrip("&?")).text
    assert "$250" in page
    assert "peek" in address or "for your position of $250" in page


def test_the_chart_of_exits_marks_that_size(client, asset, words):
    page = client.get(f"/assets/{asset.slug}/?whole=1&{words}".rstrip("&")).text
    assert re.search(r"The dot is a position of <data value=\"250000.0\"", page)


def test_headings_filters_and_lists_of_screens_follow(client, asset, figures, words):
    own, usual = figures
    between = (own["days_to_exit"] + usual["days_to_exit"]) / 2
    assert own["days_to_exit"] > usual["days_to_exit"]
    page = client.get(f"/?q=exit_days<{between}&{words}").text
    assert "No asset matches" in page
    page = client.get(f"/?q=exit_days>{between}&{words}").text
    assert page.count("for $250\u202fK") == 3, "gates, round trip and days to exit of the usual columns"


def test_files_name_the_size_and_have_its_figures(client, asset, figures, words):
    own, _usual = figures
    address = f"/screen/export/?{COLUMNS}&{words}".rstrip("&")

    def read(name):
        return b"".join(client.get(f"{address}&format={name}").streaming_content)

    head, row = list(csv.reader(io.StringIO(read("csv").decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(read("xlsx"))).worksheets[0]
    table = parquet.read_table(io.BytesIO(read("parquet")))
    for column, name in (
        ("round_trip_share_at_250k", "round_trip_cost_share"),
        ("exit_days_at_250k", "days_to_exit"),
    ):
        assert float(row[head.index(column)]) == pytest.approx(own[name], rel=1e-4)
        assert table[column][0].as_py() == pytest.approx(own[name], rel=1e-4)
        assert column in [cell.value for cell in sheet[1]]
    assert table.schema.metadata[b"position"] == b"250k"


def test_a_watchlist_of_the_screener_follows(client, asset, figures, django_user_model):
    ana = django_user_model.objects.create_user("bea")
    Watchlist.objects.create(owner=ana, name="Mine").entries.create(asset=asset)
    by_account(client, ana)
    assert has(client.get(f"/?q=watch:mine&{COLUMNS}").text, figures[0]["days_to_exit"])


def test_another_currency_is_refused_in_an_address_too(client, asset):
    answer = client.get("/?position=25k+EUR")
    assert answer.status_code == 400
    assert "“EUR” can&#x27;t be converted: no exchange rate is known here." in answer.text
