"""The newest scorecard of every asset as columns in the memory of this process, kept fresh by deltas."""

import threading
import time
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from screener.checklist import DIMENSIONS
from screener.models import Scorecard
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.table import Coded, Table

LOOK_AGAIN_S: Final = 1.0
"""How long a process may answer from what it has without asking the database for news."""

RELOAD_S: Final = 600.0
"""How long a renamed or removed asset may be shown as it was."""

OVERLAP: Final = 5_000
"""How many revisions are read again: on PostgreSQL a scorecard may be committed after one of a higher id."""

FIELDS: Final = (
    "id",
    "asset_id",
    "asset__kind",
    "asset__slug",
    "asset__symbol",
    "asset__name",
    "asset__chain",
    "asset__sector",
    "asset__venue",
    "asset__fictional",
    "tier",
    "grade",
    "total",
    "total_low",
    "total_high",
    "coverage",
    "gates_open",
    "gates_unverified",
    "dimensions",
    "figures",
)
PLACE: Final = {name: place for place, name in enumerate(FIELDS)}
TEXTS: Final = {"slug": "asset__slug", "symbol": "asset__symbol", "name": "asset__name"}
CATEGORY_FIELDS: Final = {
    each.key: each.key if each.key in {"tier", "grade"} else f"asset__{each.key}" for each in CATEGORIES
}
SCORES: Final = ("total", "total_low", "total_high", "coverage")
DIMENSION_IDS: Final = tuple(each.id for each in DIMENSIONS)


class Universe:
    """One a process. `table()` is safe to call from any thread; a table never changes once given out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Load everything anew at the next question."""
        self._table: Table | None = None
        self._revision = 0
        self._looked_at = self._loaded_at = -RELOAD_S

    def table(self) -> Table:
        with self._lock:
            now = time.monotonic()
            if self._table is None or now - self._loaded_at > RELOAD_S:
                self._load(now)
            elif now - self._looked_at > LOOK_AGAIN_S:
                self._catch_up(now)
            assert self._table is not None  # noqa: S101 - loaded above
            return self._table

    @property
    def has_fictional(self) -> bool:
        """Whether the sandbox market is among the assets."""
        return bool(self.table().fictional.any())

    def _load(self, now: float) -> None:
        rows = list(Scorecard.objects.latest_of_each_asset().order_by("asset_id").values_list(*FIELDS))
        self._table = table_of(rows)
        self._revision = max((row[PLACE["id"]] for row in rows), default=0)
        self._loaded_at = self._looked_at = now

    def _catch_up(self, now: float) -> None:
        newest = Scorecard.objects.order_by("-id").values_list("id", flat=True).first() or 0
        if newest < self._revision:  # Another database, or one that was emptied.
            self._load(now)
        elif newest > self._revision:
            since = max(0, self._revision - OVERLAP)
            rows = Scorecard.objects.filter(id__gt=since).order_by("id").values_list(*FIELDS)
            latest = {row[PLACE["asset_id"]]: row for row in rows}
            assert self._table is not None  # noqa: S101 - `table` calls this only when one is loaded
            self._table = self._table.updated_by(table_of(list(latest.values())))
            self._revision = newest
        self._looked_at = now


def table_of(rows: list[tuple[Any, ...]]) -> Table:
    """Columns of scorecards told as tuples of `FIELDS`."""
    columns = dict(zip(FIELDS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FIELDS, ())
    symbols, names = columns["asset__symbol"], columns["asset__name"]
    return Table(
        ids=np.array(columns["asset_id"], dtype=np.int64),
        numbers=_numbers(columns),
        categories={key: Coded.of(columns[name]) for key, name in CATEGORY_FIELDS.items()},
        gates_open=np.fromiter(map(len, columns["gates_open"]), np.int16),
        gates_unverified=np.fromiter(map(len, columns["gates_unverified"]), np.int16),
        fictional=np.array(columns["asset__fictional"], dtype=bool),
        names=_texts(
            f"{name or symbol} {symbol}".lower() for name, symbol in zip(names, symbols, strict=True)
        ),
        texts={key: _texts(columns[name]) for key, name in TEXTS.items()},
    )


def _numbers(columns: dict[str, Any]) -> dict[str, Any]:
    """Every registered column, and what the bars and intervals of the table need besides."""
    nothing = float("nan")
    figures, dimensions = columns["figures"], columns["dimensions"]
    numbers = {name: np.array(columns[name], dtype=np.float64) for name in SCORES}
    for column in COLUMNS:
        if column.source in DIMENSION_IDS:
            told = (
                100 * each[column.source]["score"] if column.source in each else nothing
                for each in dimensions
            )
        elif column.source in SCORES:
            continue
        else:
            told = (each.get(column.source, nothing) for each in figures)
        numbers[column.key] = np.fromiter(told, np.float64, len(figures))
    return numbers


def _texts(texts: Iterable[str]) -> Any:
    told = list(texts)
    column = np.empty(len(told), dtype=object)
    column[:] = told
    return column


UNIVERSE: Final = Universe()
