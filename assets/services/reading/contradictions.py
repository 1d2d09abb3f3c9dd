"""Contradictions: where two providers' answers about one thing differ by too much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets.metrics.family import Family
from assets.metrics.precedence import COMPARED_WITHIN, TOLERANCES
from assets.models import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two providers differ on a field by `share` of what counts: the first one's."""

    family: str
    field: str
    counts: FactRow
    other: FactRow
    share: float

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
    return found


def _first_of_each(rows: Sequence[Any], family: Family) -> list[Any]:
    first: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        first.setdefault((row.provider, *(getattr(row, name) for name in family.place)), row)
    return list(first.values())
