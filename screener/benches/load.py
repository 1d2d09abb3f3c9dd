"""How the web server holds up under many people at once, while scorecards are written.

The server is the one of production, with its two processes, on a free port and a database of its own; a
further process scores two hundred assets a second anew, as a refresh does. Each person asks one thing
after the other, whole pages and what HTMX asks for, and looks at it for a moment or not at all. All of
it shares this machine: `server_cpu_ms` and `client_cpu_ms` are what a request costs of the processor on
either side, `writer_cpu_share` is what the writer takes of one, and `cores_used` is all of it together.
`healthz_rps` is what the same people get of the front alone, which makes no page: the ratio `to_healthz`
compares runs on different machines. `deltas_applied` tells how often a reader who looks every second saw
new scorecards: the columns in memory were renewed at least that often.
"""

import asyncio
import csv
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from screener.admission.lanes import PAGES_OF_A_PROCESS
from screener.benches.databases import SQLITE, in_its_own_process, new_database
from screener.benches.process_group import cpu_s
from screener.benches.visits import Browser, LoadResult, browser, person
from screener.supervisor.address import free_port
from screener.supervisor.child import ChildProcess, ServiceError
from screener.supervisor.watchdog import Watchdog

ROOT: Final = Path(__file__).parents[2]
FIRST_PORT: Final = 8_900
PATIENCE_S: Final = 60
COLUMNS_S: Final = 900
"""The first page of each process reads the columns of all assets, which on a busy machine takes minutes."""

HEALTH_S: Final = 3

SCORED_PER_S: Final = 200
MARK: Final = 10**12
"""Prices of what is scored meanwhile: this and the number of the second."""

THINKING_S: Final = (1.0, 0.0)
"""A person looks at an answer for this long at most; all of it is measured for each."""


def measure(sizes: list[int], *, users: int, seconds: int) -> Iterator[Mapping[str, Any]]:
    """Two rows for each size: people who think for up to a second, and people who never do."""
    for size in sizes:
        with new_database(SQLITE) as url:
            env = production(url)
            in_its_own_process(__name__, "prepare", str(size), url=url, env=env)
            writer = (sys.executable, "-m", __name__, "write", str(size))
            with serving(env, ("writer", writer)) as (port, children):
                asyncio.run(_until_warm(port))
                health_rps = asyncio.run(_health_rps(port, users=users))
                for thinking_s in THINKING_S:
                    before = _cpu_s(children)
                    result = asyncio.run(_asked(port, users=users, seconds=seconds, thinking_s=thinking_s))
                    row = _row(result, seconds)
                    yield {
                        "assets": size,
                        "users": users,
                        "thinking_s": thinking_s,
                        "seconds": seconds,
                        **row,
                        **_cost(before, _cpu_s(children), requests=row["requests"], seconds=seconds),
                        "healthz_rps": round(health_rps, 1),
                        "to_healthz": round(row["rps"] / health_rps, 3),
                    }


def _cpu_s(children: list[ChildProcess]) -> tuple[float, float, float]:
    """Of the server, the writer and ourselves."""
    server, writer = (cpu_s(each.pid) for each in children)
    return server, writer, time.process_time()


def _cost(
    before: tuple[float, ...], after: tuple[float, ...], *, requests: int, seconds: int
) -> dict[str, float]:
    server, writer, client = (now - then for then, now in zip(before, after, strict=True))
    return {
        "server_cpu_ms": round(1000 * server / max(1, requests), 2),
        "client_cpu_ms": round(1000 * client / max(1, requests), 2),
        "writer_cpu_share": round(writer / seconds, 2),
        "cores_used": round((server + writer + client) / seconds, 2),
    }


def _row(result: LoadResult, seconds: int) -> dict[str, Any]:
    asked = len(result.taken_ms) + len(result.errors)
    cuts = quantiles(result.taken_ms, n=100) if len(result.taken_ms) > 1 else [0.0] * 99
    return {
        "requests": asked,
        "rps": round(asked / seconds, 1),
        **{f"p{place}_ms": round(cuts[place - 1], 1) for place in (50, 95, 99)},
        "errors": len(result.errors),
        "error_rate": round(len(result.errors) / max(1, asked), 5),
        "first_error": next(iter(result.errors), ""),
        "deltas_applied": result.deltas,
    }


# The server and who writes meanwhile -----------------------------------------------------


def production(url: str, *, state: str = "") -> dict[str, str]:
    """The environment of a server in production, but without TLS, of whose proxy nothing is measured.

    `state` is the state folder; without one it is that of the SQLite file.
    """
    return {
        "ASSAY_DATABASE_URL": url,
        "ASSAY_STATE_DIR": state or str(Path(url.removeprefix("sqlite:///")).parent),
        "ASSAY_DEBUG": "false",
        "ASSAY_SECRET_KEY": secrets.token_urlsafe(50),
        "ASSAY_HTTPS_ONLY": "false",
    }


@contextmanager
def serving(
    env: Mapping[str, str], *beside: tuple[str, tuple[str, ...]]
) -> Iterator[tuple[int, list[ChildProcess]]]:
    """The port of a server that answers, and its processes: the web server, then what runs `beside` it."""
    from screener.supervisor.services import web

    port = free_port(FIRST_PORT)
    server = web(port)
    watchdog, children = Watchdog(), []
    try:
        for name, argv in (("web", server.argv), *beside):
            children.append(ChildProcess(name, argv, watchdog=watchdog, env={**os.environ, **env}, cwd=ROOT))
        give_up_at = time.monotonic() + PATIENCE_S
        while not server.answers():
            if time.monotonic() > give_up_at or not children[0].is_alive:
                raise ServiceError("The web server does not answer:\n" + "\n".join(children[0].last_lines))
            time.sleep(0.1)
        yield port, children
        if not all(child.is_alive for child in children):
            last = [line for child in children for line in child.last_lines]
            raise ServiceError("The server or the writer has ended meanwhile:\n" + "\n".join(last))
    finally:
        for child in children:
            child.end(grace_s=server.grace_s)
        watchdog.close()


# The people ------------------------------------------------------------------------------


async def _until_warm(port: int, *, patience_s: float = COLUMNS_S) -> None:
    """Until every place of every process has answered with a page; `ServiceError` where it takes too long."""
    places = settings.PAGE_PROCESSES * PAGES_OF_A_PROCESS
    give_up_at = time.monotonic() + patience_s
    async with browser(port, places, patience_s=patience_s) as client:
        while True:
            answers = await asyncio.gather(*(client.get("/") for _place in range(places)))
            statuses = [answer.status_code for answer in answers]
            if set(statuses) == {HTTPStatus.OK}:
                return
            if time.monotonic() > give_up_at:
                raise ServiceError(f"The first pages are still refused after {patience_s:.0f} s: {statuses}")
            await asyncio.sleep(1)


async def _asked(port: int, *, users: int, seconds: int, thinking_s: float) -> LoadResult:
    result = LoadResult()
    async with browser(port, users + 1) as client:
        until = time.monotonic() + seconds
        people = (person(client, place, result, until, thinking_s) for place in range(users))
        await asyncio.gather(_watching(client, result, until), *people)
    return result


async def _health_rps(port: int, *, users: int) -> float:
    """Requests a second of as many people who ask for nothing but whether the server is there."""
    until, answers = time.monotonic() + HEALTH_S, 0

    async def asking(client: Browser) -> None:
        nonlocal answers
        while time.monotonic() < until:
            (await client.get("/healthz")).raise_for_status()
            answers += 1

    async with browser(port, users) as client:
        await asyncio.gather(*(asking(client) for _person in range(users)))
    return answers / HEALTH_S


async def _watching(client: Browser, result: LoadResult, until: float) -> None:
    """Look every second for the newest of the scorecards that are written meanwhile."""
    while time.monotonic() < until:
        words = {"q": f"price>{MARK + result.newest}", "columns": "price", "format": "csv"}
        response = await client.get(f"/screen/export/?{urlencode(words)}")
        response.raise_for_status()
        rows = [*csv.DictReader(response.text.splitlines())]
        if rows:
            result.newest = max(round(float(row["price_usd"])) for row in rows) - MARK
            result.deltas += 1
        await asyncio.sleep(1)


# In processes of their own ---------------------------------------------------------------


def _prepare(size: int) -> None:
    from django.core.management import call_command

    from screener.benches.market import fill

    call_command("collectstatic", verbosity=0, interactive=False)
    fill(size)


def _write(size: int) -> None:
    """Score assets anew, so many a second, until somebody ends it."""
    from screener.benches.market import score_again

    for second in count(1):
        begun = time.monotonic()
        first = (second - 1) * SCORED_PER_S
        score_again(
            sorted({(first + each) % size + 1 for each in range(SCORED_PER_S)}),
            seed=second,
            figures={"price_usd": float(MARK + second)},
        )
        time.sleep(max(0.0, begun + 1 - time.monotonic()))


def main() -> None:
    import django

    django.setup()
    stage, size = sys.argv[1:]
    {"prepare": _prepare, "write": _write}[stage](int(size))
    sys.stdout.write(json.dumps({}) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
