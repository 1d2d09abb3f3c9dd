import pytest

from assets.models import Asset
from assets.sourcing.rows import OwnershipRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.ownership import read_ownership
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_latest_reports_are_shown():
    report = {"accession": "1", "line": 1, "form": "4", "holder": "Jo"}
    store(OwnershipRow(asset=make_ref(kind="equity"), as_of=NOW, **report))
    section = read_ownership(DossierFacts(Asset.objects.get()))
    assert [(each.holder, each.form) for each in section.reports] == [("Jo", "4")]
