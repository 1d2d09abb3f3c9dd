"""Ladder of limit orders: so many steps down from the first, what they cost on average, and what each one
could be sold for where it was bought.

A resting order moves no price when it is taken; what it bought does when it has to be sold. The way out is
therefore worked out by the exit simulator, in the market as it is once the price has fallen to that step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column
from assets.metrics.selling.outcome import SaleOutcome, sell
from assets.metrics.selling.stops import sell_at_stop
from assets.metrics.selling.venues import ExitVenues

MOST_STEPS: Final = 50
WIDEST_SHARE: Final = 0.5
"""A step that is further below is another plan."""
EVEN: Final = "even"
RISING: Final = "rising"
FALLING: Final = "falling"
WEIGHTS: Final = (EVEN, RISING, FALLING)
"""How the money is spread over the steps: alike, or 1, 2, 3 … parts from the first on, or from the last."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The orders by step, the first and highest one first: at what price, for how much money."""

    price_usd: Column
    spend_usd: Column

    @classmethod
    def of(
        cls, *, first_usd: float, count: int, spacing_share: float, weights: Sequence[float], total_usd: float
    ) -> "Ladder":
        """Steps that are each this share below the one before; `weights` are the parts of the money."""
        parts = np.asarray(weights, dtype=np.float64)
        if not 1 <= count <= MOST_STEPS or parts.size != count:
            raise ValueError("A ladder has 1 to 50 steps, and a weight for each.")
        if not (0 < first_usd < np.inf and 0 <= total_usd < np.inf and 0 <= spacing_share <= WIDEST_SHARE):
            raise ValueError("A ladder goes down from a price by at most half of it a step.")
        if not (np.isfinite(parts).all() and (parts >= 0).all() and parts.sum() > 0):
            raise ValueError("Weights are parts of the money: none below 0, not all 0.")
        price = np.asarray(first_usd * (1 - spacing_share) ** np.arange(count), dtype=np.float64)
        return cls(price, total_usd * parts / parts.sum())

    @property
    def units(self) -> Column:
        return self.spend_usd / self.price_usd

    @property
    def held_units(self) -> Column:
        """Held once each step is taken, with all above it."""
        return np.cumsum(self.units)

    @property
    def average_usd(self) -> Column:
        """The average cost of a unit once each step is taken; NaN before any money is spent."""
        spent, held = np.cumsum(self.spend_usd), self.held_units
        average: Column = np.divide(spent, held, out=np.full(held.shape, np.nan), where=held > 0)
        return average

    def loss_usd(self, stop_usd: float) -> Column:
        """What is lost at the stop once each step is taken; steps at or below it are never reached alive."""
        is_above = self.price_usd > stop_usd
        return np.cumsum(np.where(is_above, self.units * (self.price_usd - stop_usd), 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepExit:
    """What the units of one step bring where they were bought, by themselves and with all bought before.

    `alone.price_share` is what is left of the price after this step's units: what the step does to it.
    """

    fall_share: float
    alone: SaleOutcome
    together: SaleOutcome


def weights_of(kind: str, count: int) -> Column:
    """The parts of the money of each step."""
    rising = np.arange(1.0, count + 1)
    return {EVEN: np.ones(count), RISING: rising, FALLING: rising[::-1]}[kind]


def step_exits(ladder: Ladder, venues: ExitVenues) -> tuple[StepExit, ...]:
    """By step. The price falls to each one and nobody bids anew; a step above today's price is taken now."""
    falls = np.maximum(1 - ladder.price_usd / venues.reference_usd, 0.0)
    return tuple(
        StepExit(fall_share=fall, alone=_sold(venues, units, fall), together=_sold(venues, held, fall))
        for fall, units, held in zip(
            falls.tolist(), ladder.units.tolist(), ladder.held_units.tolist(), strict=True
        )
    )


def _sold(venues: ExitVenues, units: float, fall_share: float) -> SaleOutcome:
    return sell_at_stop(venues, units, fall_share) if fall_share > 0 else sell(venues, units)
