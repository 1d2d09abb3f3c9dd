"""Judge what refreshes have brought: the facts of many steps cost little more than those of one."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from assets.models import RefreshStep
from assets.services.refreshing.steps import mark_scored
from screener.services.scoring.score_assets import BATCH, score_batches

MOST_STEPS: Final = 500


def score_waiting(*, seconds: float) -> int:
    """Judge what waits, for so long at most; returns how many steps. What comes in meanwhile gathers.

    An asset that can't be judged is set aside: its step is done with, as every other.
    """
    ends_at = time.monotonic() + seconds
    steps = 0
    while batch := next_steps():
        _score(batch)
        steps += len(batch)
        if not _is_full(batch) or time.monotonic() >= ends_at:
            break
    return steps


def _is_full(batch: Mapping[int, Sequence[int]]) -> bool:
    return len(batch) >= MOST_STEPS or sum(map(len, batch.values())) >= BATCH


def next_steps() -> dict[int, list[int]]:
    """The assets of the steps that are judged next, by step: about as many assets as are judged in one go."""
    waiting = RefreshStep.objects.filter(unscored=True).order_by("run_id", "pk")
    batch: dict[int, list[int]] = {}
    assets = 0
    for step_id, asset_ids in waiting.values_list("pk", "asset_ids")[:MOST_STEPS]:
        batch[step_id] = asset_ids
        assets += len(asset_ids)
        if assets >= BATCH:
            break
    return batch


def _score(batch: Mapping[int, Sequence[int]]) -> None:
    wanted = sorted({asset_id for ids in batch.values() for asset_id in ids})
    judged = {card.asset_id for scored in score_batches(wanted) for card in scored.cards}
    mark_scored({step_id: len(judged.intersection(ids)) for step_id, ids in batch.items()})
