"""Small universes for tests of screening."""

import numpy as np
import pyarrow as pa

from assets.metrics.exit_costs import EXIT_SIZES_USD
from screener.checklist import CRITERIA
from screener.checklist.states import SHOWN
from screener.screens.columns import CATEGORIES, COLUMNS, SANDBOX
from screener.screens.table import (
    BEHIND,
    GATE_BITS,
    JUDGED_SIZE,
    NEVER_ASKED,
    Coded,
    Table,
    bins_of,
    tags_text,
)

NAN = float("nan")
CODES = {word: code for code, word in enumerate(SHOWN)} | {None: NEVER_ASKED}


UNSAID = {SANDBOX: "no"}
"""An asset is real unless it is said to be invented."""


def texts(values):
    return pa.array(list(values), pa.large_string())


def table_of(*rows):
    """A table of mappings, ascending by `id`: `name`, `tags`, `open` and `unverified` gates, `states` by
    criterion, categories and columns by key, `costs` of a
    round trip by size; what is left out is not known.
    """
    keys = [*(each.key for each in COLUMNS), *BEHIND, "score_low", "score_high", JUDGED_SIZE]
    numbers = {key: np.array([row.get(key, NAN) for row in rows], dtype=float) for key in keys}
    names = [row.get("name", "") for row in rows]

    def gates(word):
        return np.array([sum(GATE_BITS[name] for name in row.get(word, ())) for row in rows], dtype=np.uint64)

    ids = np.array([row.get("id", place + 1) for place, row in enumerate(rows)], dtype=np.int64)
    return Table(
        ids=ids,
        cards=ids,
        numbers=numbers,
        bins=bins_of(numbers),
        categories={
            each.key: Coded.of([row.get(each.key, UNSAID.get(each.key, "")) for row in rows])
            for each in CATEGORIES
        },
        gates_open=gates("open"),
        gates_unverified=gates("unverified"),
        states={
            name: np.array([CODES[row.get("states", {}).get(name)] for row in rows], dtype=np.int8)
            for name in CRITERIA
        },
        exit_costs={
            f"{size:.0f}": np.array([row.get("costs", {}).get(size, NAN) for row in rows], dtype=np.float32)
            for size in EXIT_SIZES_USD
        },
        names=texts(name.casefold() for name in names),
        tags=texts(tags_text(row.get("tags", ())) for row in rows),
        texts={
            **{each: texts(names) for each in ("slug", "symbol", "name")},
            "questions": texts(row.get("questions", "") for row in rows),
        },
    )


def labels_of(table, key):
    coded = table.categories[key]
    return [coded.labels[code] for code in coded.codes]
