"""Cache in the broker, as JSON: whoever can write there can change a figure of ours, and run nothing.

Django's own way is pickles, which run code where they are read. What is kept here is what JSON knows,
and `Kept` is for what has a shape: anything else that stands there counts as nothing.
"""

import json
from typing import Any, Final, Generic, TypeVar

import structlog
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from pydantic import TypeAdapter, ValidationError

log = structlog.get_logger(__name__)

Shape = TypeVar("Shape")
SCHEDULER_HEARTBEAT_KEY: Final = "scheduler-heartbeat"
LONGEST: Final = 1_000_000
"""Bytes of a value; the largest of ours has some thousand."""


class UnreadableValueError(ValueError):
    """What stands in the cache is not what we write."""


class JsonSerializer:
    """Values as JSON; whole numbers stand for themselves, so that the broker can count."""

    def dumps(self, value: Any) -> int | bytes:
        return value if type(value) is int else json.dumps(value, separators=(",", ":")).encode()

    def loads(self, stored: bytes) -> Any:
        try:
            if len(stored) > LONGEST:
                raise UnreadableValueError(f"{len(stored)} bytes")
            return json.loads(stored)
        except (ValueError, RecursionError) as error:
            raise UnreadableValueError(type(error).__name__) from error


class JsonCacheClient(RedisCacheClient):
    """What can't be read is not there."""

    def __init__(self, servers: Any, **options: Any) -> None:
        serializer: Any = JsonSerializer()  # The stubs know of Django's own pickles alone.
        super().__init__(servers, serializer=serializer, **options)

    def get(self, key: Any, default: Any) -> Any:
        try:
            return super().get(key, default)
        except UnreadableValueError as error:
            log.warning("cached value can't be read", key=key, reason=str(error))
            return default

    def get_many(self, keys: Any) -> dict[Any, Any]:
        absent = object()
        found = {key: self.get(key, absent) for key in keys}
        return {key: value for key, value in found.items() if value is not absent}


class JsonCache(RedisCache):
    """`django.core.cache` at a Redis or Valkey."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = JsonCacheClient


class Kept(Generic[Shape]):
    """A value of one shape under one key, such as a tuple of dataclasses."""

    def __init__(self, key: str, shape: Any) -> None:
        self.key = key
        self._shape: TypeAdapter[Shape] = TypeAdapter(shape)

    def read(self) -> Shape | None:
        """None where nothing of this shape is kept."""
        stored = cache.get(self.key)
        if not isinstance(stored, str):
            return None
        try:
            return self._shape.validate_json(stored)
        except ValidationError as error:
            log.warning("cached value is of another shape", key=self.key, problems=error.error_count())
            return None

    def keep(self, value: Shape, *, seconds: float | None) -> None:
        """For so long; None for ever."""
        cache.set(self.key, self._shape.dump_json(value).decode(), timeout=seconds)
