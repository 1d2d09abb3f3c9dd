"""Risk-on, risk-off: whether micro-caps have gained on large caps, and whether most of the market has risen.

By definition of this page, for each kind of asset: on if micro-caps returned more than mid and large caps
over the last 30 open days and more than half of all members close above their own 50-day mean; off if both
are less; mixed if the two disagree or one of them is even; not known if one of them is not.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.market_history.group_returns import total_return

RETURN_DAYS: Final = 30
LEAST_RETURN_DAYS: Final = 20
"""Of the thirty so many must be known of both groups (our judgement)."""
HALF: Final = 0.5
ON: Final = "on"
OFF: Final = "off"
MIXED: Final = "mixed"
NOT_KNOWN: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReading:
    """`relative_share`: (1 + return of micro-caps) / (1 + return of large caps) − 1; NaN where not known."""

    reading: str
    relative_share: float
    above_share: float


def risk_reading(micro: Column, large: Column, above_share: float) -> RiskReading:
    """Of the daily log returns of both groups up to now, and the newest breadth of all."""
    relative = total_return((micro - large)[-RETURN_DAYS:], least=LEAST_RETURN_DAYS)
    return RiskReading(reading=_of(relative, above_share), relative_share=relative, above_share=above_share)


def _of(relative: float, above: float) -> str:
    if np.isnan(relative) or np.isnan(above):
        return NOT_KNOWN
    if relative > 0 and above > HALF:
        return ON
    return OFF if relative < 0 and above < HALF else MIXED


def together(readings: tuple[str, ...]) -> str:
    """One word for all kinds: theirs where they agree, mixed where they do not; unknown where one is."""
    if not readings or NOT_KNOWN in readings:
        return NOT_KNOWN
    return readings[0] if len(set(readings)) == 1 else MIXED
