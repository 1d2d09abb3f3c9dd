"""Missing answers: why an asset is not rated, and who could tell what nobody has told yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from assets.models import Asset
from screener.checklist import CRITERIA, DIMENSIONS, Criterion, State
from screener.checklist.scoring import RATED_COVERAGE
from screener.models import Scorecard
from screener.services.evidence.answer_sources import AnswerSource, who_could_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingGate:
    """A gate that nobody could check, and who could."""

    criterion: Criterion
    sources: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAnswers:
    """What a dimension asks of the asset and could not answer; `asked` counts all that it asks."""

    id: str
    title: str
    asked: int
    unanswered: tuple[Criterion, ...]
    sources: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRated:
    """Why there is no rating. `coverage` and `sufficient` are shares; dimensions that lack nothing are left
    out."""

    coverage: float
    sufficient: float
    no_gate_verified: bool
    gates: tuple[MissingGate, ...]
    dimensions: tuple[MissingAnswers, ...]

    @property
    def is_too_little(self) -> bool:
        return self.coverage < self.sufficient


def missing_of(card: Scorecard, asset: Asset) -> NotRated | None:
    """What this scorecard lacks; None where it is rated. Reads nothing."""
    if card.is_rated:
        return None
    states = {each["criterion"]: each["state"] for each in card.findings}
    asked = [CRITERIA[each] for each, state in states.items() if _is_asked(each, state)]
    unknown = {each.id for each in asked if states[each.id] == State.UNKNOWN}
    gates = [each for each in asked if each.is_gate]
    return NotRated(
        coverage=card.coverage,
        sufficient=RATED_COVERAGE,
        no_gate_verified=bool(gates) and all(each.id in card.gates_unverified for each in gates),
        gates=tuple(
            MissingGate(criterion=each, sources=who_could_answer([each], asset))
            for each in gates
            if each.id in card.gates_unverified
        ),
        dimensions=tuple(_by_dimension(asked, unknown, asset)),
    )


def _is_asked(criterion: str, state: str) -> bool:
    return criterion in CRITERIA and state != State.NOT_APPLICABLE


def _by_dimension(asked: list[Criterion], unknown: set[str], asset: Asset) -> Iterable[MissingAnswers]:
    for dimension in DIMENSIONS:
        mine = [each for each in asked if each.dimension == dimension.id]
        unanswered = tuple(each for each in mine if each.id in unknown)
        if unanswered:
            yield MissingAnswers(
                id=dimension.id,
                title=dimension.title(asset.kind),
                asked=len(mine),
                unanswered=unanswered,
                sources=who_could_answer(unanswered, asset),
            )
