"""Exits ahead: who may sell before the reader, and how many units that would be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.metrics import families
from assets.metrics.holders import EXCLUDED_TYPES, SUPPLY_TOLERANCE_SHARE
from assets.models import HolderPosition
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.market_sources import teller

OWNERS: Final = "owners"
UNLOCK: Final = "unlock"
COUNTS: Final = (1, 5, 10)
"""So many of the largest owners leave first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitAhead:
    """`count` of the largest owners, or what unlocks within 30 days; `units` is None where it is not known.

    `row` is the stored answer that tells of them. `is_least`: more may unlock than its schedule lists.
    """

    who: str
    units: float | None
    row: Any
    count: int = 0
    is_least: bool = False


def exits_ahead(facts: DossierFacts) -> tuple[ExitAhead, ...]:
    """Owners, as the checklist counts them: without pools, exchanges and the like; then the next unlock."""
    return (*_owners(facts), _unlock(facts))


def _owners(facts: DossierFacts) -> Iterator[ExitAhead]:
    positions = facts.rows.positions
    is_questioned = bool(facts.questions_of("holders", "positions"))
    is_contradicted = sum(each.share for each in positions) > 1 + SUPPLY_TOLERANCE_SHARE
    if is_questioned or is_contradicted:
        return
    owners = [each for each in positions if each.holder_type not in EXCLUDED_TYPES and each.share > 0]
    owners.sort(key=lambda each: -each.share)
    for count in COUNTS:
        if count <= len(owners):
            units = _units(owners[:count], facts.figures.get("total_supply"))
            yield ExitAhead(who=OWNERS, count=count, units=units, row=owners[0].snapshot)


def _units(owners: Sequence[HolderPosition], total_supply: float | None) -> float | None:
    """By their shares, as the checklist has them; without a supply by what their balances are said to be."""
    if total_supply is not None:
        return sum(each.share for each in owners) * total_supply
    balances = [each.balance for each in owners if each.balance is not None]
    return float(sum(balances)) if len(balances) == len(owners) else None


def _unlock(facts: DossierFacts) -> ExitAhead:
    """What comes free by the card's own figure; without a schedule that is none, where all circulates."""
    share, circulating = (facts.figures.get(each) for each in ("unlock_30d_share", "circulating_supply"))
    units = 0.0 if share == 0 else share * circulating if share and circulating else None
    is_least = bool(facts.figures.get("unlocks_open"))
    row = facts.rows.row(families.UNLOCKS)
    if row is None and units is not None:
        row = teller(facts.rows.row(families.SUPPLY), "circulating")
    return ExitAhead(who=UNLOCK, units=units, row=row, is_least=is_least)
