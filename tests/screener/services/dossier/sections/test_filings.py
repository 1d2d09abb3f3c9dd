from datetime import timedelta

import pytest

from assets.models import Asset
from assets.sourcing.rows import DocumentRow, FilingRow
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
