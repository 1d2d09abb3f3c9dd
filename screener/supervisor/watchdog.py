"""Parent-death watchdog: kills what a supervisor has started once the supervisor is gone, killed or not.

It runs as a process of its own and reads from a pipe which process groups to kill: `+12` adds one, `-12`
removes it. The pipe closes when the supervisor dies, however it dies. A group also holds the children of
the children, which a death signal (`PR_SET_PDEATHSIG`) would not reach, and groups exist on macOS too.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable


class Watchdog:
    """The supervisor's end of the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def watch(self, group: int) -> None:
        self._send(f"+{group}\n")

    def unwatch(self, group: int) -> None:
        self._send(f"-{group}\n")

    def close(self) -> None:
        """End the watchdog, and with it every group that it still watches."""
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        self._process.stdin.close()
        self._process.wait()

    def _send(self, text: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened with a pipe
        self._process.stdin.write(text.encode())
        self._process.stdin.flush()


def end_group(group: int, *, with_signal: int = signal.SIGKILL) -> None:
    """Signal every process of a group; one that is gone already is no mistake."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, with_signal)


def reap(commands: Iterable[str]) -> None:
    """Follow the commands to their end, then kill every group that is still watched."""
    groups: set[int] = set()
    for command in commands:
        (groups.add if command[0] == "+" else groups.discard)(int(command[1:]))
    for group in groups:
        end_group(group)


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    reap(sys.stdin)
