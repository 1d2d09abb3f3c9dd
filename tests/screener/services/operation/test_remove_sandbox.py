import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from screener.models import SandboxRemoval, Scorecard, Watchlist, WatchlistEntry
from screener.services.desk.notes import write_note
from screener.services.operation import remove_sandbox as module
from screener.services.operation.fill_sandbox import fill_sandbox
from screener.services.operation.remove_sandbox import (
    begin_removal,
    bring_back_sandbox,
    continue_removal,
    hanging_on_sandbox,
)
from screener.universe.live import Universe
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def observed(provider, body=b"{}"):
    return Observation.objects.create(
        provider=provider,
        family="market",
        request={},
        payload=Payload.keep(body),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=NOW,
        known_at=NOW,
    )


@pytest.fixture
def market():
    """One real and three invented assets with cards; an answer and a run of both."""
    real = make_asset("Real")
    make_card(real)
    for name in ("One", "Two", "Three"):
        make_card(make_asset(name, fictional=True))
    for provider, body in (("sandbox", b"invented"), ("coingecko", b"real")):
        run = RefreshRun.objects.create(
            provider=provider, family="market", base_url="", created_at=NOW, progressed_at=NOW
        )
        RefreshStep.objects.create(run=run, key="a", request={}, observation=observed(provider, body))
    return real


def remove(tmp_path):
    removal = begin_removal(keep_in=tmp_path)
    assert continue_removal()
    removal.refresh_from_db()
    return removal


def test_all_rows_of_the_sandbox_go_and_nothing_else(market, tmp_path):
    removal = remove(tmp_path)
    assert (removal.assets, removal.kept_in) == (3, "")
    assert removal.ended_at is not None
    assert list(Asset.objects.all()) == [market]
    assert list(Scorecard.objects.values_list("asset", flat=True)) == [market.pk]
    for rows in (Observation.objects, RefreshRun.objects):
        assert list(rows.values_list("provider", flat=True)) == ["coingecko"]
    assert Payload.objects.count() == 1
    assert RefreshStep.objects.count() == 1
    assert list(tmp_path.iterdir()) == []


def test_what_people_wrote_is_counted_before_and_kept_in_a_file(market, tmp_path):
    ana, ben = (User.objects.create_user(name) for name in ("ana", "ben"))
    invented = Asset.objects.get(slug="one")
    write_note(user=ana, asset=invented, body="Thin pool")
    assert hanging_on_sandbox().plans == 0
    watchlist = Watchlist.objects.create(owner=ben, name="Tries")
    for asset in (invented, market):
        WatchlistEntry.objects.create(watchlist=watchlist, asset=asset)
    hanging = hanging_on_sandbox()
    assert (hanging.assets, hanging.notes, hanging.watchlist_rows, hanging.people) == (3, 1, 1, 2)
    assert hanging.is_anything
    removal = remove(tmp_path)
    (file,) = tmp_path.iterdir()
    assert str(file) == removal.kept_in
    assert file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(file.read_text())
    assert [(each["person"], each["asset"], each["table"]) for each in kept] == [
        ("ana", "one", "note"),
        ("ana", "one", "noterevision"),
        ("ben", "one", "watchlistentry"),
    ]
    assert (kept[0]["body"], kept[2]["watchlist"]) == ("Thin pool", "Tries")
    assert WatchlistEntry.objects.get().asset == market


def test_a_removal_that_was_cut_short_goes_on(market, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "ASSETS_AT_ONCE", 1)
    begin_removal(keep_in=tmp_path)
    assert not continue_removal(seconds=-1)
    assert begin_removal(keep_in=tmp_path) == SandboxRemoval.objects.get(), "there is one at a time"
    assert continue_removal()
    assert Asset.objects.count() == 1
    assert continue_removal(), "and then there is nothing to do"


def test_a_filling_under_way_is_stopped(market, tmp_path):
    remove_begun = begin_removal(keep_in=tmp_path)
    assert remove_begun.ended_at is None
    assert RefreshRun.objects.get(provider="sandbox").state == RefreshRun.State.STOPPED
    assert RefreshRun.objects.get(provider="coingecko").state == RefreshRun.State.RUNNING


def test_nobody_fills_it_again_until_it_is_brought_back(market, tmp_path):
    remove(tmp_path)
    assert list(fill_sandbox()) == []
    bring_back_sandbox()
    assert not SandboxRemoval.objects.exists()


def test_screens_lose_the_sandbox_as_soon_as_they_look(market, tmp_path, monkeypatch):
    monkeypatch.setattr("screener.universe.live.LOOK_AGAIN_S", 0)
    monkeypatch.setattr("screener.universe.live.LOOK_AT_NAMES_S", 0)
    monkeypatch.setattr("screener.universe.live.FEWEST_NAMES", 1)
    make_card(market, scored_at=timezone.now())
    universe = Universe()
    assert len(universe.table()) == 4
    remove(tmp_path)
    assert universe.table().texts["slug"].to_pylist() == ["real"]
