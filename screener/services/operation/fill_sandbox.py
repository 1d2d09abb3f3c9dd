"""Sandbox market: filled through the real refresh jobs, family by family."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone

from assets.metrics.families import FAMILY_NAMES
from assets.models import Observation, RefreshRun
from assets.providers import PROVIDERS
from assets.services.refreshing.runs import start_run

SANDBOX: Final = "sandbox"
FRESH: Final = timedelta(hours=24)


def fill_sandbox() -> Iterator[RefreshRun]:
    """Yields the run that is under way, again and again, until every family is fresh.

    A run that an earlier start left open goes on instead of a new one.
    """
    offered = {family for provider in PROVIDERS if provider.name == SANDBOX for family in provider.families}
    for family in FAMILY_NAMES:
        if family not in offered:
            continue
        run = RefreshRun.objects.filter(
            provider=SANDBOX, family=family, state=RefreshRun.State.RUNNING
        ).first()
        if run is None and not is_fresh(family):
            run = start_run(provider=SANDBOX, family=family)
        while run is not None:
            yield run
            if run.is_over:
                break
            run.refresh_from_db()


def is_fresh(family: str) -> bool:
    return Observation.objects.filter(
        provider=SANDBOX,
        family=family,
        status=Observation.Status.PARSED,
        known_at__gte=timezone.now() - FRESH,
    ).exists()
