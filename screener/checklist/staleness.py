"""Staleness: how old a family of facts may be before it no longer supports a pass."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from assets.metrics.families import EQUITY, FAMILIES

LIMITS: Final = {each.name: each.stale_after for each in FAMILIES if each.stale_after is not None}

OF_SHARES: Final = LIMITS | {
    each.name: each.stale_after_of_shares for each in FAMILIES if each.stale_after_of_shares is not None
}


def limits_of(kind: str) -> Mapping[str, timedelta]:
    """By family how old it may be for an asset of this kind."""
    return OF_SHARES if kind == EQUITY else LIMITS
