"""Scheduler process (Celery beat): goes on when the clock is set back, and keeps its times as JSON.

Celery's own keeps pickles on disk, and when the clock was a day ahead and is set right, it takes
each task for run in the future and sends none for that day.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import redis
import structlog
from celery.beat import Scheduler
from django.core.cache import cache
from django.utils import timezone

from screener.cache import SCHEDULER_HEARTBEAT_KEY

log = structlog.get_logger(__name__)

BETWEEN_HEARTBEATS: Final = timedelta(seconds=5)
TOLERANCE: Final = timedelta(seconds=1)
"""Clocks are set right by less all the time."""


class SteadyScheduler(Scheduler):
    """`last_run_at` of each task stands in the file of `--schedule`, so that a restart misses no night."""

    def __init__(self, *args: Any, schedule_filename: str, **options: Any) -> None:
        self._beat_at = datetime.min.replace(tzinfo=UTC)
        self._path = Path(f"{schedule_filename}.json")
        super().__init__(*args, **options)

    def setup_schedule(self) -> None:
        self.install_default_entries(self.schedule)
        self.merge_inplace(self.app.conf.beat_schedule)
        for name, last_run_at in self._kept().items():
            if name in self.schedule:
                self.schedule[name].last_run_at = last_run_at

    def tick(self, *args: Any, **options: Any) -> float:
        self._follow_clock()
        self._leave_heartbeat()
        return float(super().tick(*args, **options))

    def sync(self) -> None:
        """A full disk costs the memory of this process's restart, not its work."""
        times = {name: entry.last_run_at.isoformat() for name, entry in self.schedule.items()}
        beside = self._path.with_suffix(".new")
        try:
            beside.write_text(json.dumps(times))
            beside.replace(self._path)
        except OSError as error:
            log.warning("schedule can't be kept", path=str(self._path), reason=str(error))

    def close(self) -> None:
        self.sync()
        super().close()

    @property
    def info(self) -> str:
        return f"    . times -> {self._path}"

    def _leave_heartbeat(self) -> None:
        """Where the broker doesn't answer, what is absent says so."""
        now = timezone.now()
        if abs(now - self._beat_at) < BETWEEN_HEARTBEATS:
            return
        self._beat_at = now
        with suppress(OSError, redis.RedisError):
            cache.set(SCHEDULER_HEARTBEAT_KEY, now.isoformat(), timeout=None)

    def _follow_clock(self) -> None:
        """What ran in the future ran before the clock was set back: it counts as run now."""
        now = timezone.now()
        ahead = [each for each in self.schedule.values() if each.last_run_at > now + TOLERANCE]
        if ahead:
            log.warning(
                "clock was set back", tasks=len(ahead), by=str(max(e.last_run_at for e in ahead) - now)
            )
            for entry in ahead:
                entry.last_run_at = now
            self._heap = None  # Its order is that of moments which have not come yet.

    def _kept(self) -> dict[str, datetime]:
        try:
            kept = json.loads(self._path.read_text())
            times = {str(name): datetime.fromisoformat(text) for name, text in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            log.warning("kept schedule can't be read", path=str(self._path), reason=repr(error))
            return {}
        return {name: moment for name, moment in times.items() if moment.tzinfo is not None}
