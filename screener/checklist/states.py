"""States, the five answers a criterion can give, as words and as codes in columns."""

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

LETTERS: Final = {state.value: state.value[0] for state in STATES}
"""A state as one letter: p, c, f, u, n."""
