"""Clock of the pages: the moment to which ages are told; a page of a past day is read as of its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final

from django.utils import timezone

_read_at: Final[ContextVar[datetime | None]] = ContextVar("read_at", default=None)


def read_at() -> datetime:
    """The moment as of which what is written now is read."""
    return _read_at.get() or timezone.now()


@contextmanager
def reading_as_of(moment: datetime | None) -> Iterator[None]:
    """Within it ages are told to this moment; None for now."""
    before = _read_at.set(moment)
    try:
        yield
    finally:
        _read_at.reset(before)
