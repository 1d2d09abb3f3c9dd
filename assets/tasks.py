"""Celery tasks of the facts: take a step of a run, pick up what was left lying."""

import structlog
from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import IntegrityError, OperationalError

from assets.services import refresh
from assets.sourcing.contract import TransientError
from assets.sourcing.http import HttpDoor
from assets.sourcing.pacing import SharedPacer

log = structlog.get_logger(__name__)

IDLE_S = settings.CELERY_TASK_TIME_LIMIT + 10
"""A run without progress for longer than its longest task has lost something."""


LONGEST_WAIT_S = 60
"""No retry waits longer: a message that is held back beyond the redelivery time is handed out twice."""

# IntegrityError: two processes made the same asset at once, and the next try finds it.
MAY_PASS = (TransientError, OperationalError, IntegrityError, SoftTimeLimitExceeded)


@shared_task(bind=True, max_retries=refresh.MOST_ATTEMPTS - 1)
def take_step(self: Task, *, step_id: int, **_ignored: object) -> None:
    """Ask one request of a run and store the answer; failures that may pass are tried again."""
    try:
        refresh.take_step(step_id=step_id, door=HttpDoor(pacer=SharedPacer(settings.BROKER_URL)))
    except MAY_PASS as error:
        if self.request.retries >= self.max_retries:
            refresh.fail_step(step_id=step_id, problem=str(error) or "It took too long to answer.")
            return
        wished_s = getattr(error, "retry_after_s", None) or 2**self.request.retries
        raise self.retry(countdown=min(LONGEST_WAIT_S, wished_s), exc=error) from error
    except Exception as error:
        log.exception("step_broke", step_id=step_id)
        refresh.fail_step(step_id=step_id, problem=f"Assay could not handle the answer ({error!r}).")


@shared_task
def resume_runs(*, idle_s: float = IDLE_S, **_ignored: object) -> None:
    """Hand out again what stalled runs still owe."""
    refresh.resume_runs(idle_s=idle_s)
