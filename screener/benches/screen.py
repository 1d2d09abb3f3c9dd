"""How fast a screen is answered, beside NumPy by hand, DuckDB, SQLite and Datasette on the same columns.

The question has five conditions and a limit or more that is different each time, so that nothing kept of
before is of use. `ours_ms`, `numpy_ms`, `duckdb_ms` and `sqlite_ms` are its count and the ids of its first
page by score; `ours_histograms_ms` has the histograms and counts of every filter as well. Requests go
through every middleware, in process: `request_*` are whole pages, `fragment_*` what HTMX asks for,
`later_page_*` pages in the middle and at the end. `datasette_ratio` is Datasette's page of the same rows
without facets, at the median, over our whole page of that question; `datasette_facets_ratio` with
facets of the same categories. `load_s` is the first answer of the universe from the database,
`restart_s` from the file beside it, `rss_mb` the peak of the process that answered the requests.
Each stage has a process of its own.
"""

import json
import logging
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from screener.benches.databases import SQLITE, in_its_own_process, new_database

if TYPE_CHECKING:  # Nothing of Django is loaded before the process of a stage has its database.
    from django.test import Client

    from screener.benches.rivals import Rival
    from screener.screens.table import Table

ROUNDS: Final = 25
"""So many different questions are asked."""
SLOW_ROUNDS: Final = 5
"""The same of Datasette, whose pages take seconds."""

Address = tuple[str, Mapping[str, str]]
"""A path with its query, and the headers it is asked with."""


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """One row for each size."""
    for size in sizes:
        with new_database(SQLITE) as url:
            parts = [in_its_own_process(__name__, stage, str(size), url=url) for stage in STAGES]
        row = {name: value for each in parts for name, value in each.items()}
        yield {"assets": size, **row}


# In the process of one stage ------------------------------------------------------------


def _fill(size: int) -> Mapping[str, Any]:
    from screener.benches.market import fill

    begun = time.perf_counter()
    fill(size)
    return {"fill_s": round(time.perf_counter() - begun, 1)}


def _load(size: int) -> Mapping[str, Any]:
    table, seconds = _universe(size)
    return {
        "load_s": round(seconds, 2),
        "load_rss_mb": _peak_mb(),
        "bytes_per_asset": round(table.nbytes / size),
    }


def _serve(size: int) -> Mapping[str, Any]:
    _table, seconds = _universe(size)
    whole, fragments, later = (
        _requests_ms([address for place in range(ROUNDS) for address in addresses(place)])
        for addresses in (_whole_pages, _fragments, _later_pages)
    )
    return {
        "restart_s": round(seconds, 3),
        "request_p50_ms": round(median(whole), 1),
        "request_p95_ms": _p95(whole),
        "fragment_p50_ms": round(median(fragments), 1),
        "fragment_p95_ms": _p95(fragments),
        "later_page_p50_ms": round(median(later), 1),
        "later_page_p95_ms": _p95(later),
        "rss_mb": _peak_mb(),
    }


def _compare(size: int) -> Mapping[str, Any]:
    from screener.benches import rivals

    table, _seconds = _universe(size)
    columns, file = rivals.columns_of(table), _folder() / "columns.sqlite3"
    rivals.write_sqlite(columns, file)
    those = {
        "ours": rivals.ours(table),
        "numpy": rivals.by_hand(table),
        "duckdb": rivals.duckdb_of(columns),
        "sqlite": rivals.sqlite_of(file),
    }
    found = _compared_ms(those)
    questions = {each: those["ours"](each).count for each in map(rivals.Question.varied, range(SLOW_ROUNDS))}
    page = median(_requests_ms([_five_conditions(place) for place in range(ROUNDS)]))
    plain, faceted = (
        median(rivals.datasette_pages_ms(file, questions, more)[1:])
        for more in (rivals.PLAIN, rivals.WITH_FACETS)
    )
    return {
        **{f"{name}_ms": round(taken, 3) for name, taken in found.items()},
        "ours_histograms_ms": round(_with_histograms_ms(table), 3),
        "ours_to_numpy": round(found["ours"] / found["numpy"], 2),
        "duckdb_to_ours": round(found["duckdb"] / found["ours"], 2),
        "datasette_ratio": round(plain / page, 2),
        "datasette_facets_ratio": round(faceted / page, 2),
    }


def _compared_ms(those: Mapping[str, "Rival"]) -> dict[str, float]:
    """The median of each, asked in a new order every time; all of them must find the same."""
    from screener.benches.rivals import Question

    taken: dict[str, list[float]] = {name: [] for name in those}
    dice = random.Random(0)  # noqa: S311 - an order
    for place in range(ROUNDS + 1):
        question, answers = Question.varied(place), {}
        for name in dice.sample(list(those), len(those)):
            begun = time.perf_counter()
            answers[name] = those[name](question)
            taken[name].append(1000 * (time.perf_counter() - begun))
        if len(set(answers.values())) > 1:
            raise RuntimeError(f"{question} has different answers: {answers}")
    return {name: median(times[1:]) for name, times in taken.items()}  # The first one warms up.


def _with_histograms_ms(table: "Table") -> float:
    from screener.benches.rivals import Question
    from screener.screens.evaluate import Context
    from screener.screens.histograms import Counter
    from screener.services.screening.run_screen import select

    counter, taken = Counter(table), []
    for place in range(ROUNDS + 1):
        begun = time.perf_counter()
        select(table, counter, Question.varied(place).condition, Context(now_s=time.time()))
        taken.append(1000 * (time.perf_counter() - begun))
    return median(taken[1:])


# Requests -------------------------------------------------------------------------------


def _five_conditions(place: int) -> Address:
    from screener.benches.rivals import Question
    from screener.screens.query import written

    return "/?" + urlencode({"q": written(Question.varied(place).condition)}), {}


def _whole_pages(place: int) -> Iterator[Address]:
    yield _five_conditions(place)
    yield "/?" + urlencode({"q": f"market_cap<{500_000 + place}k", "sort": "-volume"}), {}
    yield "/?" + urlencode({"q": f"score>{30 + place / 100} or known:runway", "sort": "exit_days"}), {}


def _fragments(place: int) -> Iterator[Address]:
    """What the panel and the query line ask for."""
    panel = {"kind": "token", "market_cap_max": f"{90_000 + place}k", "score_min": str(20 + place / 100)}
    yield "/?" + urlencode(panel), {"HX-Request": "true", "HX-Trigger": "filters"}
    query = {"q": f"top10_adj<{40 + place / 100}% and gate:clear", "sort": "name"}
    yield "/?" + urlencode(query), {"HX-Request": "true", "HX-Trigger": "query-form"}


def _later_pages(place: int) -> Iterator[Address]:
    """Of most of the assets a page in the middle, and the last one."""
    from screener.services.screening.run_screen import PAGE_SIZE
    from screener.universe.live import UNIVERSE

    query = f"score>{20 + place / 100}"
    last = len(UNIVERSE.table()) // PAGE_SIZE + 1
    for page in (max(1, last // 2), last):
        yield "/?" + urlencode({"q": query, "page": page}), {}
        yield "/?" + urlencode({"q": f"{query}1", "page": page, "sort": "-market_cap"}), {}


def _requests_ms(addresses: list[Address]) -> list[float]:
    """The first request loads and compiles what the others find ready; it is not counted."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    _request_ms(client, addresses[0])
    return [_request_ms(client, each) for each in addresses[1:]]


def _request_ms(client: "Client", asked: Address) -> float:
    address, headers = asked
    begun = time.perf_counter()
    status = client.get(address, headers=headers, secure=True).status_code
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")
    return 1000 * (time.perf_counter() - begun)


# What stages share ----------------------------------------------------------------------


def _universe(size: int) -> tuple["Table", float]:
    """The table, and how many seconds that took."""
    from screener.universe.live import UNIVERSE

    begun = time.perf_counter()
    table = UNIVERSE.table()
    if len(table) != size:
        raise RuntimeError(f"The universe has {len(table)} assets instead of {size}.")
    return table, time.perf_counter() - begun


def _folder() -> Path:
    """Where the database of the bench stands."""
    from django.conf import settings

    return Path(settings.DATABASES["default"]["NAME"]).parent


def _p95(taken: list[float]) -> float:
    return round(quantiles(taken, n=20)[18], 1)


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


STAGES: Final[Mapping[str, Callable[[int], Mapping[str, Any]]]] = {
    "fill": _fill,
    "load": _load,
    "serve": _serve,
    "compare": _compare,
}


def main() -> None:
    import django
    from django.conf import settings

    django.setup()
    settings.UNIVERSE_DIR = _folder()
    logging.disable(logging.WARNING)  # The log of requests would be much of what is measured.
    stage, size = sys.argv[1:]
    sys.stdout.write(json.dumps(STAGES[stage](int(size))) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
