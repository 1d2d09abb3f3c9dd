"""Source classes of assets: tokens known from DEX pools only, tokens that somebody lists, companies."""

from assets.metrics.families import EQUITY
from assets.models import Asset, AssetIdentifier
from assets.providers import listing_namespaces
from screener.validation.population import COMPANY, DEX, LISTED


def class_of(asset: Asset) -> str:
    """The source class of one asset; one query, of a token."""
    if asset.kind == EQUITY:
        return COMPANY
    named = AssetIdentifier.objects.filter(asset=asset, namespace__in=listing_namespaces())
    return LISTED if named.exists() else DEX
