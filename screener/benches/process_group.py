"""Process group of a server that a bench has started: what all of it has used, by Linux's process table."""

import os
from collections.abc import Iterator
from pathlib import Path


def group(pid: int) -> Iterator[Path]:
    """The folders of the processes of the group that this one leads."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(each)[2]) == pid:
                yield each
        except (OSError, ValueError):  # It has ended meanwhile.
            continue


def cpu_s(pid: int) -> float:
    """Seconds of processor time that they have used up to now."""
    ticks = 0
    for each in group(pid):
        try:
            ticks += sum(map(int, _stat(each)[11:13]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[str]:
    """The fields behind the name, which may have spaces: state, parent, group, …, user and system ticks."""
    return (process / "stat").read_text().rpartition(")")[2].split()
