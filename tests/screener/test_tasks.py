from datetime import datetime

import pytest
from django.core.cache import cache

from assets.models import RefreshRun, RefreshStep
from screener import tasks
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
