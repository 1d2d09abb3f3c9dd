"""The newest scorecard of every asset as columns in the memory of this process, kept fresh by deltas.

A table never changes once given out: news makes another one, which takes its place at once. What was
loaded is kept beside the database (`universe_file`), so that the next start reads columns.
"""

import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Max

from assets.models import Asset
from assets.services.read_rows import read_rows
from screener.models import Scorecard
from screener.screens.table import Table, stacked
from screener.universe_file import UniverseFile
from screener.universe_rows import FIELDS, table_of

LOOK_AGAIN_S: Final = 1.0
"""How long a process may answer from what it has without asking the database for news."""

LOOK_AT_NAMES_S: Final = 10.0
"""How often a part of the assets is asked whether they are still there, and under the same name."""

NAMES_PASS_S: Final = 600.0
"""How long it takes at most until each asset was asked; and how old the file of columns may become."""

FEWEST_NAMES: Final = 2_000
OVERLAP: Final = 5_000
"""How many revisions are read again: on PostgreSQL a scorecard may be committed after one of a higher id."""

SLICE: Final = 10_000
"""Assets that are read at once: their JSON is memory until it is columns."""


class Universe:
    """One a process. `table()` is safe to call from any thread; a table never changes once given out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Load everything anew at the next question."""
        self._table: Table | None = None
        self._revision = 0
        self._looked_at = self._named_at = self._saved_at = float("-inf")
        self._named_to = 0

    def table(self) -> Table:
        """Whoever comes while another looks for news is not kept waiting: they get what there is."""
        table = self._table
        if table is not None and time.monotonic() - self._looked_at <= LOOK_AGAIN_S:
            return table
        if not self._lock.acquire(blocking=table is None):
            assert table is not None  # noqa: S101 - without one we wait for the lock
            return table
        try:
            return self._fresh(time.monotonic())
        finally:
            self._lock.release()

    @property
    def has_fictional(self) -> bool:
        """Whether the sandbox market is among the assets."""
        return bool(self.table().fictional.any())

    def _fresh(self, now: float) -> Table:
        if self._table is None:
            self._begin(now)
        elif now - self._looked_at > LOOK_AGAIN_S:
            self._catch_up()
            if now - self._named_at > LOOK_AT_NAMES_S:
                self._look_at_names(now)
        self._looked_at = now
        assert self._table is not None  # noqa: S101 - begun above
        return self._table

    def _begin(self, now: float) -> None:
        file = UniverseFile.of(connection.settings_dict, folder=settings.UNIVERSE_DIR)
        kept = file.read() if file else None
        if kept is not None and _is_of_this_database(kept.revision, kept.digest):
            self._table, self._revision = kept.table, kept.revision
            self._catch_up()
        else:
            self._load()
        self._named_at = now
        self._keep(now)

    def _load(self) -> None:
        self._revision = _newest_revision()
        parts = [table_of(rows) for rows in _slices()] if self._revision else []
        self._table = stacked(parts) if parts else table_of([])
        self._saved_at = float("-inf")

    def _catch_up(self) -> None:
        newest = _newest_revision()
        if newest < self._revision:  # Another database, or one that was emptied.
            self._load()
        elif newest > self._revision:
            assert self._table is not None  # noqa: S101 - asked only when one is loaded
            since = max(0, self._revision - OVERLAP)
            for rows in _slices(since=since):
                self._table = self._table.updated_by(table_of(rows))
            self._revision = newest

    def _look_at_names(self, now: float) -> None:
        """A part of the assets each time: of a million, all at once would hold up a reader."""
        assert self._table is not None  # noqa: S101 - asked only when one is loaded
        table, self._named_at = self._table, now
        most = max(FEWEST_NAMES, int(len(table) * LOOK_AT_NAMES_S / NAMES_PASS_S))
        begin = int(np.searchsorted(table.ids, self._named_to, side="right"))
        ids = table.ids[begin : begin + most].tolist()
        self._named_to = ids[-1] if begin + most < len(table) else 0
        known = {place: _identity(table, place) for place in range(begin, begin + len(ids))}
        told = {row[0]: tuple(row[1:]) for row in _identities(ids)}
        moved = [table.ids[place] for place, was in known.items() if told.get(int(table.ids[place])) != was]
        gone = np.array([each for each in moved if int(each) not in told], dtype=np.int64)
        renamed = [int(each) for each in moved if int(each) in told]
        if gone.size:
            table = table.taken(np.flatnonzero(~np.isin(table.ids, gone)))
        if renamed:
            rows = Scorecard.objects.filter(asset_id__in=renamed).latest_of_each_asset()
            table = table.updated_by(table_of(read_rows(rows.order_by("asset_id"), FIELDS)))
        self._table = table
        self._keep(now)

    def _keep(self, now: float) -> None:
        """Write the columns beside the database, now and then."""
        file = UniverseFile.of(connection.settings_dict, folder=settings.UNIVERSE_DIR)
        if file and self._table is not None and now - self._saved_at > NAMES_PASS_S:
            self._saved_at = now
            digest = Scorecard.objects.filter(pk=self._revision).values_list("digest", flat=True).first()
            if digest is not None:
                file.write(self._table, revision=self._revision, digest=digest)


def _newest_revision() -> int:
    return Scorecard.objects.aggregate(newest=Max("id"))["newest"] or 0


def _is_of_this_database(revision: int, digest: str) -> bool:
    return Scorecard.objects.filter(pk=revision, digest=digest).exists()


def _slices(*, since: int = 0) -> Iterator[list[tuple[Any, ...]]]:
    """The newest cards, ascending by asset, so many at once; `since` leaves out those of older revisions."""
    news = Scorecard.objects.filter(id__gt=since)
    last = -1
    while True:
        ids = news.filter(asset_id__gt=last).order_by("asset_id").values_list("asset_id", flat=True)
        here = list(ids.distinct()[:SLICE])
        if not here:
            return
        within = news.filter(asset_id__gt=last, asset_id__lte=here[-1]).latest_of_each_asset()
        yield read_rows(within.order_by("asset_id"), FIELDS)
        last = here[-1]


def _identities(ids: list[int]) -> list[tuple[Any, ...]]:
    fields = ("pk", "kind", "slug", "symbol", "name", "chain", "sector", "venue")
    return list(Asset.objects.filter(pk__among=ids).values_list(*fields))


def _identity(table: Table, place: int) -> tuple[str, ...]:
    def label(key: str) -> str:
        coded = table.categories[key]
        return coded.labels[coded.codes[place]]

    texts = (table.text(name, place) for name in ("slug", "symbol", "name"))
    return (label("kind"), *texts, label("chain"), label("sector"), label("venue"))


UNIVERSE: Final = Universe()
