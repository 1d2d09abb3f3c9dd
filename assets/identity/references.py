"""References to assets as people write them: tickers, contract addresses, CIKs, names, links of explorers.

A reference says what a text can mean; which asset that is, if any, is for others to look up.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

from assets.identity.addresses import written
from assets.identity.chains import CHAINS, address_on, known_chain, namespace_of
from assets.identity.tickers import LINE, normal_ticker
from assets.identity.venues import is_exchange
from assets.metrics.families import EQUITY, TOKEN
from assets.sourcing.messages import message
from assets.sourcing.rows import Identifier

LONGEST: Final = 200
LONGEST_NAME: Final = 100
SHORTEST_HEX: Final = 50
"""Digits of an address of a chain that leaves out leading zeros; fewer are rather a damaged one of an EVM."""

AROUND: Final = " \t\"'`“”‘’«»<>[]()•"
CIK: Final = re.compile(r"cik[\s:#-]*0*([1-9]\d{0,9})", re.IGNORECASE)
PADDED_CIK: Final = re.compile(r"(?=\d{10}$)0+([1-9]\d*)")
DIGITS: Final = re.compile(r"[1-9]\d{0,9}")
DECIMAL: Final = re.compile(r"[-+]?[$€£]?\d*[.,]\d+%?|[-+][$€£]?\d+%?|[$€£]\d+")
PREFIXED: Final = re.compile(r"(?P<prefix>[A-Za-z][\w .&-]{0,30}?)\s*:\s*(?P<rest>\S(?:.*\S)?)")
CAIP: Final = re.compile(r"(?P<prefix>eip155:\d+|solana:[A-Za-z0-9]+)[:/](?:\w+:)?(?P<rest>\S+)")
TOKEN_STANDARD: Final = re.compile(r"(?:erc20|bep20|trc20|spl|token):", re.IGNORECASE)
US_LISTING: Final = re.compile(r"([A-Z][A-Z./-]{0,9})[ :](?:US|UN|UW|UQ|UR|UP)(?: Equity)?", re.ASCII)
PAIR: Final = re.compile(
    r"([\w$.]{1,20})[/_-](?:USDT?|USDC|EUR|BTC|ETH|SOL|WETH|WBNB|BNB|PERP)", re.IGNORECASE
)
JOINED_PAIR: Final = re.compile(r"(\w{2,15}?)(?:USDT|USDC|USD|PERP)(?:\.P)?", re.IGNORECASE)
SHORTENED: Final = re.compile(r"(?:0x)?[0-9A-Za-z]{2,}(?:…|\.{2,})[0-9A-Za-z]{2,}")
HEX: Final = re.compile(r"0x[0-9a-f]*", re.IGNORECASE)
HEX_IN_LINK: Final = re.compile(r"0x[0-9a-fA-F]{40}(?![0-9a-fA-F])")
BASE58: Final = re.compile(r"(?=.*\d)[1-9A-HJ-NP-Za-km-z]{32,44}")

US_EXCHANGES: Final = frozenset(
    (
        *("NASDAQ", "NASDAQGS", "NASDAQGM", "NASDAQCM", "NYSE", "NYSEARCA", "NYSEAMERICAN", "NYSEMKT"),
        *("AMEX", "BATS", "CBOE", "OTC", "OTCMKTS", "OTCMARKETS", "OTCQB", "OTCQX", "OTCID", "OTCPK"),
        *("OTCBB", "PINK", "PINX", "PINKSHEETS", "GREY", "EXPERT", "XNAS", "XNYS", "XASE", "ARCX"),
        *("OOTC", "PSGM", "OTCM", "US"),
    )
)
CRYPTO_EXCHANGES: Final = frozenset(
    ["COINBASE", "BYBIT", "OKX", "BITGET", "HTX", "HUOBI", "CRYPTO", "UNISWAP", "RAYDIUM", "PANCAKESWAP"]
)
"""Besides those that we have from ccxt by its own names."""

LINKED_CHAINS: Final = {
    "etherscan.io": "ethereum",
    "bscscan.com": "bsc",
    "basescan.org": "base",
    "arbiscan.io": "arbitrum",
    "polygonscan.com": "polygon",
    "snowtrace.io": "avalanche",
    "solscan.io": "solana",
    "tronscan.org": "tron",
    "suiscan.xyz": "sui",
    "tonviewer.com": "ton",
}
"""Explorers of one chain, by the end of their host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetReference:
    """What a text can mean.

    `identifiers` name one asset each and are certain; `lines` are US tickers, which share their letters with
    tokens; `tickers` are symbols or names, the likelier first. `kind` and `chain` narrow these down. With a
    `problem` it names nothing.
    """

    text: str
    identifiers: tuple[Identifier, ...] = ()
    lines: tuple[Identifier, ...] = ()
    tickers: tuple[str, ...] = ()
    kind: str = ""
    chain: str = ""
    problem: str = ""
    words: tuple[str, ...] = field(default=())
    """The parts between spaces, each of which may be a reference of its own; none of what is certain."""

    @property
    def is_certain(self) -> bool:
        return bool(self.identifiers)


def read_reference(text: str) -> AssetReference:
    """What a line or a cell names; never raises."""
    plain = " ".join(text.strip(AROUND).split())
    if not any(map(str.isalnum, plain)):
        return _wrong(text, message("names no asset"))
    if len(plain) > LONGEST:
        return _wrong(plain[:LONGEST], message("is too long for a symbol, a name or an address"))
    for read in (_link, _cik, _on_chain, _listed, _address):
        if (found := read(plain)) is not None:
            return found
    return _named(plain)


def _wrong(text: str, problem: str) -> AssetReference:
    return AssetReference(text=text, problem=problem)


def _link(text: str) -> AssetReference | None:
    """An address of an explorer, or of a register of coins, whose page is about one asset."""
    if "://" not in text and not text.lower().startswith("www."):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, path = (
            (parts.hostname or "").removeprefix("www."),
            [each for each in unquote(parts.path).split("/") if each],
        )
    except ValueError:
        return _wrong(text, message("is not a link that can be read"))
    if host.endswith("coingecko.com") and "coins" in path[:-1]:
        return AssetReference(text=text, identifiers=(("coingecko", path[path.index("coins") + 1]),))
    chain = next((name for end, name in LINKED_CHAINS.items() if host == end or host.endswith(f".{end}")), "")
    chain = chain or next((name for each in path if (name := known_chain(each))), "")
    for part in reversed(path):
        found = _on(chain, part) if chain else _address(part)
        if found is not None and found.is_certain:
            return AssetReference(text=text, identifiers=found.identifiers)
    return _wrong(text, message("is a link without a contract address; paste the address itself"))


def _cik(text: str) -> AssetReference | None:
    found = CIK.fullmatch(text) or PADDED_CIK.fullmatch(text)
    return AssetReference(text=text, identifiers=(("cik", found[1]),)) if found else None


def _on_chain(text: str) -> AssetReference | None:
    """`base:0x…`, also as CAIP-10 and CAIP-19 write it; behind a chain may stand a symbol as well."""
    found = CAIP.fullmatch(text) or PREFIXED.fullmatch(text)
    chain = _chain_of(found["prefix"]) if found else ""
    if not found or not chain:
        return None
    rest = TOKEN_STANDARD.sub("", found["rest"]).strip()
    on = _on(chain, rest)
    if on.is_certain:
        return AssetReference(text=text, identifiers=on.identifiers)
    if not _is_symbol(rest):
        return AssetReference(text=text, problem=on.problem)
    if is_exchange(found["prefix"].lower()):  # Some chains are called as an exchange is.
        return None
    return AssetReference(text=text, tickers=(rest.lstrip("$"),), kind=TOKEN, chain=chain)


def _chain_of(prefix: str) -> str:
    name, _sign, _genesis = prefix.partition(":") if prefix.startswith("solana:") else (prefix, "", "")
    return known_chain(name)


def _on(chain: str, address: str) -> AssetReference:
    try:
        return AssetReference(text=address, identifiers=(address_on(chain, address, typed=True),))
    except ValueError as error:
        return _wrong(address, str(error))


def _is_symbol(text: str) -> bool:
    return len(text.lstrip("$")) <= 15 and not HEX.fullmatch(text) and " " not in text


def _listed(text: str) -> AssetReference | None:
    """`NASDAQ:ABCD`, `ABCD US Equity`, `KRAKEN:PEPEUSD`."""
    if listed := US_LISTING.fullmatch(text):
        return _line(text, listed[1])
    found = PREFIXED.fullmatch(text)
    if not found:
        return None
    place, rest = re.sub(r"[\s_.-]", "", found["prefix"]).upper(), found["rest"]
    if place in US_EXCHANGES or rest.upper() == "US":
        return _line(text, found["prefix"] if place not in US_EXCHANGES else rest)
    if place in CRYPTO_EXCHANGES or is_exchange(place.lower()):
        pair = PAIR.fullmatch(rest) or JOINED_PAIR.fullmatch(rest)
        return AssetReference(
            text=text, tickers=tuple(dict.fromkeys((pair[1] if pair else rest, rest))), kind=TOKEN
        )
    if _address(text) is not None:  # Stellar and TON have a colon within.
        return None
    return _wrong(text, message("begins with no chain and no exchange that is known here"))


def _line(text: str, ticker: str) -> AssetReference:
    try:
        normal = normal_ticker(ticker)
    except ValueError as error:
        return _wrong(text, str(error))
    return AssetReference(text=text, lines=((LINE, normal),), tickers=(ticker,), kind=EQUITY)


def _address(text: str) -> AssetReference | None:
    """A contract on any chain whose addresses are written so; what can only be a damaged one is wrong."""
    if " " in text:
        return None
    identifiers = _on_any_chain(text)
    if identifiers:
        return AssetReference(text=text, identifiers=identifiers)
    if SHORTENED.fullmatch(text):
        return _wrong(text, message("is a shortened address; paste the whole one"))
    if HEX.fullmatch(text):
        return _wrong(text, message("is not a contract address, or has a typing error"))
    if BASE58.fullmatch(text):
        return _wrong(text, message("is not a contract address, or has a typing error"))
    return None


def _on_any_chain(text: str) -> tuple[Identifier, ...]:
    by_form = {form: written(text, form=form) for form in _forms() if _may_be(text, form)}
    return tuple((namespace_of(each.name), by_form[each.form]) for each in CHAINS if by_form.get(each.form))


@cache
def _forms() -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.form for each in CHAINS))


def _may_be(text: str, form: str) -> bool:
    """Some forms take any word for an address: without a chain said these need more to go by."""
    if form in {"felt", "move"}:
        return len(text) >= SHORTEST_HEX
    if form == "near":
        return text.endswith(".near")
    if form == "algorand":
        return False
    if form == "tron":
        return not HEX.fullmatch(text) and len(text) == 34
    return form != "cosmos" or "/" in text or (len(text) > 38 and "1" in text)


def _named(text: str) -> AssetReference:
    """A symbol or a name; digits alone may be a CIK as well."""
    if DECIMAL.fullmatch(text):
        return _wrong(
            text, message("is a number; name the columns in a first line to give a target or a stop")
        )
    bare = text.lstrip("$#").strip()
    if not bare or len(bare) > LONGEST_NAME:
        return _wrong(text, message("is too long for a symbol, a name or an address"))
    pair = PAIR.fullmatch(bare)
    words = tuple(bare.split())
    return AssetReference(
        text=text,
        lines=(*_lines(bare), *((("cik", bare),) if DIGITS.fullmatch(bare) else ())),
        tickers=tuple(dict.fromkeys((bare, *((pair[1],) if pair else ())))),
        words=words if len(words) > 1 else (),
    )


def _lines(text: str) -> tuple[Identifier, ...]:
    try:
        return ((LINE, normal_ticker(text)),) if " " not in text else ()
    except ValueError:
        return ()
