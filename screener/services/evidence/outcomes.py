"""Outcomes beside the score: how often assets that looked like this were pulled, fell silent, went bankrupt.

From the saved results of labelled sets. An outcome is shown only where its chance by the score beats the base
rate (Brier) on two sets at least; where no set supports one, that is said instead of a number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.parts import total_of_part
from screener.checklist.types import phrase
from screener.models import Scorecard
from screener.services.evidence.read_validation import SetResult, read_validation

TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    TOKEN: {
        "pulled": phrase("liquidity pulled or price gone"),
        "silent": phrase("trading stopped"),
        "diluted": phrase("diluted by more than a fifth"),
    },
    EQUITY: {
        "bankrupt": phrase("bankrupt"),
        "diluted": phrase("diluted by more than a fifth"),
    },
}
"""What is told apart of each kind of asset."""
LEAST_SETS: Final = 2
"""So many sets must support an outcome before a number of it is shown."""
LEAST_ANSWERED_SHARE: Final = 0.5
"""Of the weight of what a set could answer, this part at least must be known of an asset to compare it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Which share (0–1) of `n` rows of a set with a total like this one ended so, with the 95 % interval."""

    set: SetResult
    rate: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOfKind:
    """An outcome with the sets that support it and those where the score is known not to hold."""

    outcome: str
    title: str
    supported_by: tuple[SetResult, ...]
    fails_on: tuple[SetResult, ...]

    @property
    def is_shown(self) -> bool:
        return len(self.supported_by) >= LEAST_SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOfAsset:
    """`chances` are empty where no set supports the outcome, or too little of what they ask is known."""

    of_kind: OutcomeOfKind
    chances: tuple[Chance, ...]


def outcomes_of_kind(kind: str, sets: Sequence[SetResult] | None = None) -> tuple[OutcomeOfKind, ...]:
    """Every outcome that is told apart of this kind of asset."""
    saved = [each for each in (read_validation() if sets is None else sets) if each.saved.get("kind") == kind]
    return tuple(
        OutcomeOfKind(
            outcome=outcome,
            title=title,
            supported_by=tuple(each for each in saved if _is_of(each, outcome) and _supports(each)),
            fails_on=tuple(each for each in saved if _is_of(each, outcome) and not _supports(each)),
        )
        for outcome, title in TITLES[kind].items()
    )


def outcomes_of(card: Scorecard, kind: str) -> tuple[OutcomeOfAsset, ...]:
    """What became of assets that looked like this one, by this card."""
    return tuple(
        OutcomeOfAsset(of_kind=each, chances=_chances(card, each) if each.is_shown else ())
        for each in outcomes_of_kind(kind)
    )


def _is_of(result: SetResult, outcome: str) -> bool:
    return result.is_current and result.saved.get("outcome") == outcome


def _supports(result: SetResult) -> bool:
    """Whether its chances by the score are better than saying the base rate to all, the right way round."""
    brier, of_base = result.saved.get("brier"), result.saved.get("brier_of_base_rate")
    if brier is None or of_base is None or not result.saved.get("by_score"):
        return False
    return bool(brier < of_base) and not result.auc.is_turned and not result.auc.is_of_chance


def _chances(card: Scorecard, of_kind: OutcomeOfKind) -> tuple[Chance, ...]:
    found = []
    for each in of_kind.supported_by:
        total, answered = total_of_part(
            card.findings, {fed.id for fed in each.fed}, gates_open=card.gates_open
        )
        if answered >= LEAST_ANSWERED_SHARE:
            found.append(_chance(each, total))
    return tuple(found)


def _chance(result: SetResult, total: float) -> Chance:
    bins: Sequence[Mapping[str, Any]] = result.saved["by_score"]
    mine = next((each for each in bins if total <= each["upto"]), bins[-1])
    return Chance(set=result, rate=mine["rate"], low=mine["low"], high=mine["high"], n=mine["n"])
