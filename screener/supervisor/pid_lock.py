"""PID file with a lock: one `manage.py up` per state folder; two would share a broker and a schedule."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screener.supervisor.child import ServiceError


@contextmanager
def pid_lock(folder: Path) -> Iterator[None]:
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
            raise ServiceError(
                f"Assay already runs on this state folder (process {lock.read().strip()}). "
                "Stop it first, or set ASSAY_STATE_DIR to another folder."
            ) from error
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield
