"""Process supervisor: starts services in order, waits until they answer, restarts with backoff, ends all."""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from django.conf import settings

from screener.supervisor.child import ChildProcess, Log, ServiceError, silent
from screener.supervisor.services import Service
from screener.supervisor.watchdog import Watchdog

POLL_S = 0.1
MOST_FAILURES = 3
"""A service that exits this often in a row is not restarted."""
STABLE_S = 60.0
"""A service that ran for this long is restarted with its failures forgotten."""


@dataclass(slots=True)
class ManagedProcess:
    """A service that is supervised: its process, and how often it has failed in a row."""

    service: Service
    child: ChildProcess
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """Use as a context manager: leaving it ends all services, the last one started first."""

    def __init__(self, *, log: Log = silent) -> None:
        self._log = log
        self._watchdog = Watchdog()
        self._processes: dict[str, ManagedProcess] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for process in reversed(self._processes.values()):
                process.child.end(grace_s=process.service.grace_s)
        finally:
            self._watchdog.close()

    def start(self, service: Service) -> None:
        """Start without waiting."""
        self._processes[service.name] = ManagedProcess(service, self._spawn(service))

    def pid_of(self, name: str) -> int:
        """The process of a service; it leads the group that holds all its processes."""
        return self._processes[name].child.pid

    def wait_for(self, name: str) -> None:
        """Return when the service answers; `ServiceError` when it dies first or takes too long."""
        process = self._processes[name]
        give_up_at = process.started + process.service.start_timeout_s
        while not process.service.answers():
            if not process.child.is_alive:
                raise ServiceError(
                    f"The {process.service.title} could not be started.{_last_output(process.child)}"
                )
            if time.monotonic() > give_up_at:
                raise ServiceError(
                    f"The {process.service.title} does not answer after "
                    f"{process.service.start_timeout_s:g} s.{_last_output(process.child)}"
                )
            time.sleep(POLL_S)

    def poll(self) -> None:
        """Restart what has exited, a little later each time; to be called every moment."""
        for process in self._processes.values():
            if process.restart_at is not None:
                if time.monotonic() >= process.restart_at:
                    process.child = self._spawn(process.service)
                    process.started, process.restart_at = time.monotonic(), None
            elif not process.child.is_alive:
                self._on_exit(process)

    def _on_exit(self, process: ManagedProcess) -> None:
        now, title = time.monotonic(), process.service.title
        process.child.end(grace_s=0)
        process.failures = 1 if now - process.started > STABLE_S else process.failures + 1
        if process.failures >= MOST_FAILURES:
            raise ServiceError(
                f"The {title} has died {MOST_FAILURES} times in a row, so Assay stops."
                f"{_last_output(process.child)}"
            )
        wait_s = 2.0 ** (process.failures - 1)
        process.restart_at = now + wait_s
        self._log("assay", f"The {title} has died; it is started again in {wait_s:g} s.")

    def _spawn(self, service: Service) -> ChildProcess:
        log = self._log if service.is_logged else silent
        return ChildProcess(
            service.name, service.argv, watchdog=self._watchdog, log=log, cwd=settings.BASE_DIR
        )


def _last_output(child: ChildProcess) -> str:
    lines = "\n".join(f"  {line}" for line in child.last_lines)
    return f" Its last lines:\n{lines}" if lines else ""
