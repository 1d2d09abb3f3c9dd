"""How the rows of a selection spread: a histogram of each number of the panel, counts of each category.

What has a condition of its own is counted under all the other conditions, so that its bars show
where the limit could be moved to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from screener.screens.columns import CATEGORIES, IN_FORM
from screener.screens.scales import BARS, CODES, UNKNOWN
from screener.screens.table import Ids, Mask, Table

AT_ONCE: Final = 3
"""So many histograms are counted in one walk: their bars together are the digits of one number."""

Counts = npt.NDArray[np.int64]


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
        keys = [each.key for each in IN_FORM]
        self._groups = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]

    def histograms(self, selected: Mask, *, apart: Mapping[str, Mask]) -> dict[str, Histogram]:
        """By column key. `apart` has the selections of those that are counted under other conditions."""
        counts = self._counts(selected)
        for key, mask in apart.items():
            if key in counts:
                counts[key] = np.bincount(self._table.bins[key][mask], minlength=CODES)
        return {key: Histogram.of(each) for key, each in counts.items()}

    def facets(self, selected: Mask, *, apart: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
        """By category how many assets have each label; "" are those of which it is not known."""
        told = {}
        for category in CATEGORIES:
            coded = self._table.categories[category.key]
            within = coded.codes[apart.get(category.key, selected)]
            counts = np.bincount(within, minlength=len(coded.labels)).tolist()
            told[category.key] = dict(zip(coded.labels, counts, strict=True))
        return told

    @cached_property
    def _digits(self) -> list[npt.NDArray[np.uint16]]:
        """A number for each asset and group of histograms, whose digits to the base `CODES` are its bars."""
        return [self._digits_of(group) for group in self._groups]

    @cached_property
    def _of_all(self) -> list[Counts]:
        return [np.bincount(each, minlength=CODES**AT_ONCE) for each in self._digits]

    def _digits_of(self, group: Sequence[str]) -> npt.NDArray[np.uint16]:
        number = np.zeros(len(self._table), dtype=np.uint16)
        for key in group:
            number = number * np.uint16(CODES) + self._table.bins[key]
        return number

    def _counts(self, selected: Mask) -> dict[str, Counts]:
        rows, rest = np.flatnonzero(selected), len(self._table)
        is_most = len(rows) > rest // 2
        counted = np.flatnonzero(~selected) if is_most else rows
        counts: dict[str, Counts] = {}
        for group, digits, of_all in zip(self._groups, self._digits, self._of_all, strict=True):
            told = _walk(digits, counted)
            joint = (of_all - told if is_most else told).reshape((CODES,) * AT_ONCE)
            for place, key in enumerate(group):
                axis = AT_ONCE - len(group) + place
                others = tuple(each for each in range(AT_ONCE) if each != axis)
                counts[key] = joint.sum(axis=others)
        return counts


def _walk(digits: npt.NDArray[np.uint16], rows: Ids) -> Counts:
    told: Counts = np.bincount(digits[rows], minlength=CODES**AT_ONCE)
    return told
