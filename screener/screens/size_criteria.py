"""Criteria of the position: what they answer at another size than the judged one, and what their gate says.

A table keeps the figures that these criteria are held against, so that no fact is read. Where what the card
found does not follow from them (questioned figures, an older checklist), its answer stays.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from screener.checklist import CRITERIA, Criterion
from screener.checklist.judge import banded_of, gate_of, states_of
from screener.checklist.states import NOT_APPLICABLE, SHOWN, STALE, UNKNOWN, Codes
from screener.screens.table import (
    BEHIND,
    GATE_BITS,
    JUDGED_SIZE,
    Ids,
    Mask,
    Numbers,
    Table,
)
from screener.screens.table import Gates as GateBits

COLUMN_OF_MEASURE: Final = {
    "position_usd": JUDGED_SIZE,
    "round_trip_cost_share": "round_trip",
    "days_to_exit": "exit_days",
    "depth_to_position": "depth_to_position",
}
MOST: Final = BEHIND[0]
"""What a round trip costs at most at the judged size: for a smaller one no more, for a larger one nobody
knows."""
MEASURES_OF_SIZE: Final = COLUMN_OF_MEASURE | {name: name for name in BEHIND}
OF_SIZE: Final = tuple(
    CRITERIA[f"liquidity_depth.{name}"]
    for name in ("round_trip_cost", "days_to_exit", "depth_to_position", "exit_cost")
)
IDS: Final = frozenset(each.id for each in OF_SIZE)
STALE_CODE: Final = SHOWN.index(STALE)


class StatesAtSize(Mapping[str, Codes]):
    """The states of a table at another size: those that the size moves worked out when they are asked for."""

    def __init__(self, judged: Table, numbers: Mapping[str, Numbers]) -> None:
        self._judged, self._numbers = judged, numbers
        self._known: dict[str, Codes] = {}

    def __getitem__(self, criterion: str) -> Codes:
        if criterion not in IDS:
            return self._judged.states[criterion]
        if criterion not in self._known:
            self._known[criterion] = _states(CRITERIA[criterion], self._judged, self._numbers)
        return self._known[criterion]

    def __iter__(self) -> Iterator[str]:
        return iter(self._judged.states)

    def __len__(self) -> int:
        return len(self._judged.states)


def _states(criterion: Criterion, judged: Table, numbers: Mapping[str, Numbers]) -> Codes:
    """As the card found it where the figures of its own size would not have said so."""
    stored = judged.states[criterion.id]
    rows = _asked(stored)
    was, now = (_said(criterion, _measures(each, rows)) for each in (judged.numbers, numbers))
    mine = stored[rows]
    is_old = (mine == STALE_CODE) & (was < UNKNOWN)
    anew = np.where(is_old & (now < UNKNOWN), STALE_CODE, now)
    states = stored.copy()
    states[rows] = np.where(is_old | (was == mine), anew, mine)
    return states


def gates_at_size(judged: Table, numbers: Mapping[str, Numbers]) -> tuple[GateBits, GateBits]:
    """The open and the unverified gates at another size; all but those of these criteria are as they are."""
    opened, unverified = judged.gates_open, judged.gates_unverified
    for criterion in (each for each in OF_SIZE if each.is_gate):
        bit, stored = np.uint64(GATE_BITS[criterion.id]), judged.states[criterion.id]
        rows = _asked(stored)
        is_old = stored[rows] == STALE_CODE
        was, now = (
            gate_of(banded_of(criterion, _measures(each, rows)), is_old) for each in (judged.numbers, numbers)
        )
        as_stored = [(each[rows] & bit) != 0 for each in (opened, unverified)]
        # A stop does not go because nothing is known of the other size.
        is_lost = was[0] & now[1] & ~is_old
        follows = (was[0] == as_stored[0]) & (was[1] == as_stored[1]) & ~is_lost
        opened, unverified = (
            _with_bit(each, bit, rows[follows], says[follows])
            for each, says in zip((opened, unverified), now, strict=True)
        )
    return opened, unverified


def _with_bit(gates: GateBits, bit: np.uint64, rows: Ids, says: Mask) -> GateBits:
    mine = gates[rows]
    differs = ((mine & bit) != 0) != says
    if not differs.any():
        return gates
    changed = gates.copy()
    changed[rows[differs]] = mine[differs] ^ bit
    return changed


def _said(criterion: Criterion, measures: pd.DataFrame) -> Codes:
    return states_of(criterion, banded_of(criterion, measures), measures)


def _measures(numbers: Mapping[str, Numbers], rows: Ids) -> pd.DataFrame:
    return pd.DataFrame({name: numbers[key][rows] for name, key in MEASURES_OF_SIZE.items()})


def _asked(stored: Codes) -> Ids:
    return np.flatnonzero((stored >= 0) & (stored != NOT_APPLICABLE))
