import math
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import FilingRow, FundamentalsRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.fundamentals import read_fundamentals
from screener.services.scoring.score_assets import score_assets
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


@pytest.mark.parametrize(
    ("cash_flow", "period", "spent", "is_spent"),
    [
        (-12_000_000, NOW.date(), 365.25 / 2, False),
        (-12_000_000, NOW.date() - timedelta(days=300), 365.25 / 2 - 300, True),
        (5_000_000, NOW.date(), None, False),
        (None, NOW.date(), None, False),
    ],
)
def test_cash_is_drawn_down_to_the_day_when_it_is_spent(client, cash_flow, period, spent, is_spent):
    now = {"asset": make_ref(kind="equity"), "as_of": NOW}
    flow = None if cash_flow is None else Decimal(cash_flow)
    store(
        FundamentalsRow(
            **now, cash_usd=Decimal(6_000_000), operating_cash_flow_ttm_usd=flow, period_ends_on=period
        )
    )
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    section = read_fundamentals(DossierFacts(asset, now=NOW))
    day = spent and NOW.date() + timedelta(days=math.floor(spent))
    assert (section.spent_at and section.spent_at.date(), section.is_spent) == (day, is_spent)
    url = f"{asset.get_absolute_url()}sections/fundamentals/"
    page = client.get(url, headers={"HX-Request": "true"}).text
    assert ("Cash runway" in page) == (spent is not None)
