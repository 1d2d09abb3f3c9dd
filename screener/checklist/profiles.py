"""Profiles: own weights and thresholds, what may be changed, and the checklist with the changes in.

A profile says only what differs. It moves weights and the limits of pass and caution; it can't move a
gate, nor what is asked, nor how answers are put together. A criterion of weight 0 no longer counts in
the score: its answer is still shown, and where it is a gate it stays one.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from assets.metrics.families import KINDS
from screener.checklist.bands import LOG, Band, written
from screener.checklist.types import Criterion, Dimension, phrase

Limit = float | tuple[float, float]
"""What a value is held against: one figure, or the two between which it should lie."""

MOST_DIMENSION_WEIGHT: Final = 100.0
CRITERION_WEIGHTS: Final = (0, 1, 2, 3)
LIMITS: Final = ("passes", "cautions")
"""The limits of a band that a profile may move; its gate is not among them."""


class Setting(NamedTuple):
    """What a change is made to: a dimension's or a criterion's weight, or a limit of one of its bands."""

    of: str
    band: int | None = None
    limit: str = ""


class ProfileProblem(NamedTuple):
    """Why a change can't be made and what to do; `text` is translated where it is shown."""

    setting: Setting | None
    text: str
    figures: Mapping[str, str]

    def __str__(self) -> str:
        text = self.text.format(**self.figures)
        return f"{self.setting.of}: {text}" if self.setting else text


class ProfileError(ValueError):
    """The changes make no checklist; `problems` says everything that is wrong with them."""

    def __init__(self, problems: Sequence[ProfileProblem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs from the checklist: weights by id, and by criterion the moved limits of each band."""

    dimension_weights: Mapping[str, float] = field(default_factory=dict)
    criterion_weights: Mapping[str, int] = field(default_factory=dict)
    thresholds: Mapping[str, Sequence[Mapping[str, Any] | None]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.dimension_weights or self.criterion_weights or self.thresholds)

    def unknown_to(self, dimensions: Sequence[Dimension]) -> tuple[str, ...]:
        """Ids that this checklist does not have, as after a new version; they change nothing."""
        criteria = {one.id for each in dimensions for one in each.criteria}
        unknown = [id for id in self.dimension_weights if id not in {each.id for each in dimensions}]
        unknown += [id for id in {**self.criterion_weights, **self.thresholds} if id not in criteria]
        return tuple(unknown)


def adjusted(dimensions: Sequence[Dimension], changes: Changes) -> tuple[Dimension, ...]:
    """The checklist with these changes in; `ProfileError` where they make none."""
    problems: list[ProfileProblem] = []
    made = tuple(_dimension(each, changes, problems) for each in dimensions)
    if not problems:
        problems += _nothing_asked(made)
    if problems:
        raise ProfileError(problems)
    return made


def _dimension(dimension: Dimension, changes: Changes, problems: list[ProfileProblem]) -> Dimension:
    weight = changes.dimension_weights.get(dimension.id, dimension.weight)
    if not _is_number(weight) or not 0 <= weight <= MOST_DIMENSION_WEIGHT:
        text = phrase("The weight of a dimension is a number from 0 to 100.")
        problems.append(ProfileProblem(Setting(dimension.id), text, {}))
        weight = dimension.weight
    return replace(
        dimension,
        weight=float(weight),
        criteria=tuple(_criterion(each, changes, problems) for each in dimension.criteria),
    )


def _criterion(criterion: Criterion, changes: Changes, problems: list[ProfileProblem]) -> Criterion:
    weight = changes.criterion_weights.get(criterion.id, criterion.weight)
    if weight not in CRITERION_WEIGHTS:
        text = phrase("The weight of a criterion is 0 (it does not count), 1, 2 or 3.")
        problems.append(ProfileProblem(Setting(criterion.id), text, {}))
        weight = criterion.weight
    bands = criterion.bands
    if moved := changes.thresholds.get(criterion.id):
        if len(moved) == len(bands):
            bands = tuple(
                _band(Setting(criterion.id, place), band, limits or {}, criterion.unit, problems)
                for place, (band, limits) in enumerate(zip(bands, moved, strict=True))
            )
        else:
            text = phrase("It has {bands} thresholds now and the profile moves {moved}: set them anew.")
            figures = {"bands": str(len(bands)), "moved": str(len(moved))}
            problems.append(ProfileProblem(Setting(criterion.id), text, figures))
    return replace(criterion, weight=int(weight), bands=bands)


def _band(
    setting: Setting, band: Band, limits: Mapping[str, Any], unit: str, problems: list[ProfileProblem]
) -> Band:
    """The band with its limits moved, or as it was and the problem added."""
    moved: dict[str, Any] = {}
    for name in LIMITS:
        was = getattr(band, name)
        if was is None or limits.get(name) is None:
            continue
        problem = _not_like(limits[name], was, positive=band.scale == LOG)
        if problem:
            problems.append(ProfileProblem(setting._replace(limit=name), problem, {}))
            return band
        moved[name] = _shaped(limits[name], was)
    try:
        return replace(band, **moved)
    except ValueError:
        problems.append(_out_of_order(setting, band, moved, unit))
        return band


def _not_like(limit: Any, was: Any, *, positive: bool) -> str:
    """What is wrong with a limit that takes the place of this one; empty when nothing is."""
    wanted = len(was) if isinstance(was, tuple) else 1
    parts = list(limit) if isinstance(limit, (list, tuple)) else [limit]
    if len(parts) != wanted or not all(map(_is_number, parts)):
        is_pair = wanted > 1
        return phrase("This threshold is two numbers: from and to.") if is_pair else phrase("It is a number.")
    if positive and min(parts) <= 0:
        return phrase("This threshold must be more than 0.")
    return "" if parts == sorted(parts) else phrase("“From” must not be more than “to”.")


def _out_of_order(setting: Setting, band: Band, moved: Mapping[str, Limit], unit: str) -> ProfileProblem:
    """A stricter limit lies beyond a laxer one: says which, since the band alone does not."""
    unit = band.unit or unit
    passes, cautions, gate = (moved.get(name, getattr(band, name)) for name in (*LIMITS, "gate"))
    figures = {"passes": written(passes, unit)}
    if cautions is not None:
        figures["cautions"] = written(cautions, unit)
        try:
            replace(band, passes=passes, cautions=cautions, gate=None)
        except ValueError:
            text = phrase("“Pass” ({passes}) must be at least as strict as “caution” ({cautions}).")
            return ProfileProblem(setting._replace(limit="passes"), text, figures)
    figures["gate"] = written(gate, unit)
    text = phrase("A profile can't move a gate: choose a limit on the good side of {gate}.")
    return ProfileProblem(setting._replace(limit="passes" if cautions is None else "cautions"), text, figures)


def _nothing_asked(dimensions: Sequence[Dimension]) -> Iterator[ProfileProblem]:
    """Each kind of asset needs something that counts, whatever its sector: a score of nothing is none."""
    for kind in KINDS:
        counting = (
            one.weight * each.weight
            for each in dimensions
            for one in each.criteria
            if kind in one.kinds and not (one.sectors or one.except_financial or one.listed_only)
        )
        asked = any(kind in one.kinds for each in dimensions for one in each.criteria)
        if asked and not any(counting):
            text = phrase(
                "Nothing counts for assets of type “{kind}”. Give a criterion and its dimension weight."
            )
            yield ProfileProblem(None, text, {"kind": kind})


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _shaped(limit: Any, was: Any) -> Limit:
    """JSON knows no tuples."""
    return (float(limit[0]), float(limit[1])) if isinstance(was, tuple) else float(limit)
