"""Conflicts and contradictions: where providers disagree with each other or with themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.services.reading.contradictions import Contradiction
from screener.services.dossier.conflicts import Conflict, find_conflicts
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsSection:
    conflicts: Sequence[Conflict]
    contradictions: Sequence[Contradiction]


def read_conflicts(facts: DossierFacts) -> ConflictsSection | None:
    conflicts = find_conflicts(
        market=facts.rows.row(families.MARKET),
        supply=facts.rows.row(families.SUPPLY),
        market_cap_usd=facts.figures.get("market_cap_usd"),
    )
    contradictions = facts.rows.contradictions
    if not conflicts and not contradictions:
        return None
    return ConflictsSection(conflicts=conflicts, contradictions=contradictions)
