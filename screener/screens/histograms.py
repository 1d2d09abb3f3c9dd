"""Histograms and facets: how the rows of a selection spread, by number of the panel and by category.

What has a condition of its own is counted under all the other conditions, so that its bars show
where the limit could be moved to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.screens.at_position import OF_POSITION
from screener.screens.bins import BARS, CODES, UNKNOWN
from screener.screens.columns import CATEGORIES, IN_FORM, TIER
from screener.screens.table import Ids, Mask, Table

MOST_AT_ONCE: Final = 1 << 16
"""So many combinations of bars and labels are counted in one walk."""

Counts = npt.NDArray[np.int64]

OF_READER: Final = (frozenset(OF_POSITION), frozenset({TIER}))
"""What differs from reader to reader: by the size of their position, and by their limits of the tiers."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Assets a bar, and those of which nothing is known."""

    bars: tuple[int, ...]
    unknown: int

    @classmethod
    def of(cls, counts: Counts) -> "Histogram":
        return cls(tuple(counts[:BARS].tolist()), int(counts[UNKNOWN]))


class Counter:
    """Counts any selection of one table; what it prepares serves every question until the table changes."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, sized: Table) -> "Counter":
        """That of the same table for another reader: only what differs for them is prepared anew."""
        other = Counter(sized)
        moved = {key for key, (codes, _size) in other._codes.items() if codes is not self._codes[key][0]}
        other.__dict__["_walks"] = [
            each if each.keys.isdisjoint(moved) else other._walk(each.keys_in_order) for each in self._walks
        ]
        return other

    def count(
        self, selected: Mask, *, apart: Mapping[str, Mask]
    ) -> tuple[dict[str, Histogram], dict[str, dict[str, int]]]:
        """Histograms by column, and by category how many have each label; "" has those without one.

        `apart` has the selections of those that are counted under other conditions.
        """
        counts = self._counts(selected)
        for key, mask in apart.items():
            if key in counts:
                codes, size = self._codes[key]
                counts[key] = np.bincount(codes[mask], minlength=size)
        labels = {each.key: self._table.categories[each.key].labels for each in CATEGORIES}
        # An empty table has no label, and one place for what is not there.
        facets = {key: dict(zip(names, counts[key].tolist(), strict=False)) for key, names in labels.items()}
        return {each.key: Histogram.of(counts[each.key]) for each in IN_FORM}, facets

    def _counts(self, selected: Mask) -> dict[str, Counts]:
        """Of a selection of more than half only the rest is counted."""
        rows, size = np.flatnonzero(selected), len(self._table)
        is_most = len(rows) > size // 2
        counted = np.flatnonzero(~selected) if is_most else rows
        counts: dict[str, Counts] = {}
        for walk in self._walks:
            counts |= walk.without(counted) if is_most else walk.within(counted)
        return counts

    @cached_property
    def _codes(self) -> dict[str, tuple[npt.NDArray[np.integer], int]]:
        """What is counted: each asset's code, and how many codes there are."""
        codes: dict[str, tuple[npt.NDArray[np.integer], int]] = {
            each.key: (self._table.bins[each.key], CODES) for each in IN_FORM
        }
        for each in CATEGORIES:
            coded = self._table.categories[each.key]
            codes[each.key] = (coded.codes, len(coded.labels))
        return codes

    @cached_property
    def _walks(self) -> "list[_Walk]":
        return [self._walk(keys) for keys in self._together()]

    def _walk(self, keys: Sequence[str]) -> "_Walk":
        return _Walk({key: self._codes[key] for key in keys})

    def _together(self) -> Iterator[list[str]]:
        """Keys that are counted in one walk; what differs from reader to reader in walks of its own."""
        keys: list[str] = []
        for key, (_codes, size) in self._codes.items():
            if any(key in each for each in OF_READER):
                continue
            if keys and prod(self._codes[each][1] for each in keys) * max(size, 1) > MOST_AT_ONCE:
                yield keys
                keys = []
            keys = [*keys, key]
        yield keys
        for apart in OF_READER:
            yield [key for key in self._codes if key in apart]


class _Walk:
    """Several codes of each asset as the digits of one number: one count of the numbers counts them all."""

    def __init__(self, codes: Mapping[str, tuple[npt.NDArray[np.integer], int]]) -> None:
        self.keys_in_order = tuple(codes)
        self.keys = frozenset(codes)
        self._sizes = {key: max(size, 1) for key, (_codes, size) in codes.items()}
        (first, _size), *others = codes.values()
        kind = np.uint16 if prod(self._sizes.values()) <= MOST_AT_ONCE else np.uint32
        self._numbers: npt.NDArray[np.unsignedinteger] = first.astype(kind)
        for each, size in others:
            self._numbers = self._numbers * kind(max(size, 1)) + each.astype(kind)
        self._of_all = self._count(self._numbers)

    def within(self, rows: Ids) -> dict[str, Counts]:
        return self._apart(self._count(self._numbers[rows]))

    def without(self, rows: Ids) -> dict[str, Counts]:
        return self._apart(self._of_all - self._count(self._numbers[rows]))

    def _count(self, numbers: npt.NDArray[np.unsignedinteger]) -> Counts:
        return np.bincount(numbers, minlength=prod(self._sizes.values()))

    def _apart(self, joint: Counts) -> dict[str, Counts]:
        sizes = tuple(self._sizes.values())
        cube = joint.reshape(sizes)
        axes = range(len(sizes))
        return {
            key: cube.sum(axis=tuple(each for each in axes if each != axis))
            for axis, key in enumerate(self._sizes)
        }
