from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.overhang import read_overhang
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, make_ref, store

pytestmark = pytest.mark.django_db

SHARE = {"asset": make_ref(kind="equity"), "as_of": NOW}


def sold(days_ago, accession, **terms):
    filed_on = NOW.date() - timedelta(days=days_ago)
    paper = {"accession": accession, "form": "424B5", "filed_on": filed_on, "subject": "offering"}
    return rows.FilingEventRow(**SHARE, **paper, event="registered_direct", **terms)


def read(*papers):
    store(
        rows.MarketRow(**SHARE, price_usd=Decimal(1), volume_24h_usd=Decimal(9_000)),
        rows.SupplyRow(**SHARE, circulating=Decimal(1_000_000)),
        *papers,
    )
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    return read_overhang(DossierFacts(asset, now=NOW))


def test_warrants_stand_from_the_lowest_price_to_the_highest_with_all_that_comes_by_then():
    section = read(
        sold(90, "a", warrants=Decimal(300_000), strike_usd=Decimal(2)),
        sold(9, "b", warrants=Decimal(100_000), strike_usd=Decimal("0.5")),
        sold(40, "c", warrants=Decimal(50_000)),
    )
    assert [(each.strike_usd, each.shares, each.is_in_the_money) for each in section.sales] == [
        (0.5, 100_000, True),
        (2, 300_000, False),
        (None, 50_000, None),
    ]
    assert [each.share for each in section.sales] == pytest.approx([0.1, 0.3, 0.05])
    assert {type(each.filed_on) for each in section.sales} == {date}
    assert section.overhang_share == pytest.approx(0.45)
    assert section.has_unpriced
    assert section.programmes_share == 0
    (dot,) = section.chart.dots
    assert dot.value == pytest.approx(0.1)


def test_a_programme_of_sales_comes_at_any_price():
    section = read(
        sold(9, "b", warrants=Decimal(100_000), strike_usd=Decimal("0.5")),
        rows.CapitalRow(
            **SHARE,
            event="at_the_market",
            happened_on=NOW.date() - timedelta(days=30),
            amount_usd=Decimal(200_000),
        ),
    )
    assert section.programmes_share == pytest.approx(0.2)
    assert [point.values["share"] for point in section.chart.points] == pytest.approx([0.2, 0.3])


def test_unread_is_not_none():
    section = read()
    assert (section.overhang_share, section.sales, section.chart) == (None, (), None)


def test_an_asset_without_a_card_shows_what_papers_say():
    store(sold(9, "a", warrants=Decimal(100_000), strike_usd=Decimal(2)))
    section = read_overhang(DossierFacts(Asset.objects.get(), now=NOW))
    (sale,) = section.sales
    assert (sale.strike_usd, sale.share, sale.is_in_the_money) == (2, None, None)
    assert section.chart is None
