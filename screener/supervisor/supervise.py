"""Starts services in order, waits until they answer, restarts what dies, ends everything."""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from django.conf import settings

from screener.supervisor.child import Child, Log, ServiceError, silent
from screener.supervisor.keeper import Keeper
from screener.supervisor.services import Service

POLL_S = 0.1
MOST_DEATHS = 3
"""A service that dies this often in a row is not started again."""
STEADY_S = 60.0
"""A service that ran for this long starts with a clean record."""


@dataclass(slots=True)
class Charge:
    """A service in our care."""

    service: Service
    child: Child
    started: float = field(default_factory=time.monotonic)
    deaths: int = 0
    start_again_at: float | None = None


class Supervisor:
    """Use as a context manager: leaving it ends all services, the last one started first."""

    def __init__(self, *, log: Log = silent) -> None:
        self._log = log
        self._keeper = Keeper()
        self._charges: dict[str, Charge] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for charge in reversed(self._charges.values()):
                charge.child.end(grace_s=charge.service.grace_s)
        finally:
            self._keeper.close()

    def start(self, service: Service) -> None:
        """Start without waiting."""
        self._charges[service.name] = Charge(service, self._launch(service))

    def pid_of(self, name: str) -> int:
        """The process of a service; it leads the group that holds all its processes."""
        return self._charges[name].child.pid

    def wait_for(self, name: str) -> None:
        """Return when the service answers; `ServiceError` when it dies first or takes too long."""
        charge = self._charges[name]
        give_up_at = charge.started + charge.service.patience_s
        while not charge.service.answers():
            if not charge.child.is_alive:
                raise ServiceError(
                    f"The {charge.service.title} could not be started.{_last_words(charge.child)}"
                )
            if time.monotonic() > give_up_at:
                raise ServiceError(
                    f"The {charge.service.title} does not answer after {charge.service.patience_s:g} s."
                    f"{_last_words(charge.child)}"
                )
            time.sleep(POLL_S)

    def look(self) -> None:
        """Notice who has died and start them again, a little later each time; call it every moment."""
        for charge in self._charges.values():
            if charge.start_again_at is not None:
                if time.monotonic() >= charge.start_again_at:
                    charge.child = self._launch(charge.service)
                    charge.started, charge.start_again_at = time.monotonic(), None
            elif not charge.child.is_alive:
                self._mourn(charge)

    def _mourn(self, charge: Charge) -> None:
        now, title = time.monotonic(), charge.service.title
        charge.child.end(grace_s=0)
        charge.deaths = 1 if now - charge.started > STEADY_S else charge.deaths + 1
        if charge.deaths >= MOST_DEATHS:
            raise ServiceError(
                f"The {title} has died {MOST_DEATHS} times in a row, so Assay stops."
                f"{_last_words(charge.child)}"
            )
        wait_s = 2.0 ** (charge.deaths - 1)
        charge.start_again_at = now + wait_s
        self._log("assay", f"The {title} has died; it is started again in {wait_s:g} s.")

    def _launch(self, service: Service) -> Child:
        log = self._log if service.speaks else silent
        return Child(service.name, service.argv, keeper=self._keeper, log=log, cwd=settings.BASE_DIR)


def _last_words(child: Child) -> str:
    lines = "\n".join(f"  {line}" for line in child.last_lines)
    return f" Its last lines:\n{lines}" if lines else ""
