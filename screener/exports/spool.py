"""Export spool: a whole file on disk before its first byte is sent, so that a slow reader costs nothing else.

The columns that it is made of are free again once it is written, an error while writing it is an error and
not half a file, and its length is known. The file has no name: it is gone with whoever holds it.
"""

from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Final

MOST_BYTES: Final = 1_000_000_000
PIECE: Final = 65_536


class TooLargeError(Exception):
    """A file of more than `MOST_BYTES`."""


class Spool:
    """The pieces of a file, written down. Iterate once, then close; `on_close` is called then, once."""

    def __init__(self, pieces: Iterable[bytes], *, most_bytes: int = MOST_BYTES) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by whoever has sent it
        self.on_close: Callable[[], None] = _nothing
        self.size = 0
        try:
            for piece in pieces:
                self.size += self._file.write(piece)
                if self.size > most_bytes:
                    raise TooLargeError
            self._file.seek(0)
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        if not self._file.closed:
            self._file.close()
            self.on_close()

    def __del__(self) -> None:
        """An answer that was made and never sent."""
        self.close()


def _nothing() -> None:
    """Nobody waits for the file to be gone."""
