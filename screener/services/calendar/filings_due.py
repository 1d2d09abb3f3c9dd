"""Filings due: the last days of a company's periodic reports, by what it filed so far.

Of who has told the SEC that it reports no more nothing is due.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db.models import F, QuerySet

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.metrics.report_deadlines import NOTICES, PERIODIC
from assets.metrics.reports_due import DueReport, FiledReport, reports_due
from assets.models import FiledDocument, FilingSnapshot
from assets.services.reading.resolved import resolved_of
from assets.services.reading.rows import Among
from screener.services.calendar.dated_event import FILING, DatedEvent, EventSource, Span
from screener.services.calendar.event_kind import EventFacts, EventKind

REPORTS_DAYS: Final = 900
"""So far before a day its report, or the annual one that tells when years end, may lie."""


def _dated(span: Span) -> QuerySet[FiledDocument]:
    since = span.first - timedelta(days=REPORTS_DAYS)
    filed = FiledDocument.objects.filter(form__in=[*PERIODIC, *NOTICES], filed_on__gte=since)
    return filed.annotate(happens=F("filed_on"))


def _read(facts: EventFacts) -> Iterator[DatedEvent]:
    lists = _lists(facts)
    for asset_id, documents in _documents(facts).items():
        filed = [
            FiledReport(form=each.form, filed_on=each.filed_on, period_ends_on=each.period_ends_on)
            for each in documents
        ]
        listed = lists.get(asset_id)
        for report in reports_due(filed, until=facts.span.last):
            is_owed = report.filed_on is not None or not (listed and listed.deregistered)
            if report.due_on in facts.span and is_owed:
                yield _event(facts, asset_id, report, _source(facts, report, documents, listed))


def _documents(facts: EventFacts) -> dict[int, list[FiledDocument]]:
    """Of each company its reports and notices, from old to new."""
    told = _dated(facts.span).filter(facts.known.rows(), Among(F("asset_id"), facts.ids))
    found: dict[int, list[FiledDocument]] = defaultdict(list)
    for each in told.order_by("filed_on", "id"):
        found[each.asset_id].append(each)
    return found


def _lists(facts: EventFacts) -> dict[int, FilingSnapshot]:
    """What each company's list of filings says as a whole."""
    things = resolved_of(
        FAMILY_OF[families.FILINGS], facts.ids, now=facts.now, present=facts.present, known=facts.known
    )
    return {each.row.asset_id: each.row for each in things}


def _source(
    facts: EventFacts, report: DueReport, documents: list[FiledDocument], listed: FilingSnapshot | None
) -> EventSource:
    """Of what was filed its document, which stays as it is; of what is to come the list, which may be old."""
    if report.filed_on:
        is_it = (each for each in documents if each.period_ends_on == report.period_ends_on)
        document = next(each for each in is_it if each.form == report.form)
        source = facts.source(document, family=families.FILINGS, url=document.document_url)
        return replace(source, is_stale=False)
    if listed:
        return facts.source(listed, family=families.FILINGS, url=listed.filings_url)
    return facts.source(documents[-1], family=families.FILINGS)


def _event(facts: EventFacts, asset_id: int, report: DueReport, source: EventSource) -> DatedEvent:
    return DatedEvent(
        kind=FILING,
        asset=facts.assets[asset_id],
        on=report.due_on,
        words=(report.form,),
        days={"period_ends_on": report.period_ends_on, "filed_on": report.filed_on},
        source=source,
    )


FILINGS_DUE: Final = EventKind(
    name=FILING, kinds=(families.EQUITY,), dated=_dated, read=_read, of_watchlists=True
)
