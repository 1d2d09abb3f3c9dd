"""Findings of one dimension: what was asked, what came out, and what it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from screener.checklist import State
from screener.services.desk.personal_score import PersonalScore
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionSection:
    """An asset that is not rated has no scores to be shown, but their coverage."""

    scores: Mapping[str, float] | None
    is_rated: bool
    findings: tuple[FindingView, ...]
    personal_score: PersonalScore


def reader_of(dimension: str) -> Callable[[DossierFacts], DimensionSection]:
    """The reader of one dimension's section, by its id."""

    def read_dimension(facts: DossierFacts) -> DimensionSection:
        asked = (each for each in facts.findings.values() if each.criterion.dimension == dimension)
        return DimensionSection(
            scores=facts.card.dimensions.get(dimension) if facts.card else None,
            is_rated=facts.card is not None and facts.card.is_rated,
            findings=tuple(each for each in asked if each.stored["state"] != State.NOT_APPLICABLE),
            personal_score=facts.personal_score,
        )

    return read_dimension
