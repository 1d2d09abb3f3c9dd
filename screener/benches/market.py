"""Markets of any size for the benches: of scorecards with invented figures, and of facts to be judged."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.models import Max
from django.test import override_settings
from django.utils import timezone

from assets.identity.likeness import SAME
from assets.metrics.families import KINDS, LISTING, TOKEN
from assets.models import MODEL_OF, Asset, BookSnapshot, Candle, RefreshRun, Trade
from assets.network.http import PacedHttpClient
from assets.network.pacing import LocalPacer
from assets.providers import configured
from assets.sandbox.archetypes import ROTATION, Archetype
from assets.sandbox.invented import CHAINS, EQUITY_SECTORS, TOKEN_SECTORS
from assets.sandbox.names import name_of, symbol_of
from assets.services.refreshing.steps import keep_observation
from assets.services.storing.append import Written, append_rows
from assets.services.storing.row_tables import CHILDREN_OF
from assets.services.storing.store import store_rows
from assets.sourcing.contract import Request
from screener.benches.cards import NOW, OF_A_CARD, AnswerSheet, answer_sheets, card_rows
from screener.models import Scorecard
from screener.universe.live import UNIVERSE

BATCH: Final = 10_000

ORIGINALS: Final = 1_000
"""So many assets are made by the sandbox, in pages of a hundred; the others are copies of them."""

A_PAGE: Final = 100

WATCHED_COPY: Final = 5
"""Bars, trades and order books are asked for asset by asset, and the calls of a day reach for few: every so
many copies have them, and the assets that the sandbox made."""


@contextmanager
def market_of(size: int) -> Iterator[None]:
    """Point the default connection at a temporary SQLite database that holds so many scored assets."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    with TemporaryDirectory(prefix="assay-bench-") as folder, override_settings(UNIVERSE_DIR=None):
        connection.close()
        connection.settings_dict["NAME"] = str(Path(folder) / "bench.sqlite3")
        try:
            fill(size)
            UNIVERSE.forget()
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)
            UNIVERSE.forget()


def fill(size: int) -> None:
    """Make a new database a market of so many scored assets.

    On SQLite without a journal, which would write everything twice: what breaks here is thrown away.
    """
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
    add_scored(size)
    connection.close()  # The next one begins as every connection does.


def add_scored(size: int) -> None:
    """Fill an empty database with this many scored assets, ids from 1: every registered column has values."""
    for start in range(0, size, BATCH):
        ids = range(start + 1, min(start + BATCH, size) + 1)
        dice = np.random.default_rng(start)
        with transaction.atomic():
            append_rows(Asset, OF_ASSET, _assets(ids, dice))
            append_rows(Scorecard, OF_A_CARD, card_rows(ids, _kinds(ids), _sheets(), dice=dice))
    with connection.cursor() as cursor:  # Whoever is added now gets a number behind theirs.
        for statement in connection.ops.sequence_reset_sql(no_style(), [Asset, Scorecard]):
            cursor.execute(statement)


def score_again(ids: Sequence[int], *, seed: int, figures: Mapping[str, float]) -> None:
    """Append a further scorecard of each of these assets, which `add_scored` made; `figures` for all."""
    rows = card_rows(ids, _kinds(ids), _sheets(), dice=np.random.default_rng(seed), fixed=figures)
    with transaction.atomic():
        append_rows(Scorecard, OF_A_CARD, rows)


@cache
def _sheets() -> Mapping[str, Sequence[AnswerSheet]]:
    return {kind: answer_sheets(kind) for kind in KINDS}


OF_ASSET: Final = (
    *("id", "kind", "slug", "symbol", "name", "chain", "venue", "sector", "tags", "links", "named_by"),
    *("fictional", "created_at", "likeness"),
)
DAYS_KNOWN: Final = 400
TAGS: Final = {each.name: (Written(f'["{each.name}"]'), Written("{}"), "") for each in ROTATION}
"""By archetype `tags`, `links` and `named_by`."""


def _kinds(ids: Sequence[int]) -> list[str]:
    return [_archetype(each).kind for each in ids]


def _archetype(asset_id: int) -> Archetype:
    return ROTATION[asset_id % len(ROTATION)]


def _assets(ids: Sequence[int], dice: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    chains, days = (dice.integers(0, most, len(ids)).tolist() for most in (len(CHAINS), DAYS_KNOWN))
    for asset_id, chain, day in zip(ids, chains, days, strict=True):
        archetype = _archetype(asset_id)
        kind, is_token = archetype.kind, archetype.kind == TOKEN
        sectors = ("DeFi", "Meme", *TOKEN_SECTORS) if is_token else EQUITY_SECTORS
        names = (f"asset-{asset_id}", symbol_of(asset_id), name_of(asset_id, kind))
        places = (CHAINS[chain] if is_token else "", "" if is_token else archetype.venue)
        moments = (False, NOW - timedelta(days=day))  # As a real market is shown, without a first-run card.
        likeness = SAME if is_token and day % 20 == 0 else ""
        yield (
            asset_id,
            kind,
            *names,
            *places,
            sectors[day % len(sectors)],
            [archetype.name],
            {},
            "",
            *moments,
            likeness,
        )


OF_THE_WATCHED: Final = frozenset({Candle, Trade, BookSnapshot})


def tell_facts(size: int) -> None:
    """Fill an empty database with this many assets, or up to a thousand more, and every family of facts.

    Ids run from 1, without gaps. A copy is made within the database, with rows and rows below of its
    own, so that a million assets take as many rows as if each had been asked for.
    """
    original = min(size, ORIGINALS)
    sandbox, client = configured("sandbox"), PacedHttpClient(pacer=LocalPacer())
    now = timezone.now()
    RefreshRun.objects.create(
        provider=sandbox.name, family=LISTING, state=RefreshRun.State.DONE, created_at=now, progressed_at=now
    )
    for start in range(0, original, A_PAGE):
        pages = {"from": str(start), "to": str(min(start + A_PAGE, original))}
        for family in sandbox.families:
            raw = sandbox.fetch(Request(family=family, path="/market", params=pages), client)
            with transaction.atomic():
                store_rows(
                    observation=keep_observation(raw, as_of=raw.fetched_at), rows=sandbox.parse(raw).rows
                )
    statements = _copying()
    for copy in range(1, -(-size // original)):
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
    tables += [below.model for below in CHILDREN_OF.values()]
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
