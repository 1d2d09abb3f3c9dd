"""Point-in-time columns: what the newest scorecard of a moment some days ago said, for `changed:`.

All that a question asks of one moment is read at once, by one reader at a time; who waited finds it kept.
The database hands it over as one text: row by row, each would wait for the threads that compute meanwhile.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
import structlog
from cachetools import LRUCache
from django.db import OperationalError, connection

from assets.models import Asset
from assets.models.whole_json import is_damage
from screener.admission.lanes import EXPENSIVE
from screener.models import Scorecard, ScorecardBaseline
from screener.screens.columns import COLUMN_OF
from screener.screens.evaluate import Past
from screener.screens.table import DAY_S, Ids, Numbers, Table
from screener.universe.rows import DIMENSION_IDS, PLAIN

log = structlog.get_logger(__name__)

MOST_KEPT_BYTES: Final = 64_000_000
KEPT_FOR_S: Final = 300
"""The past of a moving "seven days ago" is read anew after so long."""

Change = tuple[str, int]
"""A column by key, and how many days ago."""

PastColumn = tuple[Ids, Numbers]
"""The ids of the assets that had been scored by then, ascending, and their values."""


def _bytes(column: PastColumn) -> int:
    return sum(each.nbytes for each in column)


_kept: Final[LRUCache[Hashable, PastColumn]] = LRUCache(MOST_KEPT_BYTES, getsizeof=_bytes)
_lock: Final = threading.Lock()


def history_of(table: Table, changes: Collection[Change], *, now_s: float) -> Past:
    """The past of these columns, read when the first of them is asked for; `BusyError` while others read.

    Values are those of the table's assets; NaN where nothing was scored yet.
    """

    def past(key: str, days: int) -> Numbers:
        ids, values = _columns({*changes, (key, days)}, now_s=now_s)[key, days]
        result = np.full(len(table), np.nan)
        if len(ids):
            places = np.clip(np.searchsorted(ids, table.ids), 0, len(ids) - 1)
            here = ids[places] == table.ids
            result[here] = values[places[here]]
        if COLUMN_OF[key].since:  # A moment that was kept: so many days had passed since, then.
            return (now_s - days * DAY_S - result) / DAY_S
        return result

    return past


def forget_history() -> None:
    """Read everything anew at the next question."""
    with _lock:
        _kept.clear()


def _columns(changes: Collection[Change], *, now_s: float) -> Mapping[Change, PastColumn]:
    found = _known(changes, now_s=now_s)
    if len(found) == len(changes):
        return found
    with EXPENSIVE.admitted():
        found = _known(changes, now_s=now_s)
        missing: dict[int, list[str]] = defaultdict(list)
        for key, days in sorted({*changes} - found.keys()):
            missing[days].append(key)
        for days, keys in missing.items():
            read = _read(keys, datetime.fromtimestamp(now_s, UTC) - timedelta(days=days))
            with _lock:
                _kept.update({_slot(key, days, now_s=now_s): each for key, each in read.items()})
            found |= {(key, days): each for key, each in read.items()}
    return found


def _known(changes: Collection[Change], *, now_s: float) -> dict[Change, PastColumn]:
    with _lock:
        kept = {each: _kept.get(_slot(*each, now_s=now_s)) for each in changes}
    return {each: column for each, column in kept.items() if column is not None}


def _slot(key: str, days: int, *, now_s: float) -> Hashable:
    return key, days, int(now_s // KEPT_FOR_S)


# From the database ----------------------------------------------------------------------

TOGETHER: Final = {"sqlite": "json_group_array({})", "postgresql": "json_agg({})::text"}
INSIDE: Final = {
    "sqlite": (
        "coalesce({c} -> '$.{name}', "
        "CASE WHEN c.baseline_id IS NOT NULL AND json_type({c}) = 'object' THEN {b} -> '$.{name}' END)"
    ),
    "postgresql": (
        "coalesce({c} -> '{name}', "
        "CASE WHEN c.baseline_id IS NOT NULL AND jsonb_typeof({c}) = 'object' THEN {b} -> '{name}' END)"
    ),
}
"""A value within JSON, as it stands there: digit by digit. A packed card says only what its baseline does
not, and JSON's null where it does not know any more what the baseline knows. Of a card whose JSON is none
that we write the baseline tells nothing."""

SCORE: Final = {"sqlite": "$.score", "postgresql": "score"}

VALID: Final = "iif(json_valid({0}), {0}, '0')"
NUMBER: Final = "CASE WHEN json_type({0}) IN ('integer', 'real') THEN {0} END"
"""Of SQLite alone, whose JSON is any text; asked once one was damaged, for it takes longer."""

NUMBERS: Final = frozenset((int, float, type(None)))


def _read(keys: Collection[str], before: datetime) -> dict[str, PastColumn]:
    """By key, of the cards that were the newest at this moment; NaN of what is damaged."""
    sources = [COLUMN_OF[key].source for key in keys]
    try:
        listed = _listed(sources, before)
    except OperationalError as error:
        if not (is_damage(error) or "malformed json" in str(error).lower()):
            raise
        log.exception("earlier scorecards can't be read", before=before.isoformat())
        listed = _listed(sources, before, with_care=True)
    ids, totals = np.array(listed[0], dtype=np.int64), np.array(listed[1], dtype=np.float64)
    order = np.argsort(ids)
    return {
        key: (ids[order], _numbers(source, values, totals)[order])
        for key, source, values in zip(keys, sources, listed[2:], strict=True)
    }


def _listed(sources: Sequence[str], before: datetime, *, with_care: bool = False) -> list[list[Any]]:
    """Ids of assets, totals, and of each source the values, all in one order."""
    together = TOGETHER[connection.vendor]
    values = (_value(each, with_care=with_care) for each in sources)
    wanted = ", ".join(together.format(each) for each in ("c.asset_id", "c.total", *values))
    cards, assets, baselines = (each._meta.db_table for each in (Scorecard, Asset, ScorecardBaseline))
    statement = (
        f"SELECT {wanted} FROM {cards} c JOIN {assets} a ON a.id = c.asset_id "  # noqa: S608 - own names
        f"LEFT JOIN {baselines} b ON b.id = c.baseline_id WHERE c.id IN ("
        f"SELECT (SELECT n.id FROM {cards} n WHERE n.asset_id = each.id AND n.scored_at <= %s "
        f"ORDER BY n.scored_at DESC, n.id DESC LIMIT 1) FROM {assets} each)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.adapt_datetimefield_value(before)])
        return [orjson.loads(each or "[]") for each in cursor.fetchone()]


def _value(source: str, *, with_care: bool) -> str:
    if source in PLAIN:
        of_asset, _, name = PLAIN[source].rpartition("__")
        return f"{'a' if of_asset else 'c'}.{name}"
    column = "dimensions" if source in DIMENSION_IDS else "figures"
    c, b = (VALID.format(f"{each}.{column}") if with_care else f"{each}.{column}" for each in "cb")
    value = INSIDE[connection.vendor].format(c=c, b=b, name=source)
    if source in DIMENSION_IDS:
        value = f"{value} -> '{SCORE[connection.vendor]}'"
    if connection.vendor == "sqlite":
        value = f"json({value})"  # Of a computed text SQLite does not see that it is JSON.
    return NUMBER.format(value) if with_care else value


def _numbers(source: str, values: list[Any], totals: Numbers) -> Numbers:
    """Moments as seconds of the epoch; scores of dimensions from 0 to 100, where the asset was rated."""
    if source in DIMENSION_IDS:
        scores = 100 * _floats(values)
        return np.where(np.isnan(totals), np.nan, scores)
    if source in PLAIN and values and isinstance(next((one for one in values if one), None), str):
        moments = pd.to_datetime(pd.Series(values, dtype=object), utc=True, format="ISO8601")
        seconds = moments.to_numpy(dtype="datetime64[us]").astype(np.float64) / 1e6
        return np.where(moments.isna().to_numpy(), np.nan, seconds)
    return _floats(values)


def _floats(values: list[Any]) -> Numbers:
    """What is no number is damage, and not known."""
    if not NUMBERS.issuperset(map(type, values)):
        values = [each if type(each) in NUMBERS else None for each in values]
    return np.array(values, dtype=np.float64)
