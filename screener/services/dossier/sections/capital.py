"""Capital structure: where shares are traded, and the splits and offerings that changed their number."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.models import CapitalEvent, VenueSnapshot
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalSection:
    venue: VenueSnapshot | None
    events: Sequence[CapitalEvent]


def read_capital(facts: DossierFacts) -> CapitalSection:
    return CapitalSection(venue=facts.rows.row(families.VENUE), events=facts.events(families.CAPITAL))
