"""Step queue: the steps that wait for a provider, in the order in which they are run."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Min, Q, QuerySet

from assets.models import RefreshRun, RefreshStep

LONGEST_WAIT_S: Final = 120.0
"""How long a step waits at most before it is tried again, up to half as long more by chance."""


class DueStep(NamedTuple):
    """A step that may run now, and the base URL of its run."""

    step_id: int
    base_url: str


def waiting_steps(provider: str) -> QuerySet[RefreshStep]:
    """The waiting steps of this provider's running runs, in no order."""
    return RefreshStep.objects.order_by().filter(
        state=RefreshStep.State.WAITING,
        run__provider=provider,
        run__state=RefreshRun.State.RUNNING,
    )


def due_steps(provider: str, *, now: datetime, most: int) -> list[DueStep]:
    """The steps that may run now: those of the most urgent run first, then of the oldest.

    Runs are queried one by one, so that an index has the next steps of each in order:
    sorting all waiting steps would take the longer, the more there is to do.
    """
    due: list[DueStep] = []
    running = RefreshRun.objects.filter(provider=provider, state=RefreshRun.State.RUNNING)
    for run_id, base_url in running.order_by("-priority", "pk").values_list("pk", "base_url"):
        steps = RefreshStep.objects.filter(run=run_id, state=RefreshStep.State.WAITING).filter(_is_due(now))
        next_ids = steps.order_by("pk").values_list("pk", flat=True)[: most - len(due)]
        due += (DueStep(step_id, base_url) for step_id in next_ids)
        if len(due) >= most:
            break
    return due


def seconds_to_next_try(provider: str, *, now: datetime) -> float | None:
    """How long until a step of this provider may run: 0 for now, None when none waits."""
    waiting = waiting_steps(provider)
    if waiting.filter(_is_due(now)).exists():
        return 0.0
    soonest = waiting.aggregate(soonest=Min("next_try_at"))["soonest"]
    return None if soonest is None else (soonest - now).total_seconds()


def _is_due(now: datetime) -> Q:
    """No wait is longer than `LONGEST_WAIT_S`: one that is was noted by a clock that was ahead."""
    ahead = now + timedelta(seconds=2 * LONGEST_WAIT_S)
    return Q(next_try_at=None) | Q(next_try_at__lte=now) | Q(next_try_at__gt=ahead)
