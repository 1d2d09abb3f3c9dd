"""PostgreSQL connections that give up on a server that hangs.

`statement_timeout` is kept by the server, which a frozen one does not, and TCP time-outs see a machine
that is gone, not a process that stands still. So each wait has an end on our side as well, a little later.

Who has waited in vain speaks for the whole process (a circuit breaker): for a moment nobody else waits, or
one page after the other would, and each of them for every question that it has.
"""

import time
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from psycopg.generators import PQGen

HEALTH_S: Final = 3.0
"""How long an idle connection may take to say that it is still there."""

SHORTEST_IDLE_S: Final = 60.0
"""What a page or a task may compute between two statements of a transaction."""

LIMITED: Final = "assay-limited"
"""The application name of sessions that end by themselves; a command may take as long as it takes."""

LATER_S: Final = 3.0
"""A server that works refuses by itself first, with a better reason."""


REST_S: Final = 5.0
"""For so long after a wait in vain no connection is tried."""


class Breaker:
    """When this process last waited in vain, on the monotonic clock."""

    def __init__(self) -> None:
        self._waited_at = float("-inf")

    def trip(self) -> None:
        self._waited_at = time.monotonic()

    def check(self) -> None:
        if time.monotonic() - self._waited_at < REST_S:
            raise psycopg.OperationalError("the server did not answer in time a moment ago")


BREAKER: Final = Breaker()


class PatientConnection(psycopg.Connection[Any]):
    """`limit_s` is how long one answer is waited for, None for ever."""

    limit_s: float | None = None

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.limit_s if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:
            # What it was about to say would be taken for the answer to the next question.
            self.pgconn.finish()
            BREAKER.trip()
            raise psycopg.OperationalError("the server did not answer in time") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """The statement limit is that of the process: `screener.limits` sets it for web and workers."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        limit_s = settings.STATEMENT_LIMIT_S
        if limit_s is not None:
            limits = {
                "statement_timeout": limit_s,
                "lock_timeout": min(limit_s, settings.LOCK_LIMIT_S),
                # Who stands still within a transaction holds its locks no longer than this.
                "idle_in_transaction_session_timeout": max(limit_s, SHORTEST_IDLE_S),
            }
            flags = " ".join(f"-c {name}={1000 * seconds:.0f}" for name, seconds in limits.items())
            params["options"] = f"{params.get('options', '')} {flags}".strip()
            params["application_name"] = LIMITED
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        BREAKER.check()
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.errors.ConnectionTimeout:
            BREAKER.trip()
            raise
        connection.__class__ = PatientConnection
        limit_s = settings.STATEMENT_LIMIT_S
        connection.limit_s = None if limit_s is None else limit_s + LATER_S
        return connection

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        usual_s, self.connection.limit_s = self.connection.limit_s, HEALTH_S
        try:
            return bool(super().is_usable())
        finally:
            self.connection.limit_s = usual_s
