from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.conflicts import read_conflicts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, fill_example, make_ref
from tests.factories.market import observe

pytestmark = pytest.mark.django_db


def test_where_everybody_agrees_there_is_nothing_to_show():
    assert read_conflicts(DossierFacts(fill_example())) is None


def test_a_reported_market_cap_and_another_price_are_shown():
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(190)),
        rows.SupplyRow(**now, circulating=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    observe(rows.MarketRow(**now, price_usd=Decimal(2)), at=NOW, provider="geckoterminal")
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert [(each.what, each.ours, each.theirs) for each in section.conflicts] == [("market_cap", 100, 190)]
    assert not section.questions
    assert [(each.field, each.other.provider) for each in section.contradictions] == [
        ("price_usd", "geckoterminal")
    ]


def test_a_market_cap_far_from_the_reported_one_is_questioned():
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(900)),
        rows.SupplyRow(**now, circulating=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert not section.conflicts
    asked = [(each["field"], each["value"], each["against"]) for each in section.questions]
    assert asked == [("market_cap_usd", 100, 900)]
