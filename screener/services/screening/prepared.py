"""Prepared table: what is counted and answered until the universe changes, at each reader's position."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache

from screener.screens.at_position import at_position
from screener.screens.histograms import Counter, Histogram
from screener.screens.position import PositionSize
from screener.screens.table import Ids, Table
from screener.universe.live import UNIVERSE

MOST_KEPT: Final = 32
"""So many answered questions are kept until the table changes, for the next page and the next order."""
MOST_SIZED_BYTES: Final = 128_000_000
BYTES_A_ROW: Final = 40
"""Of a table at another position: three columns, their bins, and their bars of the histograms. All else is
shared. Any address can name another position: the oldest make way, so that nobody can fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The rows that a question means, and how they spread; facets and histograms are by key."""

    rows: Ids
    facets: Mapping[str, Mapping[str, int]]
    histograms: Mapping[str, Histogram]


class KeptSelections:
    """Selections by what was asked; of all positions together no more than `MOST_KEPT`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[object, Selection] = LRUCache(MOST_KEPT)

    def selection(self, question: object, work: Callable[[], Selection]) -> Selection:
        with self._lock:
            if (known := self._kept.get(question)) is not None:
                return known
        selection = work()
        with self._lock:
            self._kept[question] = selection
        return selection


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """One table and its counter."""

    table: Table
    counter: Counter
    answered: KeptSelections
    position: PositionSize | None = None

    def selection(self, question: object, work: Callable[[], Selection]) -> Selection:
        return self.answered.selection((self.position, question), work)


class PreparedUniverse:
    """A universe as it was judged, and at the positions that were asked for last."""

    def __init__(self, table: Table) -> None:
        self.judged = PreparedTable(table, Counter(table), KeptSelections())
        self._lock = threading.Lock()
        self._sized: LRUCache[PositionSize, PreparedTable] = LRUCache(
            MOST_SIZED_BYTES, getsizeof=lambda each: BYTES_A_ROW * len(each.table)
        )

    def at(self, position: PositionSize) -> PreparedTable:
        with self._lock:
            if (known := self._sized.get(position)) is not None:
                return known
        sized = at_position(self.judged.table, position)
        if sized is self.judged.table:
            return self.judged
        made = PreparedTable(sized, self.judged.counter.of(sized), self.judged.answered, position)
        with self._lock:
            if BYTES_A_ROW * len(sized) <= self._sized.maxsize:
                self._sized[position] = made
        return made


_newest: Final[dict[str, PreparedUniverse]] = {}


def prepared(position: PositionSize) -> PreparedTable:
    """The universe of now at this position.

    Anew for each table; of two threads that come at once both are right, and one is kept.
    """
    table, kept = UNIVERSE.table(), _newest.get("prepared")
    if kept is None or kept.judged.table is not table:
        kept = _newest["prepared"] = PreparedUniverse(table)
    return kept.at(position)
