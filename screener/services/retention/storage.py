"""Storage: what each table takes on disk, and what a year adds at the rate of the last weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.apps import apps
from django.db import connection, models
from django.db.models import Min

MEASURED_DAYS: Final = 30
"""Growth is counted over so many days, or since the first row where that is less."""

WRITTEN_AT: Final = ("known_at", "scored_at", "written_at", "created_at", "scanned_at")
"""Which field of a model says when its row was written: the first of these that it has."""

SQLITE_BYTES: Final = (
    "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s LEFT JOIN sqlite_master m "
    "ON m.name = s.name WHERE s.aggregate = 1 GROUP BY 1"
)
POSTGRES_BYTES: Final = (
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStorage:
    """A table with its indexes; `a_year_bytes` is None where no field says when its rows came."""

    table: str
    rows: int
    bytes: int
    a_year_bytes: int | None


def storage(*, now: datetime) -> list[TableStorage]:
    """Every table with rows, the largest first."""
    sizes = _sizes()
    found = [_of_model(model, sizes, now=now) for model in apps.get_models(include_auto_created=True)]
    return sorted((each for each in found if each.rows), key=lambda each: -each.bytes)


def lines(tables: list[TableStorage]) -> Iterator[str]:
    """As a table for a terminal, with the sum."""
    yield f"{'table':36} {'rows':>12} {'MB':>10} {'a year, MB':>12}"
    for each in tables:
        growth = "" if each.a_year_bytes is None else f"{each.a_year_bytes / 1e6:,.1f}"
        yield f"{each.table:36} {each.rows:12,} {each.bytes / 1e6:10,.1f} {growth:>12}"
    used, added = sum(each.bytes for each in tables), sum(each.a_year_bytes or 0 for each in tables)
    yield f"{'together':36} {'':12} {used / 1e6:10,.1f} {added / 1e6:12,.1f}"


def _of_model(model: type[models.Model], sizes: dict[str, int], *, now: datetime) -> TableStorage:
    table = model._meta.db_table
    rows, size = model._base_manager.count(), sizes.get(table, 0)
    names = {field.name for field in model._meta.fields}
    written_at = next((name for name in WRITTEN_AT if name in names), None)
    growth = (
        None if written_at is None or not rows else _rows_a_year(model, written_at, now=now) * size / rows
    )
    return TableStorage(
        table=table, rows=rows, bytes=size, a_year_bytes=None if growth is None else round(growth)
    )


def _rows_a_year(model: type[models.Model], written_at: str, *, now: datetime) -> float:
    """By the rows of the last days; less than a day counts as one, so that a first import is no trend."""
    since = now - timedelta(days=MEASURED_DAYS)
    lately = model._base_manager.filter(**{f"{written_at}__gte": since})
    first = model._base_manager.aggregate(first=Min(written_at))["first"]
    days = min(float(MEASURED_DAYS), max((now - first) / timedelta(days=1), 1.0)) if first else 1.0
    return lately.count() / days * 365


def _sizes() -> dict[str, int]:
    """Bytes of each table with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_BYTES if connection.vendor == "sqlite" else POSTGRES_BYTES)
        return {name: int(size) for name, size in cursor.fetchall()}
