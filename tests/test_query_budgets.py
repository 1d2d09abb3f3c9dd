"""What a page may ask of the database, whatever there is to show. A new query is no accident."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets.models import Asset, RefreshRun
from assets.sourcing.rows import MarketRow, SupplyRow
from screener.models import MarketFilling, Plan, Profile, Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.notes import write_note
from screener.services.dossier.sections import SECTIONS
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.example import NOW, fill_equity, fill_example, make_ref
from tests.factories.market import observe, score
from tests.factories.scorecards import make_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("universe_at_rest")]

BUDGETS = {
    # address: (a stranger's, that of somebody who is logged in). One more than is needed: once a second
    # the universe asks whether there is news.
    "/": (1, 7),
    "/?q=kind:token&page=2": (1, 6),
    "/?q=watch:any": (1, 7),
    "/screen/criteria/?q=kind:token": (1, 3),
    # Two cards an asset, whatever their number.
    "/changes/?q=kind:token": (4, 7),
    "/changes/?asset=worked-example": (5, 7),
    # Each kind finds its assets by stored days, and reads the families that its events rest on.
    "/calendar/": (30, 34),
    "/calendar/?view=list&kind=unlock": (22, 26),
    "/calendar/events.ics": (30, 34),
    "/search/?q=worked": (2, 6),
    "/search/suggest/?q=worked": (2, 6),
    "/about/": (1, 2),
    "/compare/?asset=worked-example": (3, 5),
    # Prices of the last months for the chart: a query or two for each family of facts.
    "/compare/?asset=worked-example&asset=coin-1": (10, 12),
    # The days and the census; a person's lists with the bars of what is on them are in
    # tests/screener/views/test_market.py.
    "/market/": (3, 6),
    "/assets/worked-example/peek/": (2, 3),
    "/query/": (1, 2),
    "/query/complete/?q=watch": (1, 3),
    # Of a reader: when they looked last, and that they look now.
    # Each tab reads what stands on it, and the price and the rating above it. The overview asks what lies
    # ahead; each kind of dated events is looked for, and read where there are some.
    "/assets/worked-example/": (30, 37),
    "/assets/worked-example/utility/": (10, 14),
    "/assets/worked-example/tokenomics/": (15, 19),
    "/assets/worked-example/liquidity/": (26, 30),
    "/assets/worked-example/holders/": (12, 16),
    "/assets/worked-example/transparency/": (11, 15),
    "/assets/worked-example/peers/": (13, 19),
    "/assets/worked-example/plan/?account=50k&stop=15%25": (20, 24),
    "/assets/worked-example/notes/": (1, 5),
    "/assets/worked-example/sources/": (19, 22),
    "/assets/worked-example/?whole=1": (50, 60),
    "/assets/worked-example/?whole=1&account=50k&stop=15%25": (50, 61),
    "/assets/worked-example/?whole=1&as_of=2026-03-02": (22, 24),
    # Bars, the calendar's events of this asset, and what its history has to mark.
    "/assets/worked-example/price.json": (14, 18),
    "/assets/worked-example/price.json?benchmark=tier": (16, 20),
    "/assets/worked-example/price.json?benchmark=btc": (15, 19),
    "/assets/worked-example/price.json?as_of=2026-03-02": (8, 10),
    "/assets/worked-example/cite/": (30, 33),
    "/assets/worked-example/dossier.pdf": (31, 38),
    # A query or two for each kind, however much happened; bars and changes of units as the score reads them.
    "/assets/worked-example/history/": (25, 32),
    "/assets/worked-example/history/?kind=rating": (5, 8),
    "/checklist/": (1, 2),
    "/glossary/": (1, 2),
    "/validation/": (3, 4),
    "/plans/": (1, 12),
    "/plans/{plan}/": (1, 12),
    "/profiles/": (1, 4),
    "/profiles/{profile}/": (1, 4),
    "/overrides/": (1, 4),
    "/position/": (1, 3),
    "/screens/": (1, 6),
    "/screens/new/?q=kind:token": (1, 2),
    "/screens/{screen}/": (1, 6),
    "/screens/columns/": (1, 3),
    "/watchlists/": (1, 3),
    "/watchlists/{watchlist}/": (1, 7),
    "/notes/": (1, 4),
    "/data/": (11, 12),
    "/data/failed/": (3, 4),
    "/data/missing/?asset=worked-example": (0, 9),
}

SECTION_BUDGETS = {
    # One section by itself, of a token or of a company; two queries find a person's session,
    # one whether another contract spoke for a token before. The charts of price and exits read facts as the
    # score does, with the changes of units and what contradicts them: a query or two for each family. Unlocks
    # are in units of today, and say who tells the price, the supply and the depth that they press on.
    "header": (7, 11),
    "conflicts": (8, 10),
    "score": (3, 7),
    "price": (9, 11),
    "utility": (6, 10),
    "tokenomics": (13, 17),
    "liquidity_depth": (20, 24),
    "holder_concentration": (9, 13),
    "transparency": (8, 12),
    "usage": (5, 7),
    "fundamentals": (6, 8),
    "unlocks": (12, 14),
    "contract": (5, 7),
    "capital": (6, 8),
    "overhang": (9, 11),
    "venue": (6, 8),
    "liquidity": (18, 21),
    "trades": (4, 6),
    "holders": (8, 10),
    "ownership": (5, 7),
    "disclosure": (6, 8),
    "filings": (7, 9),
    "peers": (4, 8),
    "swings": (9, 13),
    "selling": (24, 27),
    "plan": (3, 6),
    "sources": (17, 19),
    "screens": (10, 13),
    "notes": (3, 6),
    "glance": (17, 20),
}


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def addresses(person):
    """Enough rows of everything that a query a row would be noticed."""
    example = fill_example()
    watchlist = Watchlist.objects.create(owner=person, name="Mine")
    for number in range(60):
        asset = Asset.objects.create(kind="token", slug=f"coin-{number}", name=f"Coin {number}")
        make_card(asset)
        watchlist.entries.create(asset=asset)
        write_note(user=person, asset=asset if number % 2 else example, body=f"Note {number}")
    profile, *_others = [Profile.objects.create(owner=person, name=f"Mine {each}") for each in range(20)]
    asked = Screen(condition=parse("kind:token watch:any"))
    saved, *_others = [save_screen(user=person, name=f"Mine {each}", screen=asked) for each in range(30)]
    UNIVERSE.forget()
    UNIVERSE.table()
    terms = {"terms": {"account": "50k"}, "orders": [[0.5, 1_000]], "is_clear": False}
    money = {"size_usd": 500, "loss_usd": 500, "planned_at": timezone.now() - timedelta(days=9)}
    plan, *_others = [
        Plan.objects.create(owner=person, asset=asset, **terms, **money) for asset in Asset.objects.all()[:40]
    ]
    ids = {"plan": plan.pk, "watchlist": watchlist.pk, "profile": profile.pk, "screen": saved.pk}
    return {address: address.format(**ids) for address in BUDGETS}


@pytest.mark.parametrize("logged_in", [False, True], ids=["stranger", "person"])
def test_every_page_keeps_to_its_budget(client, person, addresses, logged_in):
    if logged_in:
        client.force_login(person)
    asked = {}
    for budgeted, address in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code in {200, 302}
        asked[budgeted] = len(queries)
    over = {address: count for address, count in asked.items() if count > BUDGETS[address][logged_in]}
    assert over == {}


@pytest.mark.parametrize("logged_in", [False, True], ids=["stranger", "person"])
def test_every_section_of_an_asset_keeps_to_its_budget(client, person, addresses, logged_in):
    if logged_in:
        client.force_login(person)
    slugs = {"token": "worked-example", "equity": fill_equity().slug}
    asked = {}
    for section in SECTIONS:
        for slug in (slugs[kind] for kind in section.kinds):
            with CaptureQueriesContext(connection) as queries:
                page = client.get(f"/assets/{slug}/sections/{section.name}/", headers={"HX-Request": "true"})
            assert page.status_code == 200
            asked[section.name] = max(len(queries), asked.get(section.name, 0))
    assert asked.keys() == SECTION_BUDGETS.keys(), "each section has a budget"
    over = {name: count for name, count in asked.items() if count > SECTION_BUDGETS[name][logged_in]}
    assert over == {}


def test_taking_a_market_back_keeps_to_its_budget(client, django_user_model, addresses):
    stella = django_user_model.objects.create_user("stella", is_staff=True)
    filling = MarketFilling.objects.create(ordered_by=stella, ordered_at=NOW)
    for run in RefreshRun.objects.all():
        filling.runs.add(run)
    client.force_login(stella)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/data/market/").status_code == 200
    assert len(queries) <= 16


TRAY = {"page": (2, 10), "tick": (2, 5)}
"""What the screener may ask where assets are ticked, and a tick, however many there are."""


@pytest.mark.parametrize("logged_in", [False, True], ids=["stranger", "person"])
def test_ticked_assets_keep_to_their_budget(client, person, addresses, logged_in):
    if logged_in:
        client.force_login(person)
    client.post("/screen/chosen/", {"asset": [f"coin-{number}" for number in range(40)]})
    asked = {}
    with CaptureQueriesContext(connection) as queries:
        assert "40 chosen" in client.get("/").text
    asked["page"] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        client.post("/screen/chosen/", {"asset": "coin-50"}, headers={"HX-Request": "true"})
    asked["tick"] = len(queries)
    assert {name: count for name, count in asked.items() if count > TRAY[name][logged_in]} == {}


RULING = {"conflicts": 13, "ruling": 14}
"""What staff may ask where figures are questioned and one was ruled, however many there are."""


def test_ruling_keeps_to_its_budget(client, django_user_model):
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(900), fully_diluted_usd=Decimal(9_000)),
        SupplyRow(**now, circulating=Decimal(100), maximum=Decimal(200)),
        at=NOW,
        provider="coingecko",
    )
    score(now=timezone.now())
    asset = Asset.objects.get()
    client.force_login(django_user_model.objects.create_user("root", is_staff=True))
    of_supply = f"/assets/{asset.slug}/rulings/supply"
    client.post(f"{of_supply}/circulating/", {"choice": "keep", "reason": "Seen."})
    score(now=timezone.now())
    asked = {}
    for name, address in {
        "conflicts": f"/assets/{asset.slug}/sections/conflicts/",
        "ruling": f"{of_supply}/maximum/",
    }.items():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, headers={"HX-Request": "true"} if name == "conflicts" else {})
        assert "Keep what the source says" in page.text
        asked[name] = len(queries)
    assert {name: count for name, count in asked.items() if count > RULING[name]} == {}
