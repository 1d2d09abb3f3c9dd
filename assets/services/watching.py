"""Watch over a sheet that is being read or stored: how many lines and rows are done, and the wish to stop it.

What is stored in one transaction shows nothing to others before its end. So whoever works says in the cache
how far it is, and finds there whether somebody wishes it to end; what is ended is rolled back as a whole.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

import redis
from django.core.cache import cache

from assets.sourcing.progress import READING, STORING, watched_by

SAID_EVERY_S: Final = 0.4
KEPT_FOR_S: Final = 600
STAGES: Final = frozenset((READING, STORING))


class StoppedError(Exception):
    """Who waits for the work wishes it to end; nothing of it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Of `total` lines of a file, or rows of facts, so many are `done`; `stage` says of which."""

    stage: str
    done: int
    total: int


@contextmanager
def watched_as(name: str) -> Iterator[None]:
    """Whoever knows the name can see how far the work is, and stop it: then `StoppedError`."""
    said_at = 0.0
    _forget(name)  # of an earlier try

    def say(stage: str, done: int, total: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at < SAID_EVERY_S and done < total:
            return
        said_at = time.monotonic()
        with suppress(redis.RedisError, OSError):  # Without the cache nobody can watch; the work goes on.
            if cache.get(_wish(name)):
                raise StoppedError
            cache.set(_key(name), asdict(Watched(stage=stage, done=done, total=total)), KEPT_FOR_S)

    try:
        with watched_by(say):
            yield
    finally:
        _forget(name)


def how_far(name: str) -> Watched | None:
    """None before the first line is read, and where the cache can't say."""
    far: Any = None
    with suppress(redis.RedisError, OSError):
        far = cache.get(_key(name))
    is_ours = isinstance(far, dict) and {*far} == {"stage", "done", "total"} and far["stage"] in STAGES
    return Watched(**far) if is_ours else None


def wish_stop(name: str) -> None:
    """Ask the work to end at its next report."""
    with suppress(redis.RedisError, OSError):
        cache.set(_wish(name), "wished", KEPT_FOR_S)


def _forget(name: str) -> None:
    with suppress(redis.RedisError, OSError):
        cache.delete_many([_key(name), _wish(name)])


def _key(name: str) -> str:
    return f"import:{name}"


def _wish(name: str) -> str:
    return f"{_key(name)}:stop"
