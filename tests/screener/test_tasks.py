from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from kombu import Connection
from kombu.exceptions import ContentDisallowed

from screener import tasks
from screener.celery import app
from screener.services.evidence.label_cases import FIRST, Cursor
from screener.services.retention.prune import Pruned, Retention


def test_the_heartbeat_leaves_its_moment(db):
    tasks.heartbeat()
    assert datetime.fromisoformat(cache.get(tasks.HEARTBEAT_KEY)).tzinfo is not None


class Attack:
    """Unpickled, it would write into a list of ours."""

    done: list[str] = []

    def __reduce__(self):
        return (Attack.done.append, ("ran",))


@pytest.mark.parametrize(("serializer", "refused"), [("json", []), ("pickle", [ContentDisallowed])])
def test_a_pickled_message_is_refused_and_never_run(serializer, refused):
    """As whoever can write into the broker could leave one for a worker."""
    taken, errors = [], []
    with Connection("memory://") as connection:
        consumer = app.amqp.TaskConsumer(
            connection.channel(),
            callbacks=[lambda body, _message: taken.append(body)],
            on_decode_error=lambda _message, error: errors.append(type(error)),
        )
        with consumer:
            body = ["plain"] if serializer == "json" else [Attack()]
            connection.Producer().publish(body, routing_key="celery", serializer=serializer)
            connection.drain_events(timeout=5)
    assert errors == refused
    assert taken == ([] if refused else [["plain"]])
    assert Attack.done == []


def test_what_we_send_to_workers_is_json():
    assert (app.conf.task_serializer, app.conf.result_serializer) == ("json", "json")
    assert app.conf.accept_content == ["json"]


@pytest.mark.broker
def test_of_two_schedulers_at_once_one_starts_what_is_due(monkeypatch, valkey):
    started = []

    def schedule():
        started.append(None)
        tasks.schedule_refreshes()  # The other scheduler's, while this one is at it.

    monkeypatch.setattr(tasks.scheduling, "schedule_refreshes", schedule)
    tasks.schedule_refreshes()
    assert started == [None]
    tasks.schedule_refreshes()
    assert started == [None, None], "and the next minute it is done again"


@pytest.fixture
def judging(monkeypatch, valkey):
    """Batches of steps that wait, and how whoever judges them has itself called again."""
    queue = SimpleNamespace(batches=[], slices=[], called=[])

    def judge(*, seconds):
        queue.slices.append(seconds)
        return len(queue.batches.pop(0)) if queue.batches else 0

    def left():
        return {step for batch in queue.batches for step in batch}

    monkeypatch.setattr(tasks.judging, "score_waiting", judge)
    monkeypatch.setattr(tasks.judging, "next_steps", left)
    monkeypatch.setattr(tasks.market_days, "is_outgrown", lambda: False)
    monkeypatch.setattr(tasks.score_waiting, "delay", lambda: queue.called.append(None))
    monkeypatch.setattr(tasks.score_waiting, "apply_async", lambda **given: queue.called.append(given))
    return queue


@pytest.mark.broker
def test_whoever_judges_comes_back_for_what_gathers_meanwhile(judging):
    judging.batches = [{1, 2}]
    tasks.score_waiting()
    (given,) = judging.called
    assert given["countdown"] == tasks.GATHERING_S
    tasks.score_waiting()
    assert len(judging.slices) == 1, "nobody else judges meanwhile"
    tasks.score_waiting(**given["kwargs"])
    assert len(judging.slices) == 2
    assert len(judging.called) == 1, "nothing waits any more"
    tasks.score_waiting()
    assert len(judging.slices) == 3, "and the next facts are judged at once"


@pytest.mark.broker
def test_what_was_stored_after_the_last_look_is_judged(judging):
    judging.batches = [{}, {3}]
    tasks.score_waiting()
    assert judging.called == [None]


@pytest.mark.broker
def test_where_nothing_waits_nobody_is_called_again(judging):
    tasks.score_waiting()
    assert (len(judging.slices), judging.called) == (1, [])


@pytest.mark.broker
def test_once_a_market_is_judged_that_has_grown_its_history_is_worked_out(judging, monkeypatch):
    called = []
    monkeypatch.setattr(tasks.market_figures, "delay", lambda: called.append(None))
    tasks.score_waiting()
    assert called == []
    monkeypatch.setattr(tasks.market_days, "is_outgrown", lambda: True)
    tasks.score_waiting()
    assert called == [None]


@pytest.mark.broker
def test_the_market_is_worked_out_a_step_a_message(monkeypatch, valkey):
    begun, called, left = [], [], [True, False]

    def work_out(*, since: datetime, now: datetime) -> bool:
        begun.append(since)
        tasks.market_figures()  # Another run, while this one is at it: it leaves it alone.
        return left.pop(0)

    monkeypatch.setattr(tasks.market_history, "work_out_market", work_out)
    monkeypatch.setattr(tasks.market_figures, "delay", lambda **given: called.append(given))
    tasks.market_figures()
    (given,) = called
    tasks.market_figures(**given)
    assert len(called) == 1, "nothing is left"
    assert begun[0] == begun[1], "both belong to the same run"
    left[:] = [False]
    tasks.market_figures()
    assert begun[2] > begun[0], "the next run begins anew"


def test_past_scorecards_are_replayed_every_night(monkeypatch, settings):
    replayed = []
    monkeypatch.setattr(tasks, "replay_sample", replayed.append)
    tasks.replay_scorecards()
    assert replayed == [tasks.REPLAYED]
    assert settings.CELERY_BEAT_SCHEDULE["replay_scorecards"]["task"] == tasks.replay_scorecards.name


def test_labelling_goes_on_where_its_time_was_over(monkeypatch):
    cursor = Cursor(datetime(2026, 1, 2, tzinfo=UTC), 7)
    asked, handed_on = [], []
    told = iter([cursor, None])
    monkeypatch.setattr(tasks.labelling, "label_cases", lambda **given: asked.append(given) or next(told))
    monkeypatch.setattr(tasks.label_cases, "delay", lambda **given: handed_on.append(given))
    tasks.label_cases()
    tasks.label_cases(**handed_on[0])
    assert [given["after"] for given in asked] == [FIRST, cursor]
    assert len(handed_on) == 1, "what was seen to the end is handed on to nobody"


def test_sector_medians_are_worked_out_of_now_and_the_market_after_them(monkeypatch):
    asked, called = [], []
    monkeypatch.setattr(tasks, "work_out_sector_medians", lambda *, now: asked.append(now))
    monkeypatch.setattr(tasks.market_figures, "delay", lambda: called.append(None))
    tasks.sector_medians()
    assert asked[0].tzinfo is not None
    assert called == [None]


@pytest.mark.parametrize(("is_over", "handed_on"), [(True, 0), (False, 1)])
def test_retention_goes_on_until_nothing_is_over(monkeypatch, settings, is_over, handed_on):
    settings.ASSAY_SCORECARD_DAYS, settings.ASSAY_OBSERVATION_DAYS, settings.ASSAY_STEP_DAYS = 1, 2, 3
    asked, called = [], []

    def prune(retention, *, now, seconds):
        asked.append((retention, seconds))
        return Pruned(removed={"steps": 1}, packed=2, is_over=is_over)

    monkeypatch.setattr(tasks.pruning, "prune", prune)
    monkeypatch.setattr(tasks.prune, "delay", lambda: called.append(None))
    tasks.prune()
    kept = Retention(scorecard_days=1, observation_days=2, step_days=3)
    assert asked == [(kept, tasks.PRUNING_SLICE_S)]
    assert len(called) == handed_on
