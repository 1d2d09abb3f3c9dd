"""Conflicts, contradictions and questioned figures: where facts disagree with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.services.importing import ANALYST
from assets.services.reading.contradictions import Contradiction
from assets.services.ruling import PastRuling, rulings_on
from screener.services.dossier.conflicts import Conflict, find_conflicts
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.rulings import AskedFigure, asked_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRuling:
    """`holds` is False where the facts have changed since, so that the figure is judged without it."""

    past: PastRuling
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsSection:
    conflicts: Sequence[Conflict]
    contradictions: Sequence[Contradiction]
    questions: Sequence[AskedFigure]
    rulings: Sequence[ShownRuling]


def read_conflicts(facts: DossierFacts) -> ConflictsSection | None:
    conflicts = find_conflicts(
        market=facts.rows.row(families.MARKET),
        supply=facts.rows.row(families.SUPPLY),
        market_cap_usd=facts.figures.get("market_cap_usd"),
    )
    contradictions = [each for each in facts.rows.contradictions if not _is_questioned(each, facts.questions)]
    questions = _questions(facts)
    past = rulings_on(facts.asset) if ANALYST in facts.rows.present else []
    rulings = [
        ShownRuling(past=each, holds=facts.rows.has_ruled(each.family, each.observation_id)) for each in past
    ]
    if not conflicts and not contradictions and not questions and not rulings:
        return None
    return ConflictsSection(
        conflicts=conflicts, contradictions=contradictions, questions=questions, rulings=rulings
    )


def _questions(facts: DossierFacts) -> list[AskedFigure]:
    if getattr(facts.user, "is_staff", False):
        return [each for each in asked_figures(facts) if each.question in facts.distinct_questions]
    return [AskedFigure(question=each, rulable=None) for each in facts.distinct_questions]


def _is_questioned(contradiction: Contradiction, questions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the price of that pool is questioned anyway, with both values and the reason."""
    frame, address = FAMILY_OF[contradiction.family].frame, getattr(contradiction.other, "address", "")
    doubted = {(each["frame"], each["field"], each["place"]) for each in questions}
    return contradiction.is_of_places and (frame, contradiction.field, address) in doubted
