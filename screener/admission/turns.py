"""Turns: who is worked on next, by address and, within one address, by browser.

All of it happens in one event loop, so that there is nothing to lock, and waiting costs no thread.
"""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from screener.admission.gate import BusyError

REMEMBERED_S: Final = 10.0
"""Who has asked within this long is there: the others leave it a share."""


class Client(NamedTuple):
    """The network of a client, and whose browser it says it is."""

    address: str
    browser: str


class Turns:
    """`at_once` are at work, `waiting` more stand in line for `wait_s` seconds; others are refused.

    The next is of the address that has the least at work, and of those whose turn was longest ago; within
    it, of browsers, by the same rule. While another one is there, an address has at most half of the places
    at work, and so has a browser: who floods leaves a half to those who come now and then. Where the line is
    full, the last of whoever has most in it gives way to who has less.
    """

    def __init__(
        self, *, at_once: int, waiting: int, wait_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.at_once, self.waiting, self.wait_s = at_once, waiting, wait_s
        self.working = 0
        self._clock = clock
        self._at_work: Counter[Hashable] = Counter()
        self._lines: dict[Client, deque[asyncio.Future[None]]] = {}
        self._came: OrderedDict[Client, float] = OrderedDict()
        self._browsers: Counter[str] = Counter()
        self._served: dict[Hashable, int] = {}
        self._turn = 0

    @asynccontextmanager
    async def place(self, client: Client) -> AsyncIterator[None]:
        """Within it the client is at work; `BusyError` where it can't be in time."""
        self._remember(client)
        if self.working < self.at_once and self._may_begin(client):
            self._begin(client)
        else:
            await self._wait(client)
        try:
            yield
        finally:
            self._end(client)

    @property
    def in_line(self) -> int:
        return sum(map(len, self._lines.values()))

    async def _wait(self, client: Client) -> None:
        if self.in_line >= self.waiting:
            self._make_room(client)
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(client, deque()).append(turn)
        try:
            await asyncio.wait([turn], timeout=self.wait_s)
        except asyncio.CancelledError:
            if turn.done() and not turn.exception():
                self._end(client)  # Who waited is gone; its place is the next one's.
            raise
        finally:
            self._leave_line(client, turn)
        if not turn.done():
            raise BusyError
        turn.result()

    def _may_begin(self, client: Client) -> bool:
        half = max(1, self.at_once // 2)
        is_alone = len(self._browsers) <= 1
        is_only_browser = self._browsers[client.address] <= 1
        return (is_alone or self._at_work[client.address] < half) and (
            is_only_browser or self._at_work[client] < half
        )

    def _begin(self, client: Client) -> None:
        self.working += 1
        self._turn += 1
        for key in (client.address, client):
            self._at_work[key] += 1
            self._served[key] = self._turn

    def _end(self, client: Client) -> None:
        self.working -= 1
        for key in (client.address, client):
            self._at_work[key] -= 1
            if not self._at_work[key]:
                del self._at_work[key]
        self._forget()
        while self.working < self.at_once and (following := self._next()):
            turn = self._lines[following][0]
            self._leave_line(following, turn)
            self._begin(following)
            turn.set_result(None)

    def _next(self) -> Client | None:
        return min(filter(self._may_begin, self._lines), key=self._order, default=None)

    def _order(self, client: Client) -> tuple[int, ...]:
        keys = (client.address, client)
        return tuple(number for key in keys for number in (self._at_work[key], self._served.get(key, 0)))

    def _make_room(self, client: Client) -> None:
        """The last in line of who has most there leaves it; `BusyError` where the client has as much."""
        of_address: Counter[str] = Counter()
        for each, line in self._lines.items():
            of_address[each.address] += len(line)
        greediest = max(
            self._lines, key=lambda each: (of_address[each.address], len(self._lines[each])), default=client
        )
        if greediest.address != client.address:
            most, own = of_address[greediest.address], of_address[client.address]
        else:
            most, own = (len(self._lines.get(each, ())) for each in (greediest, client))
        if most <= own + 1:
            raise BusyError
        last = self._lines[greediest][-1]
        self._leave_line(greediest, last)
        last.set_exception(BusyError())

    def _leave_line(self, client: Client, turn: asyncio.Future[None]) -> None:
        line = self._lines.get(client)
        if line and turn in line:
            line.remove(turn)
            if not line:
                del self._lines[client]

    def _remember(self, client: Client) -> None:
        if client not in self._came:
            self._browsers[client.address] += 1
        self._came[client] = self._clock()
        self._came.move_to_end(client)
        self._forget()

    def _forget(self) -> None:
        """Whoever has not come for a while; who has something at work or in line is there still."""
        now = self._clock()
        while self._came:
            client, came = next(iter(self._came.items()))
            if came >= now - REMEMBERED_S:
                return
            if client in self._at_work or client in self._lines:
                self._came[client] = now
                self._came.move_to_end(client)
                continue
            del self._came[client]
            self._served.pop(client, None)
            self._browsers[client.address] -= 1
            if not self._browsers[client.address]:
                del self._browsers[client.address]
                self._served.pop(client.address, None)
