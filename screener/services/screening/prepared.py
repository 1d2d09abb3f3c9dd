"""Prepared table: what is counted and answered until the universe changes, as each reader sees it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from cachetools import LRUCache

from screener.screens.at_position import at_position
from screener.screens.histograms import Counter, Histogram
from screener.screens.position import PositionSize
from screener.screens.size_tiers import under_tiers
from screener.screens.table import Ids, Table
from screener.screens.tier_limits import TierLimits
from screener.services.desk.size_tiers import default_tiers
from screener.universe.live import UNIVERSE

MOST_KEPT: Final = 32
"""So many answered questions are kept until the table changes, for the next page and the next order."""
MOST_PAGES: Final = 64
"""And so many pages of them, each with the rows that it shows."""
MOST_SIZED_BYTES: Final = 160_000_000
BYTES_A_ROW: Final = 76
"""Of a table for another reader: three columns, their bins, and their bars of the histograms; tiers twice;
gates and answers of the position. All else is shared. Any address can name another position: the oldest make
way, so that nobody can fill the memory."""

SeenBy = tuple[PositionSize, TierLimits]
"""What of a reader changes a table: the size that they think in, and their limits of the tiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The rows that a question means, and how they spread; facets and histograms are by key, `answers` by
    criterion that it asks for."""

    rows: Ids
    facets: Mapping[str, Mapping[str, int]]
    histograms: Mapping[str, Histogram]
    answers: Mapping[str, Mapping[str, int]]


Answer = TypeVar("Answer")


class KeptAnswers(Generic[Answer]):
    """Answers by what was asked, of all positions together no more than `most`."""

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[object, Answer] = LRUCache(most)

    def answer(self, question: object, work: Callable[[], Answer]) -> Answer:
        with self._lock:
            if (known := self._kept.get(question)) is not None:
                return known
        answer = work()
        with self._lock:
            self._kept[question] = answer
        return answer


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """One table and its counter; what was asked of it, and the pages that were shown."""

    table: Table
    counter: Counter
    answered: KeptAnswers[Selection]
    pages: KeptAnswers[Any]
    seen_by: SeenBy | None = None

    def selection(self, question: object, work: Callable[[], Selection]) -> Selection:
        return self.answered.answer((self.seen_by, question), work)

    def page(self, question: object, work: Callable[[], Answer]) -> Answer:
        page: Answer = self.pages.answer((self.seen_by, question), work)
        return page


class PreparedUniverse:
    """A universe as it was judged, and as it was asked for last by readers with other sizes and limits."""

    def __init__(self, table: Table) -> None:
        self.judged = PreparedTable(table, Counter(table), KeptAnswers(MOST_KEPT), KeptAnswers(MOST_PAGES))
        self._lock = threading.Lock()
        self._seen: LRUCache[SeenBy, PreparedTable] = LRUCache(
            MOST_SIZED_BYTES, getsizeof=lambda each: BYTES_A_ROW * len(each.table)
        )

    def seen_by(self, position: PositionSize, limits: TierLimits) -> PreparedTable:
        key = (position, limits)
        with self._lock:
            if (known := self._seen.get(key)) is not None:
                return known
        table = at_position(under_tiers(self.judged.table, limits), position)
        if table is self.judged.table:
            return self.judged
        made = replace(self.judged, table=table, counter=self.judged.counter.of(table), seen_by=key)
        with self._lock:
            if BYTES_A_ROW * len(table) <= self._seen.maxsize:
                self._seen[key] = made
        return made


_newest: Final[dict[str, PreparedUniverse]] = {}


def prepared(position: PositionSize, limits: TierLimits | None = None) -> PreparedTable:
    """The universe of now at this position, in tiers by these limits, or by the operator's.

    Anew for each table; of two threads that come at once both are right, and one is kept.
    """
    table, kept = UNIVERSE.table(), _newest.get("prepared")
    if kept is None or kept.judged.table is not table:
        kept = _newest["prepared"] = PreparedUniverse(table)
    return kept.seen_by(position, limits or default_tiers())
