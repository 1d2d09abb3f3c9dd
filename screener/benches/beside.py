"""Those beside an attack: a health check, a reader at another address, and whoever watches memory and files.

They are a process of their own: threads beside those who attack would wait for them, not for the server.
"""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

from screener.benches.process_group import group
from screener.benches.strangers import NO_ANSWER
from screener.supervisor.address import HOST

ROOT: Final = Path(__file__).parents[2]
EVERY_S: Final = 0.1
PATIENCE_S: Final = 60

READER: Final = (
    "/",
    "/?q=market_cap%3C100m+score%3E30&sort=-market_cap",
    "/?q=quill&page=2",
    "/assets/asset-7/",
)
"""What a person looks at meanwhile."""

ELSEWHERE: Final = "127.0.0.2" if sys.platform == "linux" else HOST
"""Where the reader asks from; other systems have one address of their own only."""


@dataclass(slots=True)
class Beside:
    """What the others noticed of an attack; `disk_mb` beyond what was there before."""

    healthz_ms: list[float] = field(default_factory=list)
    reader_ms: list[float] = field(default_factory=list)
    reader_errors: int = 0
    rss_mb: float = 0.0
    disk_mb: float = 0.0


@contextmanager
def watched(port: int, pid: int, folder: Path) -> Iterator[Beside]:
    """Ask for health, read pages and look at memory until the attack has ended; filled in then."""
    beside = Beside()
    watching = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", __name__, str(port), str(pid), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert watching.stdout is not None  # noqa: S101 - opened with a pipe
    watching.stdout.readline()
    try:
        yield beside
    finally:
        said, _errors = watching.communicate(timeout=2 * PATIENCE_S)
        for name, value in json.loads(said).items():
            setattr(beside, name, value)


def timed(port: int, address: str, *, source: str = HOST) -> tuple[int, float]:
    """Status and milliseconds; no answer counts as the patience that it took."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S, source_address=(source, 0))
    try:
        connection.request("GET", address, headers={"Host": "localhost"})
        response = connection.getresponse()
        response.read()
        status = response.status
    except (OSError, http.client.HTTPException):
        status = NO_ANSWER
    finally:
        connection.close()
    return status, 1_000 * (time.monotonic() - begun)


def rss_mb(pid: int) -> float:
    """Memory of all processes of the server, without what they share."""
    total = 0
    for each in group(pid):
        try:
            lines = (each / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1_000


def disk_mb(pid: int, folder: Path) -> float:
    """What is in temporary files, those without a name too."""
    total = 0
    for each in group(pid):
        for opened in (each / "fd").glob("*"):
            try:
                if str(opened.readlink()).startswith(str(folder)) and "sqlite" not in opened.readlink().name:
                    total += opened.stat().st_size
            except OSError:
                continue
    return total / 1e6


# In a process of its own ----------------------------------------------------------------


def _watch(port: int, pid: int, folder: Path) -> Beside:
    """Until somebody closes our input."""
    beside, ended = Beside(), threading.Event()
    before_mb = disk_mb(pid, folder)

    def health() -> None:
        while not ended.wait(EVERY_S):
            beside.healthz_ms.append(timed(port, "/healthz", source=ELSEWHERE)[1])

    def reader() -> None:
        for visit in count():
            if ended.wait(EVERY_S):
                return
            status, taken_ms = timed(port, READER[visit % len(READER)], source=ELSEWHERE)
            beside.reader_ms.append(taken_ms)
            beside.reader_errors += status != http.client.OK

    def memory() -> None:
        while not ended.wait(EVERY_S):
            beside.rss_mb = max(beside.rss_mb, rss_mb(pid))
            beside.disk_mb = max(beside.disk_mb, disk_mb(pid, folder) - before_mb)

    threads = [threading.Thread(target=each) for each in (health, reader, memory)]
    for each in threads:
        each.start()
    sys.stdin.read()
    ended.set()
    for each in threads:
        each.join()
    return beside


if __name__ == "__main__":
    sys.stdout.write("watching\n")
    sys.stdout.flush()
    sys.stdout.write(json.dumps(asdict(_watch(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))) + "\n")
