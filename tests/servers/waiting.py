"""Waiting for a condition, for as long as a busy machine may need."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_S = 600

Found = TypeVar("Found")


def until(condition: Callable[[], Found], what: str) -> Found:
    """What the condition gives as soon as it holds."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < give_up_at, f"{what} did not happen within {PATIENCE_S} s"
        time.sleep(0.02)
    return found
