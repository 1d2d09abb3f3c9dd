"""Conflicts, contradictions and questioned figures: where facts disagree with each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.metrics.free_float import FLOAT
from assets.metrics.precedence import TOLERANCES
from assets.models import FilingEvent
from assets.services.importing import ANALYST
from assets.services.reading.contradictions import Contradiction
from assets.services.ruling import PastRuling, rulings_ever_on, rulings_on
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.market_sources import teller
from screener.services.dossier.rulings import AskedFigure, asked_figures

EPOCH: Final = date(1970, 1, 1)
FEW: Final = 3
"""So many are read before the score; more are folded to one line."""
MOST_RULINGS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRuling:
    """`holds` is False where the facts have changed since, so that the figure is judged without it."""

    past: PastRuling
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCap:
    """A provider's own market cap that is not price × supply, and not so far from it that either is
    questioned (`witnesses.caps`)."""

    provider: str
    ours: float
    reported: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCount:
    """Shares outstanding by a document that is newer than the count by which the company is judged, in the
    units of today; `cap_usd` is the price × these, None where none is known."""

    cover: FilingEvent
    shares: float
    ours: float
    counted_on: date
    cap_usd: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsSection:
    other_cap: OtherCap | None
    later_count: LaterCount | None
    contradictions: Sequence[Contradiction]
    questions: Sequence[AskedFigure]
    rulings: Sequence[ShownRuling]

    @property
    def conflict_count(self) -> int:
        return len(self.contradictions) + (self.other_cap is not None) + (self.later_count is not None)

    @property
    def is_long(self) -> bool:
        """Whether it would push the score down: it is folded then."""
        return self.conflict_count + len(self.questions) + len(self.rulings) > FEW


def read_conflicts(facts: DossierFacts) -> ConflictsSection | None:
    other_cap, later_count = _other_cap(facts), _later_count(facts)
    contradictions = [each for each in facts.rows.contradictions if not _is_questioned(each, facts.questions)]
    questions = _questions(facts)
    past = _rulings(facts) if ANALYST in facts.rows.present else []
    rulings = [
        ShownRuling(past=each, holds=facts.rows.has_ruled(each.family, each.observation_id)) for each in past
    ]
    if not other_cap and not later_count and not contradictions and not questions and not rulings:
        return None
    return ConflictsSection(
        other_cap=other_cap,
        later_count=later_count,
        contradictions=contradictions,
        questions=questions,
        rulings=rulings,
    )


def _rulings(facts: DossierFacts) -> list[PastRuling]:
    """Those that stand, or stood at the moment as of which the page is read."""
    if facts.as_of is None:
        return rulings_on(facts.asset)
    return [
        each
        for each in rulings_ever_on(facts.asset, most=MOST_RULINGS)
        if each.ruled_at <= facts.as_of and (each.taken_back_at is None or each.taken_back_at > facts.as_of)
    ]


def _other_cap(facts: DossierFacts) -> OtherCap | None:
    """Of the supply's own time: a cap of long before or after it says nothing of it."""
    ours = facts.figures.get("market_cap_usd")
    market, supply = facts.rows.row(families.MARKET), facts.rows.row(families.SUPPLY)
    if not ours or not market or not market.market_cap_usd or not supply or supply.circulating is None:
        return None
    limit = FAMILY_OF[families.SUPPLY].limit(facts.asset.kind)
    if limit and abs(market.as_of - supply.as_of) > limit:
        return None
    reported = float(market.market_cap_usd)
    differs = abs(reported - ours) > TOLERANCES["market_cap_usd"] * ours
    source = teller(market, "market_cap_usd")
    return OtherCap(provider=source.provider, ours=ours, reported=reported) if differs and source else None


def _later_count(facts: DossierFacts) -> LaterCount | None:
    """The newest cover's count, where it is newer than the supply and differs from it."""
    ours, supply = facts.figures.get("circulating_supply"), facts.rows.row(families.SUPPLY)
    if facts.asset.kind != families.EQUITY or not ours or not supply:
        return None
    covers = FilingEvent.objects.filter(facts.rows.known.rows(), asset=facts.asset, subject=FLOAT)
    cover = covers.filter(shares_outstanding__gt=0).order_by("-filed_on", "-id").first()
    counted_on = supply.as_of.date()
    if cover is None or cover.filed_on <= counted_on:
        return None
    unit = facts.unit_changes.factor(np.array([float((cover.filed_on - EPOCH).days)]))
    shares = float(cover.shares_outstanding * Decimal(float(unit[0]))) if np.isfinite(unit[0]) else math.nan
    if not abs(shares - ours) > TOLERANCES["circulating"] * ours:
        return None
    price = facts.figures.get("price_usd")
    return LaterCount(
        cover=cover,
        shares=shares,
        ours=ours,
        counted_on=counted_on,
        cap_usd=None if price is None else price * shares,
    )


def _questions(facts: DossierFacts) -> list[AskedFigure]:
    if getattr(facts.user, "is_staff", False) and facts.as_of is None:
        return [each for each in asked_figures(facts) if each.question in facts.distinct_questions]
    return [AskedFigure(question=each, rulable=None) for each in facts.distinct_questions]


def _is_questioned(contradiction: Contradiction, questions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the price of that pool is questioned anyway, with both values and the reason."""
    frame, address = FAMILY_OF[contradiction.family].frame, getattr(contradiction.other, "address", "")
    doubted = {(each["frame"], each["field"], each["place"]) for each in questions}
    return contradiction.is_of_places and (frame, contradiction.field, address) in doubted
