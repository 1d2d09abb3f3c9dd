"""Bulkhead of scoring: one asset that can't be judged is set aside with the reason and holds up no other."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.models import F

from assets.models.whole_json import is_damage
from assets.services.reading.rows import Among
from screener.models import UnscoredAsset

log = structlog.get_logger(__name__)

PASSING: Final = (
    *(OperationalError, InterfaceError, ProgrammingError),
    *(SoftTimeLimitExceeded, MemoryError, OSError),
)
"""No fault of any asset: whoever judges ends, and tries again later."""

MOST_ALONE: Final = 64
"""Where nobody of a batch was judged yet and so many failed one by one, the fault is not theirs: the rest
is set aside with the same reason, unjudged, so that a batch ends whatever is broken."""

LONGEST_REASON: Final = 500

Judged = TypeVar("Judged")


def each_apart(
    ids: Sequence[int],
    judge: Callable[[Sequence[int]], Judged],
    *,
    failed: Callable[[int, Exception], None],
) -> Iterator[tuple[Sequence[int], Judged]]:
    """What `judge` makes of these assets, with whom it judged; in halves where it breaks, down to the
    single asset, for which `failed` is called with the error."""
    parts = [ids]
    failures, is_anybody_judged = 0, False
    while parts:
        part = parts.pop()
        try:
            judged = judge(part)
        except Exception as error:
            if isinstance(error, PASSING) and not is_damage(error):
                raise
            if len(part) > 1 and (is_anybody_judged or failures < MOST_ALONE):
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
                continue
            failures += len(part)
            for asset_id in part:
                failed(asset_id, error)
        else:
            is_anybody_judged = True
            yield part, judged


def log_failure(asset_id: int, error: Exception) -> None:
    log.error("asset_not_scored", asset_id=asset_id, exc_info=error)


def set_aside(asset_id: int, error: Exception, *, now: datetime) -> None:
    """Remember that this asset could not be judged, why, and since when."""
    log_failure(asset_id, error)
    reason = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
    UnscoredAsset.objects.update_or_create(
        asset_id=asset_id,
        defaults={"reason": reason, "tried_at": now},
        create_defaults={"reason": reason, "tried_at": now, "since": now},
    )


def take_back(asset_ids: Sequence[int]) -> None:
    """These were judged."""
    UnscoredAsset.objects.filter(Among(F("asset_id"), asset_ids)).delete()
