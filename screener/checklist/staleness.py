"""Staleness: how old a family of facts may be before an answer that rests on it counts half."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from assets.metrics.families import EQUITY, FAMILIES, FAMILY_OF, TOKEN
from assets.metrics.family import REST, SCREENED, WATCHED
from screener.checklist.types import phrase

LIMITS: Final = {each.name: limit for each in FAMILIES if (limit := each.limit(TOKEN)) is not None}

OF_SHARES: Final = {each.name: limit for each in FAMILIES if (limit := each.limit(EQUITY)) is not None}


def limits_of(kind: str) -> Mapping[str, timedelta]:
    """By family how old it may be for an asset of this kind."""
    return OF_SHARES if kind == EQUITY else LIMITS


KEPT_FRESH: Final[Mapping[int | None, str]] = {
    REST: "",
    SCREENED: phrase("kept fresh while watched or in a saved screen"),
    WATCHED: phrase("kept fresh while watched"),
    None: phrase("not refreshed: no free source has it"),
}


def kept_fresh(family: str, kind: str) -> str:
    """For whom it is asked so often that it doesn't grow stale; "" for every asset of this kind."""
    return KEPT_FRESH[FAMILY_OF[family].fresh_from.get(kind, REST)]
