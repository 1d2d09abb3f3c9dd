"""Ends what a supervisor has started when the supervisor itself is gone, killed outright or not.

Runs as a process of its own and hears through a pipe which process groups to end:
`+12` to take one on, `-12` to let it go. The pipe closes when the supervisor dies,
however it dies. A group also holds the children of the children, which a death
signal (`PR_SET_PDEATHSIG`) would not reach, and groups exist on macOS too.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable


class Keeper:
    """The supervisor's end of the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def adopt(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def release(self, group: int) -> None:
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """End the keeper, and with it every group that it still holds."""
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        self._process.stdin.close()
        self._process.wait()

    def _tell(self, text: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        self._process.stdin.write(text.encode())
        self._process.stdin.flush()


def end_group(group: int, *, with_signal: int = signal.SIGKILL) -> None:
    """Signal every process of a group; one that is gone already is no mistake."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, with_signal)


def keep(orders: Iterable[str]) -> None:
    groups: set[int] = set()
    for order in orders:
        (groups.add if order[0] == "+" else groups.discard)(int(order[1:]))
    for group in groups:
        end_group(group)


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    keep(sys.stdin)
