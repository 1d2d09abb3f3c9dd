"""Entity resolution, its rules: which assets are one and the same, and which of them stays.

An identity is what one row names an asset by, in one breath: its contract, its coin id, its codes
at exchanges. Where it names several known assets, they are one unless something contradicts it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assets.identity.leases import is_lease
from assets.identity.venues import is_currency_code
from assets.sourcing.rows import Identifier

Merges = Mapping[int, int]
"""By id of an asset that is merged into another the id of that other one."""


@dataclass(frozen=True, slots=True)
class KnownAsset:
    """What decides whether two assets can be one."""

    kind: str
    fictional: bool
    identifiers: frozenset[Identifier]

    @property
    def namespaces(self) -> frozenset[str]:
        return frozenset(namespace for namespace, _value in self.identifiers)

    @property
    def has_only_codes(self) -> bool:
        return all(map(is_currency_code, self.namespaces))


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Two assets that one identity names and that stay apart; `identifier` is the one of the other."""

    asset_id: int
    other_id: int
    identifier: Identifier


def find_merges(
    identities: Iterable[tuple[Identifier, ...]],
    owners: Mapping[Identifier, int],
    known: Mapping[int, KnownAsset],
) -> tuple[dict[int, int], list[MergeConflict]]:
    """Which assets are which others, and which ones must stay apart though one identity names both."""
    merges: dict[int, int] = {}
    conflicts: list[MergeConflict] = []
    current = dict(known)
    for identity in identities:
        first, *others = (identifier for identifier in identity if identifier in owners)
        for identifier in others:
            stays, other = _survivor(owners[first], merges), _survivor(owners[identifier], merges)
            if stays == other:
                continue
            if not are_one(current[stays], current[other], by=identifier):
                conflicts.append(MergeConflict(stays, other, identifier))
                continue
            # The older one has the longer history; what an exchange listed has none of its own.
            stays, gone = sorted((stays, other), key=lambda each: (current[each].has_only_codes, each))
            both = current[stays].identifiers | current[gone].identifiers
            current[stays] = replace(current[stays], identifiers=both)
            merges[gone] = stays
    return {gone: _survivor(gone, merges) for gone in merges}, conflicts


def are_one(first: KnownAsset, other: KnownAsset, *, by: Identifier) -> bool:
    """Whether nothing contradicts it: neither the kind, nor a second identifier in one namespace.

    `by` is the identifier of the other. An exchange gives the code of a delisted coin to another, and a
    ticker passes on: such a name merges only an asset of which nothing but codes is known.
    """
    if (first.kind, first.fictional) != (other.kind, other.fictional):
        return False
    if first.namespaces & other.namespaces:
        return False
    return other.has_only_codes or not is_lease(by[0])


def _survivor(asset_id: int, merges: Merges) -> int:
    while asset_id in merges:
        asset_id = merges[asset_id]
    return asset_id
