"""CoinPaprika: who is behind a coin, its official channels, its price and its supply.

https://api.coinpaprika.com. Works without a key, 20,000 calls a month. It knows coins by ids of its own
("eth-ethereum"). A symbol or a name is nobody's identity, so that a coin is asked for by its id, by the table
of chains' own coins, or by its contract, which redirects to its ticker.

What it doesn't know stands there as 0 or as an empty list: a team that it doesn't name is no team of nobody.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlsplit

from assets.identity.chains import address_on, namespace_of
from assets.identity.native_coins import FROM_COINPAPRIKA, TO_COINPAPRIKA
from assets.metrics.families import DISCLOSURE, MARKET, SUPPLY, TOKEN
from assets.sourcing.contract import Need, Parsed, Provider, Rate, RawObservation, Request, UnreadableError
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Change,
    Moment,
    Name,
    Positive,
    PositiveUsd,
    Price,
    RowReader,
    Text,
    Usd,
    VendorModel,
    error_in,
    load_json,
    text_of,
    url_of,
)
from assets.sourcing.rows import AssetRef, DisclosureRow, Identifier, MarketRow, Row, SupplyRow

NAMESPACE: Final = "coinpaprika"
COINGECKO: Final = "coingecko"

PLATFORMS: Final[Mapping[str, str]] = {
    "ethereum": "eth-ethereum",
    "bsc": "bnb-binance-coin",
    "solana": "sol-solana",
    "avalanche": "avax-avalanche",
    "fantom": "ftm-fantom",
    "tron": "trx-tron",
}
"""The chains of contracts that it can be asked about: each by the id of the chain's own coin."""
CHAINS: Final = {platform: chain for chain, platform in PLATFORMS.items()}

PSEUDONYMS: Final = frozenset({"satoshi nakamoto", "nicolas van saberhagen"})
"""Names of a person's form that nobody bears."""

CHANNELS: Final[Mapping[str, tuple[str, str]]] = {
    "homepage": ("website", ""),
    "github": ("source_code", "github.com"),
    "x": ("twitter", ""),
    "telegram": ("telegram", ""),
    "discord": ("discord", ""),
    "reddit": ("reddit", ""),
    "forum": ("message_board", ""),
}
"""Our name of a channel: their type of the link, and the host that it has to have."""


class CoinPaprikaQuote(VendorModel):
    price: Price = None
    volume_24h: Usd = None
    market_cap: PositiveUsd = None
    percent_change_24h: Change = None


class CoinPaprikaTicker(VendorModel):
    id: Name
    name: Text = ""
    symbol: Text = ""
    total_supply: Positive = None
    max_supply: Positive = None
    last_updated: Moment = None


class CoinPaprikaCoin(VendorModel):
    id: Name
    name: Text = ""
    symbol: Text = ""


class CoinPaprikaPerson(VendorModel):
    name: Name


class CoinPaprikaLink(VendorModel):
    url: Name
    type: Text = ""


class CoinPaprikaContract(VendorModel):
    contract: Name
    platform: Text = ""


class CoinPaprika(Provider):
    name = "coinpaprika"
    title = "CoinPaprika"
    website = "https://coinpaprika.com"
    attribution = message("Data by CoinPaprika")
    default_url = "https://api.coinpaprika.com/v1"
    rate = Rate(calls=60, per_s=60)
    daily_calls = 650
    families = (DISCLOSURE, MARKET)
    also_provides = (SUPPLY,)
    brought_by = {SUPPLY: MARKET}
    fields = {
        DISCLOSURE: "channels team",
        MARKET: "price_usd volume_24h_usd market_cap_usd price_change_24h_share",
        SUPPLY: "total maximum",
    }
    per_asset = frozenset({DISCLOSURE, MARKET})
    for_interest = frozenset({DISCLOSURE, MARKET})  # most coins can't be asked about: neither id nor contract
    one_by_one = message("coin by coin")
    namespaces = (NAMESPACE, COINGECKO, *map(namespace_of, PLATFORMS))
    known_by = message("CoinPaprika id or contract")

    def accepts(self, request: Request, status_code: int) -> bool:
        """A coin that it doesn't know is an answer about that coin."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        """Its own id, or what it calls a chain's own coin; else the contracts."""
        ids = [each for each in identifiers if each[0] == NAMESPACE]
        ids += [
            (NAMESPACE, TO_COINPAPRIKA[value])
            for namespace, value in identifiers
            if namespace == COINGECKO and value in TO_COINPAPRIKA
        ]
        contracts = [each for each in identifiers if each[0] in map(namespace_of, PLATFORMS)]
        return tuple(dict.fromkeys(ids)) or tuple(contracts)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, value = known[0]
        if namespace == NAMESPACE:
            return (_call(need.family, value),)
        chain = namespace.removeprefix("address:")
        return (
            Request(
                family=need.family,
                path=f"/contracts/{PLATFORMS[chain]}/{quote(value, safe='')}",
                context={"chain": chain, "address": value},
            ),
        )

    def parse(self, raw: RawObservation) -> Parsed:
        context, body = raw.request.context, load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(context.get("coin") or context["address"])
        if complaint := error_in(body):
            raise self.refusal(complaint)
        is_of_coin = raw.request.family == DISCLOSURE and "coin" in context
        return _disclosure(body, raw) if is_of_coin else _ticker(body, raw)


def _call(family: str, coin: str, *, of: Mapping[str, str] | None = None) -> Request:
    page = "coins" if family == DISCLOSURE else "tickers"
    return Request(
        family=family, path=f"/{page}/{quote(coin, safe='')}", context={"coin": coin, **(of or {})}
    )


def _asked(raw: RawObservation, coin: str) -> tuple[Identifier, ...]:
    """Whom it was asked about: a contract speaks for itself, and names the coin."""
    context = raw.request.context
    if "address" in context:
        return address_on(context["chain"], context["address"]), (NAMESPACE, coin)
    known = FROM_COINPAPRIKA.get(coin, "")
    return (NAMESPACE, coin), *(((COINGECKO, known),) if known else ())


def _ref(coin: CoinPaprikaCoin | CoinPaprikaTicker, identifiers: tuple[Identifier, ...]) -> AssetRef:
    return AssetRef(
        kind=TOKEN,
        identifiers=identifiers,
        symbol=coin.symbol,
        name=coin.name,
        links={"coinpaprika": f"https://coinpaprika.com/coin/{quote(coin.id, safe='')}/"},
    )


def _another(raw: RawObservation) -> UnreadableError:
    context = raw.request.context
    return UnreadableError(
        "CoinPaprika sent something other than %(coin)s.", coin=context.get("coin") or context["address"]
    )


# Price and supply -----------------------------------------------------------------------


def _ticker(body: object, raw: RawObservation) -> Parsed:
    reader, context = RowReader(), raw.request.context
    ticker = reader.read(CoinPaprikaTicker, body)
    if ticker is None or not isinstance(body, dict) or ticker.id != context.get("coin", ticker.id):
        raise _another(raw)
    if raw.request.family == DISCLOSURE:
        return reader.parsed([], _call(DISCLOSURE, ticker.id, of=context))
    quotes = body.get("quotes")
    quoted = reader.read(CoinPaprikaQuote, quotes.get("USD") if isinstance(quotes, dict) else None)
    asset = _ref(ticker, _asked(raw, ticker.id))
    as_of = min(ticker.last_updated or raw.fetched_at, raw.fetched_at)
    rows: list[Row] = [
        SupplyRow(asset=asset, as_of=as_of, total=ticker.total_supply, maximum=ticker.max_supply)
    ]
    if quoted:
        rows.append(
            MarketRow(
                asset=asset,
                as_of=as_of,
                price_usd=quoted.price,
                volume_24h_usd=quoted.volume_24h,
                market_cap_usd=quoted.market_cap,
                price_change_24h_share=quoted.percent_change_24h,
            )
        )
    return reader.parsed(rows)


# Team and channels ----------------------------------------------------------------------


def _disclosure(body: object, raw: RawObservation) -> Parsed:
    reader = RowReader()
    coin = reader.read(CoinPaprikaCoin, body)
    if coin is None or not isinstance(body, dict) or coin.id != raw.request.context["coin"]:
        raise _another(raw)
    contracts = tuple(_contracts(body, reader))
    asked = _asked(raw, coin.id)
    if contracts and "address" in raw.request.context and asked[0] not in contracts:
        reader.remark(
            "%(name)s has other contracts than the one asked for; it is left out.", name=coin.name or coin.id
        )
        return reader.parsed([])
    row = DisclosureRow(
        asset=_ref(coin, tuple(dict.fromkeys((*asked, *contracts)))),
        as_of=raw.fetched_at,
        channels=dict(_channels(body, reader)),
        team=_team(body, reader),
    )
    return reader.parsed([row])


def _items(body: Mapping[str, Any], name: str) -> list[Any]:
    items = body.get(name)
    return items if isinstance(items, list) else []


def _contracts(body: Mapping[str, Any], reader: RowReader) -> Iterator[Identifier]:
    for item in _items(body, "contracts"):
        listed = reader.read(CoinPaprikaContract, item)
        chain = CHAINS.get(listed.platform) if listed else None
        if listed and chain:
            try:
                yield address_on(chain, listed.contract)
            except ValueError as error:
                reader.reject("A contract %(problem)s.", problem=error)


def _team(body: Mapping[str, Any], reader: RowReader) -> str:
    """ "named" where a first and a last name stand there, "pseudonymous" where nothing but handles do; an
    empty list says nothing."""
    people = [
        person.name for item in _items(body, "team") if (person := reader.read(CoinPaprikaPerson, item))
    ]
    if not people:
        return ""
    return "named" if any(map(_is_persons, people)) else "pseudonymous"


def _is_persons(name: str) -> bool:
    """Whether this is a first and a last name, each of letters and no handle."""
    words = [word.strip(".,'’-") for word in text_of(name).split()]
    are_names = sum(len(word) > 1 and word[0].isupper() and not any(map(str.isdigit, word)) for word in words)
    return are_names > 1 and text_of(name).casefold() not in PSEUDONYMS


def _channels(body: Mapping[str, Any], reader: RowReader) -> Iterator[tuple[str, str]]:
    """The official channels, one address each."""
    links = [link for item in _items(body, "links_extended") if (link := reader.read(CoinPaprikaLink, item))]
    for channel, (kind, host) in CHANNELS.items():
        urls = (url_of(link.url) for link in links if link.type == kind)
        found = next((url for url in urls if url and host in (urlsplit(url).hostname or "")), "")
        if found:
            yield channel, found
    paper = body.get("whitepaper")
    if isinstance(paper, dict) and (url := url_of(paper.get("link"))):
        yield "whitepaper", url
