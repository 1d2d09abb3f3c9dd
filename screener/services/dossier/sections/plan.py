"""Position plan: how large a position may be on a reader's terms, in which orders it is bought, and what its
stop brings.

The least bound counts (`assets.metrics.planning`), and what the stop brings is worked out by the exit
simulator. Nothing is ever ordered.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assets.metrics.planning.bounds import (
    ACCOUNT,
    DEPTH,
    EDGE,
    FORMULAS,
    PARTICIPATION,
    RISK,
    PositionBounds,
    one_plan,
    position_bounds,
)
from assets.metrics.planning.ladder import Ladder, StepExit, step_exits, weights_of
from assets.metrics.selling.outcome import SaleOutcome
from assets.metrics.selling.stops import StopHistory, sell_at_stop, stop_history
from assets.metrics.selling.venues import ExitVenues
from screener.services.desk.plans import planned_money
from screener.services.desk.preferences import default_position
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView, named
from screener.services.dossier.market_sources import MarketSources, market_sources
from screener.services.dossier.plan_mix import MixEffect, PlanMix, effects_of
from screener.services.dossier.plan_terms import AskedPlan, PlanTerms
from screener.services.screening.prepared import prepared

TITLES: Final[Mapping[str, str]] = {
    RISK: gettext_noop("Risk"),
    EDGE: gettext_noop("Quarter Kelly"),
    PARTICIPATION: gettext_noop("Participation"),
    DEPTH: gettext_noop("Depth"),
    ACCOUNT: gettext_noop("Account"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBound:
    """`usd` is None where it is not known. `is_least`: the size comes from it."""

    name: str
    usd: float | None
    is_least: bool

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def formula(self) -> str:
        return FORMULAS[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """An order of the ladder, and what is held once it is taken. `exit` is None where nobody knows what the
    venues take; `is_beyond_stop`: the stop is reached first."""

    number: int
    price_usd: float
    spend_usd: float
    units: float
    held_units: float
    average_usd: float
    is_beyond_stop: bool
    exit: StepExit | None

    @property
    def impact_share(self) -> float | None:
        """What selling the units of this order does to the price; None where that is not sure."""
        return None if self.exit is None or self.exit.alone.is_least else self.exit.alone.price_share - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFill:
    """What the stop brings for all that is held when it is reached, by the bids of today below it.

    `sale` is None where nothing is sure. `loss_usd` is what the position then has lost, fees included; with
    `sale.is_least` the most that it has.
    """

    fall_share: float
    planned_loss_usd: float
    sale: SaleOutcome | None
    loss_usd: float | None
    history: StopHistory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionPlan:
    """`stop_usd` is 0 where none is set. `size_usd` is None where no bound is known; with `unknown` bounds it
    may have to be smaller."""

    entry_usd: float
    stop_usd: float
    gates_open: Sequence[FindingView]
    gates_unverified: Sequence[FindingView]
    is_scored: bool
    bounds: Sequence[ShownBound]
    unknown: Sequence[str]
    size_usd: float | None
    loss_usd: float | None
    steps: Sequence[ShownStep] = ()
    at_stop: StopFill | None = None

    @property
    def is_clear(self) -> bool:
        return self.is_scored and not self.gates_open and not self.gates_unverified

    @property
    def units(self) -> float:
        """Bought if all orders are taken."""
        return self.steps[-1].held_units if self.steps else 0.0

    @property
    def average_usd(self) -> float:
        return self.steps[-1].average_usd if self.steps else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """`plan` is None while nothing is asked, and where `problems` says why not, by field.

    `mix` is that of the reader's saved plans with this one, `effects` what it does to them; of a reader
    without any there is none.
    """

    asked: AskedPlan
    price_usd: float | None
    problems: Mapping[str, str]
    sources: MarketSources | None = None
    plan: PositionPlan | None = None
    mix: PlanMix | None = None
    effects: Sequence[MixEffect] = ()


def read_plan(facts: DossierFacts) -> PlanSection:
    asked, price = facts.asked_plan, facts.figures.get("price_usd")
    if asked.terms is None:
        return PlanSection(asked=asked, price_usd=price, problems=asked.problems)
    entry = asked.terms.entry_usd or price
    problems = _problems(asked.terms, entry)
    if problems or entry is None:
        return PlanSection(asked=asked, price_usd=price, problems=problems)
    plan = _plan(asked.terms, facts, entry_usd=entry)
    mix, effects = _mix(plan, facts)
    return PlanSection(
        asked=asked,
        price_usd=price,
        problems=problems,
        sources=market_sources(facts),
        plan=plan,
        mix=mix,
        effects=effects,
    )


def _mix(plan: PositionPlan, facts: DossierFacts) -> tuple[PlanMix | None, Sequence[MixEffect]]:
    saved = planned_money(facts.user)
    if not saved or not plan.steps:
        return None, ()
    added = (facts.asset.pk, plan.size_usd or 0.0, plan.loss_usd or 0.0)
    table = prepared(default_position(), facts.own_settings.tiers).table
    return effects_of(saved, added, table)


def _problems(terms: PlanTerms, entry_usd: float | None) -> dict[str, str]:
    if entry_usd is None:
        return {"entry": _("No price is known. Write the price at which you would buy.")}
    if terms.stop_usd(entry_usd) >= entry_usd:
        return {"stop": _("The stop has to be below the entry.")}
    return {}


def _plan(terms: PlanTerms, facts: DossierFacts, *, entry_usd: float) -> PositionPlan:
    card, figures = facts.card, facts.figures
    gates_open, gates_unverified = (
        named(ids, facts.findings) for ids in ((card.gates_open, card.gates_unverified) if card else ((), ()))
    )
    stop = terms.stop_usd(entry_usd)
    is_clear = card is not None and not gates_open and not gates_unverified
    bounds = _bounds(terms, figures, entry_usd=entry_usd, stop_usd=stop, is_clear=is_clear)
    size, loss = (float(each[0]) for each in (bounds.size_usd, bounds.loss_usd))
    plan = PositionPlan(
        entry_usd=entry_usd,
        stop_usd=stop,
        gates_open=gates_open,
        gates_unverified=gates_unverified,
        is_scored=card is not None,
        bounds=_shown_bounds(bounds),
        unknown=bounds.unknown(),
        size_usd=size if size == size else None,
        loss_usd=loss if loss == loss else None,
    )
    return _with_orders(plan, terms, facts) if size > 0 else plan


def _with_orders(plan: PositionPlan, terms: PlanTerms, facts: DossierFacts) -> PositionPlan:
    ladder = Ladder.of(
        first_usd=plan.entry_usd,
        count=terms.steps,
        spacing_share=terms.spacing_share,
        weights=weights_of(terms.weights, terms.steps).tolist(),
        total_usd=plan.size_usd or 0.0,
    )
    venues = facts.exit_venues
    return replace(
        plan,
        steps=_steps(ladder, venues, stop_usd=plan.stop_usd),
        at_stop=_at_stop(ladder, venues, stop_usd=plan.stop_usd, facts=facts) if plan.stop_usd else None,
    )


def _bounds(
    terms: PlanTerms, figures: Mapping[str, float], *, entry_usd: float, stop_usd: float, is_clear: bool
) -> PositionBounds:
    stated = {"win_share": terms.win_share, "payoff_ratio": terms.payoff_ratio}
    plan = one_plan(
        account_usd=terms.account_usd,
        risk_share=terms.risk_share,
        entry_usd=entry_usd,
        stop_usd=stop_usd,
        is_clear=is_clear,
        **{name: value for name, value in stated.items() if value is not None},
    )
    depth = figures.get("depth_down_usd", figures.get("depth_least_usd", math.nan))
    return position_bounds(
        plan,
        volume_24h_usd=np.array([figures.get("volume_24h_usd", math.nan)]),
        depth_down_usd=np.array([depth]),
        participation_share=terms.participation_share,
        exit_days=terms.exit_days,
    )


def _shown_bounds(bounds: PositionBounds) -> list[ShownBound]:
    """Those that are asked for, the least first, those that nobody knows last."""
    amounts = {name: float(bounds.usd[name][0]) for name in FORMULAS if bounds.applies[name][0]}
    least = bounds.binding()
    shown = [
        ShownBound(name=name, usd=None if math.isnan(amount) else amount, is_least=name in least)
        for name, amount in amounts.items()
    ]
    return sorted(shown, key=lambda each: math.inf if each.usd is None else each.usd)


def _steps(ladder: Ladder, venues: ExitVenues, *, stop_usd: float) -> list[ShownStep]:
    is_known = venues.is_known and venues.reference_usd > 0
    exits: Sequence[StepExit | None] = step_exits(ladder, venues) if is_known else [None] * len(ladder.units)
    columns = (ladder.price_usd, ladder.spend_usd, ladder.units, ladder.held_units, ladder.average_usd)
    return [
        ShownStep(
            number=number,
            price_usd=price,
            spend_usd=spend,
            units=units,
            held_units=held,
            average_usd=average,
            is_beyond_stop=price <= stop_usd,
            exit=out,
        )
        for number, (price, spend, units, held, average, out) in enumerate(
            zip(*(each.tolist() for each in columns), exits, strict=True), start=1
        )
    ]


def _at_stop(ladder: Ladder, venues: ExitVenues, *, stop_usd: float, facts: DossierFacts) -> StopFill | None:
    """None where the market already stands at the stop or below it, or nobody knows where it stands."""
    reference = venues.reference_usd
    fall = 1 - stop_usd / reference if reference > 0 else math.nan
    if not fall > 0:
        return None
    is_taken = ladder.price_usd > stop_usd
    units, spent = (float(each[is_taken].sum()) for each in (ladder.units, ladder.spend_usd))
    sale = sell_at_stop(venues, units, fall) if venues.is_known else None
    if sale is not None and not sale.is_known:
        sale = None
    return StopFill(
        fall_share=fall,
        planned_loss_usd=float(ladder.loss_usd(stop_usd)[-1]),
        sale=sale,
        loss_usd=spent - sale.proceeds_usd if sale else None,
        history=stop_history(facts.closed_bars, fall),
    )
