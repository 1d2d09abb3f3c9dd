"""The rows of one asset as the page shows them, each family read when it is first asked for.

Which answers count and what they give is decided in `assets.services.reading`, as for the score.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from assets.metrics import families
from assets.metrics.families import FAMILY_OF, RESOLVED
from assets.metrics.family import Family
from assets.metrics.holders import PLAIN_TYPES, POOL, is_pool
from assets.metrics.precedence import DIFFERENCES, TOLERANCES
from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.contradictions import Contradiction, contradictions
from assets.services.reading.known_by import KnownBy
from assets.services.reading.resolved import Resolved, places_of, resolved_rows

SNAPSHOTS: Final = tuple(each.name for each in RESOLVED if not each.place)
PLACES: Final = tuple(each.name for each in RESOLVED if each.place)
COMPARED: Final = tuple(
    each for each in RESOLVED if each.denials or (TOLERANCES.keys() | DIFFERENCES.keys()) & {*each.columns}
)
"""Families on which providers can contradict each other."""

LARGEST_BY: Final = {families.POOLS: "reserve_usd", families.BOOKS: "volume_24h_usd"}
"""Families of many places: by what they are ordered."""


class ShownRows:
    """What counts of one asset, by family; without what was learnt after `known_by`, where that is given."""

    def __init__(self, asset: Asset, *, now: datetime, known_by: datetime | None = None) -> None:
        self._asset = asset
        self._now = now
        self._known_by = known_by
        self._resolved: dict[str, list[Resolved]] = {}
        self._outdated: dict[str, list[Resolved]] = {}
        self._ended: dict[str, list[Any]] = {}

    def row(self, family: str) -> Any:
        """The row of a family that counts, with what only other answers know filled in; None without."""
        return next((each.row for each in self._things(family)), None)

    def answers(self, family: str) -> tuple[Any, ...]:
        """The answers that count of a family of one row, the first word first, as they were stored."""
        return next((each.answers for each in self._things(family)), ())

    def has_ruled(self, family: str, observation_id: int) -> bool:
        """Whether the ruling of this observation holds."""
        return any(observation_id in each.rulings for each in self._things(family))

    def places(self, family: str) -> list[Any]:
        """Pools or books, each once however many providers know it; the largest first."""
        return largest_first(family, self._things(family))

    def outdated(self, family: str) -> list[Any]:
        """Pools or books that are too old to count beside the others; the largest first."""
        self._things(family)
        return largest_first(family, self._outdated[family])

    def ended(self, family: str) -> list[Any]:
        """Pools or books that nobody lists any more: the rows that say so, the newest first."""
        self._things(family)
        return self._ended[family]

    @cached_property
    def positions(self) -> list[Any]:
        """The positions of the first answer that names any; pools by whoever names them, as for the score.

        They are not for saving.
        """
        return self._with_pools(self._children(families.HOLDERS))

    def positions_at(self, then: datetime) -> list[Any]:
        """The same of an earlier moment, by what is dated before it; what is a pool today was one then."""
        held = resolved_rows(
            FAMILY_OF[families.HOLDERS],
            self._asset,
            now=then,
            present=self.present,
            known=replace(self.known, until=then),
        )
        return self._with_pools([child for thing in held for child in thing.children])

    def _with_pools(self, positions: list[Any]) -> list[Any]:
        if any(each.holder_type in PLAIN_TYPES for each in positions):
            pools = {
                each.address for each in self.places(families.POOLS) if each.quote_is_listed is not False
            }
            for each in positions:
                if is_pool(each.holder_type, each.address, pools):
                    each.holder_type = POOL
        return positions

    @cached_property
    def audits(self) -> list[Any]:
        """The audits of the first answer that knows whether there are any."""
        return self._children(families.DISCLOSURE)

    @cached_property
    def unlock_events(self) -> list[Any]:
        return self._children(families.UNLOCKS)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Where two providers differ too much, in the order of the families."""
        return [each for family in COMPARED for each in self._contradictions(family)]

    def _contradictions(self, family: Family) -> list[Contradiction]:
        return contradictions(compared(family, self._things(family.name)), family=family)

    def _children(self, family: str) -> list[Any]:
        return [child for thing in self._things(family) for child in thing.children]

    def _things(self, family: str) -> list[Resolved]:
        if family not in self._resolved:
            wanted = FAMILY_OF[family]
            if wanted.place:
                listed, self._ended[family] = places_of(wanted, self._asset, now=self._now, known=self.known)
                self._resolved[family] = [each for each in listed if not each.is_outdated]
                self._outdated[family] = [each for each in listed if each.is_outdated]
            else:
                self._resolved[family] = resolved_rows(
                    wanted, self._asset, now=self._now, present=self.present, known=self.known
                )
        return self._resolved[family]

    @cached_property
    def known(self) -> KnownBy:
        """Which rows count, of events and bars too."""
        return KnownBy.of([self._asset.pk], now=self._now, present=self.present, known_by=self._known_by)

    @cached_property
    def present(self) -> set[str]:
        """The providers who were ever asked."""
        return present_providers()


def largest_first(family: str, things: Sequence[Resolved]) -> list[Any]:
    """The rows of a family of many places by their size."""
    size = LARGEST_BY[family]
    return sorted((each.row for each in things), key=lambda row: -(getattr(row, size) or 0))


def compared(family: Family, things: Sequence[Resolved]) -> list[Any]:
    """Pools against each other, the largest first; of what an asset has one, the answers as they came."""
    if family.place:
        return largest_first(family.name, things)
    return [row for thing in things for row in thing.answers]
