"""Child process: in a process group of its own, its output forwarded, ended with all that it started."""

import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management import CommandError

from screener.supervisor.watchdog import Watchdog, end_group

Log = Callable[[str, str], None]
"""Called with the name of a process and one line of its output."""


OUTPUT_TIMEOUT_S: Final = 2.0
"""How long the output of a dead process is waited for: a process that it started may hold the pipe open."""


class ServiceError(CommandError):
    """A service can't be started or kept running; the text says which, why and what to do."""


def silent(_name: str, _line: str) -> None:
    """A log that nobody reads."""


class ChildProcess:
    """A started process, killed by `watchdog` if we are. `privileges` go to `Popen` (user, group)."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        watchdog: Watchdog,
        log: Log = silent,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        **privileges: Any,
    ) -> None:
        self.name = name
        self._last_lines: deque[str] = deque(maxlen=12)
        self._watchdog = watchdog
        self._log = log
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the command is ours
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env=env,
                cwd=cwd,
                start_new_session=True,
                **privileges,
            )
        except OSError as error:
            raise ServiceError(f"{argv[0]} could not be started: {error.strerror}.") from error
        watchdog.watch(self._process.pid)
        self._reader = threading.Thread(target=self._forward_output, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def last_lines(self) -> tuple[str, ...]:
        """The end of its output; of a process that has died also what nobody had read yet."""
        if not self.is_alive:
            self._reader.join(timeout=OUTPUT_TIMEOUT_S)
        return tuple(self._last_lines)

    def end(self, *, grace_s: float, with_signal: int = signal.SIGTERM) -> None:
        """Ask it to end, then end it and everything in its group."""
        if self.is_alive:
            self._process.send_signal(with_signal)
            try:
                self._process.wait(grace_s)
            except subprocess.TimeoutExpired:
                self._log(self.name, f"did not end within {grace_s:g} s and is killed")
        end_group(self.pid)
        self._process.wait()
        self._watchdog.unwatch(self.pid)
        self._reader.join(timeout=OUTPUT_TIMEOUT_S)

    def _forward_output(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - opened with a pipe
        with self._process.stdout as lines:
            for line in lines:
                if text := line.rstrip():
                    self._last_lines.append(text)
                    self._log(self.name, text)
