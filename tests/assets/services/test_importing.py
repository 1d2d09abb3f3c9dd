from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assets import providers
from assets.models import (
    Asset,
    AssetIdentifier,
    Candle,
    HolderSnapshot,
    MarketSnapshot,
    Observation,
    Payload,
    RefreshRun,
    RefreshStep,
    RequestLog,
    SupplySnapshot,
    UnlockSchedule,
)
from assets.providers.analyst import Analyst
from assets.services import importing
from assets.services.importing import ImportRefusedError, dry_run, keep_upload, order_import, watch_of
from assets.services.reading.facts import facts_of
from assets.services.refreshing.reparse import kept_answers, reparse_answers
from assets.services.refreshing.runs import ORDERED, retry_failed, stop_run
from assets.services.refreshing.steps import facts_stored, steps_ready
from assets.services.watching import Watched, how_far, wish_stop
from assets.sheets.columns import SHEETS
from assets.sheets.templates import template
from assets.sourcing.contract import UnreadableError
from assets.sourcing.messages import localized
from assets.sourcing.progress import STORING, report
from screener.models import Scorecard
from screener.services.scoring.score_waiting import score_waiting
from tests.factories.sheets import EVIDENCE, import_sheet, work_off

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
SUPPLY = (
    b"asset,as_of,circulating,total\n"
    b"worked-example,2026-02-01,50000000,70000000\n"
    b"worked-example,soon,1,70000000\n"
    b"stranger,2026-02-01,1,1\n"
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    others = [each for each in providers.PROVIDERS if each.name != Analyst.name]
    monkeypatch.setattr(providers, "PROVIDERS", (Analyst, *others))


@pytest.fixture(autouse=True)
def scores():
    """What wakes whoever judges."""
    waiting = []

    def score_waits(**_):
        waiting.append("facts")

    receivers = facts_stored.receivers
    facts_stored.receivers = []
    facts_stored.connect(score_waits)
    yield waiting
    facts_stored.receivers = receivers
    facts_stored.sender_receivers_cache.clear()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana", is_staff=True)


@pytest.fixture
def worked():
    asset = Asset.objects.create(kind="token", slug="worked-example", name="Worked", symbol="WRK")
    AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value="worked")
    AssetIdentifier.objects.create(asset=asset, namespace="address:ethereum", value="0x1")
    return asset


@pytest.fixture
def woken():
    """The providers whose workers are woken."""
    providers = []

    def wakes(*, provider, **_):
        providers.append(provider)

    receivers = steps_ready.receivers
    steps_ready.receivers = []
    steps_ready.connect(wakes)
    yield providers
    steps_ready.receivers = receivers
    steps_ready.sender_receivers_cache.clear()


def order(body, user, *, check=""):
    return order_import(
        sha256=keep_upload(body), sheet="supply", evidence_url=EVIDENCE, user=user, check=check, now=NOW
    )


# Dry run --------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_changes_nothing(worked):
    checked = dry_run(body=SUPPLY, sheet="supply", author="ana", now=NOW)
    assert (checked.reading.good_lines, checked.reading.bad_lines, checked.new_assets) == (1, 2, 0)
    assert [fault.remark for fault in checked.reading.faults] == [
        "row 3, as_of: is not an ISO date; write it like 2026-03-01.",
        "row 4, asset: names no asset that is known; import it with the sheet of assets first.",
    ]
    assert [(each.label, each.asset, each.lines) for each in checked.subjects] == [
        ("Worked (WRK)", worked, 1)
    ]
    assert checked.earlier is None
    assert not Observation.objects.exists()
    assert not SupplySnapshot.objects.exists()


def test_a_dry_run_names_the_assets_that_would_be_made(worked):
    body = b"coingecko,kind,name\nworked,token,Worked\nfresh,token,Fresh"
    checked = dry_run(body=body, sheet="assets", author="ana", now=NOW)
    assert checked.new_assets == 1
    assert [(each.label, each.asset) for each in checked.subjects] == [
        ("Fresh", None),
        ("Worked (WRK)", worked),
    ]
    assert Asset.objects.count() == 1


def test_a_file_that_can_not_be_read_is_refused():
    with pytest.raises(UnreadableError, match="The column as_of is missing"):
        dry_run(body=b"asset,total\na,1", sheet="supply", author="ana", now=NOW)


def test_a_dry_run_costs_a_fixed_number_of_queries(worked):
    def queries(lines):
        with CaptureQueriesContext(connection) as asked:
            dry_run(body=b"asset,date,close_usd\n" + lines, sheet="prices", author="ana", now=NOW)
        return len(asked)

    many = b"".join(b"worked-example,20%02d-01-01,1\n" % year for year in range(26))
    assert queries(many) == queries(b"worked-example,2020-01-01,1\n")


# Who is known -----------------------------------------------------------------------------


def test_an_asset_is_known_by_slug_contract_cik_or_coin(worked):
    names = [("slug", "worked-example"), ("coingecko", "worked"), ("address:ethereum", "0x1"), ("cik", "7")]
    known = importing.known_assets([*names, ("coingecko", "0x1"), ("slug", "worked")])
    assert {*known} == {*names[:3]}
    assert {ref.identifiers for ref in known.values()} == {(("coingecko", "worked"),)}


def test_an_asset_that_no_fact_could_find_is_not_known():
    Asset.objects.create(kind="token", slug="bare", name="Bare")
    assert importing.known_assets([("slug", "bare")]) == {}


# For good ---------------------------------------------------------------------------------


def test_good_rows_land_as_facts_of_the_analyst(worked, ana, scores, django_capture_on_commit_callbacks):
    run = order(SUPPLY, ana)
    with django_capture_on_commit_callbacks(execute=True):
        work_off(run, now=NOW)
    row = SupplySnapshot.objects.get()
    assert (row.asset, row.provider, row.circulating) == (worked, "analyst", Decimal(50_000_000))
    assert (row.as_of, row.known_at) == (datetime(2026, 2, 1, tzinfo=UTC), NOW)
    assert Asset.objects.count() == 1, "a stranger is made by the sheet of assets alone"
    assert (run.provider, run.family, run.started_by) == ("analyst", "supply", ana)
    assert (run.steps_total, run.steps_done, run.rows_stored, run.rows_rejected) == (1, 1, 1, 2)
    step = RefreshStep.objects.get()
    assert (step.state, step.asset_ids, step.observation) == ("done", [worked.pk], row.observation)
    assert step.unscored
    assert scores == ["facts"]
    assert RequestLog.objects.get().asset == worked


def test_an_order_stores_nothing_and_wakes_a_worker(worked, ana, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = order(SUPPLY, ana)
    assert woken == ["analyst"]
    assert (run.state, run.priority, RefreshStep.objects.get().state) == ("running", ORDERED, "waiting")
    assert not Observation.objects.exists()


def test_two_presses_of_the_button_are_one_run_and_a_second_check_is_another(worked, ana):
    run = order(SUPPLY, ana, check="one")
    assert order(SUPPLY, ana, check="one") == run
    work_off(run, now=NOW)
    assert order(SUPPLY, ana, check="one") == run, "nor after it was stored"
    assert order(SUPPLY, ana, check="two") != run


def test_a_step_that_has_ended_is_not_taken_again(worked, ana):
    run = import_sheet(SUPPLY, "supply", ana, now=NOW)
    work_off(run, now=LATER)
    assert Observation.objects.count() == RefreshRun.objects.count() == 1


def test_who_waits_sees_the_rows_and_can_stop_them(worked, ana, monkeypatch):
    run = order(SUPPLY, ana)
    seen = []

    def stop_when_stored(**_):
        seen.append(how_far(watch_of(run)))
        wish_stop(watch_of(run))
        report(STORING, 1, 1)
        pytest.fail("it goes on")

    monkeypatch.setattr("assets.services.refreshing.steps.store_rows", stop_when_stored)
    work_off(run, now=NOW)
    assert seen == [Watched(stage="reading", done=3, total=3)]
    assert (run.state, RefreshStep.objects.get().state) == ("stopped", "waiting")
    assert not Observation.objects.exists()
    assert not SupplySnapshot.objects.exists()


def test_a_run_that_was_stopped_before_its_turn_is_not_begun_and_goes_on_when_tried_again(worked, ana):
    run = order(SUPPLY, ana)
    wish_stop(watch_of(run))
    stop_run(run)
    work_off(run, now=NOW)
    assert not Observation.objects.exists()
    assert retry_failed(run) == 1
    work_off(run, now=NOW)
    assert SupplySnapshot.objects.count() == 1


def test_author_day_and_evidence_stay_with_the_facts(worked, ana):
    import_sheet(SUPPLY, "supply", ana, now=NOW)
    observation = Observation.objects.get()
    context = observation.request["context"]
    assert (context["author"], context["evidence_url"], context["sheet"]) == ("ana", EVIDENCE, "supply")
    assert observation.known_at == NOW
    assert observation.payload.body == SUPPLY
    assert observation.remarks[0] == "row 3, as_of: is not an ISO date; write it like 2026-03-01."


def test_the_facts_are_judged_and_end_the_run(worked, ana):
    import_sheet(SUPPLY, "supply", ana, now=NOW)
    score_waiting(seconds=9)
    run = RefreshRun.objects.get()
    assert (run.state, run.assets_scored) == ("done", 1)
    assert Scorecard.objects.get().asset == worked


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("sheet", "model"),
    [
        ("prices", Candle),
        ("supply", SupplySnapshot),
        ("holders", HolderSnapshot),
        ("unlocks", UnlockSchedule),
    ],
)
def test_every_template_can_be_imported(worked, ana, sheet, model, format_name):
    import_sheet(template(SHEETS[sheet], format_name), sheet, ana, now=NOW)
    assert model.objects.get().asset == worked
    assert MarketSnapshot.objects.count() == (sheet == "prices")


def test_the_sheet_of_assets_makes_assets_and_completes_them(worked, ana):
    body = (
        b"asset,chain,address,coingecko,kind,name,sector\n"
        b",base,0x" + b"f2" * 20 + b",fresh,token,Fresh,Games\n"
        b"worked-example,base,0x" + b"f9" * 20 + b",,token,Other name,DeFi\n"
    )
    import_sheet(body, "assets", ana, now=NOW)
    fresh = Asset.objects.identified_by("coingecko", "fresh").get()
    assert (fresh.name, fresh.chain, fresh.sector) == ("Fresh", "base", "Games")
    worked.refresh_from_db()
    assert (worked.name, worked.sector) == ("Worked", "DeFi"), "what was told before is kept"
    assert Asset.objects.identified_by("address:base", "0x" + "f9" * 20).get() == worked


def test_the_same_file_twice_changes_nothing(worked, ana):
    first = import_sheet(SUPPLY, "supply", ana, now=NOW)
    assert dry_run(body=SUPPLY, sheet="supply", author="ana", now=LATER).earlier == first
    again = import_sheet(SUPPLY, "supply", ana, now=LATER, check="again")
    assert (again.state, again.rows_stored) == ("failed", 0)
    assert f"already (run {first.pk}). Nothing was changed." in again.problem
    assert Observation.objects.count() == SupplySnapshot.objects.count() == 1


def test_a_file_of_new_assets_twice_changes_nothing(ana):
    body = b"coingecko,kind,name\nfresh,token,Fresh"
    import_sheet(body, "assets", ana, now=NOW)
    assert "already" in import_sheet(body, "assets", ana, now=LATER, check="again").problem
    assert Asset.objects.count() == 1


def test_a_row_whose_asset_has_come_since_can_be_imported_with_the_same_file(worked, ana):
    import_sheet(SUPPLY, "supply", ana, now=NOW)
    stranger = Asset.objects.create(kind="token", slug="stranger", name="Stranger")
    AssetIdentifier.objects.create(asset=stranger, namespace="coingecko", value="stranger")
    again = import_sheet(SUPPLY, "supply", ana, now=LATER, check="again")
    assert (again.problem, again.rows_stored) == ("", 1)
    assert SupplySnapshot.objects.filter(asset=stranger).count() == 1
    assert SupplySnapshot.objects.filter(asset=worked).count() == 1


def test_another_author_vouches_anew(worked, ana, django_user_model):
    import_sheet(SUPPLY, "supply", ana, now=NOW)
    ben = django_user_model.objects.create_user("ben", is_staff=True)
    assert import_sheet(SUPPLY, "supply", ben, now=LATER).problem == ""
    assert Observation.objects.count() == 2
    assert SupplySnapshot.objects.count() == 1, "what is stored word for word is not stored again"


def test_read_again_the_sheet_says_the_same(worked, ana):
    import_sheet(SUPPLY, "supply", ana, now=NOW)
    worked.slug = "renamed"
    worked.save()
    answers = kept_answers(provider="analyst", since=NOW)
    assert [(each.rows, each.problem) for each in reparse_answers(answers, now=LATER)] == [(0, "")]


def test_a_file_whose_rows_are_all_bad_by_now_says_which_and_why(ana):
    run = import_sheet(SUPPLY, "supply", ana, now=NOW)
    assert run.state == "failed"
    assert run.problem.split("\n") == [
        "No row of the file is good; there is nothing to import.",
        "row 2, asset: names no asset that is known; import it with the sheet of assets first.",
        "row 3, as_of: is not an ISO date; write it like 2026-03-01.",
        "row 3, asset: names no asset that is known; import it with the sheet of assets first.",
        "row 4, asset: names no asset that is known; import it with the sheet of assets first.",
    ]
    with translation.override("es"):
        assert localized(run.problem).startswith("Ninguna fila")
    assert not Observation.objects.exists()


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_file_that_is_no_longer_kept_is_refused(ana, forgotten):
    sha256 = keep_upload(SUPPLY)
    payload = Payload.objects.filter(pk=sha256)
    payload.update(compressed=None) if forgotten else payload.delete()
    with pytest.raises(ImportRefusedError, match="Choose it again"):
        order_import(sha256=sha256, sheet="supply", evidence_url=EVIDENCE, user=ana)
    assert not RefreshRun.objects.exists()


def test_a_file_that_is_gone_when_its_turn_comes_says_so(worked, ana):
    run = order(SUPPLY, ana)
    Payload.objects.update(compressed=None)
    assert "Choose it again" in work_off(run, now=NOW).problem


def test_nothing_is_half_written(worked, ana, monkeypatch):
    def broken(*_args, **_told):
        raise RuntimeError

    run = order(SUPPLY, ana)
    monkeypatch.setattr("assets.services.refreshing.steps.log_requests", broken)
    with pytest.raises(RuntimeError):
        work_off(run, now=NOW)
    assert not SupplySnapshot.objects.exists()
    assert not Observation.objects.exists()
    assert RefreshStep.objects.get().state == "waiting", "the worker's task ends or repeats it"


# A second sheet ---------------------------------------------------------------------------


def read(*assets, now=NOW):
    return facts_of([asset.pk for asset in assets], now=now)


def test_a_second_sheet_adds_and_erases_nothing(worked, ana):
    first = b"asset,as_of,circulating\nworked-example,2025-01-20,20000000\n"
    import_sheet(first, "supply", ana, now=NOW)
    second = b"asset,as_of,maximum\nworked-example,2026-02-20,100000000\n"
    import_sheet(second, "supply", ana, now=LATER)
    facts = read(worked, now=LATER)
    assert facts.supply.loc[worked.pk, ["circulating", "maximum"]].tolist() == [20e6, 100e6]
    (aged,) = facts.aged.to_dict("records")
    assert (aged["field"], str(aged["as_of"].date())) == ("circulating", "2025-01-20"), "it keeps its own age"


def test_shares_of_owners_erase_no_figures_of_the_period(ana):
    company = Asset.objects.create(kind="equity", slug="farrow", name="Farrow Works")
    AssetIdentifier.objects.create(asset=company, namespace="cik", value="1888417")
    import_sheet(
        b"cik,period_ends_on,published_on,revenue_ttm_usd\n1888417,2025-09-30,2025-11-12,7340000\n",
        "fundamentals",
        ana,
        now=NOW,
    )
    import_sheet(
        b"cik,period_ends_on,published_on,insider_share\n1888417,2025-12-31,2026-02-12,23%\n",
        "fundamentals",
        ana,
        now=LATER,
    )
    row = read(company, now=LATER).fundamentals.loc[company.pk]
    assert (row["revenue_ttm_usd"], row["insider_share"]) == (7.34e6, 0.23)
