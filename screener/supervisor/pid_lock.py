"""PID file with a lock: one `manage.py up` per state folder; two would share a broker and a schedule."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from screener.supervisor.child import ServiceError

Announce = Callable[[str], None]
"""Called with the address at which the process that holds the lock answers."""


class AlreadyRunningError(ServiceError):
    """Another process holds the lock; `address` is "" until it has one."""

    def __init__(self, *, pid: str, address: str) -> None:
        self.pid, self.address = pid, address
        super().__init__(
            f"Assay already runs on this state folder (process {pid}). "
            "Stop it first, or set ASSAY_STATE_DIR to another folder."
        )


@contextmanager
def pid_lock(folder: Path) -> Iterator[Announce]:
    """Hold the lock of the state folder; it ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError as error:
        raise ServiceError(
            "`manage.py up` needs Linux or macOS. Elsewhere set ASSAY_BROKER_URL to a Redis or Valkey server "
            "and start the parts by hand (docs/operations.md)."
        ) from error
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ServiceError(
            f"The state folder {folder} can't be used ({error.strerror}). "
            "Make it writable, or set ASSAY_STATE_DIR to another folder."
        ) from error
    with os.fdopen(descriptor, "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid, _, address = lock.read().partition("\n")
            raise AlreadyRunningError(pid=pid.strip(), address=address.strip()) from error

        def announce(address: str) -> None:
            lock.seek(0)
            lock.truncate()
            lock.write("\n".join(filter(None, (str(os.getpid()), address))))
            lock.flush()

        announce("")
        yield announce
