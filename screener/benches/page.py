"""How long the screener takes to answer: the whole request through every middleware, in process.

Each row is a reader (a stranger, or a person with stars, a saved screen and a column set) who asks for
whole pages or for what HTMX asks for, of screens that were asked before (`repeated`) or never (`new`: each
has a limit of its own). `p50_ms` and `p95_ms` are of the clock, `cpu_*` of the processor, which other work
on the machine moves less. `anew_cpu_p50_ms` is the same with nothing kept of what was rendered before, and
`anew_ratio` that over `cpu_p50_ms`. `queries` are those of one page.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from statistics import median, quantiles
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from assets.models import Asset
from screener.benches.market import market_of
from screener.screens.screen import Screen
from screener.services.desk.watchlists import set_star
from screener.services.screening.screens import save_columns, save_screen
from screener.views.kept_fragments import forget_kept

QUESTIONS: Final = (
    "/",
    "/?q=kind:token+tier:micro",
    "/?q=market_cap<100m+volume>10k+score>30+gate:clear",
    "/?q=quill&sort=name",
    "/?sort=-market_cap&page=20",
)
"""What is asked in turn: everything, a category, four conditions, a search, a deep page."""

ROUNDS: Final = 20
STARS: Final = 60

HTMX: Final = {"HX-Request": "true", "HX-Trigger": "query-form"}
ASKED_AS: Final[Mapping[str, Mapping[str, str]]] = {"page": {}, "fragment": HTMX}


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """Eight rows a size, by reader, by what is asked for, and by whether it was asked before."""
    for size in sizes:
        # With DEBUG every query is remembered, which no server does that others use.
        with override_settings(DEBUG=False), market_of(size), without_log():
            for reader, client in _readers().items():
                for part, headers in ASKED_AS.items():
                    for screens, asked in (("repeated", _repeated), ("new", _new_screens())):
                        asks = {"assets": size, "reader": reader, "part": part, "screens": screens}
                        yield {**asks, **_timed(client, headers, asked)}


def new_screens(place: int) -> tuple[str, ...]:
    """As many questions of the same kinds, with a limit that no other place has."""
    return (
        f"/?{urlencode({'q': f'score>{place / 1_000}'})}",
        f"/?{urlencode({'q': f'kind:token market_cap<{100_000 + place}k'})}",
        f"/?{urlencode({'q': f'market_cap<{100_000 + place}k volume>10k score>30 gate:clear'})}",
        f"/?{urlencode({'q': f'quill score>{place / 1_000}', 'sort': 'name'})}",
        f"/?{urlencode({'q': f'volume>{place}', 'sort': '-market_cap', 'page': 20})}",
    )


def _repeated() -> tuple[str, ...]:
    return QUESTIONS


def _new_screens() -> Callable[[], tuple[str, ...]]:
    places = count(1)
    return lambda: new_screens(next(places))


def _readers() -> Mapping[str, Client]:
    person = get_user_model().objects.create_user("bench")
    for asset in Asset.objects.order_by("pk")[:STARS]:
        set_star(user=person, asset=asset, watched=True)
    save_screen(user=person, name="Mine", screen=Screen())
    save_columns(user=person, name="Mine", columns=("price", "volume"))
    readers = {each: Client(headers={"host": "localhost"}) for each in ("stranger", "person")}
    readers["person"].force_login(person)
    return readers


def _timed(
    client: Client, headers: Mapping[str, str], asked: Callable[[], tuple[str, ...]]
) -> dict[str, float]:
    for question in asked():  # The first ones load the universe and compile the templates.
        _ask(client, question, headers)
    with CaptureQueriesContext(connection) as captured:
        _ask(client, asked()[0], headers)
    queries = len(captured)  # Now: the next request empties the list.
    taken = [_ask(client, question, headers) for _ in range(ROUNDS) for question in asked()]
    anew = [_ask_anew(client, question, headers) for _ in range(ROUNDS // 4) for question in asked()]
    cpu_ms = median(cpu for _wall, cpu in taken)
    anew_ms = median(cpu for _wall, cpu in anew)
    return {
        **_cuts("", [wall for wall, _cpu in taken]),
        **_cuts("cpu_", [cpu for _wall, cpu in taken]),
        "anew_cpu_p50_ms": round(anew_ms, 1),
        "anew_ratio": round(anew_ms / cpu_ms, 1),
        "queries": queries,
    }


def _cuts(name: str, taken: list[float]) -> dict[str, float]:
    cuts = quantiles(taken, n=20)
    return {f"{name}p50_ms": round(cuts[9], 1), f"{name}p95_ms": round(cuts[18], 1)}


def _ask_anew(client: Client, question: str, headers: Mapping[str, str]) -> tuple[float, float]:
    forget_kept()
    return _ask(client, question, headers)


def _ask(client: Client, question: str, headers: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    status = client.get(question, headers=headers, secure=True).status_code
    taken = 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)
    if status != 200:
        raise RuntimeError(f"{question} answered {status}")
    return taken


@contextmanager
def without_log() -> Iterator[None]:
    """The log of requests would be most of what is measured."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
