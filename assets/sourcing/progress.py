"""Progress of long work on one file: who does it reports how far it is, who asked may watch and stop it.

The watcher stands in the context, not in every signature between a page and the loop that works: a provider's
`parse` and the storing of rows are the same whether anybody watches or not.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

EVERY: Final = 500
"""So many lines or rows lie between two reports."""

READING: Final = "reading"
STORING: Final = "storing"
"""What is being done: lines of a file are read, rows of facts are stored."""

Watcher = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done and how much there is. What it raises ends the work."""

ThingT = TypeVar("ThingT")

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def report(stage: str, done: int, total: int) -> None:
    watcher = _watcher.get()
    if watcher is not None:
        watcher(stage, done, total)


def reported(things: Sequence[ThingT], stage: str) -> Iterator[ThingT]:
    """These things, with a report now and then, and one when the last of them is done."""
    for done, each in enumerate(things):
        if not done % EVERY:
            report(stage, done, len(things))
        yield each
    report(stage, len(things), len(things))
