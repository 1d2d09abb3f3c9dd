"""The providers: one vendor, one file, one line in `PROVIDERS`."""

from typing import Final

from assets.providers.coingecko import CoinGecko
from assets.providers.geckoterminal import GeckoTerminal
from assets.providers.sandbox import Sandbox
from assets.sourcing import addresses
from assets.sourcing.contract import Provider

PROVIDERS: Final[tuple[type[Provider], ...]] = (CoinGecko, GeckoTerminal, Sandbox)


def tellers_of(family: str) -> tuple[str, ...]:
    """Who tells facts of this family, in the order in which their word counts: that of `PROVIDERS`."""
    return tuple(each.name for each in PROVIDERS if family in (*each.families, *each.also_tells))


def configured(name: str, *, base_url: str = "") -> Provider:
    """The provider of that name, ready to be asked; `ProviderError` says what is wrong."""
    return addresses.configure(addresses.named(name, PROVIDERS), base_url=base_url)


def problems() -> list[str]:
    """What is wrong with the providers' environment variables, one sentence each."""
    return addresses.problems_of(PROVIDERS)
