"""Visits of the load bench: what a person asks one thing after the other, and how long each answer takes."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import httpx2

from screener.supervisor.address import HOST

PATIENCE_S: Final = 60
HTMX: Final = {"HX-Request": "true"}
Address = tuple[str, Mapping[str, str]]
Browser = httpx2.AsyncClient


@dataclass(slots=True)
class LoadResult:
    """Response times, errors, and how often who watches saw new scorecards."""

    taken_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    newest: int = 0
    deltas: int = 0


@asynccontextmanager
async def browser(port: int, connections: int, *, patience_s: float = PATIENCE_S) -> AsyncIterator[Browser]:
    limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
    address = f"http://{HOST}:{port}"
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=patience_s) as client:
        yield client


async def person(client: Browser, place: int, result: LoadResult, until: float, thinking_s: float) -> None:
    dice = random.Random(place)  # noqa: S311 - a game
    while True:
        for address, headers in visit(dice):
            await asyncio.sleep(dice.uniform(0, thinking_s))
            begun = time.monotonic()
            if begun > until:
                return
            try:
                response = await client.get(address, headers=headers)
            except httpx2.HTTPError as error:
                result.errors.append(f"{address}: {error!r}")
                continue
            if response.status_code == httpx2.codes.OK:
                result.taken_ms.append(1000 * (time.monotonic() - begun))
            else:
                result.errors.append(f"{address}: {response.status_code}")


def visit(dice: random.Random) -> Iterator[Address]:
    """From the first page to the last: a preset, limits in the panel, a query, an order, further pages."""
    cap, top, score = dice.randint(1, 900), dice.randint(10, 90), dice.randint(5, 80)
    query = f"market_cap<{cap}m and top10_adj<{top}% and gate:clear"
    kind = dice.choice(("token", "equity"))
    yield "/", {}
    panel = {"kind": kind, "market_cap_max": f"{cap}m"}
    for more in ({}, {"score_min": str(score)}, {"score_min": str(score), "gates": "clear"}):
        yield f"/?{urlencode(panel | more)}", {**HTMX, "HX-Trigger": "filters"}
    yield f"/?{urlencode({'q': query})}", {**HTMX, "HX-Trigger": "query-form"}
    for sort in ("-market_cap", "exit_days", "name"):
        yield f"/?{urlencode({'q': query, 'sort': sort})}", HTMX
    for page in (2, 3, dice.randint(4, 200)):
        yield f"/?{urlencode({'q': query, 'page': page})}", HTMX
    yield f"/?{urlencode({'q': f'{query} and exit_days<{score}', 'columns': 'price,volume'})}", {}
