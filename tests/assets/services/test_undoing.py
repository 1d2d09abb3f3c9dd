from datetime import UTC, datetime, timedelta

import pytest

from assets.models import (
    Asset,
    AssetIdentifier,
    Observation,
    RefreshRun,
    RefreshStep,
    Retraction,
    SupplySnapshot,
)
from assets.services.importing import ImportRefusedError, keep_upload, order_import
from assets.services.reading.facts import facts_of
from assets.services.refreshing.reparse import kept_answers
from assets.services.undoing import import_history, undo_import
from tests.factories.sheets import import_sheet

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FIRST = b"coingecko,as_of,circulating\nworked,2026-02-20,20000000\n"
SECOND = b"coingecko,as_of,circulating,maximum\nworked,2026-02-25,30000000,100000000\n"


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana", is_staff=True)


@pytest.fixture
def worked():
    asset = Asset.objects.create(kind="token", slug="worked", name="Worked", symbol="WRK")
    AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value="worked")
    return asset


def imported(body, user, *, sheet="supply", now=NOW, check=""):
    return import_sheet(body, sheet, user, now=now, check=check)


def supply_of(asset, *, now, known_by=None):
    facts = facts_of([asset.pk], now=now, known_by=known_by).supply
    return facts.loc[asset.pk, ["circulating", "maximum"]].tolist() if asset.pk in facts.index else []


def test_what_was_said_before_counts_again_and_history_stays(worked, ana):
    imported(FIRST, ana)
    second = imported(SECOND, ana, now=NOW + timedelta(hours=1))
    assert supply_of(worked, now=LATER) == [30e6, 100e6]
    undone = undo_import(run=second, user=ana, now=LATER)
    assert undone.is_new
    circulating, maximum = supply_of(worked, now=LATER + timedelta(hours=1))
    assert (circulating, maximum != maximum) == (20e6, True)
    before = LATER - timedelta(minutes=1)
    assert supply_of(worked, now=before, known_by=before) == [30e6, 100e6], "as it was known then"
    assert SupplySnapshot.objects.count() == 2, "nothing is deleted"


def test_its_assets_are_judged_anew_and_who_undid_it_is_known(worked, ana, django_user_model):
    ben = django_user_model.objects.create_user("ben", is_staff=True)
    run = imported(FIRST, ana)
    undone = undo_import(run=run, user=ben, now=LATER)
    retraction = Retraction.objects.get()
    assert (retraction.retracted_by, retraction.retracted_at) == (ben, LATER)
    assert (undone.run.started_by, undone.run.state) == (ben, RefreshRun.State.RUNNING)
    step = RefreshStep.objects.get(run=undone.run)
    assert (step.asset_ids, step.unscored) == ([worked.pk], True)


def test_twice_is_once(worked, ana):
    run = imported(FIRST, ana)
    first = undo_import(run=run, user=ana, now=LATER)
    again = undo_import(run=run, user=ana, now=LATER + timedelta(hours=1))
    assert (again.run, again.is_new) == (first.run, False)
    assert Retraction.objects.count() == 1


def test_the_same_file_can_be_imported_again(worked, ana):
    undo_import(run=imported(FIRST, ana), user=ana, now=LATER)
    again = imported(FIRST, ana, now=LATER + timedelta(hours=1), check="again")
    assert (again.problem, again.rows_stored) == ("", 1)
    assert supply_of(worked, now=LATER + timedelta(hours=2))[0] == 20e6


def test_it_is_not_read_again_by_a_better_parser(worked, ana):
    run = imported(FIRST, ana)
    assert kept_answers(provider="analyst", since=NOW).count() == 1
    undo_import(run=run, user=ana, now=LATER)
    assert not kept_answers(provider="analyst", since=NOW).exists()


def test_names_that_it_taught_end(worked, ana):
    contract = "0x" + "f1" * 20
    body = f"coingecko,chain,address,kind,name\nworked,base,{contract},token,Worked\n".encode()
    run = imported(body, ana, sheet="assets")
    assert AssetIdentifier.objects.valid().filter(value=contract).exists()
    undo_import(run=run, user=ana, now=LATER)
    assert not AssetIdentifier.objects.valid().filter(value=contract).exists()
    assert AssetIdentifier.objects.valid().get(value="worked").asset == worked


def test_another_run_imported_nothing(ana):
    moments = {"created_at": NOW, "progressed_at": NOW}
    run = RefreshRun.objects.create(
        provider="coingecko", family="market", base_url="https://example.org", **moments
    )
    with pytest.raises(ImportRefusedError, match="nothing to undo"):
        undo_import(run=run, user=ana)
    assert not Observation.objects.exists()


def test_the_history_names_what_waits_what_failed_and_what_was_undone(worked, ana):
    made = imported(FIRST, ana)
    undo_import(run=made, user=ana, now=LATER)
    failed = imported(b"coingecko,as_of,circulating\nstranger,2026-02-20,1\n", ana)
    waiting = order_import(
        sha256=keep_upload(SECOND), sheet="supply", evidence_url="https://example.org/e", user=ana, now=LATER
    )
    history = import_history(10)
    assert [each.run for each in history] == [waiting, failed, made], "an undoing is no import"
    assert [each.is_made for each in history] == [False, False, True]
    assert history[1].problem.startswith("No row of the file is good")
    assert history[2].retraction.retracted_by == ana
    assert {each.sheet for each in history} == {"supply"}
