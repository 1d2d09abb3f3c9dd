from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from assets.models import Asset, AssetIdentifier, Observation, Payload, RefreshRun, RefreshStep
from assets.services.refreshing.steps import run_step
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, ListingRow, MarketRow
from screener.models import AssetVisit, MarketFilling, MarketUndo, Watchlist, WatchlistEntry
from screener.services.desk.notes import write_note
from screener.services.operation import undo_filling as module
from screener.services.operation.first_run import first_run
from screener.services.operation.remove_sandbox import WRITTEN
from screener.services.operation.undo_filling import (
    FETCHED,
    NOTES,
    REASON_OF,
    SHEETS,
    WATCHLISTS,
    begin_undo,
    continue_undo,
    is_orderer,
    newest_undo,
    runs_kept_for_undo,
    undoable,
)
from screener.services.retention.prune import Retention, prune
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, tzinfo=UTC)
Kind = RefreshRun.State


@pytest.fixture(autouse=True)
def fresh():
    UNIVERSE.forget()


@pytest.fixture
def stella():
    return User.objects.create_user("stella", is_staff=True)


def ref(name):
    return AssetRef(kind="token", identifiers=(("coingecko", name),), name=name)


def answered(run, *rows, at, body=b"{}"):
    """One step of the run is done: these rows are stored."""
    observation = Observation.objects.create(
        provider=run.provider,
        family=run.family,
        request={},
        payload=Payload.keep(body),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=at,
        known_at=at,
    )
    _stored, ids = store_rows(observation=observation, rows=rows)
    key = f"{run.pk} {at}"
    RefreshStep.objects.create(
        run=run, key=key, request={}, state="done", observation=observation, asset_ids=ids
    )
    return observation


def run_of(provider="coingecko", family="market", *, at=NOW, **changes):
    return RefreshRun.objects.create(
        provider=provider, family=family, base_url="", created_at=at, progressed_at=at, **changes
    )


def price(name, usd=1, *, at=NOW):
    return MarketRow(asset=ref(name), as_of=at, price_usd=usd)


@pytest.fixture
def filling(stella):
    """An asset was known before; a filling told its price and three others; a step waits."""
    answered(run_of(at=NOW - timedelta(days=3)), price("early"), at=NOW - timedelta(days=3), body=b"early")
    Asset.objects.update(created_at=NOW - timedelta(days=3))
    made = MarketFilling.objects.create(ordered_by=stella, ordered_at=NOW, step=2)
    listing = run_of(family="listing", is_walk=True, started_by=stella, state=Kind.DONE)
    answered(
        listing,
        *(ListingRow(asset=ref(name), as_of=NOW) for name in ("one", "two", "three")),
        at=NOW + timedelta(seconds=1),
        body=b"listing",
    )
    market = run_of(is_walk=True, started_by=stella, steps_total=2)
    answered(
        market,
        *(price(name, 2) for name in ("early", "one", "two", "three")),
        at=NOW + timedelta(seconds=2),
        body=b"market",
    )
    RefreshStep.objects.create(run=market, key="waits", request={})
    made.run = market
    made.save()
    made.runs.set([listing, market])
    return made


def named(name):
    return Asset.objects.get(slug=name)


def names():
    return set(Asset.objects.values_list("slug", flat=True))


def test_what_came_in_goes_and_what_was_here_stays(filling, stella):
    found = undoable()
    assert (found.assets, found.goes, found.stays) == (3, 3, 0)
    undo = begin_undo(user=stella)
    assert (undo.assets, undo.asked_by) == (3, stella)
    assert continue_undo()
    undo.refresh_from_db()
    assert (undo.removed, undo.stays, undo.ended_at is None) == (3, 0, False)
    assert names() == {"early"}
    assert set(AssetIdentifier.objects.values_list("value", flat=True)) == {"early"}
    assert undoable() is None


def test_runs_stay_and_answers_as_long_as_something_rests_on_them(filling, stella):
    begin_undo(user=stella)
    continue_undo()
    assert RefreshRun.objects.count() == 3
    bodies = {Observation.objects.get(pk=each.pk).payload.body for each in Observation.objects.all()}
    assert bodies == {b"early", b"market"}, "a price of the earlier asset was read from the second"
    assert Payload.objects.count() == 2
    assert RefreshStep.objects.get(run__family="listing").observation is None


def test_what_waits_is_given_up_and_what_is_under_way_is_not_stored(filling, stella, monkeypatch):
    step = RefreshStep.objects.get(key="waits")
    begin_undo(user=stella)
    filling.refresh_from_db()
    assert filling.stopped
    market = RefreshRun.objects.get(pk=filling.run_id)
    assert (market.state, market.steps_total) == (Kind.STOPPED, 1)
    assert not RefreshStep.objects.filter(state="waiting").exists()
    run_step(step_id=step.pk, client=None)
    assert continue_undo()
    assert names() == {"early"}


def test_what_somebody_has_taken_up_stays_with_its_reason(filling, stella):
    write_note(user=stella, asset=named("one"), body="Thin pool")
    watchlist = Watchlist.objects.create(owner=stella, name="Tries")
    for name in ("one", "two"):
        WatchlistEntry.objects.create(watchlist=watchlist, asset=named(name))
    found = undoable()
    assert (found.goes, found.stays, found.kept) == (1, 2, {NOTES: 1, WATCHLISTS: 1})
    begin_undo(user=stella)
    continue_undo()
    assert newest_undo().kept == {NOTES: 1, WATCHLISTS: 1}
    assert names() == {"early", "one", "two"}
    assert Observation.objects.filter(family="listing").exists(), "by it these were named"


@pytest.mark.parametrize(
    ("provider", "changes", "reason"),
    [
        ("analyst", {}, SHEETS),
        ("etherscan", {"is_walk": False}, FETCHED),
        ("etherscan", {"is_walk": False, "limit": 5}, None),
        ("coingecko", {"is_walk": True}, None),
        ("etherscan", {"is_walk": False, "started_by": None}, None),
    ],
    ids=["sheet", "fetched", "first five", "a walk", "by itself"],
)
def test_figures_of_ones_own_and_orders_for_one_asset_keep_it(filling, stella, provider, changes, reason):
    run = run_of(provider, "contract", at=NOW + timedelta(hours=1), **{"started_by": stella} | changes)
    RefreshStep.objects.create(run=run, key="x", request={}, state="done", asset_ids=[named("two").pk])
    assert undoable().kept == ({reason: 1} if reason else {})
    begin_undo(user=stella)
    continue_undo()
    assert ("two" in names()) is bool(reason)


def test_it_can_be_taken_back_when_the_steps_of_others_are_long_gone(filling, stella):
    ordered = run_of("etherscan", "contract", at=NOW + timedelta(hours=1), started_by=stella, state=Kind.DONE)
    RefreshStep.objects.create(run=ordered, key="x", request={}, state="done", asset_ids=[named("two").pk])
    RefreshRun.objects.update(state=Kind.DONE, finished_at=NOW + timedelta(hours=2))
    years_later = NOW + timedelta(days=1_000)
    retention = Retention(scorecard_days=0, observation_days=30, step_days=30)
    assert prune(retention, now=years_later, seconds=60).removed["steps"] == 1, "of the run before it"
    found = undoable()
    assert (found.assets, found.kept) == (3, {FETCHED: 1})
    begin_undo(user=stella)
    assert prune(retention, now=years_later, seconds=60).removed["steps"] == 0, "it is being taken back"
    continue_undo()
    assert names() == {"early", "two"}
    assert not runs_kept_for_undo().exists()
    assert prune(retention, now=years_later, seconds=60).removed["steps"] > 0


def test_assets_that_others_named_at_the_time_stay(filling, stella):
    other = run_of("dexscreener", "pools", at=NOW + timedelta(seconds=3))
    answered(other, price("other"), at=NOW + timedelta(seconds=3), body=b"other")
    make_asset("Invented", fictional=True)
    assert undoable().assets == 3
    begin_undo(user=stella)
    continue_undo()
    assert {"other", "invented", "early"} <= names()


def test_it_goes_on_where_it_was_left(filling, stella, monkeypatch):
    monkeypatch.setattr(module, "ASSETS_AT_ONCE", 1)
    begin_undo(user=stella)
    assert not continue_undo(seconds=-1)
    assert begin_undo(user=stella) == newest_undo(), "there is one at a time"
    assert continue_undo()
    assert newest_undo().removed == 3
    assert continue_undo(), "and then there is nothing to do"


def test_a_note_that_is_written_meanwhile_keeps_its_asset(filling, stella, monkeypatch):
    monkeypatch.setattr(module, "ASSETS_AT_ONCE", 1)
    begin_undo(user=stella)
    going = module._going([filling])

    def first_look(_fillings):
        write_note(user=stella, asset=Asset.objects.get(pk=going[-1]), body="x")
        return going

    monkeypatch.setattr(module, "_going", first_look)
    assert continue_undo()
    assert newest_undo().kept == {NOTES: 1}
    assert Asset.objects.filter(pk=going[-1]).exists()


def test_all_that_was_filled_since_is_taken_back_together(filling, stella):
    again = MarketFilling.objects.create(ordered_by=stella, ordered_at=NOW + timedelta(days=1))
    late = run_of("sec_www", "listing", at=NOW + timedelta(days=1), is_walk=True)
    answered(late, price("late"), at=NOW + timedelta(days=1), body=b"late")
    again.runs.add(late)
    assert undoable().assets == 4
    begin_undo(user=stella)
    continue_undo()
    assert names() == {"early"}
    assert MarketFilling.objects.filter(undo=MarketUndo.objects.get()).count() == 2


def test_who_ordered_it_may_take_it_back(filling, stella):
    ana = User.objects.create_user("ana")
    assert is_orderer(stella)
    assert not is_orderer(ana)
    begin_undo(user=stella)
    continue_undo()
    assert is_orderer(stella), "and sees what became of it"
    assert not is_orderer(ana)


def test_the_sandbox_is_back_as_before(filling, stella):
    Asset.objects.filter(slug="early").delete()
    make_card(make_asset("Invented", fictional=True))
    make_card(named("one"))
    undo = begin_undo(user=stella)
    UNIVERSE.forget()
    shown = first_run()
    assert (shown.state, shown.undo, shown.is_moving) == ("undoing market", undo, True)
    continue_undo()
    UNIVERSE.forget()
    assert first_run().state == "sandbox"


def test_there_is_nothing_to_take_back():
    assert undoable() is None
    assert begin_undo(user=None) is None
    assert newest_undo() is None


def test_everything_that_people_hang_on_assets_keeps_them():
    """A new table of people's own with an asset has to be written down before its rows could go unseen."""
    user_owned = {
        model
        for model in apps.get_app_config("screener").get_models()
        if any(each.name == "owner" for each in model._meta.fields)
    }
    of_people = {
        model
        for model in apps.get_app_config("screener").get_models()
        for field in model._meta.fields
        if field.related_model is Asset
        and (
            model in user_owned
            or any(each.related_model in user_owned for each in model._meta.fields if each.is_relation)
        )
    }
    of_people.remove(AssetVisit)  # To have looked at an asset is not to have taken it up: visits go with it.
    assert of_people <= {model for model, *_ in WRITTEN}
    assert {model for model, *_ in WRITTEN} == set(REASON_OF)
