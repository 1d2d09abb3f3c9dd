"""Streaming buffer: a file that is handed out while it is written."""

import io
from typing import Any


class Outbox(io.RawIOBase):
    """A file that holds only what nobody has fetched yet, so that memory stays flat."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._fetched = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting += piece
        return len(piece)

    def tell(self) -> int:
        return self._fetched + len(self._waiting)

    def fetch(self) -> bytes:
        """All since the last time."""
        piece = bytes(self._waiting)
        self._fetched += len(piece)
        self._waiting.clear()
        return piece
