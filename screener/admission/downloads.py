"""Downloads: one file at a time for each reader, over all processes of a server.

Who has one holds a lock on a file in the state folder. The system lets go of it when the process ends,
however that happens, so that nobody is kept out by one that was killed.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from screener.admission.gate import BusyError
from screener.admission.lanes import DOWNLOADS

FOLDER: Final = "downloads"


def begin_download(reader: str) -> Callable[[], None]:
    """A place among the downloads, given back by the function returned; `BusyError` where there is none."""
    DOWNLOADS.enter(reader)
    try:
        release = _locked(_file_of(reader))
    except BaseException:
        DOWNLOADS.leave(reader)
        raise

    def end() -> None:
        release()
        DOWNLOADS.leave(reader)

    return end


def _file_of(reader: str) -> Path:
    folder: Path = settings.STATE_DIR / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / hashlib.sha256(reader.encode()).hexdigest()[:32]


def _locked(path: Path) -> Callable[[], None]:
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, handle):
                break
        except BlockingIOError as error:
            os.close(handle)
            raise BusyError from error
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # Who had it has removed it meanwhile.

    def release() -> None:
        path.unlink(missing_ok=True)
        os.close(handle)

    return release


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
