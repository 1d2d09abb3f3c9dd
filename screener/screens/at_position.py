"""Table at a position: exit columns and answers anew for a reader's size, from what the cards keep."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from assets.metrics.columns import ratio
from assets.metrics.exit_costs import cost_at
from assets.metrics.exits import FOREVER_DAYS, days_to_exit
from assets.metrics.round_trips import HOPELESS_SHARE
from screener.screens.bins import scale_of
from screener.screens.columns import COLUMN_OF
from screener.screens.position import PositionSize
from screener.screens.size_criteria import MOST, StatesAtSize, gates_at_size
from screener.screens.table import JUDGED_SIZE, Numbers, Table

Sizes = Numbers | float


def at_position(table: Table, position: PositionSize) -> Table:
    """The same assets and scores; exit columns, their bins and answers of the position are others."""
    sizes = position.size_usd(table.numbers["price"])
    if (table.numbers[JUDGED_SIZE] == sizes).all():
        return table
    columns = {key: exit_column(table, key, sizes) for key in OF_POSITION}
    columns |= {as_judged(key): table.numbers.get(as_judged(key), table.numbers[key]) for key in OF_POSITION}
    sized = np.broadcast_to(np.asarray(sizes, dtype=np.float64), (len(table),))
    bins = {key: scale_of(COLUMN_OF[key]).bins(columns[key]) for key in OF_POSITION if key in table.bins}
    columns[MOST] = np.where(sized <= table.numbers[JUDGED_SIZE], table.numbers[MOST], np.nan)
    numbers = {**table.numbers, **columns, JUDGED_SIZE: sized}
    gates_open, gates_unverified = gates_at_size(table, numbers)
    return table.with_values(
        numbers=numbers,
        bins={**table.bins, **bins},
        states=StatesAtSize(table, numbers),
        gates_open=gates_open,
        gates_unverified=gates_unverified,
    )


def as_judged(key: str) -> str:
    """Where a table at another position keeps a column of `OF_POSITION` as the cards have it."""
    return f"judged {key}"


def judged_values(table: Table, key: str, *, now_s: float) -> Numbers:
    """A column as it was judged: what the past, which was judged too, can be compared with."""
    kept = as_judged(key)
    return table.values(kept if kept in table.numbers else key, now_s=now_s)


def exit_column(table: Table, key: str, size_usd: Sizes) -> Numbers:
    """One of `OF_POSITION` for this size, or for one of its own for each asset; as stored where judged so."""
    stored, judged = table.numbers[key], table.numbers[JUDGED_SIZE]
    is_judged = judged == size_usd
    return stored if is_judged.all() else np.where(is_judged, stored, OF_POSITION[key](table, size_usd))


def _round_trip(table: Table, size_usd: Sizes) -> Numbers:
    """Of a larger size no less than at the judged one: what is hopeless there stays so, whatever is kept."""
    cost, stored = cost_at(size_usd, [*table.exit_costs.values()]), table.numbers["round_trip"]
    is_hopeless = (stored >= HOPELESS_SHARE) & (size_usd >= table.numbers[JUDGED_SIZE])
    return np.where(np.isnan(cost) & is_hopeless, stored, cost)


def _exit_days(table: Table, size_usd: Sizes) -> Numbers:
    """In proportion to the size; what was never sold at the judged one is asked by its volume again."""
    days, judged = table.numbers["exit_days"], table.numbers[JUDGED_SIZE]
    by_volume = np.full(len(table), np.nan)
    by_volume[:] = days_to_exit(1.0, table.numbers["volume"]) * size_usd
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scaled = np.where(days < FOREVER_DAYS, days * (size_usd / judged), np.nan)
    return np.minimum(np.where(np.isnan(scaled), by_volume, scaled), FOREVER_DAYS)


def _depth_to_position(table: Table, size_usd: Sizes) -> Numbers:
    return ratio(table.numbers["depth"], np.asarray(size_usd))


OF_POSITION: Final[Mapping[str, Callable[[Table, Sizes], Numbers]]] = {
    "round_trip": _round_trip,
    "exit_days": _exit_days,
    "depth_to_position": _depth_to_position,
}
"""The columns that hold for one size: key → its figure for another one."""
