"""States, the five answers a criterion can give, as words and as codes in columns; how old ones are shown.

What figures say and how old they are are two things: an answer whose facts are older than they may be keeps
its state, and is shown and filtered as `STALE`.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


class State(StrEnum):
    PASS = "pass"  # noqa: S105 - a state, not a secret
    CAUTION = "caution"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n-a"


STATES: Final = tuple(State)
PASS, CAUTION, FAIL, UNKNOWN, NOT_APPLICABLE = range(5)
"""Codes of the states, in the order of `STATES`: among the answered ones, worse is higher."""

POINTS: Final[Column] = np.array([1.0, 0.5, 0.0, np.nan, np.nan])
"""What a state is worth, by code; NaN where it is worth nothing that is known."""
POINTS.setflags(write=False)

STALE: Final = "stale"
"""How an answer is shown whose facts are older than they may be, whatever it was."""

LETTERS: Final = {word: word[0] for word in (*(state.value for state in STATES), STALE)}
"""What a scorecard keeps of an answer as one letter, by code: p, c, f, u, n, s."""

QUESTIONED: Final = "questioned"
"""How an unknown answer is found whose facts are known, and contradicted by others."""

SHOWN: Final = (*LETTERS, QUESTIONED)
"""Everything an answer can be found as, by code: the states, `STALE` and `QUESTIONED`."""

UNANSWERED: Final = (UNKNOWN, SHOWN.index(QUESTIONED))
"""The codes of what was asked and can't be answered."""


def shown_as(state: str, *, stale: bool) -> str:
    """What pages, filters and exports call this answer: its state, or that it is stale."""
    return STALE if stale else state
