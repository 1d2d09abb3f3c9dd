from datetime import timedelta

import pytest

from assets.models import Asset
from assets.sourcing.rows import DocumentRow, FilingEventRow, FilingRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.filings import read_filings
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_sums_and_the_latest_documents_are_shown():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW}
    store(
        FilingRow(**share, filings_due_24m=8),
        DocumentRow(**share, accession="1", form="10-K", filed_on=NOW.date() - timedelta(days=9)),
        DocumentRow(**share, accession="2", form="8-K", filed_on=NOW.date()),
    )
    section = read_filings(DossierFacts(Asset.objects.get()))
    assert section.filings.filings_due_24m == 8
    assert [each.form for each in section.documents] == ["8-K", "10-K"]


def test_what_was_read_in_documents_is_shown_each_once():
    share = {"asset": make_ref(kind="equity"), "as_of": NOW, "form": "8-K", "filed_on": NOW.date()}
    store(FilingEventRow(**share, accession="1", subject="4.01", event="undecided"))
    store(
        FilingEventRow(
            **share, accession="1", subject="4.01", event="auditor_resigned", passage="It resigned."
        ),
        FilingEventRow(**share, accession="2", subject="document", event="nothing_decided"),
    )
    (event,) = read_filings(DossierFacts(Asset.objects.get())).events
    assert (event.event, event.passage) == ("auditor_resigned", "It resigned.")
