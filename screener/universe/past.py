"""Point-in-time column: what the newest scorecard of a moment some days ago said, for `changed:`."""

import threading
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from django.db.models import Case, F, FloatField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from assets.services.reading.rows import read_rows
from screener.models import Scorecard
from screener.screens.columns import COLUMN_OF
from screener.screens.table import DAY_S, Ids, Numbers, Table
from screener.universe.rows import DIMENSION_IDS, PLAIN

MOST_KEPT: Final = 16
KEPT_FOR_S: Final = 300
"""The past of a moving "seven days ago" is read anew after so long."""


def column_history(table: Table, key: str, days: int, *, now_s: float) -> Numbers:
    """The column's values `days` ago, for each asset of the table; NaN where nothing was scored yet."""
    ids, values = _column(key, days, now_s=now_s)
    result = np.full(len(table), np.nan)
    if len(ids):
        places = np.clip(np.searchsorted(ids, table.ids), 0, len(ids) - 1)
        here = ids[places] == table.ids
        result[here] = values[places[here]]
    if COLUMN_OF[key].since:  # A moment that was kept: so many days had passed since, then.
        return (now_s - days * DAY_S - result) / DAY_S
    return result


def forget_history() -> None:
    """Read everything anew at the next question."""
    _column.cache_clear()


def _slot(key: str, days: int, *, now_s: float) -> Hashable:
    return hashkey(key, days, int(now_s // KEPT_FOR_S))


@cached(LRUCache(MOST_KEPT), key=_slot, lock=threading.Lock())
def _column(key: str, days: int, *, now_s: float) -> tuple[Ids, Numbers]:
    """The ids of the assets that had been scored by then, ascending, and their values."""
    source = COLUMN_OF[key].source
    before = datetime.fromtimestamp(now_s, UTC) - timedelta(days=days)
    cards = Scorecard.objects.filter(scored_at__lte=before).latest_of_each_asset()
    if source in PLAIN:
        cards = cards.annotate(value=F(PLAIN[source]))
    elif source in DIMENSION_IDS:
        score = 100 * Cast(KT(f"dimensions__{source}__score"), FloatField())
        cards = cards.annotate(value=Case(When(total__isnull=False, then=score)))
    else:
        cards = cards.annotate(value=Cast(KT(f"figures__{source}"), FloatField()))
    if COLUMN_OF[key].since:
        rows = cards.order_by("asset_id").values_list("asset_id", "value")
        pairs = [(each, moment.timestamp() if moment else np.nan) for each, moment in rows]
    else:
        pairs = read_rows(cards.order_by("asset_id"), ("asset_id", "value"))
    ids = np.fromiter((each for each, _value in pairs), np.int64, len(pairs))
    values = np.array([value for _each, value in pairs], dtype=np.float64)
    return ids, values
