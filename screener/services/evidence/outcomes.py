"""Outcomes beside the score: how often assets that looked like this were pulled, fell silent, went bankrupt.

From the saved results of labelled sets. An outcome is shown only where its chance by the score beats the
base rate (Brier) on two sets at least that share no rows, and only of assets that a set's rows stand for;
where that is not so, the reason is said instead of a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics.families import EQUITY, TOKEN
from assets.models import Asset
from screener.checklist.parts import total_of_part
from screener.checklist.types import phrase
from screener.models import Scorecard
from screener.services.evidence.read_validation import Fed, SetResult, read_validation
from screener.services.evidence.source_classes import class_of

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
"""So many sets without common rows must support an outcome before a number of it is shown."""
LEAST_FED_SHARE: Final = 0.5
"""A set compares by the criteria that it answers for this part of its rows at least."""
LEAST_ANSWERED_SHARE: Final = 0.8
"""Of their weight this part must be answered for an asset too: else its total is on another scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Which share (0–1) of `n` rows of a set with a total like this one ended so, with the 95 % interval."""

    set: SetResult
    rate: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Why a set's rows don't stand for an asset.

    Its `measure` lies outside `low` to `high`, or is not known (`value` None). Where `measure` is "", the
    asset is of another class, or, with `is_too_little_known`, what the set compares by is not known of it.
    """

    set: SetResult
    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    is_too_little_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOfKind:
    """An outcome with the sets that support it and those where the score is known not to hold."""

    outcome: str
    title: str
    supported_by: tuple[SetResult, ...]
    fails_on: tuple[SetResult, ...]

    @property
    def is_shown(self) -> bool:
        return len({each.rows_of for each in self.supported_by}) >= LEAST_SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeOfAsset:
    """`chances` are empty where no number can be told of this asset; `misfits` say why, set by set."""

    of_kind: OutcomeOfKind
    chances: tuple[Chance, ...]
    misfits: tuple[Misfit, ...] = ()


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


def outcomes_of(card: Scorecard, asset: Asset) -> tuple[OutcomeOfAsset, ...]:
    """What became of assets that looked like this one, by this card; no numbers of one that is not rated."""
    of_kind = outcomes_of_kind(asset.kind)
    if not card.is_rated or not any(each.is_shown for each in of_kind):
        return tuple(OutcomeOfAsset(of_kind=each, chances=()) for each in of_kind)
    source = class_of(asset)
    return tuple(
        _outcome(card, source, each) if each.is_shown else OutcomeOfAsset(of_kind=each, chances=())
        for each in of_kind
    )


def _is_of(result: SetResult, outcome: str) -> bool:
    return result.is_current and result.saved.get("outcome") == outcome


def _supports(result: SetResult) -> bool:
    """Whether its chances by the score are better than saying the base rate to all, the right way round."""
    brier, of_base = result.saved.get("brier"), result.saved.get("brier_of_base_rate")
    if brier is None or of_base is None or not result.saved.get("by_score"):
        return False
    return bool(brier < of_base) and not result.auc.is_turned and not result.auc.is_of_chance


def _outcome(card: Scorecard, source: str, of_kind: OutcomeOfKind) -> OutcomeOfAsset:
    """By each set that stands for the asset; of sets that share rows only the one nearest to it speaks."""
    nearest: dict[str, Chance] = {}
    misfits = []
    for each in sorted(of_kind.supported_by, key=lambda one: int(one.saved["rows"])):
        answer = _misfit(card, source, each) or _chance(card, each)
        if isinstance(answer, Misfit):
            misfits.append(answer)
        else:
            nearest.setdefault(each.rows_of, answer)
    return OutcomeOfAsset(of_kind=of_kind, chances=tuple(nearest.values()), misfits=tuple(misfits))


def _misfit(card: Scorecard, source: str, result: SetResult) -> Misfit | None:
    """The first reason why the set's rows don't stand for this asset."""
    population = result.population
    if population is None or population.of != source:
        return Misfit(set=result)
    for measure, (low, high) in population.within.items():
        value = card.figures.get(measure)
        if value is None or not low <= value <= high:
            return Misfit(set=result, measure=measure, value=value, low=low, high=high)
    return None


def _chance(card: Scorecard, result: SetResult) -> Chance | Misfit:
    total, answered = total_of_part(
        card.findings, {fed.id for fed in _compared_by(result)}, gates_open=card.gates_open
    )
    if answered < LEAST_ANSWERED_SHARE:
        return Misfit(set=result, is_too_little_known=True)
    bins: Sequence[Mapping[str, Any]] = result.saved["by_score"]
    mine = next((each for each in bins if total <= each["upto"]), bins[-1])
    return Chance(set=result, rate=mine["rate"], low=mine["low"], high=mine["high"], n=mine["n"])


def _compared_by(result: SetResult) -> Iterator[Fed]:
    """The criteria that its rows are as a rule answered by."""
    return (
        each for each in result.fed if each.answered_share is None or each.answered_share >= LEAST_FED_SHARE
    )
