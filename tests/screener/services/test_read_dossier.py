from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, Observation, Payload
from assets.services.store import store_rows
from assets.sourcing import rows as told
from screener.services.read_dossier import read_dossier
from screener.services.score_assets import score_assets

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


def ref(**changes):
    return told.AssetRef(
        **{"kind": "token", "identifiers": (("x", "example"),), "name": "Worked Example", "symbol": "EX"}
        | changes
    )


def store(*rows):
    observation = Observation.objects.create(
        provider="x",
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=NOW,
        known_at=NOW,
    )
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
    assert [piece.kind for piece in dossier.holder_chart] == ["wallet", "burn", "unlisted"]
    assert dossier.audits[0].limitations == "Not the bridge."
    assert dossier.price_chart.marks[-1].value == 2
    assert dossier.exit_chart.marks
    assert len(dossier.dimensions) == 5
    known = {source.family for source in dossier.sources if source.row}
    assert known == {"market", "supply", "pools", "books", "holders", "unlocks", "disclosure"}
    assert not any(source.is_stale for source in dossier.sources)


def test_each_finding_names_the_observations_it_rests_on():
    dossier = read_dossier(fill_example())
    (holders,) = (each for each in dossier.dimensions if each.id == "holder_concentration")
    known = [finding for finding in holders.findings if finding.told["value"] is not None]
    assert known
    assert all(finding.sources[0].provider == "x" for finding in known)


def test_stale_facts_are_named():
    dossier = read_dossier(fill_example(), now=NOW + timedelta(days=3))
    stale = {source.family for source in dossier.sources if source.is_stale}
    assert {"market", "pools", "books"} <= stale
    assert "disclosure" not in stale


@pytest.mark.parametrize(("reported", "conflicts"), [(25_500_000, 0), (40_000_000, 1), (None, 0)])
def test_a_reported_market_cap_that_differs_is_a_conflict(reported, conflicts):
    asset = fill_example()
    row = told.MarketRow(
        asset=ref(),
        as_of=NOW + timedelta(seconds=1),
        price_usd=Decimal("0.50"),
        market_cap_usd=None if reported is None else Decimal(reported),
    )
    store(row)
    assert len(read_dossier(asset).conflicts) == conflicts


def test_more_circulating_than_there_is_in_total_is_a_conflict():
    asset = fill_example()
    store(
        told.SupplyRow(
            asset=ref(), as_of=NOW + timedelta(seconds=1), circulating=Decimal(9), total=Decimal(5)
        )
    )
    assert [what for what, _ours, _theirs in read_dossier(asset).conflicts] == ["supply"]


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
    with django_assert_max_num_queries(34):
        read_dossier(asset)
