"""Rate limiter and circuit breaker of each provider, for all processes together.

The rate limiter is a sliding-window log: the calls of the last window stand in a sorted set at
the broker. One script looks at the broker's clock, counts and claims, so that no two processes
can take the same place.

The circuit breaker leaves a provider alone that fails again and again, for longer each time
(exponential backoff): the next call after the pause is the trial, and one success ends it.
"""

import time
import uuid
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final

import redis

from assets.network.brokers import address_of_broker, broker_at
from assets.sourcing.contract import LimitError, Rate

BURSTS: Final = 2
"""A rate of 28 calls in 60 s is kept as 14 in 30 s too, so that a quota is not spent in one burst."""

TRAVEL_S: Final = 0.5
LONG_WINDOW_S: Final = 10.0
"""Calls take unequal time to arrive: long windows are kept this much longer than the provider counts them."""

LONGEST_HOLD_S: Final = 600.0

FAILURES_TO_BREAK: Final = 5
SHORTEST_BREAK_S: Final = 15.0
LONGEST_BREAK_S: Final = 300.0

CLAIM: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = math.max(0, redis.call('PTTL', KEYS[2]))
if wait > tonumber(ARGV[2]) then
    redis.call('DEL', KEYS[2])
    wait = 0
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('%.0f', now + 1000), '+inf')
local window = 0
for i = 3, #ARGV, 2 do
    local calls, span = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
    local blocking = redis.call('ZREVRANGE', KEYS[1], calls - 1, calls - 1, 'WITHSCORES')
    if blocking[2] then
        wait = math.max(wait, tonumber(blocking[2]) + span + 1 - now)
    end
    window = math.max(window, span)
end
if wait > 0 or ARGV[1] == '' then
    return wait
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - window - 1))
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('PEXPIRE', KEYS[1], window + 1000)
return 0
"""
"""KEYS: calls, hold. ARGV: a new member, the longest hold in ms, then pairs of most calls and span in ms.
Gives ms to wait, 0: go. Without a member it only looks.

Calls of the future and a hold longer than any are of a clock that was ahead, and count no more.
"""


@dataclass(frozen=True, slots=True)
class Pause:
    """A provider is left alone for so many more seconds, because of failures or because it asked for it."""

    seconds: float
    failures: int


class PacingError(LimitError):
    """The call was not made: its turn did not come, or nobody can tell whose turn it is."""


class Pacer(ABC):
    """Lets a call go when its provider's rate allows it."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    @abstractmethod
    def claim(self, name: str, rate: Rate) -> float:
        """Take a place if there is one; else the seconds until it is worth asking again."""

    @abstractmethod
    def due_in(self, name: str, rate: Rate) -> float:
        """The seconds until a call may go, without claiming its place."""

    @abstractmethod
    def hold(self, name: str, seconds: float) -> None:
        """Let nobody go for so long: the provider has asked for it."""

    @abstractmethod
    def failed(self, name: str) -> None:
        """A call failed in a way that may pass; too many in a row and nobody goes for a while."""

    @abstractmethod
    def succeeded(self, name: str) -> None:
        """The provider answered: its failures are forgotten."""

    def wait(self, name: str, rate: Rate, *, patience_s: float) -> None:
        """Return when the call may go; `PacingError` when its turn does not come in time.

        A wait that is known to be too long is waited out all the same: a caller that came
        back at once would only take the next call from its queue, which can't go either.
        """
        left_s = patience_s
        while (delay_s := self.claim(name, rate)) > 0:
            if left_s <= 0:
                raise PacingError(
                    "%(name)s was not queried: at its rate of %(calls)s/%(seconds)s (calls/seconds), and "
                    "after any pause it requested, this call's turn did not come in time.",
                    name=name,
                    calls=rate.calls,
                    seconds=f"{rate.per_s:g}",
                    retry_after_s=delay_s,
                )
            nap_s = min(delay_s, left_s)
            self._sleep(nap_s)
            left_s -= nap_s


class SharedPacer(Pacer):
    """One limit for all processes that use this Redis or Valkey."""

    def __init__(self, url: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__(sleep=sleep)
        self._url = url

    def claim(self, name: str, rate: Rate) -> float:
        return self._ask(name, rate, member=uuid.uuid4().hex)

    def due_in(self, name: str, rate: Rate) -> float:
        return self._ask(name, rate, member="")

    def _ask(self, name: str, rate: Rate, *, member: str) -> float:
        limits = [str(number) for limit in spans_of(rate) for number in limit]
        calls, hold, _failures = _keys(name)
        with self._reached() as broker:
            claim = broker.register_script(CLAIM)
            return (
                float(claim(keys=[calls, hold], args=[member, str(int(LONGEST_HOLD_S * 1000)), *limits]))
                / 1000
            )

    def hold(self, name: str, seconds: float) -> None:
        milliseconds = int(min(seconds, LONGEST_HOLD_S) * 1000)
        if milliseconds > 0:
            with self._reached() as broker:
                broker.set(_keys(name)[1], "1", px=milliseconds)

    def failed(self, name: str) -> None:
        key = _keys(name)[2]
        with self._reached() as broker:
            failures = int(str(broker.incr(key)))
            broker.expire(key, int(4 * LONGEST_BREAK_S))
        if pause_s := break_s(failures):
            self.hold(name, pause_s)

    def succeeded(self, name: str) -> None:
        with self._reached() as broker:
            broker.delete(_keys(name)[2])

    def failures(self, name: str) -> int:
        """How many calls in a row have failed."""
        with self._reached() as broker:
            return int(broker.get(_keys(name)[2]) or 0)

    def pauses(self, names: Sequence[str]) -> dict[str, Pause]:
        """By name who is left alone for a while, for how long, and after how many failures in a row."""
        with self._reached() as broker, broker.pipeline(transaction=False) as asked:
            for name in names:
                _calls, hold, failures = _keys(name)
                asked.pttl(hold)
                asked.get(failures)
            answers = asked.execute()
        return {
            name: Pause(seconds=left_ms / 1000, failures=int(failures or 0))
            for name, left_ms, failures in zip(names, answers[::2], answers[1::2], strict=True)
            if left_ms > 0
        }

    @contextmanager
    def _reached(self) -> Iterator[redis.Redis]:
        try:
            yield broker_at(self._url)
        except redis.RedisError as error:
            raise PacingError(
                "Redis or Valkey can't be used at %(address)s (%(reason)s); start it or "
                "correct ASSAY_BROKER_URL.",
                address=address_of_broker(self._url),
                reason=error or type(error).__name__,
            ) from error


class LocalPacer(Pacer):
    """The same limit within one process."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(sleep=sleep)
        self._clock = clock
        self._lock = Lock()
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._held_until: dict[str, float] = {}
        self._failures: defaultdict[str, int] = defaultdict(int)

    def claim(self, name: str, rate: Rate) -> float:
        return self._ask(name, rate, is_claim=True)

    def due_in(self, name: str, rate: Rate) -> float:
        return self._ask(name, rate, is_claim=False)

    def _ask(self, name: str, rate: Rate, *, is_claim: bool) -> float:
        with self._lock:
            now, calls = self._clock(), self._calls[name]
            wait_s = self._held_until.get(name, now) - now
            for most, span_ms in spans_of(rate):
                if len(calls) >= most:
                    wait_s = max(wait_s, calls[-most] + (span_ms + 1) / 1000 - now)
            if wait_s > 0 or not is_claim:
                return max(0.0, wait_s)
            calls.append(now)
            while len(calls) > rate.calls:
                calls.popleft()
            return 0

    def hold(self, name: str, seconds: float) -> None:
        self._held_until[name] = self._clock() + min(seconds, LONGEST_HOLD_S)

    def failed(self, name: str) -> None:
        self._failures[name] += 1
        if pause_s := break_s(self._failures[name]):
            self.hold(name, pause_s)

    def succeeded(self, name: str) -> None:
        self._failures.pop(name, None)


def break_s(failures: int) -> float:
    """How long to leave a provider alone after so many failures in a row: twice as long each time."""
    beyond = failures - FAILURES_TO_BREAK
    return min(SHORTEST_BREAK_S * 2 ** min(beyond, 10), LONGEST_BREAK_S) if beyond >= 0 else 0.0


def spans_of(rate: Rate) -> tuple[tuple[int, int], ...]:
    """The rate as most calls in so many ms, over a short span and over the whole."""
    whole_ms = rate.per_s * 1000
    travel_ms = int(TRAVEL_S * 1000) if rate.per_s >= LONG_WINDOW_S else 0
    burst = max(1, rate.calls // BURSTS)
    return (
        (burst, -int(-whole_ms * burst // rate.calls)),
        (rate.calls, -int(-whole_ms // 1) + travel_ms),
    )


def _keys(name: str) -> list[str]:
    """Calls, hold, failures. In braces what must lie together in a cluster."""
    return [f"assay:pace:{{{name}}}:{what}" for what in ("calls", "hold", "failures")]
