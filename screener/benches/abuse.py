"""What a stranger can stop: attacks on a server of production, with a reader and a health check beside them.

The server is the one of `bench load`, on a market of its own with notes and a log-in. Each attack goes on
for a while; meanwhile `/healthz` is asked every tenth of a second and a reader at another address opens the
screener and pages of it (`benches.beside`). `worst_ms` is the longest that any request of the attack took to
its last byte (who stalls: to the first), `refused` how many were answered by 4xx or 5xx or cut off,
`unanswered` who waited in vain. `healthz_worst_ms` and `reader_p95_ms` are those beside it; `peak_rss_mb` is
the memory of all processes of the server, `rss_before_mb` the same before the attack, `peak_disk_mb` what it
kept in temporary files. All of it shares this machine.
"""

import asyncio
import http.client
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

from screener.benches.attacks import ATTACKS, Attack
from screener.benches.beside import READER, Beside, rss_mb, timed, watched
from screener.benches.databases import databases as installed
from screener.benches.databases import in_its_own_process, new_database
from screener.benches.load import production, serving
from screener.benches.strangers import CUT_OFF, NO_ANSWER, AttackAnswer, flood

SETTLED_S: Final = 2.0
"""Between two attacks."""

WARM_UP: Final = 32
"""Requests before anything is measured, so that every process has its columns and templates."""
NOTES: Final = 500
LONG_NOTE: Final = 19_000
REVISIONS: Final = 21


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
                        timed(port, READER[visit % len(READER)])
                    for attack in chosen:
                        row = _attacked(port, attack, made["cookies"], server.pid, Path(folder), seconds)
                        yield {"database": database, "assets": size, **row}


def _attacked(
    port: int, attack: Attack, cookies: str, pid: int, folder: Path, seconds: int
) -> dict[str, Any]:
    numbers, before_mb = count(1), rss_mb(pid)
    with watched(port, pid, folder) as beside:
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


# In a process of its own ----------------------------------------------------------------


def _prepare(size: int) -> Mapping[str, str]:
    """The market, and a person of the staff with notes; returns the cookies of their log-in."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from assets.models import Asset
    from screener.benches.asset import large_asset
    from screener.benches.market import fill
    from screener.benches.page_attacks import SLUG
    from screener.models import Note, NoteRevision

    call_command("collectstatic", verbosity=0, interactive=False)
    fill(size)
    Asset.objects.filter(pk=large_asset().pk).update(slug=SLUG)
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
