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
    asked = [
        (each.question["field"], each.question["value"], each.question["against"])
        for each in section.questions
    ]
    assert asked == [("market_cap_usd", 100, 900)]


@pytest.mark.parametrize(("other_price", "questioned"), [("1.08", False), ("0.01", True)])
def test_pools_that_differ_are_named_and_said_once(client, other_price, questioned):
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1)),
        *(
            rows.PoolRow(**now, address=at, pair=pair, dex=dex, price_usd=Decimal(price), reserve_usd=reserve)
            for at, pair, dex, price, reserve in (
                ("0xdeep", "WRK / SOL", "raydium", "1", 90_000.0),
                ("0xthin", "WRK / USDC", "orca", other_price, 900.0),
            )
        ),
        at=NOW,
        provider="geckoterminal",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    asked = [each.question for each in section.questions]
    prices = [each["place"] for each in asked if each["field"] == "price_usd"]
    assert prices == (["0xthin"] if questioned else [])
    assert len(section.contradictions) == (not questioned)
    page = client.get(asset.get_absolute_url()).text
    assert ("WRK / USDC (orca) one of" in page) is not questioned
    assert "GeckoTerminal tells" not in page


def test_a_cover_is_questioned_once():
    """The number of shares stands in the fundamentals and in the supply, and is one figure."""
    share = {"asset": make_ref(kind="equity"), "as_of": NOW}
    observe(
        rows.SupplyRow(**share, circulating=Decimal(20_200)),
        rows.FundamentalsRow(
            **share,
            period_ends_on=NOW.date(),
            shares_outstanding=Decimal(20_200),
            shares_on_balance=Decimal(20_200_000),
        ),
        at=NOW,
        provider="sec_data",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    facts = DossierFacts(asset)
    assert {each["field"] for each in facts.questions} == {"circulating", "shares_outstanding"}
    asked = [each.question["field"] for each in read_conflicts(facts).questions]
    assert asked == ["circulating"]
    assert [each["field"] for each in facts.questions_of("fundamentals")] == ["shares_outstanding"]
