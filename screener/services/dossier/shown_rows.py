"""Precedence on the asset page: the rows of one asset as the page shows them, each family read once.

Nothing else of the dossier reads rows that several providers may tell: how they are chosen and merged
stands here alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from assets.metrics import families
from assets.metrics.reconcile import TOLERANCES
from assets.models import (
    Asset,
    Audit,
    BookSnapshot,
    ContractSnapshot,
    DisclosureSnapshot,
    FactRow,
    FilingSnapshot,
    FundamentalsSnapshot,
    HolderPosition,
    HolderSnapshot,
    MarketSnapshot,
    PoolSnapshot,
    SupplySnapshot,
    UnlockEvent,
    UnlockSchedule,
    UsageSnapshot,
    VenueSnapshot,
)
from assets.providers import tellers_of
from assets.services.reading.facts import newest_of_each, newest_rows, present_providers
from assets.services.reading.precedence import Contradiction, by_precedence, contradictions, merged
from screener.services.dossier.provenance import ABSENT

SNAPSHOTS: Final[dict[str, type[FactRow]]] = {
    families.MARKET: MarketSnapshot,
    families.SUPPLY: SupplySnapshot,
    families.HOLDERS: HolderSnapshot,
    families.UNLOCKS: UnlockSchedule,
    families.USAGE: UsageSnapshot,
    families.DISCLOSURE: DisclosureSnapshot,
    families.FUNDAMENTALS: FundamentalsSnapshot,
    families.FILINGS: FilingSnapshot,
    families.CONTRACT: ContractSnapshot,
    families.VENUE: VenueSnapshot,
}

PLACES: Final[dict[str, tuple[type[FactRow], tuple[str, ...], str]]] = {
    families.POOLS: (PoolSnapshot, ("address",), "reserve_usd"),
    families.BOOKS: (BookSnapshot, ("venue", "pair"), "volume_24h_usd"),
}
"""Families of many places: family → (model, what tells places apart, by what they are ordered)."""

COMPARED: Final = tuple(
    family
    for family, model in {**SNAPSHOTS, **{each: model for each, (model, _, _) in PLACES.items()}}.items()
    if TOLERANCES.keys() & {field.name for field in model._meta.concrete_fields}
)
"""Families on which providers can contradict each other."""


class ShownRows:
    """What the providers told of one asset, by precedence. A family is read when it is first asked for."""

    def __init__(self, asset: Asset) -> None:
        self._asset = asset
        self._rows_of: dict[str, list[Any]] = {}
        self._contradictions: dict[str, list[Contradiction]] = {}
        self._rows: dict[str, Any] = {}
        self._places: dict[str, list[Any]] = {}

    def row(self, family: str) -> Any:
        """The row of a family that counts, with what only other providers know filled in; None without."""
        if family not in self._rows:
            self._rows[family] = merged(self._by_precedence(family))
        return self._rows[family]

    def places(self, family: str) -> list[Any]:
        """Pools or books, each once however many providers tell of it; the largest first."""
        if family not in self._places:
            model, keys, size = PLACES[family]
            assets = Asset.objects.filter(pk=self._asset.pk)
            rows = newest_of_each(model, assets, keys).select_related("observation")
            found = () if family in ABSENT[self._asset.kind] else rows
            self._places[family] = _one_of_each(found, family, keys, size)
        return self._places[family]

    @cached_property
    def positions(self) -> list[HolderPosition]:
        """The positions of the first provider that names any."""
        snapshots = self._by_precedence(families.HOLDERS)
        return next((listed for each in snapshots if (listed := list(each.positions.all()))), [])

    @cached_property
    def audits(self) -> list[Audit]:
        """The audits of the first provider that knows whether there are any."""
        snapshots = self._by_precedence(families.DISCLOSURE)
        return next((list(each.audits.all()) for each in snapshots if each.audits_known), [])

    @cached_property
    def unlock_events(self) -> list[UnlockEvent]:
        schedule = self.row(families.UNLOCKS)
        return list(schedule.events.all()) if schedule else []

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Where two providers differ too much, in the order of the families."""
        return [each for family in COMPARED for each in self._contradictions_of(family)]

    def _contradictions_of(self, family: str) -> list[Contradiction]:
        if family in PLACES:
            return contradictions({family: self.places(family)})
        self._by_precedence(family)
        return self._contradictions[family]

    def _by_precedence(self, family: str) -> list[Any]:
        """The providers' newest rows. They are compared before any is filled in from another."""
        if family not in self._rows_of:
            assets = Asset.objects.filter(pk=self._asset.pk)
            tellers = [each for each in tellers_of(family) if each in self._present]
            known = bool(tellers) and family not in ABSENT[self._asset.kind]
            rows = newest_rows(SNAPSHOTS[family], assets, tellers).select_related("observation")
            self._rows_of[family] = by_precedence(list(rows) if known else [], family=family)
            self._contradictions[family] = contradictions({family: self._rows_of[family]})
        return self._rows_of[family]

    @cached_property
    def _present(self) -> set[str]:
        return present_providers()


def _one_of_each(rows: Any, family: str, keys: tuple[str, ...], size: str) -> list[Any]:
    places: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in rows:
        places[tuple(getattr(row, key) for key in keys)].append(row)
    settled: Sequence[Any] = [merged(by_precedence(each, family=family)) for each in places.values()]
    return sorted(settled, key=lambda row: -(getattr(row, size) or 0))
