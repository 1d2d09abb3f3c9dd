"""Effective splits: the days on which an asset's units change, past and announced.

A split is reported again for months. It stands on the calendar once, on the day that all its reports allow,
or on the last of several.
"""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import F, QuerySet

from assets.metrics import families
from assets.metrics.unit_changes import UNIT_CHANGES, Change, changes_of
from assets.models import CapitalEvent
from assets.services.reading.rows import Among
from screener.services.calendar.dated_event import SPLIT, DatedEvent, Span
from screener.services.calendar.event_kind import EventFacts, EventKind

EPOCH: Final = date(1970, 1, 1)


def _dated(span: Span) -> QuerySet[CapitalEvent]:
    in_span = CapitalEvent.objects.filter(
        event__in=UNIT_CHANGES, happened_on__gte=span.first, happened_on__lte=span.last
    )
    return in_span.annotate(happens=F("happened_on"))


def _read(facts: EventFacts) -> Iterator[DatedEvent]:
    columns = facts.columns(families.CAPITAL)
    reports = _reports(facts)
    for place, changes in changes_of(columns).items():
        asset_id = int(columns.asset_ids[place])
        for change in changes:
            on = EPOCH + timedelta(days=int(change.new_from)) if math.isfinite(change.new_from) else None
            report = reports.get((asset_id, on)) if on else None
            if on and report:
                yield _event(facts, asset_id, on, change, report)


def _reports(facts: EventFacts) -> dict[tuple[int, date | None], CapitalEvent]:
    """By asset and day the last report of a change on that day."""
    told = _dated(facts.span).filter(facts.known.rows(), Among(F("asset_id"), facts.ids))
    return {(each.asset_id, each.happened_on): each for each in told.order_by("as_of", "id")}


def _event(facts: EventFacts, asset_id: int, on: date, change: Change, report: CapitalEvent) -> DatedEvent:
    since_on = None
    if math.isfinite(change.old_until):
        first = EPOCH + timedelta(days=int(change.old_until) + 1)
        since_on = first if first < on else None
    return DatedEvent(
        kind=SPLIT,
        asset=facts.assets[asset_id],
        on=on,
        words=("possible" if change.is_possible else report.event,),
        figures={"ratio": change.ratio if change.is_known else None},
        days={"since_on": since_on},
        source=facts.source(report, family=families.CAPITAL, url=report.source_url),
    )


SPLITS: Final = EventKind(name=SPLIT, kinds=families.KINDS, dated=_dated, read=_read)
