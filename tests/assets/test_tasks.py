import os
import signal
import time

import pytest

from assets import tasks
from assets.models import Asset, MarketSnapshot, Observation, RefreshRun, RefreshStep, SupplySnapshot
from assets.services import refresh
from assets.sourcing.contract import TransientError
from screener.models import Scorecard
from screener.supervisor import local_services

PATIENCE_S = 60


def until(condition, what):
    give_up_at = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < give_up_at, f"{what} did not happen within {PATIENCE_S} s"
        time.sleep(0.05)


def is_over(run):
    run.refresh_from_db()
    return run.is_over


@pytest.mark.broker
def test_a_run_of_the_real_worker_stores_and_scores(worker, monkeypatch):
    run = refresh.start_run(provider="sandbox", family="market", limit=250)
    until(lambda: is_over(run), "the end of the run")
    assert (run.state, run.steps_done, run.steps_failed) == ("done", 3, 0)
    assert run.rows_stored == MarketSnapshot.objects.count() + SupplySnapshot.objects.count()
    scored = set(Scorecard.objects.values_list("asset_id", flat=True))
    assert scored == set(Asset.objects.values_list("pk", flat=True))
    assert run.assets_scored == len(scored)


@pytest.mark.broker
def test_a_worker_killed_in_mid_refresh_loses_nothing_and_doubles_nothing(worker):
    run = refresh.start_run(provider="sandbox", family="candles", limit=200)
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


class RetriedError(Exception):
    """What Celery raises to hand a task back."""


@pytest.fixture
def step(db):
    now = tasks.refresh.timezone.now()
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


def take(step, error, monkeypatch, *, retries):
    """Run the task with a failing step; returns the wait it asked for, None when it gave up."""
    waits = []

    def fail(**_step):
        raise error

    def retry(*, countdown, exc):
        waits.append(countdown)
        return RetriedError()

    monkeypatch.setattr(refresh, "take_step", fail)
    monkeypatch.setattr(tasks.take_step, "retry", retry)
    tasks.take_step.push_request(retries=retries)
    try:
        tasks.take_step.run(step_id=step.pk)
    except RetriedError:
        pass
    finally:
        tasks.take_step.pop_request()
    return waits[0] if waits else None


@pytest.mark.parametrize(
    ("retries", "wished_s", "waits"),
    [(0, None, 1), (3, None, 8), (0, 20, 20), (0, 900, tasks.LONGEST_WAIT_S)],
)
def test_a_failure_that_may_pass_is_tried_again_later(step, monkeypatch, retries, wished_s, waits):
    error = TransientError("Slow today.", retry_after_s=wished_s)
    assert take(step, error, monkeypatch, retries=retries) == waits
    step.refresh_from_db()
    assert step.state == "waiting"


def test_after_the_last_try_the_step_has_failed_with_the_reason(step, monkeypatch):
    error = TransientError("Slow today.")
    assert take(step, error, monkeypatch, retries=refresh.MOST_ATTEMPTS - 1) is None
    step.refresh_from_db()
    assert (step.state, step.problem) == ("failed", "Slow today.")
    assert RefreshRun.objects.get().state == "failed"


def test_what_nobody_foresaw_ends_the_step_and_is_told(step, monkeypatch):
    assert take(step, KeyError("oops"), monkeypatch, retries=0) is None
    step.refresh_from_db()
    assert step.state == "failed"
    assert "oops" in step.problem


def test_stalled_runs_are_picked_up(step, monkeypatch):
    handed_out = []
    monkeypatch.setattr(refresh, "resume_runs", lambda *, idle_s: handed_out.append(idle_s))
    tasks.resume_runs()
    tasks.resume_runs(idle_s=0)
    assert handed_out == [tasks.IDLE_S, 0]
