from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import PoolRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.liquidity import read_liquidity
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
    assert [book.venue for book in section.books] == ["V"]
    assert section.chart.dots[0].value == section.position_usd
