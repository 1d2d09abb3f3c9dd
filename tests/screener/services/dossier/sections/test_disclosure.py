import pytest

from assets.models import Asset
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.disclosure import read_disclosure
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_audits_come_with_their_limits():
    section = read_disclosure(DossierFacts(fill_example()))
    assert section.disclosure.audits_known
    assert section.audits[0].limitations == "Not the bridge."


def test_nothing_known_is_still_shown():
    section = read_disclosure(DossierFacts(Asset.objects.create(kind="token", slug="bare")))
    assert (section.disclosure, section.audits) == (None, [])
