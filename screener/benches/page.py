"""How long the screener takes to answer: the whole request through every middleware, in process."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import quantiles
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from screener.benches.market import market_of

QUESTIONS: Final = (
    "/",
    "/?q=kind:token+tier:micro",
    "/?q=market_cap<100m+volume>10k+score>30+gate:clear",
    "/?q=quill&sort=name",
    "/?sort=-market_cap&page=20",
)
"""What is asked in turn: everything, a category, four conditions, a search, a deep page."""

ROUNDS: Final = 20


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """One row a size: milliseconds of server time at the median and the 95th percentile, queries of `/`."""
    for size in sizes:
        with market_of(size):
            yield {"assets": size, **_timed()}


def _timed() -> dict[str, float]:
    client = Client(headers={"host": "localhost"})
    with _quiet():
        for question in QUESTIONS:  # The first ones load the universe and compile the templates.
            client.get(question, secure=True)
        with CaptureQueriesContext(connection) as asked:
            client.get("/", secure=True)
        taken = sorted(_ask(client, question) for _ in range(ROUNDS) for question in QUESTIONS)
    cuts = quantiles(taken, n=20)
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1), "queries": len(asked)}


def _ask(client: Client, question: str) -> float:
    begun = time.perf_counter()
    status = client.get(question, secure=True).status_code
    if status != 200:
        raise RuntimeError(f"{question} answered {status}")
    return 1000 * (time.perf_counter() - begun)


@contextmanager
def _quiet() -> Iterator[None]:
    """The log of requests would be most of what is measured."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
