"""Kept fragments: HTML that is rendered once in a process and shown again wherever it would be the same."""

import hashlib
import pickle
import threading
from collections.abc import Callable
from typing import Any, Final

from cachetools import LRUCache
from django.utils.translation import get_language

MOST_CHARACTERS: Final = 32_000_000
"""All that is kept; a whole table has about 100,000."""

_kept: Final[LRUCache[tuple[str, str | None, bytes], str]] = LRUCache(MOST_CHARACTERS, getsizeof=len)
_lock: Final = threading.Lock()


def key_of(*shown: Any) -> bytes:
    """The key of a fragment that shows these plain values, and nothing else but texts in a language.

    Another value makes another key, so that nothing is shown for what has changed since: keys need no end.
    """
    return hashlib.blake2b(pickle.dumps(shown, pickle.HIGHEST_PROTOCOL), digest_size=16).digest()


def kept_fragment(name: str, key: bytes, render: Callable[[], str]) -> str:
    """The fragment of this name and key in the language of the request; without a key it is rendered anew."""
    if not key:
        return render()
    of_language = (name, get_language(), key)
    with _lock:
        found = _kept.get(of_language)
    if found is None:
        found = render()
        with _lock:
            _kept[of_language] = found
    return found


def forget_kept() -> None:
    """Render everything anew at its next turn: what a bench compares with."""
    with _lock:
        _kept.clear()
