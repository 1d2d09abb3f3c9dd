"""Distributed locks at the broker (redis-py's `Lock`), owned by a name that survives the process.

A task that comes back later holds its lock on under the same owner. A process that is killed leaves
its locks behind for `LOCK_S` seconds at most; others wait no longer than that to go on with its work.
"""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from typing import Final

import redis
from redis.exceptions import LockNotOwnedError
from redis.lock import Lock

from assets.network.brokers import broker_at

LOCK_S: Final = 12.0
EXTENDED_EACH_S: Final = 3.0
LONGEST_S: Final = 900.0
"""No lock is held for longer at once, its owner's absence included."""


class Locks:
    """The locks of one owner; the owner's name is the token of each."""

    def __init__(self, url: str, *, owner: str) -> None:
        self._broker = broker_at(url)
        self.owner = owner
        self._held: dict[str, Lock] = {}

    def acquire(self, name: str) -> bool:
        """Whether it is ours now, or was already; never waits."""
        lock = self._lock(name)
        if not lock.acquire(blocking=False, token=self.owner) and not self._extend(lock, LOCK_S):
            if self._broker.pttl(lock.name) <= 1_000 * LONGEST_S:
                return False
            # The broker's clock was ahead when it was acquired, and has been set right.
            self._broker.delete(lock.name)
            if not lock.acquire(blocking=False, token=self.owner):
                return False
        self._held[name] = lock
        return True

    def acquire_one(self, names: Iterable[str]) -> str:
        """The first of these that is free, or ours already; "" when there is none."""
        return next((name for name in names if self.acquire(name)), "")

    def release(self, name: str) -> None:
        self._held.pop(name, None)
        with contextlib.suppress(LockNotOwnedError):
            self._lock(name).do_release(self.owner)

    def extend(self, name: str, seconds: float) -> None:
        """Let it outlive this process by so long: the owner comes back."""
        self._held.pop(name, None)
        self._extend(self._lock(name), seconds + LOCK_S)

    @contextlib.contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Extend what is held from a thread, for as long as this lasts and the process lives."""
        ended = threading.Event()

        def extend_held() -> None:
            while not ended.wait(EXTENDED_EACH_S):
                # An unreachable broker is noticed by whoever works; a missed extension only costs the lock.
                with contextlib.suppress(redis.RedisError):
                    for lock in tuple(self._held.values()):
                        self._extend(lock, LOCK_S)

        keeper = threading.Thread(target=extend_held, name="locks", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()

    def _lock(self, name: str) -> Lock:
        """Not bound to a thread: one extends what another has acquired."""
        lock = Lock(self._broker, f"assay:lock:{name}", timeout=LOCK_S, thread_local=False)
        lock.local.token = self.owner.encode()
        return lock

    def _extend(self, lock: Lock, seconds: float) -> bool:
        """Whether it was still ours; one that another has acquired since is left alone."""
        try:
            return lock.extend(seconds, replace_ttl=True)
        except LockNotOwnedError:
            return False
