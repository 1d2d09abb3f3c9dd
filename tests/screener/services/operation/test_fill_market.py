import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from assets.models import RefreshRun, RefreshStep
from assets.services.refreshing.runs import RefreshRefusedError
from screener.models import MarketFilling, MarketUndo
from screener.services.operation import fill_market as module
from screener.services.operation.fill_market import (
    PLAN,
    advance_filling,
    filling_progress,
    helpful_keys,
    minutes_of_plan,
    newest_filling,
    planned_sources,
    problems_of,
    start_filling,
    stop_filling,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The sources whose runs were started; no worker takes them, the test ends them itself."""
    found = []

    def start_run(*, provider, family, user):
        if (provider, family) == ("defillama", "usage"):
            raise RefreshRefusedError("It is shut.")
        found.append(f"{provider} {family}")
        now = timezone.now()
        return RefreshRun.objects.create(
            provider=provider,
            family=family,
            base_url="",
            created_at=now,
            progressed_at=now,
            started_by=user,
            steps_total=10,
        )

    monkeypatch.setattr(module.runs, "start_run", start_run)
    return found


def end(filling, state=RefreshRun.State.DONE, problem=""):
    RefreshRun.objects.filter(pk=filling.run_id).update(
        state=state, problem=problem, finished_at=timezone.now()
    )
    advance_filling()
    filling.refresh_from_db()


def test_one_source_after_the_other_until_all_were_asked(started):
    stella = User.objects.create_user("stella", is_staff=True)
    filling = start_filling(user=stella)
    assert started == [PLAN[0].key]
    assert advance_filling(), "it waits"
    assert started == [PLAN[0].key]
    while filling.ended_at is None:
        end(filling)
    assert started == [each.key for each in PLAN if each.provider != "defillama"]
    assert filling.problems == {"defillama usage": "It is shut."}
    assert not advance_filling()
    assert RefreshRun.objects.filter(started_by=stella).count() == len(started)


def test_a_second_order_goes_on_with_the_first(started):
    assert start_filling(user=None) == start_filling(user=None)
    assert len(started) == 1


def test_progress_counts_steps_and_minutes():
    filling = start_filling(user=None)
    RefreshRun.objects.update(steps_done=5)
    progress = filling_progress(newest_filling())
    assert (progress.step, progress.steps) == (1, len(PLAN))
    assert progress.done_share == pytest.approx(0.5 / len(PLAN))
    assert 60 < progress.seconds_left <= 60 * minutes_of_plan()
    end(filling)
    assert filling_progress(newest_filling()).step == 2


def test_it_can_be_stopped():
    filling = start_filling(user=None)
    stop_filling()
    filling.refresh_from_db()
    assert filling.stopped
    assert filling.run.state == RefreshRun.State.STOPPED
    assert filling_progress(newest_filling()) is None
    assert not advance_filling()
    stop_filling()


def test_what_went_wrong_is_told_by_source():
    filling = start_filling(user=None)
    end(filling, state=RefreshRun.State.FAILED, problem="No answer.")
    while filling.ended_at is None:
        end(filling)
    assert problems_of(filling) == {"coingecko listing": "No answer.", "defillama usage": "It is shut."}


def test_the_plan_is_told_before(monkeypatch):
    sources = planned_sources()
    assert [each.calls for each in sources] == [each.calls for each in PLAN]
    assert all(each.adds and each.minutes >= 1 and not each.problem for each in sources)
    assert sum(each.minutes for each in sources) >= minutes_of_plan() >= 5
    assert not any(each.is_set for each in helpful_keys())
    monkeypatch.setenv("ASSAY_FMP_KEY", "k" * 32)
    assert [each.variable for each in helpful_keys() if each.is_set] == ["ASSAY_FMP_KEY"]
    monkeypatch.setenv("ASSAY_COINGECKO_RATE", "nonsense")
    assert planned_sources()[0].problem == "not set up"


def test_nobody_ordered_anything():
    assert newest_filling() is None
    assert not advance_filling()
    assert MarketFilling.objects.count() == 0


def test_one_that_was_stopped_is_taken_up_where_it_was(started):
    filling = start_filling(user=None)
    end(filling)
    RefreshStep.objects.create(run=filling.run, key="left", request={})
    stop_filling()
    assert start_filling(user=None) == filling
    filling.refresh_from_db()
    assert (filling.stopped, filling.ended_at, filling.step) == (False, None, 2)
    assert RefreshRun.objects.get(pk=filling.run_id).state == RefreshRun.State.RUNNING
    assert filling.runs.count() == len(started) == 2


def test_one_that_is_over_or_was_taken_back_is_ordered_anew(started):
    first = start_filling(user=None)
    MarketFilling.objects.update(undo=MarketUndo.objects.create(asked_at=timezone.now()), stopped=True)
    assert start_filling(user=None) != first


def test_a_run_that_starts_while_somebody_stops_is_stopped(started, monkeypatch):
    start_run = module.runs.start_run

    def too_late(**changes):
        MarketFilling.objects.update(stopped=True, ended_at=timezone.now())
        return start_run(**changes)

    monkeypatch.setattr(module.runs, "start_run", too_late)
    filling = start_filling(user=None)
    assert not advance_filling()
    assert RefreshRun.objects.get(pk=filling.run_id).state == RefreshRun.State.STOPPED
