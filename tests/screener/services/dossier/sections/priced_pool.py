"""An asset with a price and a pool at that price, for tests of what a sale of it brings."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assets.sourcing.rows import CandleRow, MarketRow, PoolRow
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


def bars_with_a_gap(*, opens: str, low: str) -> list[CandleRow]:
    """Thirty days at the price, but for one that opens and trades below it."""
    return [
        CandleRow(
            asset=make_ref(),
            as_of=NOW - timedelta(days=day),
            open_usd=Decimal(opens) if day == 5 else Decimal(2),
            high_usd=Decimal(2),
            low_usd=Decimal(low) if day == 5 else Decimal(2),
            close_usd=Decimal(2),
            volume_usd=Decimal(9),
        )
        for day in range(30)
    ]
