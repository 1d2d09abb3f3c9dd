from datetime import date
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import FilingRow, FundamentalsRow
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


@pytest.mark.parametrize("changed", [date(2026, 1, 10), date(2025, 12, 31), None])
def test_a_business_bought_or_sold_since_the_period_is_told(client, changed):
    now = {"asset": make_ref(kind="equity"), "as_of": NOW}
    store(FundamentalsRow(**now, cash_usd=Decimal(7), period_ends_on=date(2025, 12, 31)))
    store(FilingRow(**now, business_changed_on=changed))
    asset = Asset.objects.get()
    is_later = changed == date(2026, 1, 10)
    assert read_fundamentals(DossierFacts(asset)).business_changed_on == (changed if is_later else None)
    url = f"{asset.get_absolute_url()}sections/fundamentals/"
    section = client.get(url, headers={"HX-Request": "true"}).text
    assert ("item 2.01" in section) == is_later


def test_the_period_and_the_kind_of_report_stand_beside_the_figures(client):
    now = {"asset": make_ref(kind="equity"), "as_of": NOW}
    store(FundamentalsRow(**now, cash_usd=Decimal(7), period_ends_on=date(2025, 12, 31), form="10-K"))
    url = f"{Asset.objects.get().get_absolute_url()}sections/fundamentals/"
    section = client.get(url, headers={"HX-Request": "true"}).text
    assert "2025-12-31" in section
    assert "annual report (10-K)" in section
