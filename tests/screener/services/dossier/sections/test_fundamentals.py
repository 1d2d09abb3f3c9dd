from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import FundamentalsRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.fundamentals import read_fundamentals
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db


def test_the_newest_row_is_shown():
    now = {"asset": make_ref(kind="equity"), "as_of": NOW}
    store(FundamentalsRow(**now, cash_usd=Decimal(7)))
    assert read_fundamentals(DossierFacts(Asset.objects.get())).fundamentals.cash_usd == 7


def test_nothing_known_is_still_shown():
    bare = Asset.objects.create(kind="equity", slug="bare")
    assert read_fundamentals(DossierFacts(bare)).fundamentals is None
