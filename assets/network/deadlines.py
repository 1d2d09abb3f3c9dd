"""Deadline of a call: one total time for everything on the wire, however slowly it comes.

A time limit of each read is none for a server that sends a byte before each one runs out: the headers
of one answer could take days. Here what is left of the call bounds each step: connecting, TLS
(a handshake's limit is one for the whole, in Python), writing, reading.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import httpcore2
import httpx2

ENDS_AT: Final[ContextVar[float]] = ContextVar("ENDS_AT")
"""The end of the call under way, on the monotonic clock."""


@contextmanager
def ending_at(moment: float) -> Iterator[None]:
    """What is sent and received by this thread meanwhile ends then, with a time-out."""
    token = ENDS_AT.set(moment)
    try:
        yield
    finally:
        ENDS_AT.reset(token)


class DeadlineTransport(httpx2.HTTPTransport):
    """Keeps no connection and ends at `ENDS_AT`, which must be set."""

    def __init__(self) -> None:
        super().__init__()
        self._pool.close()
        # No connection is kept: providers behind one network share addresses, and a kept connection
        # would be taken for another name. At a few calls a second it would save nothing.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_keepalive_connections=0,
            network_backend=DeadlineBackend(),
        )


class DeadlineBackend(httpcore2.SyncBackend):
    """Connections whose every step ends at the end of the call."""

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore2.NetworkStream:
        left_s = _left_s(timeout, httpcore2.ConnectTimeout)
        return DeadlineStream(super().connect_tcp(host, port, left_s, *args, **options))


class DeadlineStream(httpcore2.NetworkStream):
    """A connection, plain or under TLS."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left_s(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left_s(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left_s = _left_s(timeout, httpcore2.ConnectTimeout)
        return DeadlineStream(self._inner.start_tls(ssl_context, server_hostname, left_s))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left_s(wished_s: float | None, error: type[httpcore2.TimeoutException]) -> float:
    left_s = ENDS_AT.get() - time.monotonic()
    if left_s <= 0:
        raise error("the call has taken its whole time")
    return left_s if wished_s is None else min(wished_s, left_s)
