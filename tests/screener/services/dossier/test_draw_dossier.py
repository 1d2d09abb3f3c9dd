from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, HolderPosition, PoolSnapshot
from assets.sourcing import rows as told
from screener.services.dossier.draw_dossier import draw_exit, draw_holders, draw_owners, draw_price
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import make_ref, store

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def candle(days_ago, close, *, market="main", volume=10):
    price = Decimal(close)
    return told.CandleRow(
        asset=make_ref(),
        as_of=NOW - timedelta(days=days_ago),
        market=market,
        open_usd=price,
        high_usd=price,
        low_usd=price,
        close_usd=price,
        volume_usd=Decimal(volume),
    )


@pytest.mark.django_db
class TestPrice:
    def test_a_revised_bar_counts_as_it_was_told_last(self):
        store(candle(2, 1), candle(1, 2))
        store(candle(1, 3))
        chart, _market = draw_price(Asset.objects.get(), now=NOW)
        assert [point.values["close"] for point in chart.points] == [1, 3]

    def test_markets_are_not_mixed_the_busiest_is_drawn(self):
        store(
            candle(2, 1), candle(1, 1), candle(2, 9, market="other", volume=1), candle(1, 9, market="other")
        )
        chart, market = draw_price(Asset.objects.get(), now=NOW)
        assert market == "main"
        assert {point.values["close"] for point in chart.points} == {1}

    def test_old_bars_are_left_out(self):
        store(candle(200, 1), candle(199, 1))
        assert draw_price(Asset.objects.get(), now=NOW) == (None, "")


@pytest.mark.django_db
def test_the_exit_curve_passes_through_the_checklists_own_cost():
    store(told.PoolRow(asset=make_ref(), as_of=NOW, address="p", reserve_usd=Decimal(100_000)))
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    judged = asset.scorecards.get().figures
    chart = draw_exit(
        asset, pools=PoolSnapshot.objects.all(), books=[], position_usd=judged["position_usd"], now=NOW
    )
    costs = {point.values["size"]: point.values["cost"] for point in chart.points}
    assert costs[judged["position_usd"]] == judged["round_trip_cost_share"]
    assert list(costs.values()) == sorted(costs.values()), "more costs more"


def curve(position_usd, **pool):
    asset = Asset(pk=1, kind="token")
    pools = [PoolSnapshot(asset=asset, address="p", **pool)] if pool else []
    return draw_exit(asset, pools=pools, books=[], position_usd=position_usd, now=NOW)


def test_hopeless_sizes_are_left_out_but_never_the_own():
    sizes = [point.values["size"] for point in curve(300.0, reserve_usd=Decimal(1_000)).points]
    assert 300 in sizes
    assert max(sizes) < 100_000
    assert curve(50_000.0, reserve_usd=Decimal(1_000)).dots[0].value == 50_000


def test_without_pools_and_books_there_is_no_curve():
    assert curve(5_000.0) is None


def test_holders_are_summed_by_type_and_owners_stand_without_the_others():
    positions = [
        HolderPosition(holder_type="burn", share=0.5),
        HolderPosition(holder_type="wallet", share=0.1),
        HolderPosition(holder_type="pool", share=0.15),
        HolderPosition(holder_type="wallet", share=0.1),
    ]
    assert [(each.kind, each.share) for each in draw_holders(positions)][:3] == [
        ("wallet", 0.2),
        ("burn", 0.5),
        ("pool", 0.15),
    ]
    owners = draw_owners(positions)
    assert [(each.kind, each.share) for each in owners] == [("wallet", 0.4), ("unlisted", 0.6)]
    assert draw_holders([]) == draw_owners([]) == ()


def test_when_everything_is_burned_nobody_owns_it():
    assert draw_owners([HolderPosition(holder_type="burn", share=1.0)]) == ()
