"""Filing events of the sandbox: what its 8-Ks say, and the notice of an exchange to who is suspended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from assets.sandbox.filing_calendar import accession, filings_of, url_of
from assets.sandbox.invented import Invented
from assets.sourcing.rows import FilingEventRow

EVENT_OF: Final = {"4.01": "auditor_dismissed", "4.02": "non_reliance"}
NOTICE_BEFORE_DAYS: Final = 200
CURE: Final = timedelta(days=180)
NOTICE_NUMBER: Final = 30
"""Beside the numbers of `filing_calendar` and `shares`."""
SUSPENDED: Final = "suspended"


def filing_events(asset: Invented, now: datetime) -> Iterator[FilingEventRow]:
    for each in filings_of(asset, now):
        for item in each.items.split(","):
            if item in EVENT_OF:
                yield _row(asset, each.accepted_at, each.accession, item, EVENT_OF[item])
    if SUSPENDED in asset.archetype.warnings:
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        notice = day - timedelta(days=NOTICE_BEFORE_DAYS + asset.index % 100)
        for moment, event in ((notice, "deficiency_notice"), (notice + CURE, "delisting_determination")):
            number = accession(asset, moment.date(), NOTICE_NUMBER)
            yield _row(asset, moment, number, "3.01", event)


def _row(asset: Invented, moment: datetime, accession: str, item: str, event: str) -> FilingEventRow:
    return FilingEventRow(
        asset=asset.ref,
        as_of=moment,
        accession=accession,
        form="8-K",
        filed_on=moment.date(),
        subject=item,
        event=event,
        source_url=url_of(asset, accession),
    )
