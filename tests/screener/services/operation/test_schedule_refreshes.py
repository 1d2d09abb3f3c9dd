import pytest

from assets.metrics.family import SCREENED, WATCHED
from assets.models import Asset, RefreshRun
from screener.models import Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.operation.schedule_refreshes import interest_in_assets, schedule_refreshes
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def test_what_stands_on_anybodys_watchlist_is_of_interest(django_user_model):
    asset = Asset.objects.create(kind="token", slug="alpha")
    Asset.objects.create(kind="token", slug="beta")
    for name in ("ana", "ben"):
        owner = django_user_model.objects.create_user(name)
        Watchlist.objects.create(owner=owner, name="Mine").entries.create(asset=asset)
    assert interest_in_assets() == {asset.pk: WATCHED}


def test_what_saved_screens_find_comes_after_what_is_watched(django_user_model):
    UNIVERSE.forget()
    watched, found, _other = (
        make_card(make_asset(name), figures={"market_cap_usd": cap}).asset
        for name, cap in (("Alpha", 1e6), ("Beta", 2e6), ("Gamma", 1e9))
    )
    owner = django_user_model.objects.create_user("ana")
    Watchlist.objects.create(owner=owner, name="Mine").entries.create(asset=watched)
    save_screen(user=owner, name="Small", screen=Screen(condition=parse("market_cap < 100m")))
    assert interest_in_assets() == {watched.pk: WATCHED, found.pk: SCREENED}


def test_nobody_is_asked_whom_the_settings_do_not_name(settings, monkeypatch):
    settings.ASSAY_REFRESH = ["none"]
    assert schedule_refreshes() == []
    settings.ASSAY_REFRESH = ["sandbox"]
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", "5")
    monkeypatch.setattr("assets.tasks.run_steps.delay", lambda **_kwargs: None)
    assert {run.provider for run in schedule_refreshes()} == {"sandbox"}
    assert RefreshRun.objects.filter(family="market", is_walk=True).count() == 1
    assert schedule_refreshes() == [], "what is under way is not started again"
