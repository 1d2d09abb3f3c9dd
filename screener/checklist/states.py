"""The five answers a criterion can give, as words and as codes in columns."""

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

POINTS: Final = (1.0, 0.5, 0.0, None, None)
"""What a state is worth, by code."""
