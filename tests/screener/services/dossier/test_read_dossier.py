from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, RefreshRun
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from screener.services.dossier.read_dossier import read_dossier
from screener.services.scoring.score_assets import score_assets
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


def ref(**changes):
    return told.AssetRef(
        **{"kind": "token", "identifiers": (("x", "example"),), "name": "Worked Example", "symbol": "EX"}
        | changes
    )


def store(*rows):
    RefreshRun.objects.get_or_create(
        provider="sandbox",
        family="market",
        state="done",
        defaults={"created_at": NOW, "progressed_at": NOW},
    )
    observation = observed(provider="sandbox", as_of=NOW, known_at=NOW)
    store_rows(observation=observation, rows=rows)


def example_rows(asset):
    told_now = {"asset": asset, "as_of": NOW}
    return (
        told.MarketRow(**told_now, price_usd=Decimal("0.50"), volume_24h_usd=Decimal(900_000)),
        told.SupplyRow(**told_now, circulating=Decimal(50_000_000), maximum=Decimal(100_000_000)),
        told.PoolRow(**told_now, address="p1", reserve_usd=Decimal(400_000)),
        told.PoolRow(**told_now, address="p2", reserve_usd=Decimal(900_000)),
        told.BookRow(**told_now, venue="V", pair="EX/USD", spread_share=0.01, depth_down_usd=Decimal(9_000)),
        told.HolderRow(
            **told_now,
            holder_count=900,
            positions=(
                told.Position(holder_type="burn", share=0.5),
                told.Position(holder_type="wallet", share=0.1),
            ),
        ),
        told.UnlockRow(
            **told_now,
            events=(
                told.Unlock(unlock_at=NOW - timedelta(days=9), amount=Decimal(1), category="team"),
                told.Unlock(unlock_at=NOW + timedelta(days=14), amount=Decimal(20_000_000), category="team"),
            ),
        ),
        told.DisclosureRow(
            **told_now, audits=(told.AuditReport(firm="Firm", limitations="Not the bridge."),)
        ),
        *(
            told.CandleRow(
                asset=asset,
                as_of=NOW - timedelta(days=day),
                open_usd=Decimal(1),
                high_usd=Decimal(3),
                low_usd=Decimal(1),
                close_usd=Decimal(2),
            )
            for day in range(5)
        ),
    )


def fill_example():
    store(*example_rows(ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def test_after_the_next_unlock_25_million_are_35():
    dossier = read_dossier(fill_example())
    assert dossier.figures["market_cap_usd"] == 25_000_000
    assert dossier.after_unlock.market_cap_usd == 35_000_000
    assert dossier.after_unlock.circulating == 70_000_000


def test_everything_is_there_once_with_its_source():
    dossier = read_dossier(fill_example())
    assert [pool.address for pool in dossier.pools] == ["p2", "p1"], "the deepest first"
    assert len(dossier.positions) == 2
    assert [piece.kind for piece in dossier.holder_pieces] == ["wallet", "burn", "unlisted"]
    assert dossier.audits[0].limitations == "Not the bridge."
    assert dossier.price_chart.points[-1].values["close"] == 2
    assert dossier.exit_chart.dots[0].value == dossier.position_usd
    assert len(dossier.dimensions) == 5
    known = {source.family for source in dossier.sources if source.row}
    assert known == {"market", "supply", "pools", "books", "holders", "unlocks", "disclosure"}
    assert not any(source.is_stale for source in dossier.sources)


def test_each_finding_names_the_observations_it_rests_on():
    dossier = read_dossier(fill_example())
    (holders,) = (each for each in dossier.dimensions if each.id == "holder_concentration")
    known = [finding for finding in holders.findings if finding.told["value"] is not None]
    assert known
    assert all(finding.sources[0].provider == "sandbox" for finding in known)


def test_a_finding_rests_on_what_was_judged_not_on_what_came_since():
    asset = fill_example()
    before = read_dossier(asset).dimensions[1].findings[0].sources
    store(*example_rows(ref()))
    assert read_dossier(asset).dimensions[1].findings[0].sources == before


def test_the_position_is_the_one_that_was_judged(settings):
    asset = fill_example()
    settings.ASSAY_POSITION_USD = 777
    assert read_dossier(asset).position_usd == 5_000


def test_a_criterion_that_is_gone_is_left_out():
    asset = fill_example()
    card = asset.scorecards.get()
    card.findings.append({**card.findings[0], "criterion": "utility.of_old"})
    card.gates_open = ["utility.of_old"]
    card.save()
    dossier = read_dossier(asset)
    assert dossier.gates_open == []
    assert "utility.of_old" not in {
        each.criterion.id for dimension in dossier.dimensions for each in dimension.findings
    }


def test_open_gates_come_with_their_findings():
    asset = fill_example()
    card = asset.scorecards.get()
    card.gates_open = ["liquidity_depth.pool_control"]
    card.save()
    (gate,) = read_dossier(asset).gates_open
    assert gate.told["criterion"] == "liquidity_depth.pool_control"
    assert gate.passes_at == "≤ 10 %"


def test_a_share_is_not_asked_for_its_pools():
    store(told.ListingRow(asset=ref(kind="equity"), as_of=NOW))
    dossier = read_dossier(Asset.objects.get())
    assert {"pools", "usage"}.isdisjoint(source.family for source in dossier.sources)
    assert dossier.card is None
    assert dossier.exit_chart is None


def test_the_number_of_queries_does_not_grow_with_the_history(django_assert_max_num_queries):
    asset = fill_example()
    for _ in range(3):
        store(*example_rows(ref()))
    with django_assert_max_num_queries(20):
        read_dossier(asset)
