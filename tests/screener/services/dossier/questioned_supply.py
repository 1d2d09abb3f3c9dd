"""An asset whose market cap speaks for another circulating supply than its source says: it is questioned."""

from decimal import Decimal

from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import NOW, make_ref
from tests.factories.market import observe


def asset_of_questioned_supply() -> Asset:
    """Scored; 900 USD at a price of 1 USD stand against 100 units."""
    now = {"asset": make_ref(), "as_of": NOW}
    observe(
        rows.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(900)),
        rows.SupplyRow(**now, circulating=Decimal(100)),
        at=NOW,
        provider="coingecko",
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset
