"""Bounded concurrency: so many at work, so many in line, each client in turn, and nobody waits for long.

A gate is of one process and needs no server, so that it holds when the broker or the database is gone.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

RETRY_AFTER_S: Final = 5


class BusyError(Exception):
    """Too much is asked for at this moment; the same question may be answered in a few seconds."""


class BusyLaneError(BusyError):
    """The few places of one kind of request are taken, whatever else is free."""

    def __init__(self, lane: str) -> None:
        super().__init__(lane)
        self.lane = lane


class _Ticket:
    """A place in a line; `wake` is called when its turn has come, or when it is refused."""

    def __init__(self, wake: Callable[[], object]) -> None:
        self._wake = wake
        self.is_admitted = False

    def end(self, *, admitted: bool) -> None:
        self.is_admitted = admitted
        self._wake()


class AdmissionGate:
    """`at_once` are at work, `waiting` more may stand in line for `wait_s` seconds; others are refused.

    Clients take turns, whoever came first: a hundred requests of one hold up another's by one. Where the
    line is full, the last of whoever has most in it gives way to a client with less.
    """

    def __init__(self, *, at_once: int, waiting: int = 0, wait_s: float = 0.0) -> None:
        self.at_once, self.waiting, self.wait_s = at_once, waiting, wait_s
        self._lock = threading.Lock()
        self._at_work: dict[str, int] = {}
        self._lines: OrderedDict[str, deque[_Ticket]] = OrderedDict()

    @contextmanager
    def admitted(self, client: str = "") -> Iterator[None]:
        """Within it the client is at work; `BusyError` where it can't be."""
        self.enter(client)
        try:
            yield
        finally:
            self.leave(client)

    def enter(self, client: str = "") -> None:
        """Take a place, to be given back by `leave`; `BusyError` where there is none in time."""
        came = threading.Event()
        ticket = self._place(client, came.set)
        if ticket is not None:
            came.wait(self.wait_s)
            self._settle(client, ticket)

    def leave(self, client: str = "") -> None:
        """Give the place to the next in line."""
        with self._lock:
            self._end(client)
            if not self._lines:
                return
            following, line = self._lines.popitem(last=False)
            self._begin(following)
            line.popleft().end(admitted=True)
            if line:
                self._lines[following] = line

    @property
    def is_busy(self) -> bool:
        """Whether anybody is at work."""
        return bool(self._at_work)

    def _place(self, client: str, wake: Callable[[], object]) -> _Ticket | None:
        """None for a place at work, else one in the line."""
        with self._lock:
            if sum(self._at_work.values()) < self.at_once:
                self._begin(client)
                return None
            if sum(map(len, self._lines.values())) >= self.waiting:
                self._make_room(client)
            ticket = _Ticket(wake)
            self._lines.setdefault(client, deque()).append(ticket)
            return ticket

    def _make_room(self, client: str) -> None:
        longest = max(self._lines, key=lambda each: len(self._lines[each]), default=client)
        if longest == client or len(self._lines[longest]) <= len(self._lines.get(client, ())) + 1:
            raise BusyError
        self._lines[longest].pop().end(admitted=False)

    def _settle(self, client: str, ticket: _Ticket) -> None:
        """Who was not admitted in time leaves the line."""
        with self._lock:
            if ticket.is_admitted:
                return
            self._forget(client, ticket)
        raise BusyError

    def _forget(self, client: str, ticket: _Ticket) -> None:
        line = self._lines.get(client)
        if line and ticket in line:
            line.remove(ticket)
            if not line:
                del self._lines[client]

    def _begin(self, client: str) -> None:
        self._at_work[client] = self._at_work.get(client, 0) + 1

    def _end(self, client: str) -> None:
        left = self._at_work[client] - 1
        if left:
            self._at_work[client] = left
        else:
            del self._at_work[client]
