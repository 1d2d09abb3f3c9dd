from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from assets.models import RefreshRun, RefreshStep
from screener import tasks
from screener.services.label_cases import FIRST, Place
from tests.assets.test_tasks import step  # noqa: F401 - a fixture


def test_the_heartbeat_leaves_its_moment(db):
    tasks.heartbeat()
    assert datetime.fromisoformat(cache.get(tasks.HEARTBEAT_KEY)).tzinfo is not None


@pytest.mark.parametrize("scored", [False, True])
def test_a_step_is_scored_once(step, monkeypatch, scored):  # noqa: F811
    judged = []
    monkeypatch.setattr(tasks, "score_assets", lambda ids: judged.append(ids) or len(ids))
    RefreshStep.objects.filter(pk=step.pk).update(asset_ids=[7, 8], scored=scored, state="done")
    tasks.score_step(step_id=step.pk)
    assert judged == ([] if scored else [[7, 8]])
    assert RefreshRun.objects.get().assets_scored == (0 if scored else 2)


def test_a_step_that_is_gone_is_nothing_to_score(db):
    tasks.score_step(step_id=12345)


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
