"""Console log of several processes, with a progress line that stays at its end."""

import sys
import threading
import time
from typing import Final, TextIO

WIDTH: Final = 7
"""Of the longest process name, so that the texts stand in one column."""
PLAIN_PROGRESS_S: Final = 5.0
"""How often progress is written where lines can't be rewritten."""


class Console:
    """Safe to use from several threads."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._rewrites = self._stream.isatty()
        self._lock = threading.Lock()
        self._progress = ""
        self._progress_written_at = float("-inf")

    def line(self, name: str, text: str) -> None:
        """A line of the log."""
        with self._lock:
            self._erase()
            self._write(f"{name:<{WIDTH}} | {text}\n")
            self._write(self._progress)

    def progress(self, text: str) -> None:
        """Replace the line of progress; an empty text ends it."""
        if self._rewrites:
            with self._lock:
                self._erase()
                self._progress = text
                self._write(text)
        elif text and time.monotonic() - self._progress_written_at >= PLAIN_PROGRESS_S:
            self._progress_written_at = time.monotonic()
            self.line("assay", text)

    def _erase(self) -> None:
        if self._progress:
            self._write("\r\x1b[2K")

    def _write(self, text: str) -> None:
        if text:
            self._stream.write(text)
            self._stream.flush()
