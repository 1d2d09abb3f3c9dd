"""Conflicts, contradictions and questioned figures: where facts disagree with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.services.reading.contradictions import Contradiction
from screener.services.dossier.conflicts import Conflict, find_conflicts
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsSection:
    conflicts: Sequence[Conflict]
    contradictions: Sequence[Contradiction]
    questions: Sequence[Mapping[str, Any]]


def read_conflicts(facts: DossierFacts) -> ConflictsSection | None:
    conflicts = find_conflicts(
        market=facts.rows.row(families.MARKET),
        supply=facts.rows.row(families.SUPPLY),
        market_cap_usd=facts.figures.get("market_cap_usd"),
    )
    questions = facts.questions
    contradictions = [each for each in facts.rows.contradictions if not _is_questioned(each, questions)]
    if not conflicts and not contradictions and not questions:
        return None
    return ConflictsSection(conflicts=conflicts, contradictions=contradictions, questions=questions)


def _is_questioned(contradiction: Contradiction, questions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the price of that pool is questioned anyway, with both values and the reason."""
    frame, address = FAMILY_OF[contradiction.family].frame, getattr(contradiction.other, "address", "")
    doubted = {(each["frame"], each["field"], each["place"]) for each in questions}
    return contradiction.is_of_places and (frame, contradiction.field, address) in doubted
