"""Population of a labelled set: which assets its rows stand for; it says nothing of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics.measure import MEASURES
from screener.validation.expressions import unknown_name

DEX: Final = "dex"
LISTED: Final = "listed"
COMPANY: Final = "company"
PRIVATE: Final = "private"
CLASSES: Final = (DEX, LISTED, COMPANY, PRIVATE)
"""Tokens known from DEX pools only; tokens that a register or an exchange lists; companies whose shares are
traded; companies whose shares are not, which nobody screens."""

KEYS: Final = frozenset({"of", "rows_of", "within"})
MEASURE_NAMES: Final = frozenset(each.name for each in MEASURES)


class PopulationError(ValueError):
    """A population that makes no sense; the message is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """`of` is a source class, `within` the (low, high) of measures, both included, that the rows lie in.

    `rows_of` names the table that the rows are of: sets that share their rows are one piece of evidence.
    """

    of: str
    rows_of: str
    within: Mapping[str, tuple[float, float]]

    def as_json(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "rows_of": self.rows_of,
            "within": {k: list(v) for k, v in self.within.items()},
        }


def population_of(section: Mapping[str, Any], *, name: str) -> Population:
    """Check what a mapping of this name says of its population."""
    for key in section:
        if key not in KEYS:
            raise PopulationError(f"population.{key}: {unknown_name('key', key, KEYS)}")
    if section.get("of") not in CLASSES:
        raise PopulationError(
            f"population.of is {section.get('of')!r}; it must be one of {', '.join(CLASSES)}."
        )
    within = section.get("within", {})
    for measure, limits in within.items():
        if measure not in MEASURE_NAMES:
            raise PopulationError(f"population.within: {unknown_name('measure', measure, MEASURE_NAMES)}")
        if not _is_range(limits):
            raise PopulationError(f"population.within.{measure} must be two numbers, the lower one first.")
    return Population(
        of=section["of"],
        rows_of=str(section.get("rows_of", name)),
        within={measure: (float(low), float(high)) for measure, (low, high) in within.items()},
    )


def _is_range(limits: Any) -> bool:
    return (
        isinstance(limits, list)
        and len(limits) == 2
        and all(isinstance(each, int | float) for each in limits)
        and limits[0] <= limits[1]
    )
