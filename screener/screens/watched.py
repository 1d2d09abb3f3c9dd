"""Watchlist columns: what a reader's own list adds to the columns of the screener, and their arithmetic."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from screener.checklist.types import phrase
from screener.screens.columns import COLUMN_OF, KEY_OF, ScreenColumn
from screener.screens.table import Numbers, Table

TARGET: Final = "target"
STOP: Final = "stop"
NOTES: Final = "notes"
LEVELS: Final = (TARGET, STOP)
"""Prices that a person sets for an asset of a list."""

WATCHED_COLUMNS: Final = (
    ScreenColumn(
        key=NOTES,
        label=phrase("Notes"),
        unit="count",
        source=NOTES,
        description=phrase("How many notes you have written about the asset."),
    ),
    ScreenColumn(
        key=TARGET,
        label=phrase("Target"),
        unit="usd",
        source=TARGET,
        description=phrase("The price of a unit, in US dollars, at which you want to sell."),
    ),
    ScreenColumn(
        key="to_target",
        label=phrase("To target"),
        unit="change",
        source="to_target",
        description=phrase("How far the price has to move to your target; zero or less: it is reached."),
    ),
    ScreenColumn(
        key=STOP,
        label=phrase("Stop"),
        unit="usd",
        source=STOP,
        description=phrase("The price of a unit, in US dollars, at which you give up."),
    ),
    ScreenColumn(
        key="to_stop",
        label=phrase("To stop"),
        unit="change",
        source="to_stop",
        description=phrase("How far the price has to move to your stop; zero or more: it is reached."),
    ),
    ScreenColumn(
        key="watched_days",
        label=phrase("On the list for"),
        unit="days",
        source="watched_days",
        description=phrase("Days since the asset was added to the list."),
    ),
)
WATCHED_COLUMN_OF: Final = {each.key: each for each in WATCHED_COLUMNS}
ANY_COLUMN_OF: Final[Mapping[str, ScreenColumn]] = COLUMN_OF | WATCHED_COLUMN_OF
ANY_KEY_OF: Final[Mapping[str, str]] = KEY_OF | {
    name: each.key for each in WATCHED_COLUMNS for name in (each.key, each.heading)
}
WATCHED_SHOWN: Final = (
    *("score", "price", TARGET, "to_target", STOP, "to_stop"),
    *("market_cap", "round_trip", "exit_days", NOTES),
)
"""What fits 1440 px; days to exit say what the volume means at the reader's size."""
WATCHED_GROUP: Final = phrase("Your list")
"""The title of these columns in the column chooser."""


def with_watched(
    table: Table, *, target_usd: Numbers, stop_usd: Numbers, notes: Numbers, watched_days: Numbers
) -> Table:
    """The table of a list's assets with the columns of the list; NaN where no level is set."""
    price = table.numbers["price"]
    own = {
        TARGET: target_usd,
        STOP: stop_usd,
        NOTES: notes,
        "to_target": distance(price, target_usd),
        "to_stop": distance(price, stop_usd),
        "watched_days": watched_days,
    }
    return table.with_values(numbers={**table.numbers, **own})


def distance(price: Numbers, level: Numbers) -> Numbers:
    """level / price − 1, the move that is left; NaN where either is not known or the price is 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        move = level / price - 1
    return np.where(np.isfinite(move), move, np.nan)


def is_reached(key: str, move: float | None) -> bool:
    """Whether the price has come to the level from which this distance (`to_target`, `to_stop`) is left."""
    if move is None or key not in {"to_target", "to_stop"}:
        return False
    return move <= 0 if key == "to_target" else move >= 0
