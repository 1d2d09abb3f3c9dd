"""Trading pairs: what an exchange's code for an asset may be traded against. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from assets.sourcing.messages import message

QUOTES: Final = ("USDT", "USDC", "USD")
"""What an asset is traded against, tried in this order where no pair is named."""

DOLLARS: Final = frozenset({"USD", "USDT", "USDC", "FDUSD", "BUSD", "DAI"})
"""Quote currencies of which one is taken for one US dollar; a depeg shows on the stable coin's own page."""

MONEYS: Final = frozenset({"AUD", "CAD", "CHF", "EUR", "GBP", "JPY", "KRW", "PLN", "TRY", "UAH", "USD"})
"""Money of states, which exchanges list like any currency: no asset of ours."""

CODE: Final = re.compile(r"[^\s/]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingPair:
    """A pair as the exchange names it."""

    id: str
    base: str
    quote: str
    is_open: bool = True
    is_leveraged: bool = False


def is_code(text: str) -> bool:
    """Whether this may be an exchange's code for a currency."""
    return bool(CODE.fullmatch(text)) and text.isprintable()


def pairs_of(asked: str) -> list[str]:
    """The pairs meant by "INK" or "INK/USDT", the preferred first; none where it is no code."""
    base, slash, quote = asked.strip().upper().partition("/")
    quotes = (quote,) if slash else tuple(each for each in QUOTES if each != base)
    return [f"{base}/{each}" for each in quotes] if all(map(is_code, (base, *quotes))) else []


def trading_pair_of(market: Mapping[str, Any]) -> TradingPair:
    """A market as ccxt describes it, under the exchange's own codes.

    ccxt renames currencies that share a code with a better-known one.
    """
    base, slash, quote = str(market.get("wsId") or "").partition("/")  # Kraken's own names stand here only.
    if not slash:
        base, quote = market["baseId"], market["quoteId"]
    name, info = market["id"], market.get("info")
    if not all(isinstance(each, str) and each for each in (name, base, quote)):
        raise ValueError(message("a pair without a name or currencies"))
    return TradingPair(
        id=name,
        base=base.upper(),
        quote=quote.upper(),
        is_open=market.get("active") is not False,
        is_leveraged=isinstance(info, dict) and _is_leveraged(info),
    )


def _is_leveraged(info: Mapping[str, Any]) -> bool:
    """KuCoin keeps leveraged tokens on a market of their own, Binance lets them be traded as such only."""
    permissions = info.get("permissions")
    return info.get("market") == "ETF" or (
        isinstance(permissions, list) and "LEVERAGED" in permissions and "SPOT" not in permissions
    )
