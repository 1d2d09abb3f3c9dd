from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.metrics.measure import measure
from assets.metrics.unit_changes import UnitChanges
from assets.models import Asset
from assets.services.reading.facts import facts_of
from assets.sourcing.rows import BookRow, CapitalRow, ContractRow, MarketRow, PoolRow, SupplyRow
from screener.models import Scorecard
from screener.services.dossier.facts import MOST_EVENTS, DossierFacts
from screener.services.dossier.sections.liquidity import Exits, read_liquidity
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import fill_example, make_ref, store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def with_a_pool(reserve_usd):
    store(
        PoolRow(
            asset=make_ref(),
            as_of=NOW,
            address="p",
            reserve_usd=Decimal(reserve_usd),
            pool_type="constant_product",
        )
    )
    return Asset.objects.get()


def curve(asset):
    return read_liquidity(DossierFacts(asset, now=NOW)).chart


def test_where_its_launch_stands_is_shown_with_who_tells_it():
    asset = with_a_pool(100_000)
    assert read_liquidity(DossierFacts(asset, now=NOW)).launch is None
    store(MarketRow(asset=make_ref(), as_of=NOW, launch_completed=True, launch_pool="p"))
    launch = read_liquidity(DossierFacts(asset, now=NOW)).launch
    assert (launch.launch_completed, launch.launch_pool, launch.provider) == (True, "p", "sandbox")


def test_the_exit_curve_passes_through_the_checklists_own_cost():
    asset = with_a_pool(100_000)
    score_assets([asset.pk], now=NOW)
    judged = asset.scorecards.get().figures
    costs = {point.values["size"]: point.values["cost"] for point in curve(asset).points}
    assert costs[judged["position_usd"]] == judged["round_trip_cost_share"]
    assert list(costs.values()) == sorted(costs.values()), "more costs more"


def test_hopeless_sizes_are_left_out_but_never_the_own(settings):
    asset = with_a_pool(1_000)
    settings.ASSAY_POSITION_USD = 300
    sizes = [point.values["size"] for point in curve(asset).points]
    assert 300 in sizes
    assert max(sizes) < 100_000
    settings.ASSAY_POSITION_USD = 50_000
    assert curve(asset).dots[0].value == 50_000


def test_without_pools_and_books_there_is_no_curve():
    assert curve(Asset.objects.create(kind="equity", slug="bare")) is None


def test_the_deepest_pool_comes_first():
    section = read_liquidity(DossierFacts(fill_example()))
    assert [pool.row.address for pool in section.pools] == ["p2", "p1"]
    assert [book.row.venue for book in section.books] == ["V"]
    assert section.chart.dots[0].value == section.position_usd


def test_chart_and_finding_walk_the_same_orders_and_pay_the_same_taxes():
    asset = with_a_pool(30_000)
    told = {"asset": make_ref(), "as_of": NOW}
    orders = {"bids": levels((99, 40), (97, 60)), "asks": levels((101, 30), (104, 70))}
    quotes = {"bid_usd": Decimal(99), "ask_usd": Decimal(101), "depth_down_usd": Decimal(3_960)}
    store(BookRow(**told, venue="Gate", pair="A/USDT", **orders, **quotes))
    store(ContractRow(**told, buy_tax_share=0.03, sell_tax_share=0.05))
    score_assets([asset.pk], now=NOW)
    judged = asset.scorecards.get().figures
    costs = {point.values["size"]: point.values["cost"] for point in curve(asset).points}
    assert 0.03 < judged["round_trip_cost_share"] < 0.12, "the book is the cheaper way, and not taxed"
    assert costs[judged["position_usd"]] == pytest.approx(judged["round_trip_cost_share"], rel=1e-6)


@pytest.mark.parametrize("order", [1, -1])
def test_places_of_another_month_are_listed_as_stale_and_count_nowhere(order):
    asset = with_a_pool(9_000)
    month_ago = NOW - timedelta(days=40)
    told = {"asset": make_ref(), "bid_usd": Decimal("0.99"), "ask_usd": Decimal("1.01")}
    small = BookRow(**told, as_of=NOW, venue="Gate", pair="A/USD", depth_down_usd=Decimal(300))
    store(small)
    score_assets([asset.pk], now=NOW)
    alone = asset.scorecards.get().figures
    old = [
        BookRow(**told, as_of=month_ago, venue="Mexc", pair="A/USD", depth_down_usd=Decimal(90_000)),
        PoolRow(asset=make_ref(), as_of=month_ago, address="old", reserve_usd=Decimal(10**6)),
    ]
    store(*old[::order])
    score_assets([asset.pk], now=NOW)
    assert asset.scorecards.order_by("-id").first().figures == alone
    section = read_liquidity(DossierFacts(asset, now=NOW))
    assert [(each.row.address, each.is_outdated) for each in section.pools] == [("p", False), ("old", True)]
    assert section.pools[1].depth_down_usd is None
    assert [(each.row.venue, each.is_outdated) for each in section.books] == [("Gate", False), ("Mexc", True)]
    costs = {point.values["size"]: point.values["cost"] for point in section.chart.points}
    assert costs[alone["position_usd"]] == alone["round_trip_cost_share"]


def levels(*orders):
    return tuple((Decimal(price), Decimal(quantity)) for price, quantity in orders)


def test_a_pool_that_does_not_count_comes_last_and_says_why():
    with_a_pool(9_000)
    fake = PoolRow(
        asset=make_ref(),
        as_of=NOW,
        address="fake",
        pool_type="constant_product",
        reserve_usd=Decimal(10**12),
        quote_is_listed=False,
    )
    store(fake)
    asset = Asset.objects.get()
    honest, refused = read_liquidity(DossierFacts(asset, now=NOW)).pools
    assert (honest.row.address, honest.pool_type, honest.remark) == ("p", "constant product", "")
    assert refused.row.address == "fake"
    assert refused.remark.startswith("Its quote token has no listed market")
    assert (refused.depth_down_usd, refused.counted_usd) == (None, None)


def test_what_changed_units_long_before_the_latest_events_counts_as_in_the_score():
    """Of a supply and a cap in other units than today's the float decides what a pool's reserve is worth."""
    asset = with_a_pool(100_000)
    offering = CapitalRow(asset=make_ref(), as_of=NOW, event="offering", happened_on=NOW.date())
    supply = SupplyRow(asset=make_ref(), as_of=NOW, circulating=Decimal(1_000), total=Decimal(10_000))
    store(
        replace(supply, as_of=NOW - timedelta(days=3)),
        MarketRow(asset=make_ref(), as_of=NOW, price_usd=Decimal(1), market_cap_usd=Decimal(1_000_000)),
        CapitalRow(
            asset=make_ref(),
            as_of=NOW,
            event="redenomination",
            happened_on=(NOW - timedelta(days=1)).date(),
            ratio=1_000,
        ),
        *(replace(offering, accession=f"{number}") for number in range(MOST_EVENTS)),
    )
    shown = DossierFacts(asset, now=NOW)
    scored = facts_of([asset.pk], now=NOW)
    assert shown.exits.questions.equals(scored.questions[scored.questions["frame"] == "measures"])
    assert UnitChanges.of(shown.exits).ratio.tolist() == [[1_000]]
    exits = Exits.of(shown.exits)
    judged = measure(scored, position_usd=5_000)["round_trip_cost_share"].item()
    assert exits.cost(5_000) == judged == judged


def test_fields_that_are_questioned_are_named():
    asset = fill_example()
    question = {"frame": "pools", "place": "p1", "field": "reserve_usd", "value": 1.0, "against": None}
    Scorecard.objects.update(questioned={"facts": [{**question, "witness": "x"}], "figures": {}})
    section = read_liquidity(DossierFacts(asset))
    assert {each.row.address: each.questioned for each in section.pools} == {
        "p1": {"reserve_usd"},
        "p2": frozenset(),
    }
    assert [each.questioned for each in section.books] == [frozenset()]
