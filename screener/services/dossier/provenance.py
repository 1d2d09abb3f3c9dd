"""Where each family of facts comes from, how old it is, and where what is told does not agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from assets.metrics import families
from screener.checklist.staleness import limits_of
from screener.models import Scorecard

DIFFERS_SHARE: Final = 0.05
"""From which difference on a reported market cap is shown as in conflict with ours (design/providers.md)."""

ABSENT: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(each.name for each in families.FAMILIES if kind not in each.kinds)
    for kind in families.KINDS
}
"""Families that assets of a kind do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The row of a family that counts; `row` is None when nothing is known. `limit`: how old it may be.

    `others` are the rows of further providers that fill what it does not tell.
    """

    family: str
    row: Any
    is_stale: bool
    limit: timedelta | None
    others: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """`what` is market_cap (ours, the reported one) or supply (circulating, total)."""

    what: str
    ours: float
    theirs: float


def check_sources(kind: str, rows: Mapping[str, Any], *, now: datetime) -> tuple[Source, ...]:
    """One entry for each family that an asset of this kind has, in the order of the families."""
    return tuple(
        _source(family, newest_row(rows[family]), now, limit=limits_of(kind).get(family))
        for family in families.FAMILY_NAMES
        if family in rows and family not in ABSENT[kind]
    )


def _source(family: str, row: Any, now: datetime, *, limit: timedelta | None) -> Source:
    is_stale = row is not None and limit is not None and now - row.as_of > limit
    filled_from = getattr(row, "filled_from", {})
    others = tuple({id(each): each for each in filled_from.values()}.values())
    return Source(family=family, row=row, is_stale=is_stale, limit=limit, others=others)


def newest_row(rows: Any) -> Any:
    """The row of a family, or the newest of its rows."""
    return max(rows, key=lambda row: row.as_of, default=None) if isinstance(rows, list) else rows


def find_conflicts(rows: Mapping[str, Any], *, figures: Mapping[str, float]) -> tuple[Conflict, ...]:
    """Where a provider contradicts itself."""
    told = []
    market, supply = rows[families.MARKET], rows[families.SUPPLY]
    ours = figures.get("market_cap_usd")
    reported = float(market.market_cap_usd) if market and market.market_cap_usd else None
    if ours and reported and abs(reported - ours) > DIFFERS_SHARE * ours:
        told.append(Conflict(what="market_cap", ours=ours, theirs=reported))
    if supply and supply.circulating and supply.total and supply.circulating > supply.total:
        told.append(Conflict(what="supply", ours=float(supply.circulating), theirs=float(supply.total)))
    return tuple(told)


def rests_on_old_facts(card: Scorecard, *, kind: str, now: datetime) -> bool:
    """Whether even its newest fact is older than a price may be."""
    return card.as_of is not None and now - card.as_of > limits_of(kind)[families.MARKET]
