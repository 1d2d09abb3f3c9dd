"""Console log of several processes; what a person needs stays below it: a notice, and a line of progress."""

import shutil
import sys
import threading
import time
from collections.abc import Sequence
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
        self._notice: tuple[str, ...] = ()
        self._progress = ""
        self._progress_written_at = float("-inf")
        self._notice_is_last = False

    def line(self, name: str, text: str) -> None:
        """A line of the log."""
        with self._lock:
            self._erase()
            self._write(f"{name:<{WIDTH}} | {text}\n")
            self._draw()
            self._notice_is_last = False

    def progress(self, text: str) -> None:
        """Replace the line of progress; an empty text ends it."""
        if self._rewrites:
            with self._lock:
                self._erase()
                self._progress = text
                self._draw()
        elif text and time.monotonic() - self._progress_written_at >= PLAIN_PROGRESS_S:
            self._progress_written_at = time.monotonic()
            self.line("assay", text)

    def notice(self, lines: Sequence[str]) -> None:
        """Keep these lines at the end of a terminal; in a file they stand where they were written."""
        if self._rewrites:
            with self._lock:
                self._erase()
                self._notice = ("", *lines)
                self._draw()
        else:
            self._notice, self._notice_is_last = tuple(lines), False
            self.repeat_notice()

    def repeat_notice(self) -> None:
        """Where lines can't be rewritten: write the notice again, unless it is the last thing there."""
        if not self._rewrites and self._notice and not self._notice_is_last:
            for each in self._notice:
                self.line("assay", each)
            self._notice_is_last = True

    @property
    def _below(self) -> list[str]:
        """What stands below the log of a terminal, each as one line of it."""
        notice = self._notice if self._rewrites else ()
        return [*notice, *([self._progress] if self._progress else [])]

    def _draw(self) -> None:
        self._write("\n".join(self._below))

    def _erase(self) -> None:
        """Of a text that is wider than the terminal all its lines."""
        below = self._below
        if below:
            width = shutil.get_terminal_size().columns
            rows = sum(max(1, -(-len(each) // width)) for each in below)
            self._write("\r\x1b[2K" + "\x1b[1A\x1b[2K" * (rows - 1))

    def _write(self, text: str) -> None:
        if text:
            self._stream.write(text)
            self._stream.flush()
