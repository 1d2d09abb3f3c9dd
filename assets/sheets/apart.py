"""Reading of workbooks in a process of its own, with hard limits of time and memory.

A workbook is an archive of XML written by anybody: what slips through the limits of its sizes ends here, not
in the process that answers everybody else. CSV is read line by line and needs no such care.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from assets.sheets.tables import ANYTHING, XLSX, SheetTable, Wanted, read_table
from assets.sheets.tables_as_json import order_read, order_written, refusal_read, table_read, table_written
from assets.sourcing.contract import UnreadableError

ROOT: Final = Path(__file__).parents[2]
WITHIN_S: Final = 30
"""The largest that is allowed takes some ten seconds of a processor."""

MOST_MEMORY_BYTES: Final = 2_000_000_000
REFUSED: Final = 3
"""How the process ends whose output is why the file can't be read."""


def read_table_apart(
    body: bytes, format_name: str, wanted: Wanted = ANYTHING, *, within_s: float = WITHIN_S
) -> SheetTable:
    """`read_table`; `UnreadableError` also where it takes too long or too much memory."""
    if format_name != XLSX:
        return read_table(body, format_name, wanted)
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__],
            input=order_written(body, wanted),
            capture_output=True,
            timeout=within_s,
            check=False,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            "To read the file takes longer than %(most)s seconds. Copy the columns into a new workbook.",
            most=f"{within_s:g}",
        ) from error
    if done.returncode == REFUSED:
        raise UnreadableError(refusal_read(done.stdout))
    if done.returncode:
        raise UnreadableError("The file takes too much memory to be read. Split it.")
    return table_read(done.stdout)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (WITHIN_S, WITHIN_S))
    body, wanted = order_read(sys.stdin.buffer.read())
    try:
        sys.stdout.buffer.write(table_written(read_table(body, XLSX, wanted)))
    except UnreadableError as refusal:
        sys.stdout.buffer.write(json.dumps(str(refusal)).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
