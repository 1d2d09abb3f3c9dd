"""How fast a search of the header answers, beside a scan of the names in the same database.

Every asset has an address or a CIK as well. The questions are what people type on the way to an asset: one
letter, a ticker, words of a name, a part within one, the beginning of an address and all of it, a CIK, and
what is not there. `search_*` is the service, `request_*` the list under the field through every
middleware, in process; `longest` is the slowest question by name. `like_ms` is the median of `ILIKE` on names
and symbols in the same database, without any order, so the least that it can cost; `like_ratio` is that over
ours. `first_s` is the first question of a process, which makes the index.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from statistics import median, quantiles
from typing import Any, Final

from screener.benches.databases import databases as installed
from screener.benches.databases import in_its_own_process, new_database

ROUNDS: Final = 20
SLOW_ROUNDS: Final = 3


def measure(sizes: list[int], *, databases: Sequence[str] = ()) -> Iterator[Mapping[str, Any]]:
    """One row for each size on each database there is unless some are named."""
    for size in sizes:
        for database in databases or installed():
            with new_database(database) as url:
                for stage in (_fill, _ask):
                    row = in_its_own_process(__name__, stage.__name__, str(size), url=url)
            yield {"database": database, "assets": size, **row}


# In the process of one stage ------------------------------------------------------------


def _fill(size: int) -> Mapping[str, Any]:
    from assets.models import AssetIdentifier
    from assets.services.storing.append import append_rows
    from screener.benches.market import BATCH, fill

    fill(size)
    columns = ("id", "asset_id", "namespace", "value", "provider")
    for start in range(1, size + 1, BATCH):
        append_rows(
            AssetIdentifier,
            columns,
            (_identifier(each) for each in range(start, min(start + BATCH, size + 1))),
        )
    return {}


def _identifier(asset_id: int) -> tuple[Any, ...]:
    if asset_id % 10 == 0:
        return (asset_id, asset_id, "cik", str(asset_id), "sec")
    return (asset_id, asset_id, "address:ethereum", address_of(asset_id), "coingecko")


def address_of(asset_id: int) -> str:
    """An address that is spread over all there can be, and the same in every run."""
    return f"0x{(asset_id * 0x9E3779B97F4A7C15F39CC0605CEDC8341082276B) % 2**160:040x}"


def questions_of(size: int) -> Mapping[str, str]:
    """By what it is, what is typed; of assets in the middle of the market."""
    from assets.models import Asset

    asset = Asset.objects.get(pk=size // 2 + 1)
    first, *_others = asset.name.split()
    return {
        "letter": asset.symbol[:1].lower(),
        "two letters": asset.symbol[:2].lower(),
        "ticker": asset.symbol,
        "word": first,
        "half a word": first[: max(3, len(first) // 2)],
        "name": asset.name,
        "part": first[1:],
        "address begun": address_of(size // 2 + 1)[:10].upper().replace("0X", "0x"),
        "address": address_of(size // 2 + 1).upper(),
        "cik": f"000{size // 10 * 10}",
        "nothing": "zzyqxwv",
        "page": "checklist",
    }


def _ask(size: int) -> Mapping[str, Any]:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from screener.services.search.search import search
    from screener.universe.live import UNIVERSE

    if len(UNIVERSE.table()) != size:
        raise RuntimeError(f"The universe has {len(UNIVERSE.table())} assets instead of {size}.")
    questions, stranger = questions_of(size), AnonymousUser()
    first_s = _ms(lambda: search("a", user=stranger)) / 1000
    client = Client(headers={"host": "localhost"})
    ours = _each_ms(questions, lambda typed: search(typed, user=stranger), ROUNDS)
    requests = _each_ms(questions, lambda typed: _request(client, typed), ROUNDS)
    like = median(each for taken in _each_ms(questions, _like, SLOW_ROUNDS).values() for each in taken)
    flat, flat_requests = ([each for taken in all_.values() for each in taken] for all_ in (ours, requests))
    longest = max(ours, key=lambda name: median(ours[name]))
    return {
        "search_p50_ms": round(median(flat), 2),
        "search_p95_ms": _p95(flat),
        "longest": longest,
        "longest_p50_ms": round(median(ours[longest]), 2),
        "request_p50_ms": round(median(flat_requests), 2),
        "request_p95_ms": _p95(flat_requests),
        "like_ms": round(like, 1),
        "like_ratio": round(like / median(flat), 1),
        "first_s": round(first_s, 2),
    }


def _each_ms(
    questions: Mapping[str, str], ask: Callable[[str], Any], rounds: int
) -> Mapping[str, Sequence[float]]:
    """The first round loads and compiles what the others find ready; it is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in questions}
    for place in range(rounds + 1):
        for name, typed in questions.items():
            time_ms = _ms(partial(ask, typed))
            taken[name] += [time_ms] if place else []
    return taken


def _like(typed: str) -> list[Any]:
    from django.db.models import Q

    from assets.models import Asset

    return list(Asset.objects.filter(Q(name__icontains=typed) | Q(symbol__icontains=typed)).order_by()[:8])


def _request(client: Any, typed: str) -> None:
    answer = client.get("/search/suggest/", {"q": typed, "on": "/"}, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{typed!r} answered {answer.status_code}")


def _ms(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _p95(taken: Sequence[float]) -> float:
    return round(quantiles(taken, n=20)[18], 2)


def main() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)  # The log of requests would be much of what is measured.
    stage, size = sys.argv[1:]
    stages: Mapping[str, Callable[[int], Mapping[str, Any]]] = {each.__name__: each for each in (_fill, _ask)}
    sys.stdout.write(json.dumps(stages[stage](int(size))) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
