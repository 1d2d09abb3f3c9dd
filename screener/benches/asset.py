"""How fast the page of an asset is that has much: 2 years of candles, 500 unlocks, 1,000 holders.

The whole request through every middleware, in process, within a market of `--assets` scored assets. Each row
is a part: the first view (the overview), each further tab, the whole page, the printed document, and each
section by itself. `p50_ms` and `p95_ms` are of the clock, `baseline_p50_ms` is a
page without a database (the glossary) in the same run and `ratio` the part's median over that. `queries` are
those of one answer. `html_kb`, `js_kb` and `css_kb` are as a browser receives them, compressed; `requests`
counts the page and what it names.
"""

import gzip
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from assets.metrics.families import LISTING
from assets.models import Asset, RefreshRun
from assets.network.http import PacedHttpClient
from assets.network.pacing import LocalPacer
from assets.providers import configured
from assets.sandbox.archetypes import ALL_TOKEN, ROTATION
from assets.services.refreshing.steps import keep_observation
from assets.services.storing.store import store_rows
from assets.sourcing.contract import Request
from assets.sourcing.rows import CandleRow, HolderRow, Position, Row, Unlock, UnlockRow
from screener.benches.market import market_of
from screener.benches.page import without_log
from screener.services.dossier.sections import SECTIONS
from screener.services.dossier.tabs import OVERVIEW, TABS
from screener.services.scoring.score_assets import score_assets

CANDLE_DAYS: Final = 730
UNLOCKS: Final = 500
HOLDERS: Final = 1_000
ROUNDS: Final = 40

FIRST_VIEW: Final = "first view"
STATIC: Final = re.compile(r'(?:src|href)="([^"]+\.(?:js|css|svg))"')
HASH: Final = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
"""What a manifest puts into the name of a file."""


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """A row a part, for each size of the market."""
    for size in sizes:
        with override_settings(DEBUG=False), market_of(size), without_log():
            asset = large_asset()
            baseline_ms = median(_taken(_client(), reverse("glossary"), {}))
            for part, (client, address, headers) in _parts(asset).items():
                yield {
                    **{"assets": size, "part": part, **_timed(client, address, headers, baseline_ms)},
                    **weights_of(client.get(address, headers=headers, secure=True)),
                }


def large_asset() -> Asset:
    """A scored token of the sandbox with everything that can be known, and much of it."""
    number = next(place for place, each in enumerate(ROTATION) if each.families >= ALL_TOKEN)
    sandbox, client, now = configured("sandbox"), PacedHttpClient(pacer=LocalPacer()), timezone.now()
    RefreshRun.objects.create(
        provider=sandbox.name, family=LISTING, state=RefreshRun.State.DONE, created_at=now, progressed_at=now
    )
    for family in sandbox.families:
        pages = {"from": str(number), "to": str(number + 1)}
        raw = sandbox.fetch(Request(family=family, path="/market", params=pages), client)
        rows = [*_enlarged(sandbox.parse(raw).rows, now=raw.fetched_at)]
        with transaction.atomic():
            store_rows(observation=keep_observation(raw, as_of=raw.fetched_at), rows=rows)
    asset = Asset.objects.latest("pk")
    score_assets([asset.pk], now=timezone.now())
    return asset


def _enlarged(rows: tuple[Row, ...], *, now: datetime) -> Iterator[Row]:
    candles = [each for each in rows if isinstance(each, CandleRow)]
    for row in rows:
        if isinstance(row, UnlockRow):
            yield replace(row, events=tuple(_unlocks(now)))
        elif isinstance(row, HolderRow):
            yield replace(row, positions=tuple(_positions()), holder_count=50_000)
        elif not isinstance(row, CandleRow):
            yield row
    if candles:
        yield from _candles(max(candles, key=lambda each: each.as_of))


def _candles(last: CandleRow) -> Iterator[CandleRow]:
    """Days before and up to the last one, as a walk that ends there."""
    steps = np.random.default_rng(17).normal(0, 0.04, CANDLE_DAYS)
    factors = np.exp(np.cumsum(steps[::-1]))[::-1].tolist()
    for days, factor in zip(range(CANDLE_DAYS - 1, -1, -1), factors, strict=True):
        close = (last.close_usd * Decimal(repr(factor))).quantize(Decimal("1e-12"))
        yield replace(
            last,
            as_of=last.as_of - timedelta(days=days),
            open_usd=close,
            high_usd=close * Decimal("1.02"),
            low_usd=close * Decimal("0.97"),
            close_usd=close,
        )


def _unlocks(now: datetime) -> Iterator[Unlock]:
    """One every three days, the first of them past."""
    for number in range(UNLOCKS):
        at = now + timedelta(days=3 * number - 300)
        yield Unlock(unlock_at=at, amount=Decimal(10_000 + number), category="team")


def _positions() -> Iterator[Position]:
    for number in range(HOLDERS):
        yield Position(holder_type="wallet", share=0.3 / (number + 10), address=f"0x{number:040x}")


def _parts(asset: Asset) -> Mapping[str, tuple[Client, str, Mapping[str, str]]]:
    """By name who asks, for what, and how."""
    client = _client()
    tabs = {
        f"tab {each.name}": each.address(asset) for each in TABS if each.name not in {OVERVIEW.name, "notes"}
    }
    pages = {
        FIRST_VIEW: asset.get_absolute_url(),
        **tabs,
        "whole page": f"{asset.get_absolute_url()}?whole=1",
        "document": reverse("document", args=[asset.slug]),
    }
    sections = {
        each.name: reverse("asset_section", args=[asset.slug, each.name])
        for each in SECTIONS
        if asset.kind in each.kinds
    }
    return {
        **{name: (client, address, {}) for name, address in pages.items()},
        **{name: (client, address, {"HX-Request": "true"}) for name, address in sections.items()},
    }


def _client() -> Client:
    return Client(headers={"host": "localhost"})


def _timed(client: Client, address: str, headers: Mapping[str, str], baseline_ms: float) -> dict[str, float]:
    client.get(address, headers=headers, secure=True)  # The first one compiles the templates.
    with CaptureQueriesContext(connection) as captured:
        client.get(address, headers=headers, secure=True)
    queries = len(captured)  # Now: the next request empties the list.
    cuts = quantiles(_taken(client, address, headers), n=20)
    return {
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "baseline_p50_ms": round(baseline_ms, 1),
        "ratio": round(cuts[9] / baseline_ms, 1),
        "queries": queries,
    }


def _taken(client: Client, address: str, headers: Mapping[str, str]) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        status = client.get(address, headers=headers, secure=True).status_code
        taken.append(1000 * (time.perf_counter() - begun))
        if status != 200:
            raise RuntimeError(f"{address} answered {status}")
    return taken


def weights_of(answer: Any) -> dict[str, float]:
    """Of an answer and of the files that it names, each once: thousands of bytes, compressed."""
    named = {*STATIC.findall(answer.text)} if answer["Content-Type"].startswith("text/html") else set()
    kinds = {kind: [each for each in named if each.endswith(f".{kind}")] for kind in ("js", "css")}
    return {
        "html_kb": _kb(answer.content),
        **{f"{kind}_kb": round(sum(map(_kb_of_file, files)), 1) for kind, files in kinds.items()},
        "requests": 1 + len(named),
    }


def _kb_of_file(address: str) -> float:
    name = HASH.sub("", address.removeprefix(settings.STATIC_URL))
    path = finders.find(name)
    if path is None:
        raise RuntimeError(f"no static file {name}")
    return _kb(Path(path).read_bytes())


def _kb(body: bytes) -> float:
    return round(len(gzip.compress(body)) / 1000, 1)
