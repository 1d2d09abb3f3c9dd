import os
import signal

import psycopg
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError

from assets import tasks
from assets.models import Asset, MarketSnapshot, Observation, RefreshRun, RefreshStep, SupplySnapshot
from assets.network.locks import Locks
from assets.network.pacing import LocalPacer
from assets.services import importing
from assets.services.importing import keep_upload, order_import
from assets.services.refreshing import runs, steps
from screener.models import Scorecard
from screener.supervisor import local_services
from tests.servers.waiting import until


def is_over(run):
    run.refresh_from_db()
    return run.is_over


@pytest.mark.broker
def test_a_run_of_the_real_worker_stores_and_scores(worker, monkeypatch):
    run = runs.start_run(provider="sandbox", family="market", limit=250)
    until(lambda: is_over(run), "the end of the run")
    assert (run.state, run.steps_done, run.steps_failed) == ("done", 3, 0)
    assert run.rows_stored == MarketSnapshot.objects.count() + SupplySnapshot.objects.count()
    scored = set(Scorecard.objects.values_list("asset_id", flat=True))
    assert scored == set(Asset.objects.values_list("pk", flat=True))
    assert run.assets_scored == len(scored)


@pytest.mark.broker
def test_a_sheet_is_stored_and_scored_by_the_real_worker(worker, django_user_model):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    asset.identifiers.create(namespace="coingecko", value="alpha")
    sheet = b"asset,as_of,total\nalpha,2026-02-01,7\nalpha,soon,7\n"
    run = order_import(
        sha256=keep_upload(sheet),
        sheet="supply",
        evidence_url="https://example.org/supply",
        user=django_user_model.objects.create_user("ana"),
    )
    until(lambda: is_over(run), "the end of the import")
    assert (run.state, run.rows_stored, run.rows_rejected) == ("done", 1, 1)
    assert SupplySnapshot.objects.get().total == 7
    assert Scorecard.objects.get().asset == asset


@pytest.mark.broker
def test_a_worker_killed_in_mid_refresh_loses_nothing_and_doubles_nothing(worker):
    run = runs.start_run(provider="sandbox", family="candles", limit=200)
    until(lambda: RefreshStep.objects.filter(run=run, state="done").exists(), "the first step")
    os.killpg(worker.pid_of("worker"), signal.SIGKILL)
    left = RefreshStep.objects.filter(run=run, state="waiting").count()
    assert left, "the worker was killed too late to prove anything"
    with local_services():
        until(lambda: is_over(run), "the end of the run")
    assert (run.state, run.steps_done, run.steps_failed) == ("done", run.steps_total, 0)
    steps = RefreshStep.objects.filter(run=run)
    assert steps.values("observation").distinct().count() == steps.count()
    assert Observation.objects.count() == steps.count()
    days = refresh_days()
    assert days
    assert len(days) == len(set(days)), "no candle is there twice"
    assert run.rows_stored == len(days)


def refresh_days():
    from assets.models import Candle

    return list(Candle.objects.values_list("asset_id", "as_of"))


@pytest.fixture
def step(db):
    now = runs.timezone.now()
    run = RefreshRun.objects.create(
        provider="sandbox",
        family="market",
        base_url="sandbox:",
        steps_total=1,
        created_at=now,
        progressed_at=now,
    )
    request = {"family": "market", "path": "/market", "params": {"from": "0", "to": "1"}, "context": {}}
    return RefreshStep.objects.create(run=run, key="1", request=request)


@pytest.mark.parametrize(
    ("error", "state", "problem"),
    [
        (OperationalError("is\nlocked"), "waiting", "The database refused for the moment: is locked."),
        (SoftTimeLimitExceeded(), "waiting", "It took too long to answer."),
        (KeyError("oops"), "failed", "Assay could not handle the answer (KeyError('oops'))."),
    ],
)
def test_whatever_goes_wrong_the_step_says_so(step, monkeypatch, error, state, problem):
    def fail(**_step):
        raise error

    monkeypatch.setattr(steps, "run_step", fail)
    tasks._run_step("sandbox", step.pk, LocalPacer())
    step.refresh_from_db()
    assert (step.state, step.problem) == (state, problem)


def test_a_file_that_takes_too_long_to_store_is_to_be_split(step, monkeypatch):
    def fail(**_step):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(importing, "run_import", fail)
    tasks._run_step(importing.ANALYST, step.pk, LocalPacer())
    step.refresh_from_db()
    assert step.state == "waiting"
    assert step.problem == "Storing the file took longer than a task may. Split it if that happens again."


def test_a_step_waits_for_the_end_of_an_outage_of_the_database_however_long(step, monkeypatch):
    def refuse(**_step):
        cause = psycopg.errors.DiskFull("no space left")
        raise OperationalError("no space left") from cause

    monkeypatch.setattr(steps, "run_step", refuse)
    for _time in range(2 * steps.MOST_ATTEMPTS):
        tasks._run_step("sandbox", step.pk, LocalPacer())
    step.refresh_from_db()
    assert (step.state, step.attempts) == ("waiting", 0)
    assert step.problem == "The database refused for the moment: no space left."
    wait_s = (step.next_try_at - runs.timezone.now()).total_seconds()
    assert tasks.OUTAGE_WAIT_S - 5 < wait_s <= tasks.OUTAGE_WAIT_S * 1.5, (
        "its provider is not asked all the time"
    )


@pytest.fixture
def rescheduled(monkeypatch, valkey):
    """What tasks put back into the queue."""
    queue = []
    monkeypatch.setattr(tasks.run_steps, "delay", lambda **kwargs: queue.append((kwargs, None)))
    monkeypatch.setattr(
        tasks.run_steps, "apply_async", lambda *, kwargs, countdown: queue.append((kwargs, countdown))
    )
    return queue


@pytest.mark.broker
def test_a_task_works_until_nothing_waits(step, rescheduled):
    tasks.run_steps(provider="sandbox")
    step.refresh_from_db()
    assert step.state == "done"
    assert rescheduled == []


@pytest.mark.broker
def test_a_task_comes_back_for_what_is_rescheduled(step, rescheduled):
    steps.reschedule(step, problem="later", wait_s=10)
    tasks.run_steps(provider="sandbox")
    [(kwargs, countdown)] = rescheduled
    assert 5 < countdown <= 15
    assert kwargs["owner"], "its slot stays its own"


@pytest.mark.broker
def test_no_more_tasks_than_slots(step, rescheduled):
    others = [Locks(settings.BROKER_URL, owner=f"other {number}") for number in range(tasks.SLOTS)]
    assert all(
        other.acquire_one(f"slot:sandbox:{number}" for number in range(tasks.SLOTS)) for other in others
    )
    tasks.run_steps(provider="sandbox")
    step.refresh_from_db()
    assert step.state == "waiting"


@pytest.mark.broker
def test_a_step_in_other_hands_is_left_alone(step, rescheduled):
    assert Locks(settings.BROKER_URL, owner="other").acquire(f"step:{step.pk}")
    tasks.run_steps(provider="sandbox")
    step.refresh_from_db()
    assert step.state == "waiting"
    assert rescheduled[0][1] == 1.0
