import pytest

from assets.models import Asset
from assets.sourcing.rows import UsageRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.usage import read_usage
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_newest_row_is_shown():
    now = {"asset": make_ref(kind="token"), "as_of": NOW}
    store(UsageRow(**now, transactions_30d=7))
    assert read_usage(DossierFacts(Asset.objects.get())).usage.transactions_30d == 7


def test_nothing_known_is_still_shown():
    assert read_usage(DossierFacts(Asset.objects.create(kind="token", slug="bare"))).usage is None
