"""Who works on what, over all processes: keys at the broker that live only as long as their owner.

A process that is killed leaves its leases behind for `LEASE_S` seconds at most; whoever
wants to go on with its work waits no longer than that.
"""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from typing import Final

import redis

from assets.network.brokers import broker_at

LEASE_S: Final = 12.0
RENEWED_EACH_S: Final = 3.0

GIVE_BACK: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0
"""


class Leases:
    """The leases of one owner."""

    def __init__(self, url: str, *, owner: str) -> None:
        self._broker = broker_at(url)
        self.owner = owner
        self._held: set[str] = set()

    def take(self, name: str) -> bool:
        """Whether it is ours now, or was already."""
        key = _key(name)
        if not self._broker.set(key, self.owner, nx=True, px=_ms(LEASE_S)):
            told = self._broker.get(key)
            if told is None or (told.decode() if isinstance(told, bytes) else told) != self.owner:
                return False
            self._broker.pexpire(key, _ms(LEASE_S))
        self._held.add(key)
        return True

    def take_one(self, names: Iterable[str]) -> str:
        """The first of these that is free, or ours already; "" when there is none."""
        return next((name for name in names if self.take(name)), "")

    def give_back(self, name: str) -> None:
        self._held.discard(_key(name))
        self._broker.register_script(GIVE_BACK)(keys=[_key(name)], args=[self.owner])

    def keep_for(self, name: str, seconds: float) -> None:
        """Let it outlive this process by so long: the owner comes back."""
        self._held.discard(_key(name))
        self._broker.pexpire(_key(name), _ms(seconds + LEASE_S))

    @contextlib.contextmanager
    def renewed(self) -> Iterator[None]:
        """Keep what is held alive from a thread, for as long as this lasts and the process lives."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(RENEWED_EACH_S):
                # An unreachable broker is noticed by whoever works; a missed renewal only costs the lease.
                with contextlib.suppress(redis.RedisError):
                    for key in tuple(self._held):
                        self._broker.pexpire(key, _ms(LEASE_S))

        keeper = threading.Thread(target=renew, name="leases", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()


def _key(name: str) -> str:
    return f"assay:lease:{name}"


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
