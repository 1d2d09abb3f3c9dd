"""Score: the total with its interval, a bar for each dimension, the gates, and the user's own totals."""

from collections.abc import Mapping
from dataclasses import dataclass

from screener.checklist import DIMENSIONS
from screener.checklist.scoring import UNKNOWN_POINTS
from screener.models import Scorecard
from screener.services.desk.personal_score import PersonalScore
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.findings import FindingView, finding_views, named
from screener.services.dossier.missing import NotRated, missing_of
from screener.services.evidence.outcomes import OutcomeOfAsset, outcomes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionBar:
    """`scores` is None where the card has none, `score` (0–100) where the asset is not rated."""

    id: str
    title: str
    scores: Mapping[str, float] | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSection:
    """Without a card the asset waits for its first score; `missing` is None where it is rated.

    `unknown_points` is what an unanswered criterion counts, of 100.
    """

    card: Scorecard | None
    figures: Mapping[str, float]
    dimensions: tuple[DimensionBar, ...]
    gates_open: tuple[FindingView, ...]
    gates_unverified: tuple[FindingView, ...]
    missing: NotRated | None
    outcomes: tuple[OutcomeOfAsset, ...]
    personal_score: PersonalScore
    unknown_points: float = 100 * UNKNOWN_POINTS


def read_score(facts: DossierFacts) -> ScoreSection:
    card = facts.card
    views = finding_views(card.findings if card else (), {})  # a gate is told without its sources
    scores, is_rated = (card.dimensions, card.is_rated) if card else ({}, False)
    return ScoreSection(
        card=card,
        figures=facts.figures,
        dimensions=tuple(
            DimensionBar(
                id=each.id,
                title=each.title(facts.asset.kind),
                scores=scores.get(each.id),
                score=100 * scores[each.id]["score"] if each.id in scores and is_rated else None,
            )
            for each in DIMENSIONS
        ),
        gates_open=named(card.gates_open if card else (), views),
        gates_unverified=named(card.gates_unverified if card else (), views),
        missing=missing_of(card, facts.asset) if card else None,
        outcomes=_outcomes(facts),
        personal_score=facts.personal_score,
    )


def _outcomes(facts: DossierFacts) -> tuple[OutcomeOfAsset, ...]:
    """What became of assets like it is what we know today: a past day does not show it."""
    if facts.card is None or facts.asset.fictional or facts.as_of is not None:
        return ()
    return tuple(outcomes_of(facts.card, facts.asset))
