"""Celery tasks of the judgement."""

from typing import Final

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from assets.models import RefreshStep
from assets.services.steps import mark_scored
from screener.services import plan_refreshes as planning
from screener.services.score_assets import score_assets

HEARTBEAT_KEY: Final = "worker-heartbeat"


@shared_task
def heartbeat(**_ignored: object) -> None:
    """Leave the time at which a worker took a task: proof that scheduler, broker and worker all work."""
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), timeout=None)


@shared_task
def score_step(*, step_id: int, **_ignored: object) -> None:
    """Score the assets whose facts this step of a refresh brought."""
    step = RefreshStep.objects.filter(pk=step_id, scored=False).first()
    if step is not None:
        mark_scored(step_id=step_id, assets_scored=score_assets(step.asset_ids))


@shared_task
def plan_refreshes(**_ignored: object) -> None:
    """Start what is worth asking now."""
    planning.plan_refreshes()
