"""What a page may ask of the database, whatever there is to show. A new query is no accident."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from screener.models import Profile, Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.notes import write_note
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.factories.scorecards import make_card

pytestmark = pytest.mark.django_db

BUDGETS = {
    # address: (a stranger's, that of somebody who is logged in). One more than is needed: once a second
    # the universe asks whether there is news.
    "/": (1, 6),
    "/?q=kind:token&page=2": (1, 6),
    "/?q=watch:any": (1, 7),
    "/compare/?asset=worked-example": (3, 6),
    "/assets/worked-example/peek/": (2, 4),
    "/query/": (1, 3),
    "/query/complete/?q=watch": (1, 4),
    "/assets/worked-example/": (32, 38),
    "/assets/worked-example/history/": (6, 8),
    "/checklist/": (1, 3),
    "/validation/": (3, 5),
    "/profiles/": (1, 5),
    "/profiles/{profile}/": (1, 6),
    "/overrides/": (1, 5),
    "/position/": (1, 4),
    "/screens/": (1, 6),
    "/screens/new/?q=kind:token": (1, 3),
    "/screens/{screen}/": (1, 6),
    "/screens/columns/": (1, 4),
    "/watchlists/": (1, 4),
    "/watchlists/{watchlist}/": (1, 6),
    "/notes/": (1, 5),
    "/data/": (6, 8),
    "/data/failed/": (3, 5),
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
        write_note(owner=person, asset=asset if number % 2 else example, body=f"Note {number}")
    profile, *_others = [Profile.objects.create(owner=person, name=f"Mine {each}") for each in range(20)]
    asked = Screen(condition=parse("kind:token watch:any"))
    saved, *_others = [save_screen(owner=person, name=f"Mine {each}", screen=asked) for each in range(30)]
    UNIVERSE.forget()
    UNIVERSE.table()
    told = {"watchlist": watchlist.pk, "profile": profile.pk, "screen": saved.pk}
    return {address: address.format(**told) for address in BUDGETS}


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
