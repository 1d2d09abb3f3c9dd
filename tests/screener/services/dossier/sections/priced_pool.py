"""An asset with a price and a pool at that price, for tests of what a sale of it brings."""

from datetime import UTC, datetime
from decimal import Decimal

from assets.sourcing.rows import MarketRow, PoolRow
from tests.factories.example import make_ref

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
TOLD = {"asset": make_ref(), "as_of": NOW}
PRICE = MarketRow(**TOLD, price_usd=Decimal(2), volume_24h_usd=Decimal(100_000))
POOL = PoolRow(
    **TOLD,
    address="0xa",
    pool_type="constant_product",
    price_usd=Decimal(2),
    reserve_usd=Decimal(100_000),
    fee_share=0.003,
)
