"""Growth of the scorecards: how many of a year retention leaves, and what one takes once it is packed."""

from typing import Final

from django.db import connection

from screener.models import Scorecard
from screener.services.retention.prune import DAILY_TIMES

A_YEAR_DAYS: Final = 365
SAMPLE: Final = 500


def kept_of_a_year(cards: float, *, assets: int, days: int) -> float:
    """Of so many cards a year those that stay: all of the last `days` (0: of the year), one a day and asset
    until `DAILY_TIMES` as many, then the first and the last of a week, of which the first is a case."""
    a_day = cards / A_YEAR_DAYS
    full = min(days or A_YEAR_DAYS, A_YEAR_DAYS)
    daily = min(DAILY_TIMES * full, A_YEAR_DAYS) - full
    weekly = A_YEAR_DAYS - full - daily
    return a_day * full + min(a_day, assets) * daily + min(a_day, 2 * assets / 7) * weekly


def packed_card_bytes(*, table_bytes: int) -> float | None:
    """Bytes of a packed card with its part of the indexes; None while none is packed.

    The table's bytes are shared out by what a sample of packed and of other cards holds.
    """
    packed = Scorecard.objects.exclude(packed=None).count()
    whole = Scorecard.objects.filter(packed=None).count()
    if not packed:
        return None
    held = {is_packed: _held_bytes(is_packed=is_packed) for is_packed in (True, False)}
    return table_bytes * held[True] / (packed * held[True] + whole * held[False])


def _held_bytes(*, is_packed: bool) -> float:
    """What the columns of one of the newest of these cards hold on average."""
    quote = connection.ops.quote_name
    table, condition = quote(Scorecard._meta.db_table), "IS NOT NULL" if is_packed else "IS NULL"
    columns = [quote(str(field.column)) for field in Scorecard._meta.concrete_fields]
    size = "length(CAST({} AS BLOB))" if connection.vendor == "sqlite" else "pg_column_size({})"
    row = " + ".join(f"coalesce({size.format(column)}, 0)" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT avg({row}) FROM (SELECT * FROM {table} WHERE packed {condition} "  # noqa: S608 - own names
            f"ORDER BY id DESC LIMIT {SAMPLE}) c"
        )
        return float(cursor.fetchone()[0] or 0)
