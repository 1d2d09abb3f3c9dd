"""Complete listings: an answer holds everything that its provider has, so that what it had before has ended.

A parser says so of an answer that it has read whole; of one that failed, was cut or has further pages it does
not, and nothing ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.sourcing.rows import AssetRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesListed:
    """All places of one family (pools, books) that the provider has of an asset.

    `places` are the values of the family's place; `within` narrows what it speaks of: {"chain": "bsc"}.
    """

    asset: AssetRef
    family: str
    places: frozenset[tuple[str, ...]] = frozenset()
    within: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesListed:
    """All names that a register has in its own namespace: every coin id, every code of an exchange."""

    namespace: str
    values: frozenset[str]


Listed = PlacesListed | NamesListed
