"""A world with one of everything that an address can be about, owned by one reader."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from assets.models import Observation, RefreshRun
from screener.models import ColumnSet, Override, Profile, Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.notes import write_note
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.factories.scorecards import make_card

PASSWORD = "correct horse battery"


def make_world(users: Any) -> SimpleNamespace:
    """Ana owns it, Bea owns nothing, Zoe is staff."""
    ana = users.objects.create_user("ana", password=PASSWORD)
    asset = fill_example()
    screen = save_screen(user=ana, name="Mine", screen=Screen(condition=parse("kind:token")))
    screen.share()
    profile = Profile.objects.create(owner=ana, name="Mine")
    profile.share()
    watchlist = Watchlist.objects.create(owner=ana, name="Mine")
    watchlist.entries.create(asset=asset)
    found = SimpleNamespace(
        ana=ana,
        bea=users.objects.create_user("bea", password=PASSWORD),
        zoe=users.objects.create_superuser("zoe", password=PASSWORD),
        asset=asset,
        cards=[make_card(asset, total) for total in (40.0, 60.0)],
        screen=screen,
        profile=profile,
        watchlist=watchlist,
        column_set=ColumnSet.objects.create(owner=ana, name="Mine", columns=["price_usd"]),
        note=write_note(user=ana, asset=asset, body="first"),
        override=Override.objects.create(
            owner=ana,
            asset=asset,
            criterion="utility.revenue",
            state="pass",
            reason="read it myself",
            expires_on=date(2999, 1, 1),
            created_at=timezone.now(),
        ),
        run=RefreshRun.objects.create(
            provider="sandbox", family="market", created_at=timezone.now(), progressed_at=timezone.now()
        ),
        observation=Observation.objects.order_by("pk").first(),
    )
    UNIVERSE.forget()
    UNIVERSE.table()
    return found
