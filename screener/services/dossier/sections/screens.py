"""Screens that the asset is among now: the user's own, then the presets."""

from collections.abc import Sequence
from dataclasses import dataclass

from screener.services.dossier.facts import DossierFacts
from screener.services.screening.match_screens import ScreenHit, screens_hit


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreensSection:
    hits: Sequence[ScreenHit]


def read_screens(facts: DossierFacts) -> ScreensSection:
    return ScreensSection(hits=screens_hit(facts.asset.pk, user=facts.user))
