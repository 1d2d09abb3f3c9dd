"""Thresholds as data: where a value passes, where it is a caution, and where a gate opens.

A value exactly on a threshold belongs to the better side, except at a gate, which
opens only beyond its limit.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(ABC):
    """`passes` and `cautions` are limits in the criterion's unit; beyond `gate` the asset is stopped."""

    passes: Any
    cautions: Any
    gate: float | None = None

    @abstractmethod
    def is_pass(self, value: Column) -> Mask: ...

    @abstractmethod
    def is_caution(self, value: Column) -> Mask:
        """Whether the value is at least a caution (a pass is one too)."""

    @abstractmethod
    def opens_gate(self, value: Column) -> Mask: ...

    @property
    @abstractmethod
    def sign(self) -> str:
        """How the thresholds are read aloud: `≤`, `≥` or `in`."""


class AtMost(Band):
    """Small is good: pass up to `passes`, caution up to `cautions`, gate above `gate`."""

    __slots__ = ()
    sign = "≤"

    def is_pass(self, value: Column) -> Mask:
        return value <= self.passes

    def is_caution(self, value: Column) -> Mask:
        return value <= self.cautions

    def opens_gate(self, value: Column) -> Mask:
        return value > self.gate if self.gate is not None else np.zeros(value.shape, dtype=bool)


class AtLeast(Band):
    """Large is good: pass from `passes` up, caution from `cautions` up, gate below `gate`."""

    __slots__ = ()
    sign = "≥"

    def is_pass(self, value: Column) -> Mask:
        return value >= self.passes

    def is_caution(self, value: Column) -> Mask:
        return value >= self.cautions

    def opens_gate(self, value: Column) -> Mask:
        return value < self.gate if self.gate is not None else np.zeros(value.shape, dtype=bool)


class Within(Band):
    """The middle is good: `passes` and `cautions` are (low, high), both included. It has no gate."""

    __slots__ = ()
    sign = "in"

    def is_pass(self, value: Column) -> Mask:
        return (value >= self.passes[0]) & (value <= self.passes[1])

    def is_caution(self, value: Column) -> Mask:
        return (value >= self.cautions[0]) & (value <= self.cautions[1])

    def opens_gate(self, value: Column) -> Mask:
        return np.zeros(value.shape, dtype=bool)
