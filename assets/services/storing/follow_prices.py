"""Codes that follow the price: an exchange's book that has another asset's price takes its code along."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.db.models import F

from assets.identity.leases import new_owner
from assets.identity.looks import skeleton_of
from assets.identity.venues import is_currency_code
from assets.metrics.families import TOKEN
from assets.models import Asset, AssetIdentifier, MarketSnapshot
from assets.services.reading.rows import Among
from assets.services.storing.end_names import A_PERSONS, NameRow
from assets.sourcing.rows import BookRow, Identifier, Row

log = structlog.get_logger(__name__)


def follow_prices(rows: Iterable[Row], *, provider: str, known_at: datetime) -> list[NameRow]:
    """Give codes to whom their books' prices belong; returns the names that have ended by it."""
    middles: dict[Identifier, float] = {}
    for row in (each for each in rows if isinstance(each, BookRow)):
        code = row.asset.identifiers[0]
        if is_currency_code(code[0]) and row.bid_usd and row.ask_usd:
            middles[code] = float(row.bid_usd + row.ask_usd) / 2
    return [ended for code, middle in middles.items() if (ended := _follow(code, middle, provider, known_at))]


def _follow(code: Identifier, middle: float, provider: str, known_at: datetime) -> NameRow | None:
    lease = AssetIdentifier.objects.valid().filter(namespace=code[0], value=code[1]).first()
    if lease is None or lease.provider == A_PERSONS:
        return None
    symbol = code[1].partition("/")[0]
    namesakes = [
        asset.pk
        for asset in Asset.objects.filter(kind=TOKEN, fictional=False, symbol_look=skeleton_of(symbol)[:64])
        if asset.pk != lease.asset_id and asset.symbol.casefold() == symbol.casefold()
    ]
    if not namesakes:
        return None
    prices = _prices([lease.asset_id, *namesakes])
    owner_price = prices.pop(lease.asset_id, None)
    owner = new_owner(middle, owner_price, prices)
    if owner is None:
        return None
    AssetIdentifier.objects.filter(pk=lease.pk).update(valid_until=known_at)
    AssetIdentifier.objects.create(
        asset_id=owner, namespace=code[0], value=code[1], provider=provider, valid_from=known_at
    )
    log.info("code_follows_price", code=":".join(code), earlier=lease.asset_id, now=owner)
    return NameRow(pk=lease.pk, asset_id=lease.asset_id, identifier=code, provider=lease.provider)


def _prices(asset_ids: Sequence[int]) -> dict[int, float]:
    """The newest price of each, whoever tells it."""
    rows = MarketSnapshot.objects.filter(Among(F("asset_id"), asset_ids), price_usd__isnull=False)
    newest = rows.order_by("as_of", "pk").values_list("asset_id", "price_usd")
    return {asset_id: float(price) for asset_id, price in newest}
