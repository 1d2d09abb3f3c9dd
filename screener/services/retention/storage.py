"""Storage: what each table takes on disk, what a year adds at the rate of the last weeks, and what is free.

What a year of scorecards comes to is what retention leaves of it, packed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.apps import apps
from django.db import connection, models
from django.db.models import Min

from assets.models import Asset
from screener.models import Scorecard
from screener.services.retention.growth import kept_of_a_year, packed_card_bytes

MEASURED_DAYS: Final = 30
"""Growth is counted over so many days, or since the first row where that is less."""

WRITTEN_AT: Final = ("day", "known_at", "scored_at", "written_at", "created_at", "scanned_at")
"""Which field of a model says when its row was written: the first of these that it has.

A day of the market is written over, and belongs to its day."""

SQLITE_BYTES: Final = (
    "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s LEFT JOIN sqlite_master m "
    "ON m.name = s.name WHERE s.aggregate = 1 GROUP BY 1"
)
POSTGRES_BYTES: Final = (
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)

SQLITE_FREE: Final = (
    "SELECT page_count * page_size, freelist_count * page_size "
    "FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()"
)
POSTGRES_FREE: Final = (
    "SELECT pg_database_size(current_database()), coalesce(sum(n_dead_tup), 0), "
    "max(greatest(last_vacuum, last_autovacuum)) FROM pg_stat_user_tables"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStorage:
    """A table with its indexes; `a_year_bytes` is None where no field says when its rows came."""

    table: str
    rows: int
    bytes: int
    a_year_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSpace:
    """Of SQLite's file the pages that new rows take first; of PostgreSQL the rows that a vacuum frees."""

    used_bytes: int
    free_bytes: int = 0
    dead_rows: int = 0
    vacuumed_at: datetime | None = None


def storage(*, now: datetime, scorecard_days: int = 0) -> list[TableStorage]:
    """Every table with rows, the largest first; `scorecard_days` as in `Retention`."""
    sizes = _sizes()
    found = [
        _of_model(model, sizes, now=now, scorecard_days=scorecard_days)
        for model in apps.get_models(include_auto_created=True)
    ]
    return sorted((each for each in found if each.rows), key=lambda each: -each.bytes)


def free_space() -> FreeSpace:
    """What the database takes and could give back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE_FREE)
            used, free = cursor.fetchone()
            return FreeSpace(used_bytes=used, free_bytes=free)
        cursor.execute(POSTGRES_FREE)
        used, dead, vacuumed_at = cursor.fetchone()
        return FreeSpace(used_bytes=int(used), dead_rows=int(dead), vacuumed_at=vacuumed_at)


def lines(tables: list[TableStorage], free: FreeSpace) -> Iterator[str]:
    """As a table for a terminal, with the sum and what is free."""
    yield f"{'table':36} {'rows':>12} {'MB':>10} {'a year, MB':>12}"
    for each in tables:
        growth = "" if each.a_year_bytes is None else f"{each.a_year_bytes / 1e6:,.1f}"
        yield f"{each.table:36} {each.rows:12,} {each.bytes / 1e6:10,.1f} {growth:>12}"
    used, added = sum(each.bytes for each in tables), sum(each.a_year_bytes or 0 for each in tables)
    yield f"{'together':36} {'':12} {used / 1e6:10,.1f} {added / 1e6:12,.1f}"
    if connection.vendor == "sqlite":
        yield (
            f"The file has {free.used_bytes / 1e6:,.1f} MB, {free.free_bytes / 1e6:,.1f} MB of it free: "
            "new rows take them first, and VACUUM gives them back to the disk."
        )
    else:
        vacuumed = f"{free.vacuumed_at:%Y-%m-%d %H:%M} UTC" if free.vacuumed_at else "not yet"
        yield (
            f"The database has {free.used_bytes / 1e6:,.1f} MB and {free.dead_rows:,} dead rows, whose room "
            f"a vacuum frees for new ones; the last one: {vacuumed}."
        )


def _of_model(
    model: type[models.Model], sizes: dict[str, int], *, now: datetime, scorecard_days: int
) -> TableStorage:
    table = model._meta.db_table
    rows, size = model._base_manager.count(), sizes.get(table, 0)
    names = {field.name for field in model._meta.fields}
    written_at = next((name for name in WRITTEN_AT if name in names), None)
    growth = None
    if written_at is not None and rows:
        a_year, bytes_a_row = _rows_a_year(model, written_at, now=now), size / rows
        if model is Scorecard:
            a_year = kept_of_a_year(a_year, assets=Asset.objects.count(), days=scorecard_days)
            bytes_a_row = packed_card_bytes(table_bytes=size) or bytes_a_row
        growth = a_year * bytes_a_row
    return TableStorage(
        table=table, rows=rows, bytes=size, a_year_bytes=None if growth is None else round(growth)
    )


def _rows_a_year(model: type[models.Model], written_at: str, *, now: datetime) -> float:
    """By the rows of the last days; less than a day counts as one, so that a first import is no trend."""
    since = now - timedelta(days=MEASURED_DAYS)
    is_of_day = written_at == "day"
    lately = model._base_manager.filter(**{f"{written_at}__gte": since.date() if is_of_day else since})
    first = model._base_manager.aggregate(first=Min(written_at))["first"]
    first = datetime.combine(first, time(), tzinfo=UTC) if is_of_day and first else first
    days = min(float(MEASURED_DAYS), max((now - first) / timedelta(days=1), 1.0)) if first else 1.0
    return lately.count() / days * 365


def _sizes() -> dict[str, int]:
    """Bytes of each table with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_BYTES if connection.vendor == "sqlite" else POSTGRES_BYTES)
        return {name: int(size) for name, size in cursor.fetchall()}
