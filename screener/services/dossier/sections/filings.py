"""SEC filings: what was due and what was filed, with the latest documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.metrics.filing_events import LISTED
from assets.models import FiledDocument, FilingEvent, FilingSnapshot
from screener.services.dossier.facts import MOST_EVENTS, DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingsSection:
    filings: FilingSnapshot | None
    documents: Sequence[FiledDocument]
    events: Sequence[FilingEvent]


def read_filings(facts: DossierFacts) -> FilingsSection:
    filed = FiledDocument.objects.filter(facts.rows.known.rows(), asset=facts.asset).select_related(
        "observation"
    )
    return FilingsSection(
        filings=facts.rows.row(families.FILINGS),
        documents=list(filed.order_by("-filed_on", "-id")[:MOST_EVENTS]),
        events=_newest(facts),
    )


def _newest(facts: DossierFacts) -> list[FilingEvent]:
    """What was read in documents, each once; what was read again counts as it was read last, and a document
    that is only listed where nobody has read it."""
    read = FilingEvent.objects.filter(facts.rows.known.rows(), asset=facts.asset).exclude(subject="document")
    in_order = sorted(read.order_by("known_at", "id"), key=lambda each: each.event != LISTED)
    newest = {(each.accession, each.subject): each for each in in_order}
    return sorted(newest.values(), key=lambda each: (each.filed_on, each.pk), reverse=True)[:MOST_EVENTS]
