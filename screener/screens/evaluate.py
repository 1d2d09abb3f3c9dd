"""Which rows of the universe a screen brings back, in which order, and how many of each category."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from screener.screens.columns import CATEGORIES
from screener.screens.filters import Screen
from screener.screens.table import Ids, Mask, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`rows` are places in the table, sorted. `facets` counts each label under all the other conditions."""

    rows: Ids
    facets: Mapping[str, Mapping[str, int]]


def evaluate(table: Table, screen: Screen) -> Selection:
    """A comparison with a missing value is never true; missing values sort last in both directions."""
    by_category = {
        each.key: _is_one_of(table, each.key, screen.categories[each.key])
        for each in CATEGORIES
        if each.key in screen.categories
    }
    rest = _passes_the_rest(table, screen)
    everything = _all([rest, *by_category.values()], len(table))
    facets = {}
    for each in CATEGORIES:
        others = [mask for key, mask in by_category.items() if key != each.key]
        coded = table.categories[each.key]
        within = (
            coded.codes[_all([rest, *others], len(table))]
            if others or each.key in by_category
            else (coded.codes[everything])
        )
        counts = np.bincount(within, minlength=len(coded.labels)).tolist()
        facets[each.key] = dict(zip(coded.labels, counts, strict=True))
    return Selection(rows=_sorted(table, np.flatnonzero(everything), screen), facets=facets)


def _is_one_of(table: Table, key: str, wanted: tuple[str, ...]) -> Mask:
    coded = table.categories[key]
    codes = [code for code, label in enumerate(coded.labels) if label in wanted]
    return np.isin(coded.codes, codes)


def _passes_the_rest(table: Table, screen: Screen) -> Mask:
    passing = np.ones(len(table), dtype=bool)
    for key, (low, high) in screen.ranges.items():
        column = table.numbers[key]
        if low is not None:
            passing &= column >= low
        if high is not None:
            passing &= column <= high
    if screen.gates == "open":
        passing &= table.gates_open > 0
    elif screen.gates == "unverified":
        passing &= table.gates_unverified > 0
    elif screen.gates == "clear":
        passing &= (table.gates_open == 0) & (table.gates_unverified == 0)
    for word in screen.text.lower().split():
        passing &= np.fromiter((word in name for name in table.names), bool, len(table))
    return passing


def _all(masks: list[Mask], length: int) -> Mask:
    return np.logical_and.reduce(masks) if masks else np.ones(length, dtype=bool)


def _sorted(table: Table, rows: Ids, screen: Screen) -> Ids:
    """Ties are broken by id, so that paging never loses or repeats a row."""
    ids = table.ids[rows]
    if screen.sort_key == "name":
        return rows[_by_name(table.names[rows].tolist(), ids.tolist(), descending=screen.is_descending)]
    values = table.numbers[screen.sort_key][rows]
    directed = -values if screen.is_descending else values
    return rows[np.lexsort((ids, directed, np.isnan(values)))]


def _by_name(names: list[str], ids: list[int], *, descending: bool) -> list[int]:
    named = [place for place, name in enumerate(names) if name]
    named.sort(key=lambda place: ids[place])
    named.sort(key=lambda place: names[place], reverse=descending)
    return named + [place for place, name in enumerate(names) if not name]
