"""How fast answers become rows, beside the raw bulk load of the same rows into the same tables.

Ours is what a refresh does with an answer: keep the body, find the assets, leave out what is
known already, append rows and what hangs below, in one transaction a page. Raw is what the
database can do at best with prepared values: `executemany` on SQLite, `COPY` on PostgreSQL.
Each measurement has a process and a database of its own, so that its peak of memory is its own.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from assets.metrics import families
from screener.benches.databases import databases, in_its_own_process, new_database

if TYPE_CHECKING:  # Nothing of Django is loaded before the process of a measurement has its database.
    from assets.sourcing.contract import RawObservation

PAGES: Final[Mapping[str, int]] = {families.MARKET: 250, families.HOLDERS: 50, families.CANDLES: 10}
"""Assets a page, as providers send them. Candles are measured on a twentieth of the assets: 90 bars each."""

PART: Final[Mapping[str, int]] = {families.MARKET: 1, families.HOLDERS: 4, families.CANDLES: 20}


def measure(sizes: list[int]) -> Iterator[Mapping[str, Any]]:
    """One row for each size, family and database."""
    for size in sizes:
        for database in databases():
            for family in PAGES:
                with new_database(database) as url:
                    row = in_its_own_process(__name__, family, str(max(1, size // PART[family])), url=url)
                yield {"family": family, "database": database, **row}


# In the process of one measurement ------------------------------------------------------


def _measured(family: str, size: int) -> Mapping[str, Any]:
    """Rows a second of ours and of the raw load, page by page in turn, so that both see the same database."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rows, ours_s, raw_s = 0, 0.0, 0.0
    for page in _pages(family, size):
        stored, kinds, seconds = _ours(page)
        rows += stored
        ours_s += seconds
        raw_s += _raw_again(kinds)
    return {
        "rows": rows,
        "ours_rows_per_s": round(rows / ours_s),
        "raw_rows_per_s": round(rows / raw_s),
        "ratio": round(ours_s / raw_s, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _pages(family: str, size: int) -> Iterator["RawObservation"]:
    """Answers about assets that are known already, as in any refresh but the first."""
    from assets.network.http import PacedHttpClient
    from assets.network.pacing import LocalPacer
    from assets.providers import configured
    from assets.services.storing.resolve_assets import resolve_assets
    from assets.sourcing.contract import Request

    sandbox, client = configured("sandbox"), PacedHttpClient(pacer=LocalPacer())
    for start in range(0, size, PAGES[family]):
        places = {"from": str(start), "to": str(min(start + PAGES[family], size))}
        raw = sandbox.fetch(Request(family=family, path="/market", params=places), client)
        resolve_assets([row.asset for row in sandbox.parse(raw).rows], provider="sandbox")
        yield raw


def _ours(raw: "RawObservation") -> tuple[int, set[type], float]:
    """Store an answer as a refresh does: how many rows that added, those below too, their kinds, seconds."""
    from django.db import transaction

    from assets.providers import configured
    from assets.services.refreshing.steps import keep_observation
    from assets.services.storing.row_tables import CHILDREN_OF
    from assets.services.storing.store import store_rows

    page = configured("sandbox").parse(raw).rows
    begun = time.perf_counter()
    with transaction.atomic():
        observation = keep_observation(raw, as_of=raw.fetched_at)
        stored, _asset_ids = store_rows(observation=observation, rows=page)
    taken = time.perf_counter() - begun
    below = sum(
        len(getattr(row, CHILDREN_OF[type(row)].field) or ()) for row in page if type(row) in CHILDREN_OF
    )
    return stored + below, {type(row) for row in page}, taken


def _raw_again(kinds: set[type]) -> float:
    """Load the rows that were stored last once more, prepared values into the same tables; seconds."""
    from django.db import connection, transaction

    from assets.models import Observation

    last = Observation.objects.latest("pk").pk
    taken = 0.0
    for table, columns, values in _stored_values(kinds, last):
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our names
                    values,
                )
            else:
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
        taken += time.perf_counter() - begun
    return taken


def _stored_values(
    kinds: set[type], observation: int
) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """By table what the last page stored, as the database takes it."""
    from django.db import connection
    from django.db.models import Model

    from assets.models import MODEL_OF
    from assets.services.storing.row_tables import CHILDREN_OF

    for kind in kinds:
        models: list[tuple[type[Model], dict[str, int]]] = [(MODEL_OF[kind], {"observation": observation})]
        if kind in CHILDREN_OF:
            below = CHILDREN_OF[kind]
            models.append((below.model, {f"{below.parent}__observation": observation}))
        for model, wanted in models:
            fields = [field for field in model._meta.concrete_fields if not field.primary_key]
            rows = model._default_manager.filter(**wanted)
            yield (
                model._meta.db_table,
                [f'"{field.column}"' for field in fields],
                [
                    tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
                    for row in rows
                ],
            )


def main() -> None:
    import django

    django.setup()
    family, size = sys.argv[1:]
    sys.stdout.write(json.dumps(_measured(family, int(size))) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    main()
