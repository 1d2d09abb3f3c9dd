"""Dated event: what happens to an asset on a day, with the answer that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assets.models import Asset

UNLOCK: Final = "unlock"
LOCK_UP: Final = "lock-up"
LIQUIDITY_LOCK: Final = "liquidity-lock"
FILING: Final = "filing"
SPLIT: Final = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """The answer that tells of an event. `is_stale`: it is older than its family may be, so that the event
    may have been put off, or called off, since."""

    observation_id: int
    provider: str
    as_of: datetime
    is_stale: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvent:
    """An event of a kind, on a day in UTC.

    `series` tells the events of an asset and kind apart that can't be each other whatever their days: the
    pool of a lock, whether a vesting begins or ends. `words` are what the kind's sentence says beside its
    `figures` (None: not known), `days` the other days in it.
    """

    kind: str
    asset: Asset
    on: date
    series: str = ""
    words: tuple[str, ...] = ()
    figures: Mapping[str, float | None] = field(default_factory=dict)
    days: Mapping[str, date | None] = field(default_factory=dict)
    source: EventSource


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight in UTC to that behind the last day, for columns of moments."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
