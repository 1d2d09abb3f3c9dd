from datetime import timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing import rows
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.conflicts import read_conflicts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, fill_example, make_ref
from tests.factories.market import observe
from tests.screener.services.dossier.questioned_supply import asset_of_questioned_supply

pytestmark = pytest.mark.django_db


def test_where_everybody_agrees_there_is_nothing_to_show():
    assert read_conflicts(DossierFacts(fill_example())) is None


def test_a_reported_market_cap_and_another_price_are_shown():
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(170)),
        rows.SupplyRow(**now, circulating=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    observe(rows.MarketRow(**now, price_usd=Decimal(2)), at=NOW, provider="geckoterminal")
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert (section.other_cap.ours, section.other_cap.reported) == (100, 170)
    assert not section.questions
    assert [(each.field, each.other.provider) for each in section.contradictions] == [
        ("price_usd", "geckoterminal")
    ]


@pytest.mark.parametrize(
    ("reported", "days_apart", "shown"), [(104, 0, None), (106, 0, 106), (106, 999, None), (None, 0, None)]
)
def test_a_reported_market_cap_is_shown_from_a_twentieth_on(reported, days_apart, shown):
    ref, cap = make_ref(), None if reported is None else Decimal(reported)
    observe(
        rows.MarketRow(asset=ref, as_of=NOW, price_usd=Decimal(1), market_cap_usd=cap),
        rows.SupplyRow(asset=ref, as_of=NOW - timedelta(days=days_apart), circulating=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert (section and section.other_cap and section.other_cap.reported) == shown


def test_a_cap_that_stands_in_for_the_supply_contradicts_nothing():
    """It is of another price than that of today."""
    of_asset = {"asset": make_ref(), "as_of": NOW}
    observe(rows.MarketRow(**of_asset, price_usd=Decimal(1)), at=NOW, provider="geckoterminal")
    told = {"price_usd": Decimal("0.9"), "market_cap_usd": Decimal(100)}
    observe(rows.MarketRow(**of_asset, **told), at=NOW, provider="dexscreener")
    observe(rows.SupplyRow(**of_asset, total=Decimal(300)), at=NOW, provider="coinpaprika")
    asset = Asset.objects.get()
    score_assets([asset.pk])
    facts = DossierFacts(asset)
    assert facts.figures["market_cap_usd"] == pytest.approx(100 / 0.9)
    assert read_conflicts(facts).other_cap is None


def test_more_in_circulation_than_in_existence_is_said_once():
    observe(
        rows.MarketRow(asset=make_ref(), as_of=NOW, price_usd=Decimal(1)),
        rows.SupplyRow(asset=make_ref(), as_of=NOW, circulating=Decimal(106), total=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert [each.question["field"] for each in section.questions] == ["float_share"]
    assert not section.contradictions
    assert section.other_cap is None


def test_a_market_cap_far_from_the_reported_one_is_questioned():
    asset = asset_of_questioned_supply()
    section = read_conflicts(DossierFacts(asset))
    assert section.other_cap is None
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
        rows.SupplyRow(**share, circulating=Decimal(31_400)),
        rows.FundamentalsRow(
            **share,
            period_ends_on=NOW.date(),
            shares_outstanding=Decimal(31_400),
            shares_on_balance=Decimal(31_400_000),
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


@pytest.mark.parametrize(("others", "is_long"), [(3, False), (4, True)])
def test_more_than_a_few_are_folded(others, is_long):
    providers = ["geckoterminal", "jupiter", "pumpfun", "coinpaprika"][:others]
    for place, provider in enumerate(["coingecko", *providers]):
        price = Decimal(1 + 0.1 * place)
        observe(rows.MarketRow(asset=make_ref(), as_of=NOW, price_usd=price), at=NOW, provider=provider)
    asset = Asset.objects.get()
    score_assets([asset.pk])
    section = read_conflicts(DossierFacts(asset))
    assert (section.conflict_count, section.is_long) == (others, is_long)


def share(*, counted, days_ago=3, **more):
    """A share of 100 million by its report, and a later cover's count."""
    now = {"asset": make_ref(kind="equity"), "as_of": NOW}
    reported_at = NOW - timedelta(days=90)
    cover = rows.FilingEventRow(
        **now,
        **{"accession": "1", "form": "424B5", "subject": "float", "event": "non_affiliates"},
        filed_on=(NOW - timedelta(days=days_ago)).date(),
        shares_outstanding=None if counted is None else Decimal(counted),
    )
    observe(
        rows.MarketRow(**now, price_usd=Decimal(2)),
        rows.SupplyRow(**now | {"as_of": reported_at}, circulating=Decimal(100_000_000)),
        cover,
        *(rows.CapitalRow(**now, **each) for each in more.get("changes", ())),
        at=NOW,
    )
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    return read_conflicts(DossierFacts(asset, now=NOW))


@pytest.mark.parametrize(
    ("counted", "days_ago", "shown"),
    [(130_000_000, 3, True), (101_000_000, 3, False), (130_000_000, 91, False), (None, 3, False)],
)
def test_a_later_cover_that_counts_other_shares_is_shown_with_the_cap_it_makes(counted, days_ago, shown):
    section = share(counted=counted, days_ago=days_ago)
    later = section and section.later_count
    assert (later is not None) == shown
    if later:
        assert (later.shares, later.ours, later.cap_usd) == (130e6, 100e6, 260e6)
        assert section.conflict_count == 1


def test_a_later_cover_counts_in_units_of_its_day():
    split = {"event": "split", "ratio": 2.0, "happened_on": (NOW - timedelta(days=1)).date()}
    found = share(counted=130_000_000, changes=[split])
    assert (found.later_count.shares, found.later_count.ours) == (260e6, 200e6)
