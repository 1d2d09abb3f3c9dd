"""Saved plans: keeping a plan as it was worked out, and holding it against the prices that came later."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from django.contrib.auth.models import AbstractBaseUser

from assets.metrics.bars import Bars
from assets.metrics.candles import bars_in_units
from assets.metrics.facts import CANDLE_DAYS
from assets.metrics.planning.progress import PlannedOrders, PlanProgress, progress
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import UnitChanges
from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.facts import facts_known
from assets.services.reading.known_by import KnownBy
from screener.models import Plan
from screener.services.dossier.facts import OF_BARS
from screener.services.dossier.plan_terms import AskedPlan
from screener.services.dossier.sections.plan import PositionPlan

MOST_DAYS: Final = 730
"""Prices of an older plan are drawn from then on."""
BEFORE_DAYS: Final = 30
"""So many days before a plan are drawn as well."""


def save_plan(
    *, user: AbstractBaseUser, asset: Asset, asked: AskedPlan, planned: PositionPlan, now: datetime
) -> Plan:
    """Keep what these terms came to. One without a size has no orders, and is a `ValueError`."""
    if not planned.steps or planned.size_usd is None:
        raise ValueError("There is nothing to be bought in this plan.")
    return Plan.objects.create(
        owner_id=user.pk,
        asset=asset,
        terms=dict(asked.typed),
        size_usd=planned.size_usd,
        loss_usd=planned.size_usd if planned.loss_usd is None else planned.loss_usd,
        stop_usd=planned.stop_usd or None,
        orders=[[each.price_usd, each.units] for each in planned.steps],
        is_clear=planned.is_clear,
        planned_at=now,
    )


def orders_of(plan: Plan) -> PlannedOrders:
    """In the units of the plan."""
    price, units = np.array(plan.orders, dtype=np.float64).T
    return PlannedOrders(price_usd=price, units=units, stop_usd=plan.stop_usd or 0.0)


class PlanPrices:
    """The daily bars of the assets of some plans, read at once; prices and orders in the units of today."""

    def __init__(self, plans: Sequence[Plan], *, now: datetime) -> None:
        ids = sorted({each.asset_id for each in plans})
        oldest = min((each.planned_at for each in plans), default=now)
        days = min((now - oldest).days + BEFORE_DAYS, MOST_DAYS)
        present = present_providers()
        facts = facts_known(
            ids,
            now=now,
            known=KnownBy.of(ids, now=now, present=present),
            present=present,
            among=OF_BARS,
            candle_days=max(days, CANDLE_DAYS),
        )
        bars = bars_in_units(facts).today
        self._closed = bars.where(bars.day < day_of(now))
        self._places = {asset_id: place for place, asset_id in enumerate(facts.asset_ids)}
        self._changes = UnitChanges.of(facts)

    def bars(self, plan: Plan) -> Bars:
        """Closed bars of its asset, from some days before the plan on."""
        first = day_of(plan.planned_at - timedelta(days=BEFORE_DAYS))
        is_its = (self._closed.owner == self._places[plan.asset_id]) & (self._closed.day >= first)
        return self._closed.where(is_its)

    def orders(self, plan: Plan) -> PlannedOrders | None:
        """In the units of today; None where units changed since and nobody knows how."""
        place = np.array([self._places[plan.asset_id]])
        (factor,) = self._changes.factor(np.array([float(day_of(plan.planned_at))]), owner=place).tolist()
        if factor != factor:
            return None
        orders = orders_of(plan)
        return PlannedOrders(
            price_usd=orders.price_usd / factor,
            units=orders.units * factor,
            stop_usd=orders.stop_usd / factor,
        )

    def progress(self, plan: Plan) -> PlanProgress | None:
        """None where its orders are not known in the units of today."""
        orders = self.orders(plan)
        if orders is None:
            return None
        return progress(orders, self.bars(plan), planned_on=day_of(plan.planned_at))


def progress_of(plans: Sequence[Plan], *, now: datetime) -> Mapping[int, PlanProgress | None]:
    """By plan."""
    if not plans:
        return {}
    prices = PlanPrices(plans, now=now)
    return {each.pk: prices.progress(each) for each in plans}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOrder:
    """An order in the units of today; `filled_on` is None where no price has reached it."""

    number: int
    price_usd: float
    units: float
    filled_on: date | None

    @property
    def amount_usd(self) -> float:
        return self.price_usd * self.units


def shown_orders(orders: PlannedOrders, made: PlanProgress) -> list[ShownOrder]:
    columns = (orders.price_usd.tolist(), orders.units.tolist(), made.filled_on)
    return [
        ShownOrder(number=number, price_usd=price, units=units, filled_on=filled_on)
        for number, (price, units, filled_on) in enumerate(zip(*columns, strict=True), start=1)
    ]


def order_rows(plans: Iterable[Plan]) -> Iterator[Sequence[object]]:
    """A row for each order, as `ORDER_COLUMNS` names them, in the units and with the stop of the plan."""
    for plan in plans:
        at = plan.planned_at.astimezone(UTC).isoformat(timespec="seconds")
        for number, (price, units) in enumerate(plan.orders, start=1):
            shown = (plan.asset.shown_name, plan.asset.symbol, at, number, price, units, price * units)
            yield (*shown, plan.stop_usd or "", plan.loss_usd)


ORDER_COLUMNS: Final[Collection[str]] = (
    *("asset", "symbol", "planned_at", "order", "price_usd", "units", "amount_usd"),
    *("stop_usd", "plan_at_risk_usd"),
)
