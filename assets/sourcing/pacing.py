"""Keep to a provider's rate, all processes together.

The calls of the last window stand in a sorted set at the broker. One script looks at the
broker's clock, counts and claims, so that no two processes can take the same place.
"""

import time
import uuid
from abc import ABC, abstractmethod
from collections import defaultdict, deque
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

import redis

from assets.sourcing.contract import MisconfiguredError, Rate, TransientError

BURSTS: Final = 5
"""A rate of 25 calls in 60 s is kept as 5 in 12 s, so that a wait is seconds long and not a minute."""

LONGEST_HOLD_S: Final = 120.0

CLAIM: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = math.max(0, redis.call('PTTL', KEYS[2]))
local window = 0
for i = 2, #ARGV, 2 do
    local calls, span = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
    local blocking = redis.call('ZREVRANGE', KEYS[1], calls - 1, calls - 1, 'WITHSCORES')
    if blocking[2] then
        wait = math.max(wait, tonumber(blocking[2]) + span + 1 - now)
    end
    window = math.max(window, span)
end
if wait > 0 then
    return wait
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - window - 1))
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('PEXPIRE', KEYS[1], window + 1000)
return 0
"""
"""KEYS: calls, hold. ARGV: a new member, then pairs of most calls and span in ms. Gives ms to wait, 0: go."""


class PacingError(TransientError):
    """The call was not made: its turn did not come, or nobody can tell whose turn it is."""


class Pacer(ABC):
    """Lets a call go when its provider's rate allows it."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    @abstractmethod
    def claim(self, name: str, rate: Rate) -> float:
        """Take a place if there is one; else the seconds until it is worth asking again."""

    @abstractmethod
    def hold(self, name: str, seconds: float) -> None:
        """Let nobody go for so long: the provider has asked for it."""

    def wait(self, name: str, rate: Rate, *, patience_s: float) -> None:
        """Return when the call may go; `PacingError` when its turn does not come in time.

        A wait that is known to be too long is waited out all the same: a caller that came
        back at once would only take the next call from its queue, which can't go either.
        """
        left_s = patience_s
        while (delay_s := self.claim(name, rate)) > 0:
            if left_s <= 0:
                raise PacingError(
                    f"{name} was not asked: at {rate.calls} calls in {rate.per_s:g} s, and after any pause "
                    f"that it wished for, the turn of this call did not come in time.",
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
        limits = [str(number) for limit in spans_of(rate) for number in limit]
        try:
            claim = _broker(self._url).register_script(CLAIM)
            return float(claim(keys=_keys(name), args=[uuid.uuid4().hex, *limits])) / 1000
        except redis.RedisError as error:
            raise self._unreachable(error) from error

    def hold(self, name: str, seconds: float) -> None:
        milliseconds = int(min(seconds, LONGEST_HOLD_S) * 1000)
        if milliseconds <= 0:
            return
        try:
            _broker(self._url).set(_keys(name)[1], "1", px=milliseconds)
        except redis.RedisError as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: redis.RedisError) -> PacingError:
        parts = urlsplit(self._url)  # Without its user and password.
        where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        return PacingError(
            f"Redis or Valkey can't be used at {where} ({error or type(error).__name__}); "
            f"start it or correct ASSAY_BROKER_URL."
        )


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

    def claim(self, name: str, rate: Rate) -> float:
        with self._lock:
            now, calls = self._clock(), self._calls[name]
            wait_s = self._held_until.get(name, now) - now
            for most, span_ms in spans_of(rate):
                if len(calls) >= most:
                    wait_s = max(wait_s, calls[-most] + (span_ms + 1) / 1000 - now)
            if wait_s > 0:
                return wait_s
            calls.append(now)
            while len(calls) > rate.calls:
                calls.popleft()
            return 0

    def hold(self, name: str, seconds: float) -> None:
        self._held_until[name] = self._clock() + min(seconds, LONGEST_HOLD_S)


def spans_of(rate: Rate) -> tuple[tuple[int, int], ...]:
    """The rate as most calls in so many ms, over a short span and over the whole."""
    whole_ms = rate.per_s * 1000
    burst = max(1, rate.calls // BURSTS)
    return (burst, -int(-whole_ms * burst // rate.calls)), (rate.calls, -int(-whole_ms // 1))


def _keys(name: str) -> list[str]:
    """In braces what must lie together in a cluster."""
    return [f"assay:pace:{{{name}}}:calls", f"assay:pace:{{{name}}}:hold"]


@cache
def _broker(url: str) -> redis.Redis:
    """One client a process and URL; its connections know when they were inherited by a fork."""
    try:
        return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=3)
    except ValueError as error:
        raise MisconfiguredError(f"ASSAY_BROKER_URL can't be used: {error}.") from error
