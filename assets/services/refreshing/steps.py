"""Idempotent steps of a run: a request is fetched, parsed and stored once, whoever dies in between.

A step is fetched outside any transaction; its observation, its facts, its follow-up steps
and its own end are committed together, on the condition that nobody else has ended it. So a
step can be tried any number of times, by any number of workers, and counts once. After a
transient failure it is rescheduled with backoff; when and why stands in the step.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep, RequestLog
from assets.network.pacing import PacingError
from assets.providers import configured
from assets.services.refreshing.step_queue import LONGEST_WAIT_S
from assets.services.storing.store import store_rows
from assets.sourcing.causes import FailureCause
from assets.sourcing.contract import (
    DamagedError,
    HttpClient,
    Parsed,
    Provider,
    ProviderError,
    RawObservation,
    Request,
    TransientError,
)
from assets.sourcing.messages import message

log = structlog.get_logger(__name__)

steps_ready = Signal()
"""Sent after commit with `provider`: steps of it wait to be run."""

facts_stored = Signal()
"""Sent after commit: there are facts that nobody has judged yet."""

MOST_ATTEMPTS: Final = 6
"""How often a step is tried when its provider fails in a way that may pass."""

MOST_READINGS: Final = 3
"""How often it is asked when the answer came to harm on its way."""


# Running a step --------------------------------------------------------------------


def run_step(*, step_id: int, client: HttpClient) -> None:
    """Fetch, parse, store; or reschedule the step, or end it with the reason for having no facts."""
    step = waiting_step(step_id)
    if step is None:
        return
    try:
        vendor = configured(step.run.provider, base_url=step.run.base_url)
        raw = vendor.fetch(Request.from_json(step.request), client)
    except PacingError as error:
        wait_s = error.retry_after_s or 1.0
        reschedule(step, problem=str(error), cause=error.cause, wait_s=wait_s, counts=False)
    except TransientError as error:
        reschedule(step, problem=str(error), cause=error.cause, wait_s=error.retry_after_s)
    except ProviderError as error:
        fail_step(step_id=step_id, problem=str(error), cause=error.cause)
    else:
        _read(step, vendor, raw)


def waiting_step(step_id: int) -> RefreshStep | None:
    """None where it has ended, or its run takes no further steps."""
    step = RefreshStep.objects.select_related("run").filter(pk=step_id).first()
    if step is None or step.state != RefreshStep.State.WAITING or step.run.is_over:
        return None
    return step


def reschedule(
    step: RefreshStep,
    *,
    problem: str,
    cause: FailureCause = FailureCause.OTHER,
    wait_s: float | None = None,
    counts: bool = True,
) -> None:
    """Backoff with jitter: try again later, each time after a longer wait; fail after the last attempt.

    `counts` is False for a call that was not made.
    """
    attempts = step.attempts + counts
    if attempts >= MOST_ATTEMPTS:
        RefreshStep.objects.filter(pk=step.pk).update(attempts=attempts)
        fail_step(step_id=step.pk, problem=problem, cause=cause)
        return
    wait = 2.0**attempts if wait_s is None else wait_s
    wait *= 1 + random.random() / 2  # noqa: S311 - spreads retries, keeps no secret
    RefreshStep.objects.filter(pk=step.pk, state=RefreshStep.State.WAITING).update(
        attempts=attempts,
        problem=problem,
        next_try_at=timezone.now() + timedelta(seconds=min(wait, LONGEST_WAIT_S)),
    )
    RefreshRun.objects.filter(pk=step.run_id).update(progressed_at=timezone.now())


def fail_step(
    *,
    step_id: int,
    problem: str,
    cause: FailureCause = FailureCause.OTHER,
    observation: Observation | None = None,
) -> None:
    """End a step without facts; the old facts stay."""
    with transaction.atomic():
        claimed = RefreshStep.objects.filter(pk=step_id, state=RefreshStep.State.WAITING).update(
            state=RefreshStep.State.FAILED,
            problem=problem,
            cause=cause,
            observation=observation,
            next_try_at=None,
        )
        if claimed:
            step = RefreshStep.objects.select_related("run").get(pk=step_id)
            log_requests(step.run, _still_there(step.asked_ids), asked_at=timezone.now(), problem=problem)
            _advance(step.run_id, steps_failed=F("steps_failed") + 1, problem=problem)


def mark_scored(assets_scored: Mapping[int, int]) -> None:
    """The facts of these steps are judged, of so many assets each. Counts once, however often reported."""
    with transaction.atomic():
        waiting = RefreshStep.objects.select_for_update().filter(pk__in=assets_scored, unscored=True)
        by_run: Counter[int] = Counter()
        for step_id, run_id in waiting.values_list("pk", "run_id"):
            by_run[run_id] += assets_scored[step_id]
        RefreshStep.objects.filter(pk__in=assets_scored).update(unscored=False)
        for run_id, count in by_run.items():
            _advance(run_id, assets_scored=F("assets_scored") + count)


def _read(step: RefreshStep, vendor: Provider, raw: RawObservation) -> None:
    """Read the body. One that came to harm on its way is asked for again; a strange answer is an answer."""
    may_ask_again = step.attempts + 1 < MOST_READINGS
    try:
        parsed = vendor.parse(raw)
    except TransientError as error:
        reschedule(step, problem=str(error), cause=error.cause, wait_s=error.retry_after_s)
    except DamagedError as error:
        if may_ask_again:
            reschedule(step, problem=str(error), cause=error.cause)
        else:
            _end_unreadable(step, raw, error)
    except ProviderError as error:
        _end_unreadable(step, raw, error)
    else:
        end_done(step, raw, parsed)


def end_done(step: RefreshStep, raw: RawObservation, parsed: Parsed) -> None:
    """Store what the answer says and end the step, once, whoever else has it in hand."""
    with transaction.atomic():
        claimed = RefreshStep.objects.filter(pk=step.pk, state=RefreshStep.State.WAITING).update(
            state=RefreshStep.State.DONE,
            problem="",
            cause=FailureCause.OTHER,
            attempts=F("attempts") + 1,
            next_try_at=None,
        )
        if not claimed:
            return
        as_of = max((row.as_of for row in parsed.rows), default=raw.fetched_at)
        observation = keep_observation(raw, as_of=as_of, remarks=list(parsed.remarks))
        stored, asset_ids = store_rows(observation=observation, rows=parsed.rows, listed=parsed.listed)
        RefreshStep.objects.filter(pk=step.pk).update(
            observation=observation, asset_ids=asset_ids, unscored=bool(asset_ids)
        )
        _answered(step, asset_ids, raw, parsed)
        add_steps(step.run, ((request, step.asked_ids) for request in parsed.follow))
        _advance(
            step.run_id,
            steps_done=F("steps_done") + 1,
            rows_stored=F("rows_stored") + stored,
            rows_rejected=F("rows_rejected") + parsed.rejected,
        )
        if asset_ids:
            announce(facts_stored)


def _answered(step: RefreshStep, asset_ids: list[int], raw: RawObservation, parsed: Parsed) -> None:
    """Remember who was asked about; where there was no answer and no call follows, also why."""
    log_requests(step.run, asset_ids, asked_at=raw.fetched_at, answered_at=raw.fetched_at)
    silent = [] if parsed.follow else sorted(_still_there({*step.asked_ids} - {*asset_ids}))
    if silent:
        reason = "\n".join(parsed.remarks) or message("The provider reported nothing about it.")
        log_requests(step.run, silent, asked_at=raw.fetched_at, problem=reason)


def _still_there(asset_ids: Collection[int]) -> Collection[int]:
    """Those of them that have not been deleted, or merged into another asset, since they were asked about."""
    if not asset_ids:
        return ()
    return Asset.objects.filter(pk__in=asset_ids).values_list("pk", flat=True)


def _end_unreadable(step: RefreshStep, raw: RawObservation, error: ProviderError) -> None:
    """The body is kept and marked: a better parser may read it one day."""
    problem = str(error)
    with transaction.atomic():
        observation = keep_observation(raw, as_of=raw.fetched_at, problem=problem)
        fail_step(step_id=step.pk, problem=problem, cause=error.cause, observation=observation)


def keep_observation(
    raw: RawObservation,
    *,
    as_of: datetime,
    remarks: list[str] | None = None,
    problem: str = "",
    reparse_of: Observation | None = None,
    known_at: datetime | None = None,
) -> Observation:
    """Keep an answer, word for word."""
    return Observation.objects.create(
        provider=raw.provider,
        family=raw.request.family,
        request=raw.request.to_json(),
        payload=Payload.keep(raw.body),
        http_status=raw.status_code,
        status=Observation.Status.UNREADABLE if problem else Observation.Status.PARSED,
        problem=problem,
        remarks=remarks or [],
        as_of=as_of,
        known_at=known_at or raw.fetched_at,
        reparse_of=reparse_of,
    )


def log_requests(
    run: RefreshRun,
    asset_ids: Iterable[int],
    *,
    asked_at: datetime,
    answered_at: datetime | None = None,
    problem: str = "",
) -> None:
    """Write down when these assets were asked about; an earlier answer is not forgotten by a failure."""
    changed = ["asked_at", "problem", *(["answered_at"] if answered_at else [])]
    RequestLog.objects.bulk_create(
        (
            RequestLog(
                asset_id=asset_id,
                provider=run.provider,
                family=run.family,
                asked_at=asked_at,
                answered_at=answered_at,
                problem=problem,
            )
            for asset_id in asset_ids
        ),
        update_conflicts=True,
        unique_fields=["asset", "provider", "family"],
        update_fields=changed,
        batch_size=500,
    )


# Adding and counting --------------------------------------------------------------


def add_steps(run: RefreshRun, requests: Iterable[tuple[Request, Sequence[int]]]) -> None:
    """Add the steps, each with the assets that it asks about, that the run lacks; announce them."""
    wanted = {request.key: (request, asked_ids) for request, asked_ids in requests}
    if not wanted:
        return
    present = set(run.steps.filter(key__in=wanted).values_list("key", flat=True)) if run.steps_total else ()
    new = RefreshStep.objects.bulk_create(
        (
            RefreshStep(run=run, key=key, request=request.to_json(), asked_ids=list(asked_ids))
            for key, (request, asked_ids) in wanted.items()
            if key not in present
        ),
        batch_size=500,
    )
    RefreshRun.objects.filter(pk=run.pk).update(steps_total=F("steps_total") + len(new))
    if new:
        announce(steps_ready, provider=run.provider)


def _advance(run_id: int, **changes: object) -> None:
    """Count, and end the run when nothing waits and nothing is left to judge."""
    now = timezone.now()
    RefreshRun.objects.filter(pk=run_id).update(progressed_at=now, **changes)
    steps = RefreshStep.objects.filter(run_id=run_id)
    if steps.filter(state=RefreshStep.State.WAITING).exists() or steps.filter(unscored=True).exists():
        return
    over = RefreshRun.objects.filter(pk=run_id, state=RefreshRun.State.RUNNING)
    over.filter(steps_failed=0).update(state=RefreshRun.State.DONE, finished_at=now)
    over.filter(steps_failed__gt=0).update(state=RefreshRun.State.FAILED, finished_at=now)


def announce(signal: Signal, **arguments: Any) -> None:
    """Send it when the transaction is committed."""
    transaction.on_commit(lambda: signal.send(sender=RefreshStep, **arguments))
