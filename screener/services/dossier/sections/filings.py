"""SEC filings: what was due and what was filed, with the latest documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.models import FiledDocument, FilingSnapshot
from screener.services.dossier.facts import MOST_EVENTS, DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingsSection:
    filings: FilingSnapshot | None
    documents: Sequence[FiledDocument]


def read_filings(facts: DossierFacts) -> FilingsSection:
    filed = FiledDocument.objects.filter(asset=facts.asset).select_related("observation")
    return FilingsSection(
        filings=facts.rows.row(families.FILINGS),
        documents=list(filed.order_by("-filed_on", "-id")[:MOST_EVENTS]),
    )
