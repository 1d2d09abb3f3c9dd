"""Comparison of two scorecards of an asset: what changed, how much it moved the total, which facts did it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

from assets.metrics.measure import MEASURES
from assets.models import Observation
from screener.checklist import CRITERIA, DIMENSIONS, Criterion, State
from screener.checklist.judgements import Finding
from screener.models import Scorecard
from screener.services.scoring.attribution import attributed_effects

Pair = tuple[Scorecard, Scorecard]
"""The older and the newer scorecard of an asset."""

LABELS: Final = {each.name: (each.label, each.unit) for each in MEASURES}
"""How people read a measure, and its unit."""

NOT_ASKED: Final[Finding] = {
    **{"state": State.NOT_APPLICABLE, "points": None, "value": None, "stale": False, "as_of": None},
    **{"values": {}, "observations": ()},
}
"""Stands for the finding of a criterion that a scorecard does not have."""


class Cause(StrEnum):
    """Why an answer is another one."""

    RULES = "rules"
    FACTS = "facts"
    POSITION = "position"
    DESCRIPTION = "description"
    TIME = "time"


class FigureChange(NamedTuple):
    """A figure that the answer names; None is not known. `label` is "" for the value that it shows."""

    label: str
    unit: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One criterion's other answer. `criterion` is None where this checklist no longer has it.

    `effect` is in points of the total; None under other rules than today's, which are not kept, and where
    one of the cards is not rated.
    `sources` are the observations that it rests on now and did not rest on before.
    """

    id: str
    criterion: Criterion | None
    old: Finding | None
    new: Finding | None
    effect: float | None
    cause: Cause
    sources: tuple[Observation, ...]

    @property
    def moved_answer(self) -> bool:
        """Whether more than a figure changed."""
        return _answer(self.old or NOT_ASKED) != _answer(self.new or NOT_ASKED)

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures behind the answer that changed, the value shown first."""
        old, new = self.old or NOT_ASKED, self.new or NOT_ASKED
        names = [each for each in {**old["values"], **new["values"]} if each in LABELS]
        unit = self.criterion.unit if self.criterion else "score"
        figures = [FigureChange("", unit, old["value"], new["value"])]
        figures += [
            FigureChange(*LABELS[name], old["values"].get(name), new["values"].get(name)) for name in names
        ]
        return tuple(each for each in figures if each.old != each.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionChange:
    """One dimension's scores, None where it was not asked, and its effect on the total."""

    id: str
    title: str
    old: Mapping[str, float] | None
    new: Mapping[str, float] | None
    effect: float | None


@dataclass(frozen=True, kw_only=True)
class ScorecardComparison:
    """`answers` and `dimensions` stand in the order of their effect, the largest first."""

    old: Scorecard
    new: Scorecard
    answers: tuple[AnswerChange, ...]
    dimensions: tuple[DimensionChange, ...]

    @property
    def change(self) -> float | None:
        """None where one of them is not rated."""
        if self.new.total is None or self.old.total is None:
            return None
        return self.new.total - self.old.total

    @property
    def same_rules(self) -> bool:
        return self.old.checklist_version == self.new.checklist_version

    @cached_property
    def moving(self) -> tuple[AnswerChange, ...]:
        """The other answers, without those of which only a figure is another one."""
        return tuple(each for each in self.answers if each.moved_answer)

    @cached_property
    def drifting(self) -> tuple[AnswerChange, ...]:
        return tuple(each for each in self.answers if not each.moved_answer)

    @property
    def together(self) -> float | None:
        """What the dimensions' effects leave over of the change, since they are multiplied."""
        change, effects = self.change, [each.effect for each in self.dimensions if each.effect is not None]
        if change is None or len(effects) < len(self.dimensions):
            return None
        return change - sum(effects)

    @property
    def description(self) -> list[tuple[str, Any, Any]]:
        """What is said of the asset itself and changed: name, old, new."""
        old, new = self.old.context, self.new.context
        names = [each for each in {**old, **new} if old.get(each) != new.get(each)]
        return [(name, old.get(name), new.get(name)) for name in names]


def compare_scorecards(*, old: Scorecard, new: Scorecard) -> ScorecardComparison:
    """What changed from `old` to `new`, two scorecards of one asset."""
    (comparison,) = compare_pairs([(old, new)])
    return comparison


def compare_pairs(pairs: Iterable[Pair]) -> list[ScorecardComparison]:
    """The same for many pairs; the observations of all of them are read at once."""
    changed = [(pair, _changed(*pair)) for pair in pairs]
    new_ids = chain.from_iterable(
        _new_observations(*findings) for _pair, by_criterion in changed for findings in by_criterion.values()
    )
    observations = Observation.objects.only("provider", "family", "as_of", "known_at").in_bulk(set(new_ids))
    return [_comparison(*pair, by_criterion, observations) for pair, by_criterion in changed]


def _changed(old: Scorecard, new: Scorecard) -> dict[str, tuple[Finding | None, Finding | None]]:
    """By criterion both findings where anything that they say differs, in the order of the checklist."""
    before, after = _by_criterion(old), _by_criterion(new)
    pairs = {each: (before.get(each), after.get(each)) for each in {**after, **before}}
    return {each: pair for each, pair in pairs.items() if _said(pair[0]) != _said(pair[1])}


def _by_criterion(card: Scorecard) -> dict[str, Finding]:
    return {finding["criterion"]: finding for finding in card.findings}


def _said(finding: Finding | None) -> Any:
    return finding and (_answer(finding), finding["value"], finding["values"])


def _answer(finding: Finding) -> tuple[Any, ...]:
    return finding["state"], finding["points"], finding["stale"]


def _new_observations(old: Finding | None, new: Finding | None) -> set[int]:
    return {*(new or NOT_ASKED)["observations"]} - {*(old or NOT_ASKED)["observations"]}


def _comparison(
    old: Scorecard,
    new: Scorecard,
    changed: Mapping[str, tuple[Finding | None, Finding | None]],
    observations: Mapping[int, Observation],
) -> ScorecardComparison:
    effects = attributed_effects(old=old, new=new)

    def effect(name: str) -> float | None:
        """Where only a figure is another one, the total is the same."""
        return None if effects is None else effects.get(name, 0.0)

    def answer(name: str, before: Finding | None, after: Finding | None) -> AnswerChange:
        new_sources = sorted(_new_observations(before, after))
        return AnswerChange(
            id=name,
            criterion=CRITERIA.get(name),
            old=before,
            new=after,
            effect=effect(name),
            cause=_cause(old, new, has_new_sources=bool(new_sources)),
            sources=tuple(observations[each] for each in new_sources if each in observations),
        )

    dimensions = [
        DimensionChange(
            id=each.id,
            title=each.title(new.asset.kind),
            old=old.dimensions.get(each.id),
            new=new.dimensions.get(each.id),
            effect=effect(each.id),
        )
        for each in DIMENSIONS
    ]
    return ScorecardComparison(
        old=old,
        new=new,
        answers=tuple(sorted((answer(name, *pair) for name, pair in changed.items()), key=_size_of_effect)),
        dimensions=tuple(sorted(dimensions, key=_size_of_effect)),
    )


def _cause(old: Scorecard, new: Scorecard, *, has_new_sources: bool) -> Cause:
    """The rules come before all else: under others, facts are not what made the difference."""
    if old.checklist_version != new.checklist_version:
        return Cause.RULES
    if has_new_sources:
        return Cause.FACTS
    if old.figures.get("position_usd") != new.figures.get("position_usd"):
        return Cause.POSITION
    return Cause.DESCRIPTION if old.context != new.context else Cause.TIME


def _size_of_effect(change: AnswerChange | DimensionChange) -> float:
    return -abs(change.effect or 0.0)
