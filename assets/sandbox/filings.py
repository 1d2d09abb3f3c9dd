"""Filings of the sandbox: how a company files, and what it filed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from assets.sandbox.filing_calendar import ANNUAL, QUARTERLY, filings_of, reports_due, url_of
from assets.sandbox.invented import Invented
from assets.sourcing.rows import DocumentRow, FilingRow

TWO_YEARS: Final = timedelta(days=730)


def filings(asset: Invented, now: datetime) -> Iterator[FilingRow]:
    """Summed up from the filings that `documents` gives."""
    filed, due = filings_of(asset, now), reports_due(asset, now.date())
    lately = [each for each in filed if each.filed_on > now.date() - TWO_YEARS]
    yield FilingRow(
        asset=asset.ref,
        as_of=now,
        filings_due_24m=len(due),
        filings_late_24m=sum(each.is_late for each in due),
        filings_missing_24m=sum(each.filed_on is None for each in due),
        late_notices_24m=sum(each.form.startswith("NT ") for each in lately),
        auditor_changes_24m=sum("4.01" in each.items for each in lately),
        restatements_24m=sum("4.02" in each.items for each in lately),
        last_filed_on=max(each.filed_on for each in filed if each.form in {ANNUAL, QUARTERLY}),
        going_concern=asset.archetype.going_concern,
        filings_url=f"https://filings.example.org/{asset.index}",
    )


def documents(asset: Invented, now: datetime) -> Iterator[DocumentRow]:
    for each in filings_of(asset, now):
        yield DocumentRow(
            asset=asset.ref,
            as_of=each.accepted_at,
            accession=each.accession,
            form=each.form,
            filed_on=each.filed_on,
            accepted_at=each.accepted_at,
            period_ends_on=each.period_ends_on,
            items=each.items,
            document_url=url_of(asset, each.accession),
        )
