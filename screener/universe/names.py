"""Name index: the words of all names and symbols in order, so that a part of one finds its assets.

Beginnings of words are found by bisection, parts within them by one pass over the distinct words. An index is
of one table; where names have changed since, whoever uses it compares with the names of today.
"""

import threading
import time
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from screener.screens.table import Ids, Table, Texts

Rows = npt.NDArray[np.int32]

LAST: Final = "\U0010ffff"
"""Behind every text that begins alike."""

SHORTEST_PART: Final = 3
"""Letters that are looked for within words; fewer are in most of them. Chinese or Thai has no spaces."""

MOST_PARTS: Final = 2_000
"""So many distinct words that hold a part are enough to choose from."""

AT_ONCE: Final = 50_000
"""Up to so many assets an index is made within the question; above, beside it."""

MADE_EVERY_S: Final = 30.0
"""How long at least lies between two that are made beside the questions."""


class NameIndex:
    """The assets of one table by the words of their names; `names` is that table's column."""

    def __init__(self, table: Table) -> None:
        self.ids: Ids = table.ids
        self.names: Texts = table.names
        in_lists = pc.split_pattern(table.names, " ")
        rows = pc.list_parent_indices(in_lists).to_numpy().astype(np.int32)
        encoded = in_lists.flatten().dictionary_encode()
        order = pc.sort_indices(encoded.dictionary).to_numpy()
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        codes = ranks[encoded.indices.to_numpy(zero_copy_only=False)]
        self._words: Any = encoded.dictionary.take(pa.array(order))
        self._rows: Rows = rows[np.argsort(codes, kind="stable")]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=len(order)))])
        # Put together anew, so that the letters lie in the order of the words and begin at 0.
        self._letters = "".join(self._words.to_pylist()).encode()
        self._ends = np.cumsum(pc.binary_length(self._words).to_numpy(zero_copy_only=False).astype(np.int64))

    def named(self, words: Sequence[str]) -> Ids:
        """The assets in whose names each of these folded words stands whole; ids, ascending."""
        return self._of_all([self._of(each, f"{each}\0") for each in words])

    def beginning(self, words: Sequence[str]) -> Ids:
        """The assets in whose names a word begins with each of these."""
        return self._of_all([self._of(each, each + LAST) for each in words])

    def holding(self, words: Sequence[str]) -> Ids:
        """The assets in whose names each of these begins a word or, if it is long enough, is part of one."""
        return self._of_all(
            [np.concatenate([self._of(each, each + LAST), self._within(each)]) for each in words]
        )

    def _of_all(self, found: Sequence[Rows]) -> Ids:
        """In a mask: to sort the rows of one letter costs more than to look at all."""
        if not found:
            return self.ids[:0]
        mask = np.zeros(len(self.ids), dtype=bool)
        first, *others = sorted(found, key=len)
        mask[first] = True
        for each in others:
            also = np.zeros(len(self.ids), dtype=bool)
            also[each] = True
            mask &= also
        return self.ids[mask]

    def _of(self, first: str, end: str) -> Rows:
        """The rows of the words from `first` to before `end`."""
        low, high = self._place(first), self._place(end)
        return self._rows[self._starts[low] : self._starts[high]]

    def _place(self, text: str) -> int:
        return bisect_left(range(len(self._words)), text, key=lambda place: self._words[place].as_py())

    def _within(self, part: str) -> Rows:
        sought, at = part.encode(), 0
        words: list[int] = []
        if len(part) < SHORTEST_PART and part.isascii():
            return self._rows[:0]
        while len(words) < MOST_PARTS and (at := self._letters.find(sought, at)) >= 0:
            word = int(np.searchsorted(self._ends, at, side="right"))
            is_whole = at + len(sought) <= self._ends[word]  # Else it runs over into the next word.
            words += [word] if is_whole else []
            at = int(self._ends[word]) if is_whole else at + 1
        rows = [self._rows[self._starts[each] : self._starts[each + 1]] for each in words]
        return np.concatenate(rows) if rows else self._rows[:0]


class Names:
    """The index of this process. Of a large market that grows it is made anew beside the questions, which
    go on with the one before: a new asset is found by its name within half a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: NameIndex | None = None
        self._made_at = float("-inf")

    def of(self, table: Table) -> NameIndex:
        """The index of this table, or of one shortly before it."""
        index = self._index
        if index is not None and index.names is table.names:
            return index
        if index is None or len(table) <= AT_ONCE:
            with self._lock:
                return self._made(table)
        if time.monotonic() - self._made_at > MADE_EVERY_S:
            self._begin_beside(table)
        return index

    def prepare(self, table: Table) -> None:
        """Begin with an index of a large market before the first question, for whoever is about to ask."""
        if self._index is None and len(table) > AT_ONCE:
            self._begin_beside(table)

    def _begin_beside(self, table: Table) -> None:
        if self._lock.acquire(blocking=False):
            threading.Thread(target=self._make_beside, args=(table,), name="name-index", daemon=True).start()

    def _made(self, table: Table) -> NameIndex:
        if self._index is None or self._index.names is not table.names:
            self._index, self._made_at = NameIndex(table), time.monotonic()
        return self._index

    def _make_beside(self, table: Table) -> None:
        """The lock was taken for it."""
        try:
            self._made(table)
        finally:
            self._lock.release()


NAMES: Final = Names()
