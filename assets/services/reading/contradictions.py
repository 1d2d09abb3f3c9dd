"""Contradictions: where two providers' answers about one thing differ by too much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics.denials import denies
from assets.metrics.families import FAMILY_OF
from assets.metrics.family import Family
from assets.metrics.precedence import COMPARED_WITHIN, DIFFERENCES, TOLERANCES, is_known
from assets.models import FactRow
from assets.providers import in_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two providers, or two pools, differ on a field: by `share` of what counts, the first one's, or of the
    supply where the field is a share of that; None where one reports what the other denies."""

    family: str
    field: str
    counts: FactRow
    other: FactRow
    share: float | None = None

    @property
    def is_of_places(self) -> bool:
        """Whether it is two pools that differ, whoever tells of them: none of them is the one that counts."""
        return bool(FAMILY_OF[self.family].place)

    @property
    def value(self) -> Any:
        return getattr(self.counts, self.field)

    @property
    def other_value(self) -> Any:
        return getattr(self.other, self.field)


def contradictions(answers: Sequence[Any], *, family: Family) -> list[Contradiction]:
    """Among these, whose word counts most first: of each provider and place the first that knows a field."""
    found = []
    for field, tolerance in TOLERANCES.items():
        knowing = _first_of_each([row for row in answers if getattr(row, field, None)], family)
        for other in knowing[1:]:
            share = abs(float(getattr(other, field)) / float(getattr(knowing[0], field)) - 1)
            within = COMPARED_WITHIN.get(field, family.competes_for)
            if share > tolerance and abs(other.as_of - knowing[0].as_of) <= within:
                found.append(
                    Contradiction(
                        family=family.name, field=field, counts=knowing[0], other=other, share=share
                    )
                )
    for field, difference in DIFFERENCES.items():
        knowing = _first_of_each([row for row in answers if getattr(row, field, None) is not None], family)
        for other in knowing[1:]:
            apart = abs(getattr(other, field) - getattr(knowing[0], field))
            if apart > difference and abs(other.as_of - knowing[0].as_of) <= family.competes_for:
                found.append(
                    Contradiction(
                        family=family.name, field=field, counts=knowing[0], other=other, share=apart
                    )
                )
    return found + [each for field in family.denials if (each := _denied(answers, field, family))]


def _denied(answers: Sequence[Any], field: str, family: Family) -> Contradiction | None:
    """A report and a denial, as `metrics.denials` weighs them; None where the providers agree."""
    newest = max((row.as_of for row in answers), default=None)
    current = [row for row in answers if newest - row.as_of <= family.competes_for]
    words = _first_of_each([row for row in current if is_known(getattr(row, field))], family)
    denials = [row for row in words if denies(field, getattr(row, field), family=family)]
    reports = [row for row in words if row not in denials]
    if not reports or not denials:
        return None
    is_settled = words[0].provider in in_parts() and words[0] is denials[0]
    counts, other = (denials[0], reports[0]) if is_settled else (reports[0], denials[0])
    return Contradiction(family=family.name, field=field, counts=counts, other=other)


def _first_of_each(rows: Sequence[Any], family: Family) -> list[Any]:
    first: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        first.setdefault((row.provider, *(getattr(row, name) for name in family.place)), row)
    return list(first.values())
