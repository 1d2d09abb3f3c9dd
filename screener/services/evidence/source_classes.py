"""Source classes of assets: tokens known from DEX pools only, tokens that somebody lists, companies."""

from assets.metrics.families import EQUITY, LISTING
from assets.models import Asset, AssetIdentifier
from assets.providers import PROVIDERS
from screener.validation.population import COMPANY, DEX, LISTED


def listing_namespaces() -> frozenset[str]:
    """By which names whoever lists tokens knows them: registers such as CoinGecko, and exchanges."""
    return frozenset(
        name
        for provider in PROVIDERS
        if LISTING in provider.families
        for name in provider.namespaces
        if not name.startswith("address:")
    )


def class_of(asset: Asset) -> str:
    """The source class of one asset; one query, of a token."""
    if asset.kind == EQUITY:
        return COMPANY
    named = AssetIdentifier.objects.filter(asset=asset, namespace__in=listing_namespaces())
    return LISTED if named.exists() else DEX
