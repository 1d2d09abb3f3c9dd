"""One asset as several providers tell it: whose word counts on a page, and where they contradict each other.

The same rules as `metrics.reconcile`, which settles whole batches for the score, on the rows of one asset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics.reconcile import (
    COMPARED_WITHIN,
    COMPETES_FOR,
    TOLERANCES,
    USUALLY_COMPETES_FOR,
)
from assets.models import FactRow
from assets.providers import tellers_of

NOT_A_FACT: Final = frozenset({"id", "asset", "observation", "provider", "as_of", "known_at"})


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


def by_precedence(rows: Sequence[Any], *, family: str) -> list[Any]:
    """The providers' newest rows of a family: whose word counts most first, the outlived ones last."""
    if not rows:
        return []
    order = {provider: place for place, provider in enumerate(tellers_of(family))}
    newest = max(row.as_of for row in rows)
    competes_for = COMPETES_FOR.get(family, USUALLY_COMPETES_FOR)
    return sorted(
        rows,
        key=lambda row: (newest - row.as_of > competes_for, order.get(row.provider, len(order))),
    )


def merged(rows: Sequence[Any]) -> Any:
    """The first row with what only the later ones know filled in; None without a row.

    `filled_from` on it names the row of each field that is not its own. It is not for saving.
    """
    if not rows:
        return None
    first, *others = rows
    first.filled_from = {}
    for field in first._meta.concrete_fields:
        if field.name in NOT_A_FACT or getattr(first, field.name) not in (None, "", {}, []):
            continue
        for other in others:
            value = getattr(other, field.name)
            if value not in (None, "", {}, []):
                setattr(first, field.name, value)
                first.filled_from[field.name] = other
                break
    return first


def contradictions(rows: Mapping[str, Sequence[Any]]) -> list[Contradiction]:
    """By family the rows by precedence; where two that were told at nearly one time differ too much."""
    found = []
    for family, told in rows.items():
        for field, tolerance in TOLERANCES.items():
            knowing = [row for row in told if getattr(row, field, None)]
            for other in knowing[1:]:
                share = abs(float(getattr(other, field)) / float(getattr(knowing[0], field)) - 1)
                within = COMPARED_WITHIN.get(field, COMPETES_FOR.get(family, USUALLY_COMPETES_FOR))
                if share > tolerance and abs(other.as_of - knowing[0].as_of) <= within:
                    found.append(
                        Contradiction(family=family, field=field, counts=knowing[0], other=other, share=share)
                    )
    return found
