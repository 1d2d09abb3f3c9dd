"""Small universes for tests of screening."""

import numpy as np

from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.table import Coded, Table

NAN = float("nan")


def texts(values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def table_of(*rows):
    """A table of mappings: `id`, `name`, categories and columns by key; what is left out is not known."""
    numbers = {each.key: np.array([row.get(each.key, NAN) for row in rows], dtype=float) for each in COLUMNS}
    numbers |= {
        key: np.array([row.get(key, NAN) for row in rows], dtype=float) for key in ("total_low", "total_high")
    }
    names = [row.get("name", "") for row in rows]
    return Table(
        ids=np.array([row.get("id", place + 1) for place, row in enumerate(rows)], dtype=np.int64),
        numbers=numbers,
        categories={each.key: Coded.of([row.get(each.key, "") for row in rows]) for each in CATEGORIES},
        gates_open=np.array([row.get("open", 0) for row in rows], dtype=np.int16),
        gates_unverified=np.array([row.get("unverified", 0) for row in rows], dtype=np.int16),
        fictional=np.array([row.get("fictional", False) for row in rows], dtype=bool),
        names=texts([name.lower() for name in names]),
        texts={key: texts(names) for key in ("slug", "symbol", "name")},
    )
