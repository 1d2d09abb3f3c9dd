"""The worked example: one token with a row of nearly every family, of this moment, and one company."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assets.metrics.families import CONTRACT_FLAGS
from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from tests.factories.market import observe

NOW = datetime.now(UTC)


def make_ref(**changes):
    return rows.AssetRef(
        **{"kind": "token", "identifiers": (("x", "example"),), "name": "Worked Example", "symbol": "EX"}
        | changes
    )


def store(*stored):
    """Store these rows as an answer of this moment."""
    observe(*stored, at=NOW)


def example_rows(asset):
    now = {"asset": asset, "as_of": NOW}
    return (
        rows.MarketRow(**now, price_usd=Decimal("0.50"), volume_24h_usd=Decimal(900_000)),
        rows.SupplyRow(**now, circulating=Decimal(50_000_000), maximum=Decimal(100_000_000)),
        rows.PoolRow(**now, address="p1", pool_type="constant_product", reserve_usd=Decimal(400_000)),
        rows.PoolRow(**now, address="p2", pool_type="constant_product", reserve_usd=Decimal(900_000)),
        rows.BookRow(**now, venue="V", pair="EX/USD", spread_share=0.01, depth_down_usd=Decimal(9_000)),
        rows.HolderRow(
            **now,
            holder_count=900,
            positions=(
                rows.Position(holder_type="burn", share=0.5),
                rows.Position(holder_type="wallet", share=0.1),
            ),
        ),
        rows.UnlockRow(
            **now,
            events=(
                rows.Unlock(unlock_at=NOW - timedelta(days=9), amount=Decimal(1), category="team"),
                rows.Unlock(unlock_at=NOW + timedelta(days=14), amount=Decimal(20_000_000), category="team"),
            ),
        ),
        rows.DisclosureRow(**now, audits=(rows.AuditReport(firm="Firm", limitations="Not the bridge."),)),
        *(
            rows.CandleRow(
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


def rated_rows(asset):
    """The rows of the example, and those of a usage and a contract without faults: enough for a rating."""
    now = {"asset": asset, "as_of": NOW}
    usage = rows.UsageRow(
        **now,
        active_addresses_30d=4_000,
        transactions_30d=90_000,
        transactions_prior_60d=180_000,
        fees_annual_usd=Decimal(3_000_000),
        revenue_annual_usd=Decimal(2_000_000),
        tvl_usd=Decimal(9_000_000),
    )
    contract = rows.ContractRow(
        **now,
        **dict.fromkeys(CONTRACT_FLAGS, False),
        verified_source=True,
        mint_authority="none",
        freeze_authority="none",
        owner_authority="none",
        creator_earlier_tokens=0,
        creator_rugs=0,
        buy_tax_share=0.0,
        sell_tax_share=0.0,
        deployed_at=NOW - timedelta(days=900),
    )
    return (*example_rows(asset), usage, contract)


def fill_example():
    store(*example_rows(make_ref()))
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def fill_equity():
    ref = make_ref(kind="equity", identifiers=(("x", "inc"),), name="Inc.")
    store(rows.ListingRow(asset=ref, as_of=NOW))
    equity = Asset.objects.get(kind="equity")
    score_assets([equity.pk])
    return equity
