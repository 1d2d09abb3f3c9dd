"""Trading venue: where a share is listed, what its exchange says of the issuer, halts and short sales.

What the exchange says today stands beside what the company has filed about its listing (8-K item 3.01): a
notice stays what it was when its reason has gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from assets.metrics import families
from assets.models import FilingEvent, VenueSnapshot
from screener.services.dossier.facts import DossierFacts

LISTING_ITEM: Final = "3.01"
MOST_NOTICES: Final = 4
FIELDS: Final = ("tier", "venue", "financial_status", "halt_code", "threshold_list", "short_interest_shares")


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueSection:
    """`sources`: by field the stored answer that gives it; `days_to_cover` are days of average volume."""

    venue: VenueSnapshot | None
    sources: dict[str, VenueSnapshot]
    days_to_cover: Decimal | None
    notices: Sequence[FilingEvent]


def read_venue(facts: DossierFacts) -> VenueSection:
    venue = facts.rows.row(families.VENUE)
    answers = facts.rows.answers(families.VENUE)
    return VenueSection(
        venue=venue,
        sources=dict(_sources(venue, answers)) if venue else {},
        days_to_cover=_days_to_cover(venue) if venue else None,
        notices=_notices(facts),
    )


def _sources(venue: Any, answers: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Who says what counts: the first that says the same."""
    for field in FIELDS:
        value = getattr(venue, field)
        saying = (each for each in answers if value not in (None, "") and getattr(each, field) == value)
        if (answer := next(saying, None)) is not None:
            yield field, answer


def _days_to_cover(venue: VenueSnapshot) -> Decimal | None:
    if venue.short_interest_shares is None or not venue.average_volume_shares:
        return None
    return venue.short_interest_shares / venue.average_volume_shares


def _notices(facts: DossierFacts) -> list[FilingEvent]:
    """What was read in its notices of listing, each once, as it was read last."""
    of_listing = FilingEvent.objects.filter(facts.rows.known.rows(), asset=facts.asset, subject=LISTING_ITEM)
    read = of_listing.order_by("known_at", "id")
    newest = {each.accession: each for each in read}
    return sorted(newest.values(), key=lambda each: (each.filed_on, each.pk), reverse=True)[:MOST_NOTICES]
