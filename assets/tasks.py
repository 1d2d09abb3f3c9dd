"""Celery tasks of the facts: run the steps that wait for a provider, resume what was left undone.

Each provider has a few worker slots. A task that holds one runs the most urgent step that is due,
one after another, and reschedules itself instead of waiting in a worker's process. Celery's queue
holds one message a slot and none a step, so that no provider's thousands of steps stand in the way
of another's, and a more urgent step is never behind less urgent ones.
"""

import time
import uuid
from typing import Final

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from assets.models import RefreshStep
from assets.network.http import PacedHttpClient
from assets.network.locks import Locks
from assets.network.pacing import SharedPacer
from assets.providers import configured
from assets.services import importing
from assets.services.refreshing import reparse, runs, step_queue, steps
from assets.services.refreshing.database_outages import is_database_outage
from assets.sourcing.causes import FailureCause
from assets.sourcing.contract import ProviderError
from assets.sourcing.messages import message

log = structlog.get_logger(__name__)

SLOTS: Final = 2
"""Worker slots of a provider: while one waits for an answer, the other asks."""

SLICE_S: Final = 4.0
"""A task lets others into the process after so long."""

NAP_S: Final = 0.3
"""A shorter wait for the provider's rate is waited out in place."""

LONGEST_ABSENCE_S: Final = 20.0

OUTAGE_WAIT_S: Final = 30.0
"""A provider is asked again so long after its answer found no place; as often as the outage takes."""

# IntegrityError: two processes made the same asset at once, and the next try finds it.
TRANSIENT_ERRORS = (OperationalError, IntegrityError, SoftTimeLimitExceeded)


@shared_task
def run_steps(*, provider: str, owner: str = "", **_ignored: object) -> None:
    """Run waiting steps of this provider as its rate allows, then come back; end when none waits."""
    locks = Locks(settings.BROKER_URL, owner=owner or uuid.uuid4().hex)
    slot = locks.acquire_one(f"slot:{provider}:{number}" for number in range(SLOTS))
    if not slot:
        return
    with locks.kept_alive():
        absence_s = _run_slice(provider, locks)
    if absence_s is None:
        locks.release(slot)
        if step_queue.seconds_to_next_try(provider, now=timezone.now()) is not None:
            run_steps.delay(provider=provider)  # A step was added after the last look.
        return
    locks.extend(slot, absence_s)
    run_steps.apply_async(kwargs={"provider": provider, "owner": locks.owner}, countdown=absence_s or None)


def _run_slice(provider: str, locks: Locks) -> float | None:
    """Run steps for a slice of time. Returns after how many seconds to come back, None for never."""
    pacer = SharedPacer(settings.BROKER_URL)
    ends_at = time.monotonic() + SLICE_S
    while time.monotonic() < ends_at:
        due = step_queue.due_steps(provider, now=timezone.now(), most=2 * SLOTS)
        if not due:
            to_next_s = step_queue.seconds_to_next_try(provider, now=timezone.now())
            return None if to_next_s is None else min(max(to_next_s, NAP_S), LONGEST_ABSENCE_S)
        wait_s = _seconds_to_next_call(provider, due[0].base_url, pacer)
        if wait_s > NAP_S:
            return min(wait_s, LONGEST_ABSENCE_S)
        step_id = next((each.step_id for each in due if locks.acquire(f"step:{each.step_id}")), None)
        if step_id is None:
            return 1.0  # Every step that is due is in the hands of the other slot.
        _run_step(provider, step_id, pacer)
        locks.release(f"step:{step_id}")
    return 0.0


def _seconds_to_next_call(provider: str, base_url: str, pacer: SharedPacer) -> float:
    """Until the rate allows the most urgent call, at the base URL of its run."""
    try:
        vendor = configured(provider, base_url=base_url)
    except ProviderError:
        return 0.0  # Reported by the step that fails for it.
    return pacer.due_in(provider, vendor.rate)


def _run_step(provider: str, step_id: int, pacer: SharedPacer) -> None:
    """Run a step; whatever goes wrong, the step says so and the task goes on."""
    try:
        if provider == importing.ANALYST:
            importing.run_import(step_id=step_id)
        else:
            steps.run_step(step_id=step_id, client=PacedHttpClient(pacer=pacer))
    except TRANSIENT_ERRORS as error:
        is_outage = is_database_outage(error)
        if is_outage:
            log.warning("answer_can_not_be_stored", step_id=step_id, reason=str(error))
        steps.reschedule(
            RefreshStep.objects.get(pk=step_id),
            problem=_passing_problem(error, provider),
            cause=_passing_cause(error),
            wait_s=OUTAGE_WAIT_S if is_outage else None,
            counts=not is_outage,
        )
    except Exception as error:
        log.exception("step_broke", step_id=step_id)
        steps.fail_step(
            step_id=step_id,
            problem=message("Assay could not handle the answer (%(error)s).", error=repr(error)),
        )


def _passing_problem(error: Exception, provider: str) -> str:
    if isinstance(error, SoftTimeLimitExceeded):
        if provider == importing.ANALYST:
            return message("Storing the file took longer than a task may. Split it if that happens again.")
        return message("It took too long to answer.")
    return message("The database refused for the moment: %(reason)s.", reason=" ".join(str(error).split()))


def _passing_cause(error: Exception) -> FailureCause:
    """Of an answer that did not come in time; that the database refuses is no matter of its provider."""
    return FailureCause.DOWN if isinstance(error, SoftTimeLimitExceeded) else FailureCause.OTHER


@shared_task
def resume_runs(**_ignored: object) -> None:
    """Wake the workers of providers with waiting steps, and the scoring."""
    runs.resume_runs()


@shared_task
def forget_payloads(**_ignored: object) -> None:
    """Retention: drop the bodies of old answers."""
    reparse.forget_payloads(days=settings.ASSAY_PAYLOAD_DAYS, now=timezone.now())
