"""Provider registry: one vendor, one file, one line in `PROVIDERS`."""

from collections.abc import Mapping
from typing import Final

from assets.metrics.families import LISTING
from assets.providers.analyst import Analyst
from assets.providers.blockscout.provider import Blockscout
from assets.providers.cboe import Cboe
from assets.providers.coingecko import CoinGecko
from assets.providers.coinpaprika import CoinPaprika
from assets.providers.defillama.provider import DefiLlama
from assets.providers.dexscreener import DexScreener
from assets.providers.dexscreener_orders import DexScreenerOrders
from assets.providers.etherscan import Etherscan
from assets.providers.evm_rpc.provider import SECOND_NODES, nodes
from assets.providers.exchanges.provider import chosen, unknown_exchanges
from assets.providers.finra import Finra
from assets.providers.fmp import Fmp
from assets.providers.geckoterminal import GeckoTerminal
from assets.providers.github import GitHub
from assets.providers.goplus.provider import GoPlus
from assets.providers.honeypot import Honeypot
from assets.providers.jupiter import Jupiter
from assets.providers.nasdaq_api import NasdaqApi
from assets.providers.nasdaqtrader.provider import NasdaqTrader
from assets.providers.pumpfun import PumpFun
from assets.providers.rugcheck.provider import RugCheck
from assets.providers.sandbox import Sandbox
from assets.providers.sec.provider import SecArchives, SecData, SecFrames
from assets.providers.solana_rpc.provider import SolanaRpc
from assets.providers.sourcify import Sourcify
from assets.providers.stooq import Stooq
from assets.sourcing import addresses
from assets.sourcing.contract import Provider
from assets.sourcing.messages import message

PROVIDERS: Final[tuple[type[Provider], ...]] = (
    Analyst,
    *chosen(),
    CoinGecko,
    GeckoTerminal,
    DexScreener,
    DexScreenerOrders,
    Jupiter,
    PumpFun,
    CoinPaprika,
    Sourcify,
    Blockscout,
    Honeypot,
    RugCheck,
    SolanaRpc,
    *nodes(),
    GoPlus,
    Etherscan,
    DefiLlama,
    GitHub,
    NasdaqTrader,
    Finra,
    SecData,
    SecArchives,
    SecFrames,
    Fmp,
    Cboe,
    NasdaqApi,
    Stooq,
    Sandbox,
)
"""In the order in which their word counts: a person's first, an exchange's own book before who copies it."""


def configured(name: str, *, base_url: str = "") -> Provider:
    """The provider of that name, ready to be asked; `ProviderError` says what is wrong."""
    return addresses.configure(addresses.named(name, PROVIDERS), base_url=base_url)


def providers_of(family: str) -> tuple[str, ...]:
    """Who has facts of this family, in the order in which their word counts: that of `PROVIDERS`."""
    return tuple(each.name for each in PROVIDERS if family in (*each.families, *each.also_provides))


def listing_namespaces() -> frozenset[str]:
    """By which names whoever lists tokens knows them: registers such as CoinGecko, and exchanges."""
    return frozenset(
        name
        for provider in PROVIDERS
        if LISTING in provider.families
        for name in provider.namespaces
        if not name.startswith("address:")
    )


def in_parts() -> frozenset[str]:
    """Whose silence takes nothing back: their earlier answers count beside the newest, however old."""
    return frozenset(each.name for each in PROVIDERS if each.in_parts)


def stand_ins() -> frozenset[str]:
    """Whose rows count only where nobody else tells of their period or a later one."""
    return frozenset(each.name for each in PROVIDERS if each.stands_in)


def second_nodes() -> Mapping[str, str]:
    """By a chain's second node its first: both read the same, whether the second is set up or was once."""
    return SECOND_NODES


def problems() -> list[str]:
    """What is wrong with the providers' environment variables, one sentence each."""
    strangers = [
        message(
            "ASSAY_EXCHANGES names %(name)s, which is no exchange; write names as ccxt does: gate,kucoin.",
            name=repr(name),
        )
        for name in unknown_exchanges()
    ]
    return strangers + addresses.problems_of(PROVIDERS)
