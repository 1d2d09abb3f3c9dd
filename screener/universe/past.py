"""A column as it was some days ago: what the newest scorecard of that moment said, for `changed:`."""

import threading
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from django.db.models import F, FloatField
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

_kept: OrderedDict[tuple[str, int, int], tuple[Ids, Numbers]] = OrderedDict()
_lock = threading.Lock()


def past_of(table: Table, key: str, days: int, *, now_s: float) -> Numbers:
    """The column's values `days` ago, for each asset of the table; NaN where nothing was scored yet."""
    slot = (key, days, int(now_s // KEPT_FOR_S))
    with _lock:
        told = _kept.get(slot)
    if told is None:
        told = _read(key, before=datetime.fromtimestamp(now_s, UTC) - timedelta(days=days))
        with _lock:
            _kept[slot] = told
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    ids, values = told
    result = np.full(len(table), np.nan)
    if len(ids):
        places = np.clip(np.searchsorted(ids, table.ids), 0, len(ids) - 1)
        here = ids[places] == table.ids
        result[here] = values[places[here]]
    if COLUMN_OF[key].since:  # A moment that was kept: so many days had passed since, then.
        return (now_s - days * DAY_S - result) / DAY_S
    return result


def forget_past() -> None:
    """Read everything anew at the next question."""
    with _lock:
        _kept.clear()


def _read(key: str, *, before: datetime) -> tuple[Ids, Numbers]:
    source = COLUMN_OF[key].source
    cards = Scorecard.objects.filter(scored_at__lte=before).latest_of_each_asset()
    if source in PLAIN:
        told = cards.annotate(told=F(PLAIN[source]))
    elif source in DIMENSION_IDS:
        told = cards.annotate(told=100 * Cast(KT(f"dimensions__{source}__score"), FloatField()))
    else:
        told = cards.annotate(told=Cast(KT(f"figures__{source}"), FloatField()))
    if COLUMN_OF[key].since:
        rows = told.order_by("asset_id").values_list("asset_id", "told")
        pairs = [(each, moment.timestamp() if moment else np.nan) for each, moment in rows]
    else:
        pairs = read_rows(told.order_by("asset_id"), ("asset_id", "told"))
    ids = np.fromiter((each for each, _value in pairs), np.int64, len(pairs))
    values = np.array([value for _each, value in pairs], dtype=np.float64)
    return ids, values
