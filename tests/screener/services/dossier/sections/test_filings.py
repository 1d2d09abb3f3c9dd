from datetime import timedelta

import pytest
from django.urls import reverse

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


def test_the_page_shows_the_passage_and_where_it_stands(client):
    share = {"asset": make_ref(kind="equity"), "as_of": NOW, "form": "8-K", "filed_on": NOW.date()}
    store(
        FilingRow(asset=share["asset"], as_of=NOW, filings_due_24m=8),
        FilingEventRow(
            **share,
            accession="1",
            subject="5.03",
            event="reverse_split",
            ratio=0.1,
            passage="A one-for-ten split.",
            source_url="https://www.sec.gov/x",
        ),
    )
    asset = Asset.objects.get()
    address = reverse("asset_section", args=(asset.slug, "filings"))
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "A one-for-ten split." in page
    assert "Item 5.03" in page
    assert 'href="https://www.sec.gov/x"' in page
