"""Unlock values: what comes free, what it is worth today, and the market cap when it is out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assets.models import UnlockEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockValue:
    """An event of a schedule beside what circulates and what it costs today."""

    unlock_at: datetime
    amount: float
    category: str
    of_circulating_share: float | None
    value_usd: float | None
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterUnlock:
    """The market cap at the same price when the next unlock is out: $0.50 × (50 M + 20 M) = $35 M."""

    unlock_at: datetime
    amount: float
    value_usd: float
    circulating: float
    market_cap_usd: float


def unlock_values(
    events: Iterable[UnlockEvent],
    *,
    figures: Mapping[str, float],
    now: datetime,
    questioned: bool = False,
) -> tuple[UnlockValue, ...]:
    """The events in their order, valued with the scorecard's own price and circulating supply.

    The amounts of a questioned schedule are shown, and nothing is worked out of them.
    """
    circulating, price = (
        None if questioned else figures.get(name) for name in ("circulating_supply", "price_usd")
    )
    return tuple(
        UnlockValue(
            unlock_at=event.unlock_at,
            amount=float(event.amount),
            category=event.category,
            of_circulating_share=float(event.amount) / circulating if circulating else None,
            value_usd=None if price is None else float(event.amount) * price,
            is_past=event.unlock_at <= now,
        )
        for event in events
    )


def after_next_unlock(unlocks: Sequence[UnlockValue], *, figures: Mapping[str, float]) -> AfterUnlock | None:
    """What the next moment of the schedule leads to; None without one, or without a market cap of today."""
    coming = [each for each in unlocks if not each.is_past]
    circulating, price = figures.get("circulating_supply"), figures.get("price_usd")
    if not coming or not circulating or price is None or "market_cap_usd" not in figures:
        return None
    moment = min(each.unlock_at for each in coming)
    amount = sum(each.amount for each in coming if each.unlock_at == moment)
    return AfterUnlock(
        unlock_at=moment,
        amount=amount,
        value_usd=amount * price,
        circulating=circulating + amount,
        market_cap_usd=(circulating + amount) * price,
    )
