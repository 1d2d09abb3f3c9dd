"""Clock of a house's own processes, moved while they run, as a wrong time server moves it.

The servers of the database and of the broker keep the right time, as on machines of their own.
"""

import struct
from datetime import timedelta
from pathlib import Path

SITE = """
import mmap
import struct
from pathlib import Path

import _time_machine
import time_machine

with (Path(__file__).parent / "ahead").open("rb") as file:
    ahead = mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ)


class MovedClock(time_machine.Traveller):
    def time_ns(self):
        return _time_machine.original_time_ns() + struct.unpack("q", ahead)[0]


time_machine.travel(0).start()
time_machine.traveller_stack[:] = [MovedClock(0, None, True)]
"""
"""What Python runs at its start: each process reads by how much it is moved from shared memory."""


class MovableClock:
    """`settings` are those of the house whose processes go by it; it begins with the machine's time."""

    def __init__(self, folder: Path) -> None:
        self._ahead = folder / "ahead"
        self.set_ahead(timedelta(0))
        (folder / "sitecustomize.py").write_text(SITE)
        self.settings = {"PYTHONPATH": str(folder)}

    def set_ahead(self, by: timedelta) -> None:
        """Of the machine's clock, in every process at once."""
        moved = struct.pack("q", by // timedelta(microseconds=1) * 1_000)
        if not self._ahead.exists():
            self._ahead.write_bytes(moved)
        with self._ahead.open("r+b") as file:
            file.write(moved)
