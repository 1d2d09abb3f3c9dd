"""Findings of one dimension: what was asked, what came out, and what it rests on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from screener.checklist import State
from screener.services.desk.personal_score import PersonalScore
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionSection:
    """An asset that is not rated has no scores to be shown, but their coverage.

    `findings` are those that want to be read: what fails or is in doubt, and gates that nobody could verify.
    `passed` and `unknown` are the others.
    """

    scores: Mapping[str, float] | None
    is_rated: bool
    findings: tuple[FindingView, ...]
    passed: tuple[FindingView, ...]
    unknown: tuple[FindingView, ...]
    personal_score: PersonalScore


def reader_of(dimension: str) -> Callable[[DossierFacts], DimensionSection]:
    """The reader of one dimension's section, by its id."""

    def read_dimension(facts: DossierFacts) -> DimensionSection:
        views = (each for each in facts.findings.values() if each.criterion.dimension == dimension)
        asked = [each for each in views if each.stored["state"] != State.NOT_APPLICABLE]
        return DimensionSection(
            scores=facts.card.dimensions.get(dimension) if facts.card else None,
            is_rated=facts.card is not None and facts.card.is_rated,
            findings=tuple(each for each in asked if _wants_reading(each)),
            passed=tuple(_calm(asked, State.PASS)),
            unknown=tuple(_calm(asked, State.UNKNOWN)),
            personal_score=facts.personal_score,
        )

    return read_dimension


def _calm(asked: Iterable[FindingView], state: State) -> Iterator[FindingView]:
    return (each for each in asked if each.stored["state"] == state and not _wants_reading(each))


def _wants_reading(finding: FindingView) -> bool:
    stored = finding.stored
    if stored["state"] == State.UNKNOWN:
        return finding.criterion.is_gate or bool(stored.get("questioned"))
    return stored["state"] != State.PASS or bool(stored["stale"] or stored.get("questioned"))
