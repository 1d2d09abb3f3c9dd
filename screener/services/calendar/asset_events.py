"""Dated events of one asset: what the calendar has of it in a span of days, now or as of a past moment."""

from datetime import datetime

from assets.models import Asset
from screener.services.calendar.dated_event import DatedEvent, Span
from screener.services.calendar.event_kind import EventFacts, EventKind
from screener.services.calendar.event_kinds import EVENT_KINDS
from screener.services.calendar.read_calendar import dated_rows


def read_asset_events(
    asset: Asset,
    span: Span,
    *,
    now: datetime,
    known_by: datetime | None = None,
    with_filings_due: bool = False,
) -> tuple[DatedEvent, ...]:
    """In the order of their days. `known_by` leaves out what we learnt later.

    Filings that are due are worked out, as no stored day bounds them; of the other kinds one of which the
    asset has no stored day costs one query.
    """
    facts = EventFacts([asset], span=span, now=now, known_by=known_by)
    found = [
        event
        for kind in EVENT_KINDS
        if asset.kind in kind.kinds
        if (with_filings_due if kind.of_watchlists else _has_days(kind, span, asset))
        for event in kind.read(facts)
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.series)))


def _has_days(kind: EventKind, span: Span, asset: Asset) -> bool:
    return dated_rows(kind, span, asset.kind, asset_ids=[asset.pk], without_sandbox=False).exists()
