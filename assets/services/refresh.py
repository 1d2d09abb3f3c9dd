"""Refresh runs: what to ask, asking it, and storing the answer once, whoever dies in between.

A run is a set of steps, one request each. A step is fetched outside any transaction;
its observation, its facts, its follow-up steps and its own end are committed together,
on the condition that nobody else has ended it. So a step can be tried any number of
times, by any number of workers, and counts once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from assets.providers import configured
from assets.services.store import store_rows
from assets.sourcing.contract import (
    Door,
    Need,
    Parsed,
    Provider,
    ProviderError,
    RawObservation,
    Request,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import Identifier

log = structlog.get_logger(__name__)

steps_ready = Signal()
"""Sent after commit with `step_ids`: these steps wait to be taken."""

facts_stored = Signal()
"""Sent after commit with `step_ids`: these steps brought facts that nobody has judged yet."""

MOST_ATTEMPTS = 6
"""How often a step is tried when its provider fails in a way that may pass."""


class RefreshRefusedError(Exception):
    """A refresh that makes no sense; the text says why and what to do."""


# Starting, stopping, retrying ---------------------------------------------------


def start_run(
    *,
    provider: str,
    family: str,
    identifiers: Sequence[Identifier] | None = None,
    limit: int | None = None,
    user: User | None = None,
) -> RefreshRun:
    """Plan a run and hand out its first steps; `RefreshRefusedError` says why if there is nothing to ask."""
    vendor = _vendor(provider)
    requests = _first_requests(vendor, family, identifiers=identifiers, limit=limit)
    if not requests:
        raise RefreshRefusedError(
            f"There is nothing to ask {vendor.title} about {family}: no known asset has a name there yet. "
            f"Refresh its listing, market or pools first."
        )
    now = timezone.now()
    with transaction.atomic():
        run = RefreshRun.objects.create(
            provider=provider,
            family=family,
            asset=Asset.objects.identified_by(*identifiers[0]).first() if identifiers else None,
            limit=limit,
            base_url=vendor.base_url,
            started_by=user,
            created_at=now,
            progressed_at=now,
        )
        _add_steps(run, requests)
    run.refresh_from_db()
    return run


def stop_run(run: RefreshRun) -> None:
    """Take no further step of this run. What is stored stays."""
    RefreshRun.objects.filter(pk=run.pk, state=RefreshRun.State.RUNNING).update(
        state=RefreshRun.State.STOPPED, finished_at=timezone.now()
    )


def retry_failed(run: RefreshRun) -> int:
    """Put the failed and left-over steps of a run that is over back in line; returns how many."""
    with transaction.atomic():
        again = list(
            run.steps.filter(state__in=(RefreshStep.State.FAILED, RefreshStep.State.WAITING)).values_list(
                "pk", flat=True
            )
        )
        if not again:
            return 0
        run.steps.filter(pk__in=again).update(state=RefreshStep.State.WAITING, attempts=0, problem="")
        RefreshRun.objects.filter(pk=run.pk).update(
            state=RefreshRun.State.RUNNING,
            steps_failed=0,
            problem="",
            finished_at=None,
            progressed_at=timezone.now(),
        )
        _announce(steps_ready, again)
    return len(again)


def resume_runs(*, idle_s: float) -> int:
    """Hand out again what runs without progress for `idle_s` seconds still owe; returns how many steps.

    The broker may have lost its queue, or a worker may have died between a commit and its message.
    """
    idle_since = timezone.now() - timedelta(seconds=idle_s)
    open_steps = RefreshStep.objects.filter(
        run__state=RefreshRun.State.RUNNING, run__progressed_at__lte=idle_since
    )
    waiting = list(open_steps.filter(state=RefreshStep.State.WAITING).values_list("pk", flat=True))
    unscored = list(
        open_steps.filter(state=RefreshStep.State.DONE, scored=False).values_list("pk", flat=True)
    )
    _announce(steps_ready, waiting)
    _announce(facts_stored, unscored)
    return len(waiting) + len(unscored)


# Taking a step --------------------------------------------------------------------


def take_step(*, step_id: int, door: Door) -> None:
    """Ask, read, store. A `TransientError` leaves the step waiting for its caller to try again."""
    step = RefreshStep.objects.select_related("run").filter(pk=step_id).first()
    if step is None or step.state != RefreshStep.State.WAITING or step.run.is_over:
        return
    RefreshStep.objects.filter(pk=step_id).update(attempts=F("attempts") + 1)
    vendor = configured(step.run.provider, base_url=step.run.base_url)
    request = Request.from_json(step.request)
    try:
        raw = vendor.fetch(request, door)
    except ProviderError as error:
        if error.permanent:
            fail_step(step_id=step_id, problem=str(error))
            return
        raise
    try:
        parsed = vendor.parse(raw)
    except (UnreadableError, ProviderError) as error:
        _end_unreadable(step, raw, str(error))
        return
    _end_done(step, raw, parsed)


def fail_step(*, step_id: int, problem: str, observation: Observation | None = None) -> None:
    """End a step without facts; the old facts stay."""
    with transaction.atomic():
        claimed = RefreshStep.objects.filter(pk=step_id, state=RefreshStep.State.WAITING).update(
            state=RefreshStep.State.FAILED, problem=problem, observation=observation, scored=True
        )
        if claimed:
            run_id = RefreshStep.objects.values_list("run_id", flat=True).get(pk=step_id)
            _advance(run_id, steps_failed=F("steps_failed") + 1, problem=problem)


def mark_scored(*, step_id: int, assets_scored: int) -> None:
    """The facts of this step are judged. Counts once, however often it is called."""
    with transaction.atomic():
        claimed = RefreshStep.objects.filter(pk=step_id, scored=False).update(scored=True)
        if claimed:
            run_id = RefreshStep.objects.values_list("run_id", flat=True).get(pk=step_id)
            _advance(run_id, assets_scored=F("assets_scored") + assets_scored)


def _end_done(step: RefreshStep, raw: RawObservation, parsed: Parsed) -> None:
    with transaction.atomic():
        claimed = RefreshStep.objects.filter(pk=step.pk, state=RefreshStep.State.WAITING).update(
            state=RefreshStep.State.DONE, problem=""
        )
        if not claimed:
            return
        as_of = max((row.as_of for row in parsed.rows), default=raw.fetched_at)
        observation = _observe(raw, as_of=as_of, remarks=list(parsed.remarks))
        stored, asset_ids = store_rows(observation=observation, rows=parsed.rows)
        RefreshStep.objects.filter(pk=step.pk).update(
            observation=observation, asset_ids=asset_ids, scored=not asset_ids
        )
        _add_steps(step.run, parsed.follow)
        _advance(
            step.run_id,
            steps_done=F("steps_done") + 1,
            rows_stored=F("rows_stored") + stored,
            rows_rejected=F("rows_rejected") + parsed.rejected,
        )
        if asset_ids:
            _announce(facts_stored, [step.pk])


def _end_unreadable(step: RefreshStep, raw: RawObservation, problem: str) -> None:
    """The body is kept and marked: a better parser may read it one day."""
    with transaction.atomic():
        observation = _observe(raw, as_of=raw.fetched_at, problem=problem)
        fail_step(step_id=step.pk, problem=problem, observation=observation)


def _observe(
    raw: RawObservation, *, as_of: datetime, remarks: list[str] | None = None, problem: str = ""
) -> Observation:
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
        known_at=raw.fetched_at,
    )


# Planning and counting --------------------------------------------------------------


def _vendor(provider: str) -> Provider:
    try:
        return configured(provider)
    except ProviderError as error:
        raise RefreshRefusedError(str(error)) from error


def _first_requests(
    vendor: Provider, family: str, *, identifiers: Sequence[Identifier] | None, limit: int | None
) -> list[Request]:
    """The first calls: one need for a universe, one for each known asset where the family asks for it."""
    if family not in vendor.families:
        known = ", ".join(vendor.families)
        raise RefreshRefusedError(f"{vendor.title} has no {family}; it has: {known}.")
    try:
        if identifiers or family not in vendor.per_asset:
            need = Need(family=family, identifiers=tuple(identifiers) if identifiers else None, limit=limit)
            return list(vendor.requests(need))
        return [
            request
            for names in _known_names(vendor, limit)
            for request in vendor.requests(Need(family=family, identifiers=names))
        ]
    except UnsupportedError as error:
        raise RefreshRefusedError(str(error)) from error


def _known_names(vendor: Provider, limit: int | None) -> Iterable[tuple[Identifier, ...]]:
    """The identifiers of every asset that this provider knows, asset by asset."""
    at_home = Q()
    for namespace in vendor.namespaces:
        at_home |= Q(identifiers__namespace=namespace)
    assets = Asset.objects.filter(at_home).order_by("pk").distinct().prefetch_related("identifiers")[:limit]
    for asset in assets:
        yield tuple((each.namespace, each.value) for each in asset.identifiers.all())


def _add_steps(run: RefreshRun, requests: Iterable[Request]) -> None:
    """Add the steps that the run does not have yet and announce them after commit."""
    wanted = {request.key: request for request in requests}
    if not wanted:
        return
    present = set(run.steps.filter(key__in=wanted).values_list("key", flat=True))
    new = RefreshStep.objects.bulk_create(
        (
            RefreshStep(run=run, key=key, request=request.to_json())
            for key, request in wanted.items()
            if key not in present
        ),
        batch_size=500,
    )
    RefreshRun.objects.filter(pk=run.pk).update(steps_total=F("steps_total") + len(new))
    _announce(steps_ready, [step.pk for step in new])


def _advance(run_id: int, **changes: object) -> None:
    """Count, and end the run when nothing waits and nothing is left to judge."""
    now = timezone.now()
    RefreshRun.objects.filter(pk=run_id).update(progressed_at=now, **changes)
    owed = RefreshStep.objects.filter(run_id=run_id).filter(
        Q(state=RefreshStep.State.WAITING) | Q(state=RefreshStep.State.DONE, scored=False)
    )
    if owed.exists():
        return
    over = RefreshRun.objects.filter(pk=run_id, state=RefreshRun.State.RUNNING)
    over.filter(steps_failed=0).update(state=RefreshRun.State.DONE, finished_at=now)
    over.filter(steps_failed__gt=0).update(state=RefreshRun.State.FAILED, finished_at=now)


def _announce(signal: Signal, step_ids: Sequence[int]) -> None:
    if step_ids:
        transaction.on_commit(lambda: signal.send(sender=RefreshStep, step_ids=list(step_ids)))
