from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache

from assets.sourcing.leases import Leases
from screener import tasks
from screener.services.label_cases import FIRST, Place


def test_the_heartbeat_leaves_its_moment(db):
    tasks.heartbeat()
    assert datetime.fromisoformat(cache.get(tasks.HEARTBEAT_KEY)).tzinfo is not None


@pytest.fixture
def waiting(monkeypatch, valkey):
    """Steps whose facts wait, the slices of whoever judges, and how often it has itself called again."""
    told = SimpleNamespace(steps=[], slices=[], called=0)

    def judge(*, seconds):
        told.slices.append(seconds)
        told.steps, late = told.steps[1:], told.steps[:1]
        return frozenset(late if late == ["broken"] else ())

    monkeypatch.setattr(tasks.judging, "score_waiting", judge)
    monkeypatch.setattr(tasks.judging, "next_steps", lambda *, but: [e for e in told.steps if e not in but])
    monkeypatch.setattr(tasks.score_waiting, "delay", lambda: setattr(told, "called", told.called + 1))
    return told


@pytest.mark.broker
@pytest.mark.parametrize(("steps", "called"), [([], 0), (["a"], 0), (["a", "b"], 1), (["broken"], 0)])
def test_whoever_judges_comes_back_for_what_is_left(waiting, steps, called):
    waiting.steps = steps
    tasks.score_waiting()
    assert (waiting.slices, waiting.called) == ([tasks.SCORING_SLICE_S], called)


@pytest.mark.broker
def test_one_judges_at_a_time(waiting):
    other = Leases(settings.BROKER_URL, owner="other")
    assert other.take(tasks.SCORING)
    tasks.score_waiting()
    assert waiting.slices == []
    other.give_back(tasks.SCORING)
    tasks.score_waiting()
    assert len(waiting.slices) == 1


def test_past_scorecards_are_replayed_every_night(monkeypatch, settings):
    replayed = []
    monkeypatch.setattr(tasks, "replay_sample", replayed.append)
    tasks.replay_scorecards()
    assert replayed == [tasks.REPLAYED]
    assert settings.CELERY_BEAT_SCHEDULE["replay_scorecards"]["task"] == tasks.replay_scorecards.name


def test_labelling_goes_on_where_its_time_was_over(monkeypatch):
    place = Place(datetime(2026, 1, 2, tzinfo=UTC), 7)
    asked, handed_on = [], []
    told = iter([place, None])
    monkeypatch.setattr(tasks.labelling, "label_cases", lambda **given: asked.append(given) or next(told))
    monkeypatch.setattr(tasks.label_cases, "delay", lambda **given: handed_on.append(given))
    tasks.label_cases()
    tasks.label_cases(**handed_on[0])
    assert [given["after"] for given in asked] == [FIRST, place]
    assert len(handed_on) == 1, "what was seen to the end is handed on to nobody"


def test_sector_medians_are_worked_out_of_now(monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "work_out_sector_medians", lambda *, now: asked.append(now))
    tasks.sector_medians()
    assert asked[0].tzinfo is not None
