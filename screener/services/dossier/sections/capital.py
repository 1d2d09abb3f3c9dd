"""Capital structure: the splits and offerings that changed the number of shares."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assets.metrics import families
from assets.metrics.unit_changes import UNIT_CHANGES, Change, change_of, closest_first, is_same_change
from assets.models import CapitalEvent
from screener.services.dossier.facts import DossierFacts

EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalSection:
    """`unread`: events of which only the form is known: not how much was sold, nor whether it was shares.

    Of a paper that somebody has read only what it says is shown, and of a split that several report the most
    closely dated report.
    """

    events: Sequence[CapitalEvent]
    unread: frozenset[int]


def read_capital(facts: DossierFacts) -> CapitalSection:
    found = facts.events(families.CAPITAL)
    read = {each.accession for each in found if each.event not in UNIT_CHANGES and not _is_unread(each)}
    again = frozenset(_told_again(found))
    events = [
        each
        for each in found
        if each.pk not in again and not (_is_unread(each) and each.accession and each.accession in read)
    ]
    return CapitalSection(
        events=events,
        unread=frozenset(each.pk for each in events if _is_unread(each)),
    )


def _is_unread(event: CapitalEvent) -> bool:
    is_sale = event.event not in UNIT_CHANGES
    return is_sale and event.amount_usd is None and event.shares is None


def _told_again(events: Iterable[CapitalEvent]) -> Iterator[int]:
    """Reports of unit changes that another one dates more closely, as the score merges them."""
    changes = {each.pk: _change(each) for each in events if each.event in UNIT_CHANGES}
    kept: list[Change] = []
    for pk, change in sorted(changes.items(), key=lambda each: closest_first(each[1])):
        if any(is_same_change(change, each) for each in kept):
            yield pk
        else:
            kept.append(change)


def _change(event: CapitalEvent) -> Change:
    last = (event.happened_on - EPOCH).days
    first = (event.earliest_on - EPOCH).days if event.earliest_on else math.nan
    ratio = math.nan if event.ratio is None else event.ratio
    return change_of(event.event, event.evidence, first, last, ratio)
