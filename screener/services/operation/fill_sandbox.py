"""Sandbox market: filled through the real refresh jobs, family by family."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.utils import timezone

from assets.metrics.families import FAMILY_NAMES
from assets.models import Observation, RefreshRun
from assets.providers import PROVIDERS, configured
from assets.services.refreshing.runs import start_run
from assets.sourcing.contract import Need
from screener.services.operation.filling import Filling, filling_of
from screener.services.operation.remove_sandbox import SANDBOX, is_sandbox_removed

FRESH: Final = timedelta(hours=24)
BETWEEN_STEPS: Final = timedelta(seconds=30)
"""So soon after a step has ended the next one begins, on a busy machine too."""


def fill_sandbox() -> Iterator[Filling]:
    """Yields how far it is, again and again, until every family is fresh.

    A run that an earlier start left open goes on instead of a new one. A sandbox of no assets is full, and
    one that was removed stays so.
    """
    if not settings.ASSAY_SANDBOX_ASSETS or is_sandbox_removed():
        return
    for family in sandbox_families():
        run = RefreshRun.objects.filter(
            provider=SANDBOX, family=family, state=RefreshRun.State.RUNNING
        ).first()
        if run is None and not is_fresh(family):
            run = start_run(provider=SANDBOX, family=family)
        while run is not None:
            yield _filling_of(run)
            if run.is_over:
                break
            run.refresh_from_db()


def sandbox_filling() -> Filling | None:
    """How far the sandbox is on its way in; None when nobody fills it."""
    families = sandbox_families()
    run = RefreshRun.objects.filter(provider=SANDBOX, is_walk=True, family__in=families).first()
    if run is None or run.state == RefreshRun.State.STOPPED:
        return None
    is_between = run.finished_at is not None and timezone.now() - run.finished_at < BETWEEN_STEPS
    if run.is_over and (run.family == families[-1] or not is_between):
        return None
    return _filling_of(run)


def _filling_of(run: RefreshRun) -> Filling:
    families = sandbox_families()
    lately = RefreshRun.objects.filter(
        provider=SANDBOX, is_walk=True, created_at__gte=timezone.now() - FRESH
    ).order_by("pk")
    return filling_of(
        run,
        steps=families,
        runs={each.family: each for each in lately} | {run.family: run},
        calls={family: _calls_of(family, settings.ASSAY_SANDBOX_ASSETS) for family in families},
    )


@cache
def _calls_of(family: str, _size: int) -> int:
    """How many calls a walk of this family takes in a market of this size."""
    return len(configured(SANDBOX).requests(Need(family=family)))


def sandbox_families() -> tuple[str, ...]:
    """What it has, in the order in which it is filled."""
    offered = {family for provider in PROVIDERS if provider.name == SANDBOX for family in provider.families}
    return tuple(family for family in FAMILY_NAMES if family in offered)


def is_fresh(family: str) -> bool:
    return Observation.objects.filter(
        provider=SANDBOX,
        family=family,
        status=Observation.Status.PARSED,
        known_at__gte=timezone.now() - FRESH,
    ).exists()
