"""Sorting and paging: the rows of one page in order, without sorting the others.

What is not known comes last in both directions; ties are broken by id, so that paging never loses or
repeats a row. Those that are not rated are sorted by the least that their answers give them. Rows are
places in the table, which ascend by id.
"""

from typing import Final

import numpy as np

from assets.metrics.size_tiers import TIERS
from screener.screens.columns import CATEGORY_OF
from screener.screens.table import Ids, Numbers, Table

ALL_AT_ONCE: Final = 400
"""So few are sorted whole: to find the page among them first would cost more."""

BY_NAME: Final = "name"
BY_SCORE: Final = "score"


def sort_values(table: Table, key: str, *, now_s: float) -> Numbers:
    """What the rows are sorted by, NaN where it is not known."""
    if key == BY_NAME:
        return table.name_ranks
    if key not in CATEGORY_OF:
        return table.values(key, now_s=now_s)
    coded = table.categories[key]
    places = {label: float(place) for place, label in enumerate(TIERS if key == "tier" else coded.labels)}
    by_code = np.array([places.get(label, np.nan) if label else np.nan for label in coded.labels] or [np.nan])
    return by_code[coded.codes]


def values_behind(table: Table, key: str) -> Numbers | None:
    """By what those are sorted whose own value is not known; None: by id."""
    if key != BY_SCORE:
        return None
    return table.numbers["score_low"]


def in_order(values: Numbers, rows: Ids, *, descending: bool, behind: Numbers | None = None) -> Ids:
    """All of the rows, sorted."""
    return page_of(values, rows, 0, len(rows), descending=descending, behind=behind)


def page_of(
    values: Numbers, rows: Ids, start: int, stop: int, *, descending: bool, behind: Numbers | None = None
) -> Ids:
    """The rows from `start` to before `stop` of all that are sorted by their values.

    After them come those without a value, sorted by `behind` in the same direction.
    """
    keys = values[rows]
    is_known = keys == keys
    known, unknown = rows, rows[:0]
    if not is_known.all():
        known, unknown, keys = rows[is_known], rows[~is_known], keys[is_known]
    directed = -keys if descending else keys
    stop = min(stop, len(rows))
    page = _among_known(directed, known, start, min(stop, len(known)))
    first, last = max(0, start - len(known)), max(0, stop - len(known))
    if behind is None or first >= last:
        return np.concatenate([page, unknown[first:last]])
    return np.concatenate([page, page_of(behind, unknown, first, last, descending=descending)])


def _among_known(directed: Numbers, rows: Ids, start: int, stop: int) -> Ids:
    if start >= stop:
        return rows[:0]
    if len(rows) <= ALL_AT_ONCE or stop - start > len(rows) // 2:
        return rows[np.argsort(directed, kind="stable")[start:stop]]
    parted = np.partition(directed, (start, stop - 1))
    low, high = parted[start], parted[stop - 1]
    near = np.flatnonzero((directed >= low) & (directed <= high))
    ordered = near[np.argsort(directed[near], kind="stable")]
    before = int(np.count_nonzero(directed < low))
    return rows[ordered[start - before : stop - before]]
