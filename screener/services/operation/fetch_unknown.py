"""Fetching an asset that is not known yet, by its address, from a source that asks for no key."""

from assets.metrics.families import MARKET
from assets.models import RefreshRun
from assets.providers import PROVIDERS, configured
from assets.services.refreshing.runs import RefreshRefusedError, start_run
from assets.sourcing.contract import Need, Provider, ProviderError
from assets.sourcing.rows import Identifier


def source_of(identifier: Identifier) -> Provider | None:
    """The first source that tells the market of an asset by this name alone, without a key or terms."""
    for each in PROVIDERS:
        try:
            vendor = configured(each.name)
            if MARKET not in vendor.per_asset or vendor.needs_key or vendor.terms:
                continue
            if vendor.requests(Need(family=MARKET, identifiers=(identifier,))):
                return vendor
        except (ProviderError, ValueError):
            continue
    return None


def fetch_unknown(identifier: Identifier, *, user: object) -> RefreshRun:
    """Order it; `RefreshRefusedError` says why not."""
    vendor = source_of(identifier)
    if vendor is None:
        raise RefreshRefusedError("No source without a key can be asked by this address.")
    return start_run(provider=vendor.name, family=MARKET, identifiers=(identifier,), user=user)  # type: ignore[arg-type]
