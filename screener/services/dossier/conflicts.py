"""Data conflicts: where a provider contradicts itself."""

from dataclasses import dataclass
from typing import Any, Final

DIFFERS_SHARE: Final = 0.05
"""From which difference on a reported market cap is shown as in conflict with ours (design/providers.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """`what` is market_cap (ours, the reported one) or supply (circulating, total)."""

    what: str
    ours: float
    theirs: float


def find_conflicts(*, market: Any, supply: Any, market_cap_usd: float | None) -> tuple[Conflict, ...]:
    """A market cap that is not price × supply, and more circulating than there is in total."""
    found = []
    reported = float(market.market_cap_usd) if market and market.market_cap_usd else None
    if market_cap_usd and reported and abs(reported - market_cap_usd) > DIFFERS_SHARE * market_cap_usd:
        found.append(Conflict(what="market_cap", ours=market_cap_usd, theirs=reported))
    if supply and supply.circulating and supply.total and supply.circulating > supply.total:
        found.append(Conflict(what="supply", ours=float(supply.circulating), theirs=float(supply.total)))
    return tuple(found)
