"""What a stranger can stop: attacks on a server of production, with a reader and a health check beside them.

The server is the one of `bench load`, on a market of its own with notes and a log-in. Each attack goes on
for a while; meanwhile `/healthz` is asked every tenth of a second and a reader opens the screener and pages
of it. `worst_ms` is the longest that any request of the attack took to its last byte (who stalls:
to the first), `refused` how many were answered by 4xx or 5xx or cut off, `unanswered` who waited in vain.
`healthz_worst_ms` and `reader_p95_ms` are those beside it; `peak_rss_mb` is the memory of all processes of
the server, `rss_before_mb` the same before the attack, `peak_disk_mb` what it kept in temporary files. All
of it shares this machine.
"""

import asyncio
import http.client
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

from screener.benches.attacks import ATTACKS, Attack
from screener.benches.databases import databases as installed
from screener.benches.databases import in_its_own_process, new_database
from screener.benches.load import production, serving
from screener.benches.strangers import CUT_OFF, NO_ANSWER, AttackAnswer, flood
from screener.supervisor.address import HOST

EVERY_S: Final = 0.1
SETTLED_S: Final = 2.0
"""Between two attacks."""

PATIENCE_S: Final = 60
WARM_UP: Final = 32
"""Requests before anything is measured, so that every process has its columns and templates."""
NOTES: Final = 500
LONG_NOTE: Final = 19_000
REVISIONS: Final = 21

READER: Final = (
    "/",
    "/?q=market_cap%3C100m+score%3E30&sort=-market_cap",
    "/?q=quill&page=2",
    "/assets/asset-7/",
)
"""What a person looks at meanwhile."""


@dataclass(slots=True)
class Beside:
    """What the others noticed of an attack; `disk_mb` beyond what was there before."""

    healthz_ms: list[float] = field(default_factory=list)
    reader_ms: list[float] = field(default_factory=list)
    reader_errors: int = 0
    rss_mb: float = 0.0
    disk_mb: float = 0.0


def measure(
    sizes: list[int], *, seconds: int, attacks: Sequence[str] = (), databases: Sequence[str] = ()
) -> Iterator[Mapping[str, Any]]:
    """A row for each attack, on each database there is unless some are named."""
    chosen = [ATTACKS[name] for name in attacks or ATTACKS]
    for size in sizes:
        for database in databases or installed():
            with new_database(database) as url, TemporaryDirectory(prefix="assay-abuse-") as folder:
                env = production(url, state=folder) | {"TMPDIR": folder}
                made = in_its_own_process(__name__, str(size), url=url, env=env)
                with serving(env) as (port, (server,)):
                    for visit in range(WARM_UP):
                        _timed(port, READER[visit % len(READER)])
                    for attack in chosen:
                        row = _attacked(port, attack, made["cookies"], server.pid, Path(folder), seconds)
                        yield {"database": database, "assets": size, **row}


def _attacked(
    port: int, attack: Attack, cookies: str, pid: int, folder: Path, seconds: int
) -> dict[str, Any]:
    numbers, before_mb = count(1), _rss_mb(pid)
    with _watched(port, pid, folder) as beside:
        answers = asyncio.run(
            flood(port, lambda: attack.asked(next(numbers), cookies), at_once=attack.at_once, seconds=seconds)
        )
    time.sleep(SETTLED_S)
    return _row(attack, answers, beside) | {"rss_before_mb": round(before_mb)}


def _row(attack: Attack, answers: Sequence[AttackAnswer], beside: Beside) -> dict[str, Any]:
    reader = beside.reader_ms
    return {
        "attack": attack.name,
        "requests": len(answers),
        "worst_ms": round(max((each.taken_ms for each in answers), default=0)),
        "healthz_worst_ms": round(max(beside.healthz_ms, default=0)),
        "peak_rss_mb": round(beside.rss_mb),
        "refused": sum(each.status >= http.client.BAD_REQUEST or each.status == CUT_OFF for each in answers),
        "unanswered": sum(each.status == NO_ANSWER for each in answers),
        "statuses": " ".join(f"{each}" for each in sorted({each.status for each in answers})),
        "reader_p95_ms": round(quantiles(reader, n=20)[18]) if len(reader) > 1 else round(sum(reader)),
        "reader_errors": beside.reader_errors,
        "peak_disk_mb": round(beside.disk_mb),
    }


# Those beside it ------------------------------------------------------------------------


@contextmanager
def _watched(port: int, pid: int, folder: Path) -> Iterator[Beside]:
    """Ask for health, read pages and look at memory until the attack has ended."""
    beside, ended = Beside(), threading.Event()
    disk_mb = _disk_mb(pid, folder)

    def health() -> None:
        while not ended.wait(EVERY_S):
            beside.healthz_ms.append(_timed(port, "/healthz")[1])

    def reader() -> None:
        for visit in count():
            if ended.wait(EVERY_S):
                return
            status, taken_ms = _timed(port, READER[visit % len(READER)])
            beside.reader_ms.append(taken_ms)
            beside.reader_errors += status != http.client.OK

    def memory() -> None:
        while not ended.wait(EVERY_S):
            beside.rss_mb = max(beside.rss_mb, _rss_mb(pid))
            beside.disk_mb = max(beside.disk_mb, _disk_mb(pid, folder) - disk_mb)

    threads = [threading.Thread(target=each, daemon=True) for each in (health, reader, memory)]
    for each in threads:
        each.start()
    try:
        yield beside
    finally:
        ended.set()
        for each in threads:
            each.join(PATIENCE_S)


def _timed(port: int, address: str) -> tuple[int, float]:
    """Status and milliseconds; no answer counts as the patience that it took."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
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


def _group(pid: int) -> Iterator[Path]:
    """The processes of the group that this one leads."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if int((each / "stat").read_text().rpartition(")")[2].split()[2]) == pid:
                yield each
        except (OSError, ValueError):  # It has ended meanwhile.
            continue


def _rss_mb(pid: int) -> float:
    """Memory of all processes of the server, without what they share."""
    total = 0
    for each in _group(pid):
        try:
            lines = (each / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1_000


def _disk_mb(pid: int, folder: Path) -> float:
    """What is in temporary files, those without a name too."""
    total = 0
    for each in _group(pid):
        for opened in (each / "fd").glob("*"):
            try:
                if str(opened.readlink()).startswith(str(folder)) and "sqlite" not in opened.readlink().name:
                    total += opened.stat().st_size
            except OSError:
                continue
    return total / 1e6


# In a process of its own ----------------------------------------------------------------


def _prepare(size: int) -> Mapping[str, str]:
    """The market, and a person of the staff with notes; returns the cookies of their log-in."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from assets.models import Asset
    from screener.benches.market import fill
    from screener.models import Note, NoteRevision

    call_command("collectstatic", verbosity=0, interactive=False)
    fill(size)
    user = User.objects.create_user("reader", password=os.urandom(16).hex(), is_staff=True)
    now, asset = timezone.now(), Asset.objects.order_by("pk")[0]
    text = "a b c d e f g h " * (LONG_NOTE // 16)
    notes = [Note(owner=user, asset=asset, body=text, created_at=now, edited_at=now) for _ in range(NOTES)]
    notes = Note.objects.bulk_create(notes, batch_size=100)
    texts = [
        "\n".join(str((place * 7 + turn * 31) % 997) for place in range(1_900)) for turn in range(REVISIONS)
    ]
    NoteRevision.objects.bulk_create(
        NoteRevision(note=each, body=text, written_at=now)
        for each in notes
        for text in (texts if each is notes[0] else [text])
    )
    client = Client()
    client.force_login(user)
    return {"cookies": f"sessionid={client.cookies['sessionid'].value}"}


def main() -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps(_prepare(int(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
