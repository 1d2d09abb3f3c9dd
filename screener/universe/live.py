"""In-memory column store: the newest scorecard of every asset in this process, kept fresh by deltas.

A table never changes once given out: news makes another one, which takes its place at once. What was
loaded is kept beside the database (`universe.file`), so that the next start reads columns.
"""

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import numpy as np
import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from assets.models import Asset
from assets.models.whole_json import is_damage
from assets.services.reading.rows import read_rows
from screener.models import Scorecard
from screener.screens.table import Table, stacked
from screener.universe.file import UniverseFile, UniverseSnapshot, reason_of
from screener.universe.past import forget_history
from screener.universe.questioned_answers import questioned_answers
from screener.universe.revision_gauges import BEHIND, REVISION
from screener.universe.rows import FIELDS, table_of

log = structlog.get_logger(__name__)

LOOK_AGAIN_S: Final = 1.0
"""How long a process may answer from what it has without asking the database for news."""

LOOK_AT_NAMES_S: Final = 10.0
"""How often a part of the assets is asked whether they are still there, and under the same name."""

NAMES_PASS_S: Final = 600.0
"""How long it takes at most until each asset was asked; and how old the file of columns may become."""

FEWEST_NAMES: Final = 2_000
GONE_AS_A_WHOLE: Final = 0.1
"""Of a part of the assets that was looked at; fewer were merged with others, one by one."""
OVERLAP: Final = 5_000
"""So far back late ones are looked for: on PostgreSQL a card may be committed after one of a higher id."""

SLICE: Final = 10_000
"""Assets that are read at once: their JSON is memory until it is columns."""


class KnownCard(NamedTuple):
    """What tells the database that a card is from: another one may have the same number."""

    revision: int
    asset_id: int
    scored_at: datetime | None
    digest: str


NOTHING: Final = KnownCard(0, 0, None, "")


class Universe:
    """One a process. `table()` is safe to call from any thread; a table never changes once given out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Load everything anew at the next question."""
        self._table: Table | None = None
        self._newest = NOTHING
        self._snapshot: UniverseSnapshot | None = None
        self.unkept = ""
        self.unreadable: set[int] = set()
        self._seen: frozenset[int] = frozenset()
        self._looked_at = self._named_at = self._saved_at = float("-inf")
        self._named_to = 0

    @property
    def revision(self) -> int:
        """The newest scorecard that it knows; 0 before the first question."""
        return self._newest.revision

    @property
    def scored_at(self) -> datetime | None:
        """When the newest scorecard was written; None where there is none."""
        self.table()
        return self._newest.scored_at

    def table(self) -> Table:
        """Whoever comes while another looks for news is not kept waiting: they get what there is."""
        table = self._table
        if table is not None and time.monotonic() - self._looked_at <= LOOK_AGAIN_S:
            return table
        if not self._lock.acquire(blocking=table is None):
            assert table is not None  # noqa: S101 - without one we wait for the lock
            return table
        try:
            table = self._fresh(time.monotonic())
        except Exception:
            BEHIND.set(1)
            raise
        finally:
            self._lock.release()
        REVISION.set(self.revision)
        BEHIND.set(0)
        return table

    @property
    def is_fictional(self) -> bool:
        """Whether there is nothing but the sandbox market."""
        table = self.table()
        return bool(table.fictional.any()) and not table.is_mixed

    def _fresh(self, now: float) -> Table:
        if self._snapshot is not None and not self._snapshot.is_intact():
            log.warning("kept columns were written into; all is read anew")
            self.forget()
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
        saved = file.read() if file else None
        known = _card(saved.revision) if saved is not None else NOTHING
        if saved is not None and known.digest == saved.digest:
            self._table, self._newest, self._snapshot = saved.table, known, saved
            self._catch_up()
        else:
            self._load()
        self._named_at = now
        self._save(now)

    def _load(self) -> None:
        self._newest, self._snapshot = _newest_card(), None
        revision = self._newest.revision
        self._seen = frozenset(_cards_since(revision - OVERLAP)) if revision else frozenset()
        self.unreadable = set()
        parts = [self._read(ids) for ids in _slices()] if revision else []
        self._table = stacked(parts) if parts else table_of([])
        self._saved_at = float("-inf")

    def _catch_up(self) -> None:
        """Read what is new; all of it where the database is another one, was emptied, or was restored from
        a backup: then the newest card that we know is not there, or another one has its number."""
        newest, known = _newest_card(), self._newest
        if newest == known:
            return
        if newest.revision <= known.revision or (known.revision and _card(known.revision) != known):
            log.warning("another database than before; all is read anew", revision=newest.revision)
            forget_history()
            self._load()
        else:
            assert self._table is not None  # noqa: S101 - asked only when one is loaded
            cards = _cards_since(known.revision - OVERLAP)
            news = sorted({asset_id for card_id, asset_id in cards.items() if card_id not in self._seen})
            for start in range(0, len(news), SLICE):
                self._table = self._table.updated_by(self._read(news[start : start + SLICE]))
            self._newest = newest
            self._seen = frozenset(each for each in cards if each > newest.revision - OVERLAP)

    def _read(self, asset_ids: list[int]) -> Table:
        """The newest cards of these assets. One that is damaged is left out, and holds up no other."""
        try:
            cards = _newest_cards(asset_ids)
            table = table_of(cards, questioned=questioned_answers(cards))
        except Exception as error:
            if isinstance(error, DatabaseError | InterfaceError) and not is_damage(error):
                raise
            if len(asset_ids) == 1:
                log.exception("scorecard can't be read", asset_id=asset_ids[0])
                self.unreadable.update(asset_ids)
                return table_of([])
            middle = len(asset_ids) // 2
            return stacked([self._read(asset_ids[:middle]), self._read(asset_ids[middle:])])
        self.unreadable.difference_update(asset_ids)
        return table

    def _look_at_names(self, now: float) -> None:
        """A part of the assets each time: of a million, all at once would hold up a reader."""
        assert self._table is not None  # noqa: S101 - asked only when one is loaded
        table, self._named_at = self._table, now
        most = max(FEWEST_NAMES, int(len(table) * LOOK_AT_NAMES_S / NAMES_PASS_S))
        begin = int(np.searchsorted(table.ids, self._named_to, side="right"))
        ids = table.ids[begin : begin + most].tolist()
        self._named_to = ids[-1] if begin + most < len(table) else 0
        current = {row[0]: row[1:] for row in _identities_now(ids)}
        known = dict(zip(ids, _identities(table, begin, begin + len(ids)), strict=True))
        gone = [each for each in ids if each not in current]
        renamed = [each for each in ids if each in current and current[each] != known[each]]
        if len(gone) > GONE_AS_A_WHOLE * len(ids):  # A market was taken back: the others are looked at now.
            present = Asset.objects.order_by().values_list("pk", flat=True).iterator()
            table = table.taken(np.flatnonzero(np.isin(table.ids, np.fromiter(present, dtype=np.int64))))
        elif gone:
            table = table.taken(np.flatnonzero(~np.isin(table.ids, gone)))
        if table.fictional.any() and not Asset.objects.filter(fictional=True).exists():
            table = table.taken(np.flatnonzero(~table.fictional))  # The sandbox goes as a whole.
        if renamed:
            table = table.updated_by(self._read(renamed))
        self._table = table
        self._save(now)

    def _save(self, now: float) -> None:
        """Write the columns beside the database, now and then; not where some could not be read."""
        if self.unreadable:
            return
        file = UniverseFile.of(connection.settings_dict, folder=settings.UNIVERSE_DIR)
        if file and self._table is not None and now - self._saved_at > NAMES_PASS_S:
            self._saved_at = now
            try:
                file.write(self._table, revision=self._newest.revision, digest=self._newest.digest)
                self.unkept = ""
            except OSError as error:  # Memory has it all; only the next start takes longer.
                self.unkept = reason_of(error)
                log.warning("columns can't be kept", reason=self.unkept)


def _newest_card() -> KnownCard:
    newest = Scorecard.objects.order_by("-id").values_list("id", "asset_id", "scored_at", "digest").first()
    return KnownCard(*newest) if newest else NOTHING


def _card(revision: int) -> KnownCard:
    found = Scorecard.objects.filter(pk=revision).values_list("id", "asset_id", "scored_at", "digest").first()
    return KnownCard(*found) if found else NOTHING


def _cards_since(revision: int) -> dict[int, int]:
    """The scorecards above this one → their assets."""
    return dict(Scorecard.objects.filter(id__gt=revision).values_list("id", "asset_id"))


def _slices() -> Iterator[list[int]]:
    """Every asset that has a card, ascending, so many at once."""
    last = -1
    while True:
        ids = Scorecard.objects.filter(asset_id__gt=last).order_by("asset_id")
        here = list(ids.values_list("asset_id", flat=True).distinct()[:SLICE])
        if not here:
            return
        yield here
        last = here[-1]


def _newest_cards(asset_ids: list[int]) -> list[tuple[Any, ...]]:
    newest = Scorecard.objects.filter(asset__pk__among=asset_ids).latest_of_each_asset()
    return read_rows(newest.order_by("asset_id"), FIELDS)


def _identities_now(ids: list[int]) -> list[tuple[Any, ...]]:
    fields = ("pk", "kind", "slug", "symbol", "name", "chain", "sector", "venue", "likeness")
    return list(Asset.objects.filter(pk__among=ids).values_list(*fields))


def _identities(table: Table, begin: int, end: int) -> Iterator[tuple[str, ...]]:
    """What assets are called in the table, in the order of `_identities_now`."""

    def labels(key: str) -> list[str]:
        coded = table.categories[key]
        return [coded.labels[code] for code in coded.codes[begin:end].tolist()]

    texts = [table.texts[name].slice(begin, end - begin).to_pylist() for name in ("slug", "symbol", "name")]
    places = map(labels, ("chain", "sector", "venue", "likeness"))
    return zip(labels("kind"), *texts, *places, strict=True)


UNIVERSE: Final = Universe()
