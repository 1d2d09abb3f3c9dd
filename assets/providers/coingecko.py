"""CoinGecko: the universe of coins, their market, supply, links and exchange tickers.

https://docs.coingecko.com/reference/introduction. Works without a key; a free demo key goes into a header.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final, NamedTuple
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator

from assets.identity.chains import BY_COINGECKO, address_on, chain_of, known_chain
from assets.identity.native_coins import BY_COINGECKO as NATIVE_COINS
from assets.identity.pool_types import pool_type_of
from assets.identity.venues import BY_COINGECKO as BY_COINGECKO_VENUE
from assets.identity.venues import currency_namespace
from assets.metrics.families import (
    BOOKS,
    CAPITAL,
    CONTRACT,
    DISCLOSURE,
    LISTING,
    MARKET,
    SUPPLY,
    TOKEN,
    USAGE,
)
from assets.metrics.sectors import is_sector
from assets.metrics.unit_changes import MARKET as SEEN_ON_THE_MARKET
from assets.metrics.unit_changes import SPLITS
from assets.metrics.unit_drifts import SETTLED_DAYS, drifts
from assets.metrics.unit_jumps import unit_jumps
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.listings import NamesListed, PlacesListed
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Change,
    Count,
    Flag,
    Moment,
    Name,
    Positive,
    PositiveShare,
    PositiveUsd,
    Price,
    RowReader,
    Text,
    Usd,
    VendorModel,
    error_in,
    handle_url,
    load_json,
    moment_of,
    positive_of,
    positive_usd_of,
    price_of,
    text_of,
    url_of,
)
from assets.sourcing.rows import (
    AssetRef,
    BookRow,
    CapitalReadingRow,
    CapitalRow,
    ContractRow,
    DisclosureRow,
    Identifier,
    ListingRow,
    MarketRow,
    Row,
    SupplyRow,
    UsageRow,
)

NAMESPACE: Final = "coingecko"
A_PAGE: Final = 250
IDS_A_CALL: Final = 100
HISTORY_DAYS: Final = 365
"""As far back as the free plan goes."""

MAJOR_RANK: Final = 1_000
"""Up to this rank by market cap a coin's name is worth taking: some $20 M and more. Our judgement."""

TICKERS_A_PAGE: Final = 100
MOST_TICKER_PAGES: Final = 3
"""Tickers come by trust and volume: what is left after three pages is no place to sell."""

LAST_IN_BRACKETS: Final = re.compile(r"\(([^()]+)\)$")
"""Of an exchange of pools the chain: "Uniswap V2 (Ethereum)"."""

MARKUP: Final = re.compile(r"<[^>]*>")


def in_usd(value: object) -> object:
    """`/coins/{id}` gives money in every currency, `/coins/markets` in the one that was asked for."""
    return value.get("usd") if isinstance(value, Mapping) else value


InUsd = BeforeValidator(in_usd)


class CoinGeckoMarket(VendorModel):
    """What a row of `/coins/markets` and the `market_data` of `/coins/{id}` have in common."""

    current_price: Annotated[Price, InUsd] = None
    market_cap: Annotated[PositiveUsd, InUsd] = None
    fully_diluted_valuation: Annotated[PositiveUsd, InUsd] = None
    total_volume: Annotated[Usd, InUsd] = None
    total_value_locked: Annotated[PositiveUsd, InUsd] = None
    price_change_percentage_24h: Change = None
    circulating_supply: Positive = None
    total_supply: Positive = None
    max_supply: Positive = None
    max_supply_infinite: Flag = None
    last_updated: Moment = None


class CoinGeckoCoin(VendorModel):
    id: Name
    symbol: Text = ""
    name: Text = ""
    market_cap_rank: Count = None
    last_updated: Moment = None


class CoinGeckoDevelopers(VendorModel):
    commit_count_4_weeks: Count = None


class CoinGeckoVenue(VendorModel):
    name: Name
    identifier: Text = ""

    @property
    def title(self) -> str:
        """As this exchange's own provider calls it, so that its book is not counted twice."""
        known = BY_COINGECKO_VENUE.get(self.identifier)
        return known.title if known else self.name


class CoinGeckoTicker(VendorModel):
    base: Name
    target: Name
    market: CoinGeckoVenue
    coin_id: Text = ""
    target_coin_id: Text = ""
    converted_last: Annotated[Price, InUsd] = None
    converted_volume: Annotated[Usd, InUsd] = None
    bid_ask_spread_percentage: PositiveShare = None
    cost_to_move_up_usd: Usd = None
    cost_to_move_down_usd: Usd = None
    is_stale: Flag = None
    is_anomaly: Flag = None
    last_traded_at: Moment = None
    last_fetch_at: Moment = None


class SupplyPoint(NamedTuple):
    at: datetime
    circulating: Decimal
    price_usd: Decimal


class CoinGecko(Provider):
    name = "coingecko"
    title = "CoinGecko"
    website = "https://www.coingecko.com"
    attribution = message("Data by CoinGecko")
    default_url = "https://api.coingecko.com/api/v3"
    rate = Rate(calls=29, per_s=60)
    daily_calls = 330
    families = (LISTING, MARKET, SUPPLY, DISCLOSURE, BOOKS)
    also_provides = (USAGE, CAPITAL, CONTRACT)
    brought_by = {USAGE: DISCLOSURE, CAPITAL: SUPPLY, CONTRACT: DISCLOSURE}
    fields = {
        MARKET: "price_usd volume_24h_usd market_cap_usd fully_diluted_usd price_change_24h_share",
        SUPPLY: "circulating total maximum uncapped",
        BOOKS: (
            "venue pair last_usd spread_share depth_up_usd depth_down_usd volume_24h_usd last_traded_at "
            "stale anomalous"
        ),
        USAGE: "tvl_usd",
        DISCLOSURE: "channels commits_4w",
        CONTRACT: "native_coin",
        CAPITAL: "subject read_since read_until event happened_on earliest_on ratio evidence",
    }
    per_asset = frozenset({SUPPLY, DISCLOSURE, BOOKS})
    in_batches = {MARKET: IDS_A_CALL}
    assets_a_call = {MARKET: A_PAGE, LISTING: 20_000}
    at_once = frozenset({LISTING})
    one_by_one = message("coin by coin")
    namespaces = (NAMESPACE,)
    known_by = message("CoinGecko id")

    def headers(self) -> dict[str, str]:
        return {"x-cg-demo-api-key": self.key} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """A coin that is not known, or no longer, is an answer about that coin."""
        return status_code == HTTPStatus.OK or (
            status_code == HTTPStatus.NOT_FOUND and request.family in self.per_asset
        )

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.identifiers is None:
            return self._of_universe(need)
        coins = [coin for _namespace, coin in known[: need.limit]]
        if need.family == MARKET:
            batches = [coins[start : start + IDS_A_CALL] for start in range(0, len(coins), IDS_A_CALL)]
            return tuple(_markets(page=1, ids=",".join(batch)) for batch in batches)
        ask = {SUPPLY: _history, DISCLOSURE: _detail, BOOKS: _tickers}[need.family]
        return tuple(ask(coin) for coin in coins)

    def _of_universe(self, need: Need) -> tuple[Request, ...]:
        if need.family == MARKET:
            return (_markets(page=1, left=need.limit),)
        context = {} if need.limit is None else {"left": str(need.limit)}
        return (
            Request(family=LISTING, path="/coins/list", params={"include_platform": "true"}, context=context),
        )

    def parse(self, raw: RawObservation) -> Parsed:
        body = load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(raw.request.context["coin"])
        if complaint := error_in(body):
            raise self.refusal(complaint)
        read = {
            LISTING: _listing,
            MARKET: _market,
            SUPPLY: _supplies,
            DISCLOSURE: _disclosure,
            BOOKS: _books,
        }
        return read[raw.request.family](body, raw)


# Calls --------------------------------------------------------------------------------


def _markets(*, page: int, left: int | None = None, ids: str = "") -> Request:
    params = {"vs_currency": "usd", "order": "market_cap_desc", "page": str(page), "per_page": str(A_PAGE)}
    return Request(
        family=MARKET,
        path="/coins/markets",
        params=params | ({"ids": ids} if ids else {}),
        context={} if left is None else {"left": str(left)},
    )


def _detail(coin: str) -> Request:
    wanted = dict.fromkeys(("market_data", "developer_data", "tickers"), "true")
    unwanted = dict.fromkeys(("localization", "community_data", "sparkline"), "false")
    return Request(
        family=DISCLOSURE,
        path=f"/coins/{quote(coin, safe='')}",
        params=wanted | unwanted,
        context={"coin": coin},
    )


def _history(coin: str) -> Request:
    return Request(
        family=SUPPLY,
        path=f"/coins/{quote(coin, safe='')}/market_chart",
        params={"vs_currency": "usd", "days": str(HISTORY_DAYS), "interval": "daily"},
        context={"coin": coin},
    )


def _tickers(coin: str, *, page: int = 1) -> Request:
    return Request(
        family=BOOKS,
        path=f"/coins/{quote(coin, safe='')}/tickers",
        params={"depth": "true", "dex_pair_format": "symbol", "page": str(page)},
        context={"coin": coin},
    )


# Bodies -------------------------------------------------------------------------------


def _list_in(body: object) -> list[Any]:
    if not isinstance(body, list):
        raise UnreadableError("CoinGecko sent something other than the list of coins it promises.")
    return body


def _listing(body: object, raw: RawObservation) -> Parsed:
    reader, coins, items = RowReader(), [], dict[str, Any]()
    for item in _list_in(body)[: _left(raw.request)]:
        coin = reader.read(CoinGeckoCoin, item)
        if coin and reader.is_first(coin.id, what=coin.id):
            coins.append((coin, dict(_addresses(item))))
            items[coin.id] = item
    owners = Counter(address for _coin, platforms in coins for address in platforms.values())
    rows: list[Row] = []
    for coin, platforms in coins:
        own = {chain: each for chain, each in platforms.items() if owners[each] == 1}
        if len(own) < len(platforms):
            reader.remark(
                "%(coin)s shares a contract address with another coin; it is left out.", coin=coin.id
            )
        are_all = own.keys() == platforms.keys() and _all_read(items[coin.id], platforms)
        rows.append(ListingRow(asset=_ref(coin, own, are_all=are_all), as_of=raw.fetched_at))
    names = NamesListed(namespace=NAMESPACE, values=frozenset(items))
    return reader.parsed(rows, listed=names if _left(raw.request) is None else None)


def _market(body: object, raw: RawObservation) -> Parsed:
    reader, left = RowReader(), _left(raw.request)
    items = _list_in(body)
    rows: list[Row] = []
    for item in items[:left]:
        coin = reader.read(CoinGeckoCoin, item)
        market = reader.read(CoinGeckoMarket, item) if coin else None
        if coin and market and reader.is_first(coin.id, what=coin.id):
            rows += _market_rows(_ref(coin), market, raw, reader)
            rows += _native(_ref(coin), raw, is_native=coin.id in NATIVE_COINS)
    is_last = len(items) < A_PAGE or "ids" in raw.request.params or (left is not None and left <= len(items))
    if is_last:
        return reader.parsed(rows)
    following = _markets(
        page=int(raw.request.params["page"]) + 1, left=None if left is None else left - len(items)
    )
    return reader.parsed(rows, following)


def _supplies(body: object, raw: RawObservation) -> Parsed:
    """The circulating supply at the beginning of each month of the last year: market cap / price; and days on
    which the two jump against each other."""
    coin = raw.request.context["coin"]
    history = body if isinstance(body, dict) else {}
    prices, caps = history.get("prices"), history.get("market_caps")
    if not isinstance(prices, list) or not isinstance(caps, list):
        raise UnreadableError("CoinGecko sent something other than the history of %(coin)s.", coin=coin)
    reader, asset = RowReader(), AssetRef(kind=TOKEN, identifiers=((NAMESPACE, coin),))
    points: list[SupplyPoint] = []
    for price, cap in zip(prices, caps, strict=False):
        try:
            point = _supply_then(price, cap, raw)
        except ValueError as error:
            reader.reject("A point of its history %(problem)s.", problem=error)
            continue
        if point:
            points.append(point)
    if not points:
        reader.remark("CoinGecko has no history of %(coin)s.", coin=coin)
        return reader.parsed([])
    points.sort(key=lambda each: each.at)
    monthly: dict[tuple[int, int], Row] = {}
    for each in points:
        row = SupplyRow(asset=asset, as_of=each.at, circulating=each.circulating)
        monthly.setdefault((each.at.year, each.at.month), row)
    return reader.parsed([*monthly.values(), *_redenominations(points, asset)])


def _redenominations(points: Sequence[SupplyPoint], asset: AssetRef) -> Iterator[Row]:
    """New units for old ones, which show as a supply and a price that jump against each other, or as a supply
    that changes by the same part day by day."""
    days = [each.at.timestamp() / 86_400 for each in points]
    supply, price = [float(each.circulating) for each in points], [float(each.price_usd) for each in points]
    for jump in unit_jumps(days, supply, price):
        is_known = jump.ratio == jump.ratio
        yield CapitalRow(
            asset=asset,
            as_of=points[jump.after].at,
            event="redenomination" if is_known else "unit_change",
            earliest_on=points[jump.before].at.date() + timedelta(days=1),
            happened_on=points[jump.after].at.date(),
            ratio=jump.ratio if is_known else None,
            evidence=SEEN_ON_THE_MARKET,
        )
    if drifts(days, supply):
        settled = points[-1].at - timedelta(days=SETTLED_DAYS)
        yield CapitalRow(
            asset=asset,
            as_of=settled,
            event="unit_change",
            earliest_on=points[0].at.date() + timedelta(days=1),
            happened_on=settled.date(),
            evidence=SEEN_ON_THE_MARKET,
        )
    yield CapitalReadingRow(
        asset=asset,
        as_of=points[-1].at,
        subject=SPLITS,
        read_since=points[0].at.date(),
        read_until=points[-1].at.date(),
    )


def _supply_then(price: object, cap: object, raw: RawObservation) -> SupplyPoint | None:
    """Of two points [ms, USD] of one moment; None where one is missing."""
    if not (isinstance(price, list) and isinstance(cap, list) and len(price) == len(cap) == 2):
        raise ValueError(message("is not a moment and a number"))
    moment, usd, cap_usd = moment_of(price[0]), price_of(price[1]), positive_usd_of(cap[1])
    if moment is None or moment != moment_of(cap[0]) or moment > raw.fetched_at or not usd or not cap_usd:
        return None
    circulating = positive_of(cap_usd / usd)
    return SupplyPoint(moment, circulating, usd) if circulating else None


def _disclosure(body: object, raw: RawObservation) -> Parsed:
    reader = RowReader()
    coin = reader.read(CoinGeckoCoin, body)
    if coin is None or not isinstance(body, dict) or coin.id != raw.request.context["coin"]:
        raise UnreadableError(
            "CoinGecko sent something other than %(coin)s.", coin=raw.request.context["coin"]
        )
    rows: list[Row] = []
    platforms = dict(_addresses(body))
    asset = _ref(coin, platforms, body, are_all=_all_read(body, platforms))
    if isinstance(body.get("market_data"), dict):
        market = reader.read(CoinGeckoMarket, {"last_updated": coin.last_updated} | body["market_data"])
        rows += _market_rows(asset, market, raw, reader) if market else ()
    rows += _native(asset, raw, is_native=_is_native(coin, body))
    if body.get("preview_listing") is True:
        reader.remark("CoinGecko shows %(name)s for preview only; it has not vetted it.", name=coin.name)
    for notice in _notices(body):
        reader.remark("CoinGecko notes: %(text)s", text=notice)
    links = body.get("links")
    if isinstance(links, dict):
        as_of = min(coin.last_updated or raw.fetched_at, raw.fetched_at)
        developers = reader.read(CoinGeckoDevelopers, body.get("developer_data") or {})
        rows.append(
            DisclosureRow(
                asset=asset,
                as_of=as_of,
                channels=dict(_channels(links)),
                # Who has no repository there has 0 commits.
                commits_4w=(developers.commit_count_4_weeks if developers else None) or None,
            )
        )
    rows += _busiest_books(coin.id, body, raw, reader)
    return reader.parsed(rows or [ListingRow(asset=asset, as_of=raw.fetched_at)])


def _busiest_books(coin: str, body: Mapping[str, Any], raw: RawObservation, reader: RowReader) -> list[Row]:
    """The tickers that come along with a coin: its first hundred at most, without their depth."""
    told = body.get("tickers")
    readable = [
        ticker
        for ticker in (
            reader.read(CoinGeckoTicker, item) for item in (told if isinstance(told, list) else ())
        )
        if ticker
    ]
    asset = AssetRef(kind=TOKEN, identifiers=((NAMESPACE, coin), *_codes(coin, readable)))
    return _books_of(readable, asset, raw, reader, coin=coin)


def _books_of(
    tickers: Sequence[CoinGeckoTicker], asset: AssetRef, raw: RawObservation, reader: RowReader, *, coin: str
) -> list[Row]:
    return [
        _book(ticker, asset, raw, coin=coin)
        for ticker in tickers
        if reader.is_first((ticker.market.title, _pair(ticker)), what=_pair(ticker))
    ]


def _books(body: object, raw: RawObservation) -> Parsed:
    coin, page = raw.request.context["coin"], int(raw.request.params["page"])
    tickers = body.get("tickers") if isinstance(body, dict) else None
    if not isinstance(tickers, list):
        raise UnreadableError("CoinGecko sent something other than the tickers of %(coin)s.", coin=coin)
    reader = RowReader()
    readable = [ticker for ticker in (reader.read(CoinGeckoTicker, item) for item in tickers) if ticker]
    is_whole = page == 1 and len(tickers) < TICKERS_A_PAGE and not reader.rejected
    asset = AssetRef(
        kind=TOKEN,
        identifiers=((NAMESPACE, coin), *_codes(coin, readable)),
        complete=("currency:",) if is_whole else (),
    )
    rows = _books_of(readable, asset, raw, reader, coin=coin)
    if is_whole:
        places = frozenset((ticker.market.title[:64], _pair(ticker)) for ticker in readable)
        return reader.parsed(rows, listed=PlacesListed(asset=asset, family=BOOKS, places=places))
    if len(tickers) < TICKERS_A_PAGE or page >= MOST_TICKER_PAGES:
        return reader.parsed(rows)
    return reader.parsed(rows, _tickers(coin, page=page + 1))


# Rows ---------------------------------------------------------------------------------


def _left(request: Request) -> int | None:
    return int(request.context["left"]) if "left" in request.context else None


def _addresses(item: Mapping[str, Any]) -> Iterator[tuple[str, Identifier]]:
    """The contracts of a coin by chain, its home chain first."""
    platforms = item.get("platforms")
    home = item.get("asset_platform_id")
    if not isinstance(platforms, dict):
        return
    for platform, address in sorted(platforms.items(), key=lambda each: each[0] != home):
        try:
            chain = chain_of(str(platform), BY_COINGECKO)
            yield chain, address_on(chain, address)
        except ValueError:
            continue  # Coins of a chain of their own have "" there.


def _ref(
    coin: CoinGeckoCoin,
    platforms: Mapping[str, Identifier] | None = None,
    body: Mapping[str, Any] | None = None,
    *,
    are_all: bool = False,
) -> AssetRef:
    """The coin with what is said of it; `are_all` says that these are all contracts it has."""
    home = (body or {}).get("asset_platform_id")
    home = chain_of(home, BY_COINGECKO) if isinstance(home, str) else ""
    categories = (body or {}).get("categories")
    listed = categories if isinstance(categories, list) else ()
    tags = [text_of(each) for each in listed if isinstance(each, str)]
    sectors = [tag for tag in tags if is_sector(tag)]
    return AssetRef(
        kind=TOKEN,
        identifiers=((NAMESPACE, coin.id), *(platforms or {}).values()),
        symbol=coin.symbol.upper(),
        name=coin.name,
        chain=next(iter(platforms or ()), ""),
        sector=sectors[0][:64] if sectors else "",
        tags=tuple(tags),
        links={"coingecko": f"https://www.coingecko.com/en/coins/{quote(coin.id, safe='')}"},
        complete=("address:",) if are_all else (),
        home=home if home in (platforms or {}) else "",
        major=0 < (coin.market_cap_rank or 0) <= MAJOR_RANK,
    )


def _all_read(item: Mapping[str, Any], platforms: Mapping[str, Identifier]) -> bool:
    """Whether each contract that the coin has could be read; a coin of its own chain has "" there."""
    told = item.get("platforms")
    return isinstance(told, dict) and sum(bool(each) for each in told.values()) == len(platforms)


def _is_native(coin: CoinGeckoCoin, body: Mapping[str, Any]) -> bool:
    """Whether it is issued by its own chain: known as such, or said to be on no platform.

    The coin of a chain of its own has no platform and as the one place of a contract "". A contract that is
    only not told has the platform's name, and what nobody has vetted yet has no platform either.
    """
    platforms = body.get("platforms")
    says_so = "asset_platform_id" in body and body["asset_platform_id"] is None
    says_so &= isinstance(platforms, dict) and not any((*platforms, *platforms.values()))
    return coin.id in NATIVE_COINS or (says_so and body.get("preview_listing") is not True)


def _native(asset: AssetRef, raw: RawObservation, *, is_native: bool) -> list[Row]:
    return [ContractRow(asset=asset, as_of=raw.fetched_at, native_coin=True)] if is_native else []


def _market_rows(
    asset: AssetRef, market: CoinGeckoMarket, raw: RawObservation, reader: RowReader
) -> list[Row]:
    as_of = min(market.last_updated or raw.fetched_at, raw.fetched_at)
    if (market.circulating_supply or 0) > (market.total_supply or market.circulating_supply or 0):
        reader.remark(
            "%(name)s: more is circulating than there is in total.", name=asset.name or asset.symbol
        )
    uncapped = market.max_supply_infinite if market.max_supply is None else False
    rows: list[Row] = [
        MarketRow(
            asset=asset,
            as_of=as_of,
            price_usd=market.current_price,
            volume_24h_usd=market.total_volume,
            market_cap_usd=market.market_cap,
            fully_diluted_usd=market.fully_diluted_valuation,
            price_change_24h_share=market.price_change_percentage_24h,
        ),
        SupplyRow(
            asset=asset,
            as_of=as_of,
            circulating=market.circulating_supply,
            total=market.total_supply,
            maximum=market.max_supply,
            uncapped=uncapped,
        ),
    ]
    if market.total_value_locked is not None:
        rows.append(UsageRow(asset=asset, as_of=as_of, tvl_usd=market.total_value_locked))
    return rows


def _pair(ticker: CoinGeckoTicker) -> str:
    return f"{ticker.base}/{ticker.target}"[:160]


def _book(ticker: CoinGeckoTicker, asset: AssetRef, raw: RawObservation, *, coin: str) -> BookRow:
    """A ticker gives the last price of its base, not its quotes: bid and ask stay unknown.

    Who sells the target of a pair buys its base. A pool among the tickers has no book: CoinGecko works its
    spread out of the pool's fee and volume.
    """
    sides = ticker.cost_to_move_up_usd, ticker.cost_to_move_down_usd
    is_target = ticker.target_coin_id == coin != ticker.coin_id
    depth_up, depth_down = sides[::-1] if is_target else sides
    return BookRow(
        asset=asset,
        as_of=min(ticker.last_fetch_at or raw.fetched_at, raw.fetched_at),
        venue=ticker.market.title[:64],
        pair=_pair(ticker),
        last_usd=ticker.converted_last if ticker.coin_id == coin else None,
        spread_share=None if _is_pool(ticker) else ticker.bid_ask_spread_percentage,
        depth_up_usd=depth_up,
        depth_down_usd=depth_down,
        volume_24h_usd=ticker.converted_volume,
        last_traded_at=ticker.last_traded_at,
        stale=ticker.is_stale,
        anomalous=ticker.is_anomaly,
    )


def _is_pool(ticker: CoinGeckoTicker) -> bool:
    """Whether it is traded in pools, which CoinGecko lists among exchanges: by its kind, or by the chain that
    its title ends with."""
    chain = LAST_IN_BRACKETS.search(ticker.market.title)
    return bool(pool_type_of(ticker.market.identifier) or (chain and known_chain(chain[1])))


def _codes(coin: str, tickers: Sequence[CoinGeckoTicker]) -> list[Identifier]:
    """The coin's code at each exchange that we can ask for its book."""
    codes = {
        (currency_namespace(venue.name), ticker.base)
        for ticker in tickers
        if ticker.coin_id == coin and (venue := BY_COINGECKO_VENUE.get(ticker.market.identifier))
    }
    return sorted(codes)


def _notices(body: Mapping[str, Any]) -> Iterator[str]:
    """What it warns of: a new contract, an attack, a dispute about the supply; without the HTML."""
    more = body.get("additional_notices")
    for each in (body.get("public_notice"), *(more if isinstance(more, list) else ())):
        if isinstance(each, str) and (text := text_of(MARKUP.sub("", each))):
            yield text[:500]


def _channels(links: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The official channels, one address each; what is empty or no address is left out."""
    repositories = links.get("repos_url")
    found = {
        "homepage": _first_url(links.get("homepage")),
        "whitepaper": _first_url(links.get("whitepaper")),
        "github": _first_url(repositories.get("github") if isinstance(repositories, dict) else None),
        "x": handle_url("https://x.com/", links.get("twitter_screen_name")),
        "telegram": handle_url("https://t.me/", links.get("telegram_channel_identifier")),
        "discord": _first_url(links.get("chat_url"), host="discord"),
        "reddit": _first_url(links.get("subreddit_url"), host="reddit"),
        "forum": _first_url(links.get("official_forum_url")),
    }
    return ((channel, url) for channel, url in found.items() if url)


def _first_url(links: object, *, host: str = "") -> str:
    """The first address that leads somewhere; a bare `https://www.reddit.com` is CoinGecko's null."""
    for each in links if isinstance(links, list) else [links]:
        url = url_of(each)
        if url and host in (urlsplit(url).hostname or "") and (not host or urlsplit(url).path.strip("/")):
            return url
    return ""
