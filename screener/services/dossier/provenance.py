"""Provenance: who told each family of facts, and how old that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from assets.metrics import families
from assets.metrics.capital import READING_HOLDS_DAYS
from screener.checklist.staleness import kept_fresh, limits_of
from screener.models import Scorecard

READING_HOLDS: Final = timedelta(days=READING_HOLDS_DAYS)
ABSENT: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(each.name for each in families.FAMILIES if kind not in each.kinds)
    for kind in families.KINDS
}
"""Families that assets of a kind do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What a further row fills in: the `fields`, by the names of their columns; it has an age of its own."""

    row: Any
    fields: tuple[str, ...]
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The row of a family that counts; `row` is None when nothing is known. `limit`: how old it may be;
    `kept`: for whom alone it is kept from growing older.

    `others` are what further rows fill in. `is_read`: the family is of
    events, which stay what they were: what ages is the `reading` that would have shown newer ones, None
    where nobody tells of any.
    """

    family: str
    row: Any
    is_stale: bool
    limit: timedelta | None
    kept: str = ""
    others: tuple[FilledIn, ...] = ()
    is_read: bool = False
    reading: Any = None


def provenance_of(
    kind: str, rows: Mapping[str, Any], *, now: datetime, readings: Mapping[str, Any] | None = None
) -> tuple[Provenance, ...]:
    """One entry for each of these families that an asset of this kind has, in the order of the families.

    `readings`: by family of events the last reading for them.
    """
    read = readings or {}
    return tuple(
        _of_events(family, newest_row(rows[family]), read[family], now)
        if family in read
        else _provenance(family, newest_row(rows[family]), now, kind=kind)
        for family in families.FAMILY_NAMES
        if family in rows and family not in ABSENT[kind]
    )


def _provenance(family: str, row: Any, now: datetime, *, kind: str) -> Provenance:
    limit = limits_of(kind).get(family)
    is_stale = row is not None and limit is not None and now - row.as_of > limit
    fields: dict[Any, list[str]] = {}
    for field, other in getattr(row, "filled_from", {}).items():
        fields.setdefault(other, []).append(field)
    others = tuple(
        FilledIn(row=each, fields=tuple(names), is_stale=limit is not None and now - each.as_of > limit)
        for each, names in fields.items()
    )
    kept = kept_fresh(family, kind)
    return Provenance(family=family, row=row, is_stale=is_stale, limit=limit, kept=kept, others=others)


def _of_events(family: str, event: Any, reading: Any, now: datetime) -> Provenance:
    """Events with the reading that looked for them; without one nobody knows whether there are newer ones."""
    is_stale = reading is not None and now - reading.as_of > READING_HOLDS
    row = reading if event is None else event
    return Provenance(
        family=family, row=row, is_stale=is_stale, limit=READING_HOLDS, is_read=True, reading=reading
    )


def newest_row(rows: Any) -> Any:
    """The row of a family, or the newest of its rows."""
    return max(rows, key=lambda row: row.as_of, default=None) if isinstance(rows, list) else rows


def rests_on_old_facts(card: Scorecard, *, kind: str, now: datetime) -> bool:
    """Whether even its newest fact is older than a price may be."""
    return card.as_of is not None and now - card.as_of > limits_of(kind)[families.MARKET]
