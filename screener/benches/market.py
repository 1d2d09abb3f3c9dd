"""Markets of any size for the benches: of scorecards with invented figures, and of facts to be judged."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.db.models import Max
from django.utils import timezone

from assets.metrics.families import LISTING
from assets.models import Asset, BookSnapshot, Candle, RefreshRun, Trade
from assets.providers import configured
from assets.sandbox.invented import invented
from assets.services.steps import observe
from assets.services.store import CHILDREN_OF, MODEL_OF, store_rows
from assets.sourcing.contract import Request
from assets.sourcing.http import HttpDoor
from assets.sourcing.pacing import LocalPacer
from screener.checklist import CRITERIA, DIMENSIONS
from screener.models import Scorecard
from screener.universe import UNIVERSE

BATCH: Final = 2_000

TOLD: Final = 1_000
"""So many assets are told by the sandbox, in pages of a hundred; the others are copies of them."""

A_PAGE: Final = 100

WATCHED_COPY: Final = 5
"""Bars, trades and order books are asked for asset by asset, and the calls of a day reach for few: every so
many copies have them, and the assets that the sandbox told."""


@contextmanager
def market_of(size: int) -> Iterator[None]:
    """Point the default connection at a temporary SQLite database that holds so many scored assets."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    with TemporaryDirectory(prefix="assay-bench-") as folder:
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "bench.sqlite3")
        try:
            call_command("migrate", verbosity=0)
            for start in range(0, size, BATCH):
                _add(range(start, min(start + BATCH, size)))
            UNIVERSE.forget()
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)
            UNIVERSE.forget()


OF_THE_WATCHED: Final = frozenset({Candle, Trade, BookSnapshot})


def tell_facts(size: int) -> None:
    """Fill an empty database with this many assets, or up to a thousand more, and every family of facts.

    Ids run from 1, without gaps. A copy is made within the database, with rows and rows below of its
    own, so that a million assets take as many rows as if each had been told.
    """
    told = min(size, TOLD)
    sandbox, door = configured("sandbox"), HttpDoor(pacer=LocalPacer())
    now = timezone.now()
    RefreshRun.objects.create(
        provider=sandbox.name, family=LISTING, state=RefreshRun.State.DONE, created_at=now, progressed_at=now
    )
    for start in range(0, told, A_PAGE):
        pages = {"from": str(start), "to": str(min(start + A_PAGE, told))}
        for family in sandbox.families:
            raw = sandbox.fetch(Request(family=family, path="/market", params=pages), door)
            with transaction.atomic():
                store_rows(observation=observe(raw, as_of=raw.fetched_at), rows=sandbox.parse(raw).rows)
    statements = _copying()
    for copy in range(1, -(-size // told)):
        with transaction.atomic(), connection.cursor() as cursor:
            for model, statement in statements.items():
                if model not in OF_THE_WATCHED or copy % WATCHED_COPY == 0:
                    cursor.execute(statement.format(copy=copy))
    if connection.vendor == "postgresql":  # What autovacuum does there; SQLite plans without.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _copying() -> dict[type[models.Model], str]:
    """By table a statement that appends the `{copy}`th copy of its first rows, with ids of their own."""
    tables: list[type[models.Model]] = [Asset, *MODEL_OF.values()]
    tables += [model for _field, model, _parent in CHILDREN_OF.values()]
    lasts: dict[Any, int] = {
        model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in tables
    }
    return {model: _copying_of(model, lasts) for model, last in lasts.items() if last}


def _copying_of(model: type[models.Model], lasts: Mapping[Any, int]) -> str:
    quote, last = connection.ops.quote_name, lasts[model]
    values = {}
    for field in model._meta.concrete_fields:
        column = quote(str(field.column))
        step = last if field.primary_key else lasts.get(field.related_model, 0)
        values[column] = f"{column} + {{copy}} * {step}" if step else column
    if model is Asset:
        values[quote("slug")] += " || '-{copy}'"
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return (
        f"INSERT INTO {table} ({', '.join(values)}) "  # noqa: S608 - our own names
        f"SELECT {', '.join(values.values())} FROM {table} WHERE {key} <= {last} ORDER BY {key}"
    )


def _add(indexes: range) -> None:
    assets = Asset.objects.bulk_create(
        Asset(
            kind=told.ref.kind,
            slug=f"asset-{told.index}",
            symbol=told.ref.symbol,
            name=told.ref.name,
            chain=told.ref.chain,
            venue=told.ref.venue,
            sector=told.ref.sector,
            fictional=True,
        )
        for told in map(invented, indexes)
    )
    Scorecard.objects.bulk_create(
        Scorecard(asset=asset, **_card(random.Random(index)))  # noqa: S311 - a game
        for asset, index in zip(assets, indexes, strict=True)
    )


def _card(dice: random.Random) -> dict[str, Any]:
    """A scorecard of the usual weight: every finding is there, a third of the figures is not known."""
    total = dice.uniform(5, 95)
    low, high = max(5.0, total - dice.uniform(0, 30)), min(100.0, total + dice.uniform(0, 30))
    figures = {
        "price_usd": dice.lognormvariate(0, 3),
        "price_change_24h_share": dice.gauss(0, 0.1),
        "market_cap_usd": dice.lognormvariate(16, 2),
        "fully_diluted_usd": dice.lognormvariate(17, 2),
        "volume_24h_usd": dice.lognormvariate(11, 2),
        "liquidity_usd": dice.lognormvariate(12, 2),
        "round_trip_cost_share": dice.uniform(0, 0.2),
        "days_to_exit": dice.lognormvariate(0, 2),
        "top_ten_adjusted_share": dice.random(),
        "unlock_30d_share": dice.random() * 0.2,
    }
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return {
        "checklist_version": "bench",
        "as_of": now,
        "scored_at": now,
        "total": total,
        "total_low": low,
        "total_high": high,
        "coverage": dice.random(),
        "grade": dice.choice("ABCDE"),
        "tier": dice.choice(("nano", "micro", "small")),
        "gates_open": ["liquidity_depth.pool_control"] if dice.random() < 0.2 else [],
        "gates_unverified": ["holder_concentration.top_ten_share"] if dice.random() < 0.3 else [],
        "dimensions": {
            each.id: {"score": dice.random(), "low": 0.0, "high": 1.0, "coverage": 1.0} for each in DIMENSIONS
        },
        "findings": [
            {"criterion": each, "state": "pass", "points": 1.0, "value": 0.5, "values": {}, "stale": False}
            for each in CRITERIA
        ],
        "figures": {name: value for name, value in figures.items() if dice.random() > 0.33},
    }
