"""Thresholds (bands) as data: where a value passes, where it is a caution, and beyond what a gate opens.

`AtMost` and `AtLeast` count a value exactly on a limit to the better side, `LessThan` to the
worse one. A gate opens only beyond its limit. Limits are in the unit of the value; without
`cautions` the value alone can never fail. Between its limits a caution is worth more the
nearer it comes to a pass, where the band has a `scale`.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, Final

import numpy as np

from assets.metrics.family import gettext_noop
from screener.checklist.states import (
    CAUTION,
    FAIL,
    PASS,
    POINTS,
    STATES,
    UNKNOWN,
    Codes,
    Column,
    Mask,
    State,
)

STOP: Final = "stop"
"""Stands beside the states in a list of thresholds: where the gate opens."""


LEAST: Final = 1e-9
"""The least above 0: what is held against a band has nine decimals (`Criterion.columns`)."""

STEPS: Final = "steps"
LINEAR: Final = "linear"
LOG: Final = "log"
"""How points run between the limits: not at all, with the value, with its order of magnitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(ABC):
    """`of` and `unit` say what is limited where that is not the value its criterion shows.

    A band that is not `needed` counts only where its value is known: another band of the
    criterion answers as well. `source` says where the limits come from. `levels` are what the values
    0, 1, 2 … stand for, where these are codes: thresholds are written in them.
    """

    passes: Any
    cautions: Any = None
    gate: float | None = None
    of: str = ""
    unit: str = ""
    scale: str = STEPS
    needed: bool = True
    source: str = ""
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        limits = [each for each in (self.passes, self.cautions, self.gate) if each is not None]
        for stricter, laxer in pairwise(limits):
            if stricter != laxer and not np.all(self.meets(np.asarray(stricter, dtype=np.float64), laxer)):
                raise ValueError(f"{laxer} must be a laxer limit than {stricter}.")

    @abstractmethod
    def meets(self, value: Column, limit: Any) -> Mask: ...

    @abstractmethod
    def met(self, limit: Any, unit: str) -> str:
        """How the values that meet this limit are written."""

    @abstractmethod
    def missed(self, limit: Any, unit: str) -> str:
        """How the values that do not meet this limit are written."""

    def states(self, value: Column) -> Codes:
        else_caution = np.ones(value.shape, dtype=np.bool_)
        cautions = else_caution if self.cautions is None else self.meets(value, self.cautions)
        conditions = [np.isnan(value), self.meets(value, self.passes), cautions]
        return np.select(conditions, [UNKNOWN, PASS, CAUTION], default=FAIL).astype(np.int8)

    def points(self, value: Column) -> Column:
        """1 for a pass, 0 for a fail, in between for a caution; NaN where the value is not known."""
        states = self.states(value)
        points = POINTS[states]
        if self.scale == STEPS or self.cautions is None or self.cautions == self.passes:
            return points
        return np.where(states == CAUTION, self._between(value), points)

    def _between(self, value: Column) -> Column:
        """Where a value lies on the way from the limit to fail (0) to the limit to pass (1)."""
        return self.way(value, self.cautions, self.passes)

    def way(self, value: Column, worse: float, better: float) -> Column:
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.scale == LOG:
                part = np.log(value / worse) / np.log(better / worse)
            else:
                part = (value - worse) / (better - worse)
        return np.asarray(np.clip(part, 0, 1), dtype=np.float64)

    def opens_gate(self, value: Column) -> Mask:
        if self.gate is None:
            return np.zeros(value.shape, dtype=np.bool_)
        return ~np.isnan(value) & ~self.meets(value, self.gate)

    def thresholds(self, unit: str) -> tuple[tuple[str, str], ...]:
        """(state, values), from pass to fail and the gate's `STOP`: symbols and figures, or the levels."""
        return self._in_levels() if self.levels else self._in_figures(self.unit or unit)

    def _in_levels(self) -> tuple[tuple[str, str], ...]:
        values = np.arange(len(self.levels), dtype=np.float64)
        states, opens = self.states(values), self.opens_gate(values)
        groups = [(STATES[code], states == code) for code in (PASS, CAUTION, FAIL)] + [(STOP, opens)]
        return tuple(
            (state, ", ".join(self.levels[place] for place in np.flatnonzero(mine)))
            for state, mine in groups
            if mine.any()
        )

    def _in_figures(self, unit: str) -> tuple[tuple[str, str], ...]:
        pairs: list[tuple[str, str]] = [(State.PASS, self.met(self.passes, unit))]
        if self.cautions is None:
            pairs.append((State.CAUTION, self.missed(self.passes, unit)))
        else:
            if self.cautions != self.passes:
                pairs.append((State.CAUTION, self.met(self.cautions, unit)))
            pairs.append((State.FAIL, self.missed(self.cautions, unit)))
        if self.gate is not None:
            pairs.append((STOP, self.missed(self.gate, unit)))
        return tuple(pairs)


class OneSided(Band):
    """A band with one limit a state; `signs` are those of meeting it and of missing it."""

    __slots__ = ()
    signs: ClassVar[tuple[str, str]]

    def met(self, limit: float, unit: str) -> str:
        return f"{self.signs[0]} {written(limit, unit)}"

    def missed(self, limit: float, unit: str) -> str:
        return f"{self.signs[1]} {written(limit, unit)}"


class AtMost(OneSided):
    """Of what is counted none is fewer than 0: a limit of 0 is written so."""

    __slots__ = ()
    signs = ("≤", ">")

    def met(self, limit: float, unit: str) -> str:
        is_none = limit == 0 and unit in ("count", "score")
        return written(limit, unit) if is_none else OneSided.met(self, limit, unit)

    def meets(self, value: Column, limit: float) -> Mask:
        return value <= limit


class LessThan(OneSided):
    __slots__ = ()
    signs = ("<", "≥")

    def meets(self, value: Column, limit: float) -> Mask:
        return value < limit


class AtLeast(OneSided):
    """With a limit of `LEAST` it says "more than nothing", and is written so."""

    __slots__ = ()
    signs = ("≥", "<")

    def meets(self, value: Column, limit: float) -> Mask:
        return value >= limit

    def met(self, limit: float, unit: str) -> str:
        return f"> {written(0, unit)}" if limit == LEAST else super().met(limit, unit)

    def missed(self, limit: float, unit: str) -> str:
        return f"≤ {written(0, unit)}" if limit == LEAST else super().missed(limit, unit)


class Within(Band):
    """The middle is good: limits are (low, high), both included."""

    __slots__ = ()

    def meets(self, value: Column, limit: tuple[float, float]) -> Mask:
        return (value >= limit[0]) & (value <= limit[1])

    def _between(self, value: Column) -> Column:
        low, high = (self.way(value, self.cautions[side], self.passes[side]) for side in (0, 1))
        return np.where(value < self.passes[0], low, high)

    def met(self, limit: tuple[float, float], unit: str) -> str:
        """A low limit of 0 limits nothing: nothing that is measured by a range is negative."""
        return f"≤ {written(limit[1], unit)}" if limit[0] == 0 else written(limit, unit)

    def missed(self, limit: tuple[float, float], unit: str) -> str:
        above = f"> {written(limit[1], unit)}"
        return above if limit[0] == 0 else f"< {written(limit[0], unit)}, {above}"


SUFFIXES: Final = {
    "ratio": "×",
    "hours": gettext_noop("h"),
    "days": gettext_noop("d"),
    "months": gettext_noop("mo"),
}


def written(limit: float | tuple[float, float], unit: str) -> str:
    """A limit in its unit: 0.05 of a share is "5 %", 5e6 USD are "$5 M"; of a pair both."""
    if isinstance(limit, tuple):
        return " – ".join(written(each, unit) for each in limit)
    if unit == "share":
        return f"{100 * limit:g} %".replace("-", "−")
    if unit == "usd":
        cents = 0 if limit == int(limit) else 2
        return f"${limit / 1e6:g} M" if abs(limit) >= 1e6 else f"${limit:,.{cents}f}"
    suffix = f" {SUFFIXES[unit]}" if unit in SUFFIXES else ""
    exact = limit if limit == int(limit) else float(f"{limit:.3g}")
    return f"{exact:,g}{suffix}".replace("-", "−")
