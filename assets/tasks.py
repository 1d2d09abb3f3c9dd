"""Celery tasks of the facts: work off what waits for a provider, pick up what was left lying.

A lane is somebody who works for one provider. It takes the most urgent waiting step whose
turn it is, one after another, and comes back later instead of waiting in a worker's process.
The queue holds lanes and no steps, so that no provider's thousands of steps stand in the way
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
from assets.network.locks import Leases
from assets.network.pacing import SharedPacer
from assets.providers import configured
from assets.services.refreshing import reparse, runs, step_queue, steps
from assets.sourcing.contract import ProviderError

log = structlog.get_logger(__name__)

LANES: Final = 2
"""How many work for one provider at a time: while one waits for an answer, the other asks."""

SLICE_S: Final = 4.0
"""A lane lets others into the process after so long."""

NAP_S: Final = 0.3
"""A shorter wait for the provider's rate is waited out in place."""

LONGEST_ABSENCE_S: Final = 20.0

# IntegrityError: two processes made the same asset at once, and the next try finds it.
MAY_PASS = (OperationalError, IntegrityError, SoftTimeLimitExceeded)


@shared_task
def work_lane(*, provider: str, owner: str = "", **_ignored: object) -> None:
    """Take waiting steps of this provider as its rate allows, then come back; end when none waits."""
    leases = Leases(settings.BROKER_URL, owner=owner or uuid.uuid4().hex)
    lane = leases.take_one(f"lane:{provider}:{number}" for number in range(LANES))
    if not lane:
        return
    with leases.renewed():
        absence_s = _work(provider, leases)
    if absence_s is None:
        leases.give_back(lane)
        if step_queue.seconds_to_next_try(provider, now=timezone.now()) is not None:
            work_lane.delay(provider=provider)  # A step was added after the last look.
        return
    leases.keep_for(lane, absence_s)
    work_lane.apply_async(kwargs={"provider": provider, "owner": leases.owner}, countdown=absence_s or None)


def _work(provider: str, leases: Leases) -> float | None:
    """Take steps for a slice of time. Returns after how many seconds to come back, None for never."""
    pacer = SharedPacer(settings.BROKER_URL)
    ends_at = time.monotonic() + SLICE_S
    while time.monotonic() < ends_at:
        due = step_queue.due_steps(provider, now=timezone.now(), most=2 * LANES)
        if not due:
            to_next_s = step_queue.seconds_to_next_try(provider, now=timezone.now())
            return None if to_next_s is None else min(max(to_next_s, NAP_S), LONGEST_ABSENCE_S)
        wait_s = _turn_in(provider, due[0].base_url, pacer)
        if wait_s > NAP_S:
            return min(wait_s, LONGEST_ABSENCE_S)
        step_id = next((each.step_id for each in due if leases.take(f"step:{each.step_id}")), None)
        if step_id is None:
            return 1.0  # What may be taken is in the hands of the other lane.
        _take(step_id, pacer)
        leases.give_back(f"step:{step_id}")
    return 0.0


def _turn_in(provider: str, base_url: str, pacer: SharedPacer) -> float:
    """Seconds until the rate allows the most urgent call, at the address that its run asks."""
    try:
        vendor = configured(provider, base_url=base_url)
    except ProviderError:
        return 0.0  # Told by the step that fails for it.
    return pacer.due_in(provider, vendor.rate)


def _take(step_id: int, pacer: SharedPacer) -> None:
    """Take a step; whatever goes wrong, the step says so and the lane goes on."""
    try:
        steps.take_step(step_id=step_id, client=PacedHttpClient(pacer=pacer))
    except MAY_PASS as error:
        step = RefreshStep.objects.get(pk=step_id)
        steps.put_off(step, problem=str(error) or "It took too long to answer.")
    except Exception as error:
        log.exception("step_broke", step_id=step_id)
        steps.fail_step(step_id=step_id, problem=f"Assay could not handle the answer ({error!r}).")


@shared_task
def resume_runs(**_ignored: object) -> None:
    """Wake whoever has something left to do."""
    runs.resume_runs()


@shared_task
def forget_payloads(**_ignored: object) -> None:
    """Drop answers whose time of retention is over."""
    reparse.forget_payloads(days=settings.ASSAY_PAYLOAD_DAYS, now=timezone.now())
