"""Judge what refreshes have brought: the facts of many steps cost little more than those of one."""

import time
from collections.abc import Mapping, Sequence, Set
from typing import Final, NamedTuple

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from assets.models import RefreshStep
from assets.services.refreshing.steps import mark_scored
from screener.services.scoring.score_assets import BATCH, score_batches

log = structlog.get_logger(__name__)

MOST_STEPS: Final = 500

PASSING: Final = (OperationalError, SoftTimeLimitExceeded)
"""No fault of any asset: whoever judges ends, and is woken again in a quarter of a minute."""


class Judged(NamedTuple):
    """How many steps were judged, and those whose facts could not be judged: the log says why."""

    steps: int
    broken: frozenset[int]


def score_waiting(*, seconds: float) -> Judged:
    """Judge what waits, for so long at most. What comes in meanwhile is left to gather."""
    ends_at = time.monotonic() + seconds
    steps, broken = 0, set[int]()
    while batch := next_steps(but=broken):
        broken |= _broken_of(batch)
        steps += len(batch.keys() - broken)
        if not _is_full(batch) or time.monotonic() >= ends_at:
            break
    return Judged(steps, frozenset(broken))


def _is_full(batch: Mapping[int, Sequence[int]]) -> bool:
    return len(batch) >= MOST_STEPS or sum(map(len, batch.values())) >= BATCH


def next_steps(*, but: Set[int] = frozenset()) -> dict[int, list[int]]:
    """The assets of the steps that are judged next, by step: about as many assets as are judged in one go."""
    waiting = RefreshStep.objects.filter(unscored=True).exclude(pk__in=but).order_by("run_id", "pk")
    batch: dict[int, list[int]] = {}
    assets = 0
    for step_id, asset_ids in waiting.values_list("pk", "asset_ids")[:MOST_STEPS]:
        batch[step_id] = asset_ids
        assets += len(asset_ids)
        if assets >= BATCH:
            break
    return batch


def _broken_of(batch: Mapping[int, Sequence[int]]) -> set[int]:
    """Judge these steps; returns those that could not be judged, found one by one: they hold up no other."""
    try:
        _score(batch)
    except PASSING:
        raise
    except Exception:
        if len(batch) > 1:
            return set().union(*(_broken_of({step_id: ids}) for step_id, ids in batch.items()))
        log.exception("step_not_scored", step_id=next(iter(batch)))
        return {*batch}
    return set()


def _score(batch: Mapping[int, Sequence[int]]) -> None:
    wanted = sorted({asset_id for ids in batch.values() for asset_id in ids})
    judged = {card.asset_id for scored in score_batches(wanted) for card in scored.cards}
    mark_scored({step_id: len(judged.intersection(ids)) for step_id, ids in batch.items()})
