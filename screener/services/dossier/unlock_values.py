"""Unlock values: the events of a schedule in the units of today, beside what circulates and what it costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from assets.metrics.columns import Groups, known
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.unlocks import in_units_of_today
from assets.models import UnlockEvent

SUPPLIES = ("circulating_supply", "total_supply", "max_supply")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockValue:
    """An event of a schedule beside what circulates and what it costs today.

    It comes free at once, or evenly until `ends_at`; then it is past once that is, and `is_running` before.
    """

    unlock_at: datetime
    ends_at: datetime | None
    amount: float
    category: str
    of_circulating_share: float | None
    value_usd: float | None
    is_past: bool
    is_running: bool


def unlock_values(
    events: Iterable[UnlockEvent],
    *,
    figures: Mapping[str, float],
    now: datetime,
    unit: float = 1.0,
    questioned: bool = False,
) -> tuple[UnlockValue, ...]:
    """The events in their order, valued with the scorecard's own price and circulating supply.

    `unit` is how many units of today one of the schedule's is. Where nobody knows that, and where a schedule
    is questioned, its amounts are shown as they were told, and nothing is worked out of them.
    """
    told_only = questioned or unit != unit
    circulating, price = (
        None if told_only else figures.get(name) for name in ("circulating_supply", "price_usd")
    )
    return tuple(
        _value(each, 1.0 if told_only else unit, circulating=circulating, price=price, now=now)
        for each in events
    )


def _value(
    event: UnlockEvent, unit: float, *, circulating: float | None, price: float | None, now: datetime
) -> UnlockValue:
    amount, begins = float(event.amount) * unit, event.unlock_at
    ends = event.ends_at if event.ends_at and event.ends_at > begins else None
    is_past = (ends or begins) <= now
    return UnlockValue(
        unlock_at=begins,
        ends_at=ends,
        amount=amount,
        category=event.category,
        of_circulating_share=amount / circulating if circulating else None,
        value_usd=None if price is None else amount * price,
        is_past=is_past,
        is_running=begins <= now and not is_past,
    )


def unit_of(events: Sequence[UnlockEvent], *, figures: Mapping[str, float], changes: UnitChanges) -> float:
    """Units of today for one of the schedule's own, by the rule of the score; NaN where nobody can tell."""
    rows = pd.DataFrame({"amount": [float(each.amount) for each in events]})
    of_asset = Groups(rows, np.zeros(len(events), dtype=np.intp), 1)
    supply = pd.DataFrame({name: [figures.get(name, np.nan)] for name in SUPPLIES})
    return float(in_units_of_today(of_asset, known(of_asset["amount"]), supply, changes)[0])
