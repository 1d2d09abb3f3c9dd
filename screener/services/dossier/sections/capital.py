"""Capital structure: the splits and offerings that changed the number of shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.metrics.unit_changes import UNIT_CHANGES
from assets.models import CapitalEvent
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalSection:
    """`unread`: events of which only the form is known: not how much was sold, nor whether it was shares.

    Of a paper that somebody has read only what it says is shown.
    """

    events: Sequence[CapitalEvent]
    unread: frozenset[int]


def read_capital(facts: DossierFacts) -> CapitalSection:
    found = facts.events(families.CAPITAL)
    read = {each.accession for each in found if each.event not in UNIT_CHANGES and not _is_unread(each)}
    events = [each for each in found if not (_is_unread(each) and each.accession and each.accession in read)]
    return CapitalSection(
        events=events,
        unread=frozenset(each.pk for each in events if _is_unread(each)),
    )


def _is_unread(event: CapitalEvent) -> bool:
    is_sale = event.event not in UNIT_CHANGES
    return is_sale and event.amount_usd is None and event.shares is None
