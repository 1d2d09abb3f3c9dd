"""Dated events of one asset: what the calendar has of it in a span of days, now or as of a past moment."""

from datetime import datetime

from assets.models import Asset
from screener.services.calendar.dated_event import DatedEvent, Span
from screener.services.calendar.event_kind import EventFacts
from screener.services.calendar.event_kinds import EVENT_KINDS
from screener.services.calendar.read_calendar import dated_rows


def read_asset_events(
    asset: Asset, span: Span, *, now: datetime, known_by: datetime | None = None
) -> tuple[DatedEvent, ...]:
    """In the order of their days. `known_by` leaves out what we learnt later.

    A kind that no stored day bounds, as filings that are due, is left out; one of which the asset has no
    stored day costs one query.
    """
    facts = EventFacts([asset], span=span, now=now, known_by=known_by)
    found = [
        event
        for kind in EVENT_KINDS
        if asset.kind in kind.kinds and not kind.of_watchlists
        if dated_rows(kind, span, asset.kind, asset_ids=[asset.pk], without_sandbox=False).exists()
        for event in kind.read(facts)
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.series)))
