"""GeckoTerminal: pools on decentralised exchanges, their tokens, daily candles, holders and links.

https://api.geckoterminal.com/docs/index.html. Needs no key. JSON:API bodies with numbers as text.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import quote

from pydantic import BeforeValidator

from assets.identity.chains import (
    BY_GECKOTERMINAL,
    TO_GECKOTERMINAL,
    address_on,
    chain_of,
    namespace_of,
    pool_on,
)
from assets.identity.counterparts import is_listed
from assets.identity.pool_types import pool_type_of
from assets.metrics.contract import ONE_PROGRAM_CHAINS
from assets.metrics.families import (
    CANDLES,
    CONTRACT,
    DISCLOSURE,
    HOLDERS,
    MARKET,
    POOLS,
    SUPPLY,
    TOKEN,
    TRADES,
)
from assets.metrics.pools import BONDING_CURVE
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.jsonapi import Document, attributes, related
from assets.sourcing.listings import PlacesListed
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Amount,
    Count,
    Happened,
    Moment,
    Name,
    Portion,
    Positive,
    PositiveUsd,
    Price,
    RowReader,
    Text,
    Usd,
    VendorModel,
    address_of,
    decimal_of,
    error_in,
    handle_url,
    load_json,
    moment_of,
    positive_of,
    price_of,
    text_of,
    url_of,
    usd_of,
)
from assets.sourcing.rows import (
    AssetRef,
    CandleRow,
    ContractRow,
    DisclosureRow,
    HolderRow,
    Identifier,
    ListingRow,
    MarketRow,
    PoolRow,
    Row,
    SupplyRow,
    TradeRow,
)

LISTS: Final = ("new_pools", "pools")
"""A universe is walked by its newest pools and by its most traded ones."""

MOST_PAGES: Final = 1000
"""A list ends at its first empty page (the free interface ends it at ten); this only bounds a broken one."""

POOLS_A_PAGE: Final = 20
"""Of a token the first page is read: a full one may have been cut."""

CANDLES_A_CALL: Final = 180
NAMES: Final = ("address", "name", "symbol", "coingecko_coin_id")
ROUNDING: Final = Decimal("1.01")
"""Prices and caps come rounded: this much more in circulation than in total is no contradiction."""

NO_SUCH_PAGE: Final = frozenset({400, 401, 403, 404, 422})
FEE_IN_NAME: Final = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)%$")


def last_day(value: object) -> object:
    """Of the figures given for several spans, that of 24 hours."""
    return value.get("h24") if isinstance(value, Mapping) else value


LastDay = BeforeValidator(last_day)


def flag_of(value: object) -> bool | None:
    """Yes or no, in words or as such; "unknown" is what nobody examined."""
    if isinstance(value, str):
        value = {"yes": True, "no": False, "true": True, "false": False, "unknown": None, "": None}.get(
            value.strip().casefold(), value
        )
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(message("is neither yes nor no"))


Flag = Annotated[bool | None, BeforeValidator(flag_of)]


def graduation_of(value: object) -> float | None:
    """Percent of a launchpad's sale, as a share; it comes a little below 0 after the first fee."""
    percent = decimal_of(value)
    return None if percent is None else min(max(float(percent) / 100, 0.0), 1.0)


Graduation = Annotated[float | None, BeforeValidator(graduation_of)]


class GeckoTerminalTradeCounts(VendorModel):
    """`buyers` and `sellers` are accounts: who does both is one of each."""

    buys: Count = None
    sells: Count = None
    buyers: Count = None
    sellers: Count = None


class GeckoTerminalPool(VendorModel):
    address: Name
    name: Text = ""
    base_token_price_usd: Price = None
    quote_token_price_usd: Price = None
    reserve_in_usd: Usd = None
    volume_usd: Annotated[Usd, LastDay] = None
    transactions: Annotated[GeckoTerminalTradeCounts | None, LastDay] = None
    pool_fee_percentage: Portion = None
    locked_liquidity_percentage: Portion = None
    pool_created_at: Moment = None


class GeckoTerminalLaunch(VendorModel):
    graduation_percentage: Graduation = None
    completed: Flag = None
    completed_at: Moment = None
    migrated_destination_pool_address: Text = ""


class GeckoTerminalToken(VendorModel):
    address: Name
    name: Text = ""
    symbol: Text = ""
    coingecko_coin_id: Text = ""
    price_usd: Price = None
    fdv_usd: PositiveUsd = None
    market_cap_usd: PositiveUsd = None
    normalized_total_supply: Positive = None
    volume_usd: Annotated[Usd, LastDay] = None
    launchpad_details: GeckoTerminalLaunch | None = None


class GeckoTerminalTrade(VendorModel):
    id: Name
    block_timestamp: Happened
    tx_from_address: Text = ""
    from_token_address: Text = ""
    to_token_address: Text = ""
    from_token_amount: Amount = None
    to_token_amount: Amount = None
    price_from_in_usd: Price = None
    price_to_in_usd: Price = None
    volume_in_usd: Usd = None


class GeckoTerminalDistribution(VendorModel):
    top_10: Portion = None


class GeckoTerminalHolders(VendorModel):
    count: Count = None
    distribution_percentage: GeckoTerminalDistribution | None = None
    last_updated: Moment = None


class GeckoTerminalInfo(GeckoTerminalToken):
    websites: list[Any] | None = None
    discord_url: Text = ""
    telegram_handle: Text = ""
    twitter_handle: Text = ""
    metadata_updated_at: Moment = None
    holders: GeckoTerminalHolders | None = None
    is_honeypot: Flag = None
    mint_authority: Flag = None
    freeze_authority: Flag = None
    developer_address: Text = ""
    developer_holding_percentage: Portion = None


class GeckoTerminal(Provider):
    name = "geckoterminal"
    title = "GeckoTerminal"
    website = "https://www.geckoterminal.com"
    attribution = message("Data by GeckoTerminal")
    default_url = "https://api.geckoterminal.com/api/v2"
    rate = Rate(calls=29, per_s=60)
    networks = ("solana", "eth", "base", "bsc")
    families = (POOLS, MARKET, CANDLES, TRADES, HOLDERS)
    also_provides = (SUPPLY, CONTRACT, DISCLOSURE)
    brought_by = {SUPPLY: MARKET, CONTRACT: HOLDERS, DISCLOSURE: HOLDERS}
    fields = {
        MARKET: (
            "price_usd volume_24h_usd market_cap_usd fully_diluted_usd launch_sold_share "
            "launch_completed launch_completed_at launch_pool"
        ),
        SUPPLY: "circulating total",
        POOLS: (
            "address dex pair price_usd reserve_usd volume_24h_usd buys_24h sells_24h buyers_24h "
            "sellers_24h fee_share "
            "pool_type quote_address quote_price_usd quote_is_listed lp_locked_share opened_at chain"
        ),
        CANDLES: "interval market open_usd high_usd low_usd close_usd volume_usd",
        TRADES: "market reference side amount price_usd volume_usd account",
        HOLDERS: "holder_count top_ten_share",
        CONTRACT: "mint_authority freeze_authority creator_address creator_share honeypot",
        DISCLOSURE: "channels",
    }
    per_asset = frozenset({MARKET, CANDLES, TRADES, HOLDERS})
    one_by_one = message("token by token")
    namespaces = tuple(map(namespace_of, TO_GECKOTERMINAL))
    known_by = message("contract on a chain")

    def accepts(self, request: Request, status_code: int) -> bool:
        """A token that is not known and a page that there is not are answers too."""
        if status_code == HTTPStatus.NOT_FOUND and "address" in request.context:
            return True
        if status_code in NO_SUCH_PAGE and int(request.params.get("page", "1")) > 1:
            return True
        return status_code == HTTPStatus.OK

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        return tuple(each for each in identifiers if self._network_of(each[0]))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.identifiers is None:
            return self._of_universe(need)
        places = [(self._network_of(namespace), address) for namespace, address in known]
        if need.family == POOLS:
            return tuple(_about(POOLS, network, address) for network, address in places)
        # Price, candles and holders are asked at home: those of a bridged copy are not the asset's.
        network, address = places[0]
        contracts = sum(namespace.startswith("address:") for namespace, _address in need.identifiers)
        return (_about(need.family, network, address, is_alone=contracts == 1),)

    def _of_universe(self, need: Need) -> tuple[Request, ...]:
        walks = [(network, which) for which in LISTS for network in self.networks]
        if need.limit is None:
            return tuple(_page(network, which, page=1, left=None) for network, which in walks)
        each, more = divmod(need.limit, len(walks))
        shares = [each + (position < more) for position in range(len(walks))]
        return tuple(
            _page(network, which, page=1, left=share)
            for (network, which), share in zip(walks, shares, strict=True)
            if share
        )

    def _network_of(self, namespace: str) -> str:
        """What GeckoTerminal calls the chain of these addresses; "" where it doesn't have it."""
        kind, _, chain = namespace.partition(":")
        network = TO_GECKOTERMINAL.get(chain, chain if chain in self.networks else "")
        return network if kind == "address" else ""

    def parse(self, raw: RawObservation) -> Parsed:
        context = raw.request.context
        if raw.status_code != HTTPStatus.OK and "address" not in context:
            return Parsed()  # The page after the last one.
        body = load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(context["address"])
        if complaint := error_in(body):
            raise self.refusal(complaint)
        return READ[context["body"]](GeckoTerminalResponse(raw, body))


# Calls --------------------------------------------------------------------------------


def _page(network: str, which: str, *, page: int, left: int | None) -> Request:
    context = {"body": "page", "network": network, "list": which}
    return Request(
        family=POOLS,
        path=f"/networks/{network}/{which}",
        params={"page": str(page), "include": "base_token,quote_token,dex"},
        context=context if left is None else context | {"left": str(left)},
    )


def _tokens(network: str, addresses: list[str]) -> Request:
    return Request(
        family=POOLS,
        path=f"/networks/{network}/tokens/multi/{quote(','.join(addresses), safe=',')}",
        context={"body": "tokens", "network": network},
    )


def _about(family: str, network: str, address: str, *, is_alone: bool = True) -> Request:
    body = {POOLS: "pools", CANDLES: "pools", TRADES: "pools", MARKET: "token", HOLDERS: "info"}[family]
    tail = {"pools": "/pools", "token": "", "info": "/info"}[body]
    return Request(
        family=family,
        path=f"/networks/{network}/tokens/{quote(address, safe='')}{tail}",
        params={"include": "base_token,quote_token,dex"} if body == "pools" else {},
        context={
            "body": body,
            "network": network,
            "address": address,
            "chains": "one" if is_alone else "several",
        },
    )


def _candles(network: str, address: str, pool: str, *, side: str) -> Request:
    return Request(
        family=CANDLES,
        path=f"/networks/{network}/pools/{quote(pool, safe='')}/ohlcv/day",
        params={"limit": str(CANDLES_A_CALL), "currency": "usd", "token": side},
        context={"body": "candles", "network": network, "address": address, "pool": pool},
    )


def _trades(network: str, address: str, pool: str) -> Request:
    return Request(
        family=TRADES,
        path=f"/networks/{network}/pools/{quote(pool, safe='')}/trades",
        context={"body": "trades", "network": network, "address": address, "pool": pool},
    )


# Bodies -------------------------------------------------------------------------------


class GeckoTerminalResponse:
    """One body on its way to rows."""

    def __init__(self, raw: RawObservation, body: object) -> None:
        self.request, self.fetched_at = raw.request, raw.fetched_at
        self.network = raw.request.context["network"]
        self.chain = chain_of(self.network, BY_GECKOTERMINAL)
        self.is_alone = raw.request.context.get("chains", "one") == "one"
        self.document = Document(body, of="GeckoTerminal")
        self.reader = RowReader()

    def asset(self, address: str, token: GeckoTerminalToken | None = None, *, pair: str = "") -> AssetRef:
        """The token at this address; `ValueError` when that is none. A pair's first name is a symbol."""
        identifier = address_on(self.chain, address)
        if token is None:
            along = self.document.included.get(f"{self.network}_{address}", {})
            named = {key: along.get(key) for key in NAMES} | {"address": address}
            token = self.reader.read(GeckoTerminalToken, named) or GeckoTerminalToken(address=address)
        coin = token.coingecko_coin_id
        coingecko = [("coingecko", coin)] if 0 < len(coin) <= 200 else []
        page = f"https://www.geckoterminal.com/{self.network}/tokens/{quote(address, safe='')}"
        return AssetRef(
            kind=TOKEN,
            identifiers=(identifier, *coingecko),
            symbol=token.symbol or pair.partition("/")[0].strip(),
            name=token.name,
            chain=self.chain,
            links={"geckoterminal": page},
        )

    def asked_asset(self, token: GeckoTerminalToken | None = None) -> AssetRef:
        return self.asset(self.request.context["address"], token)

    def is_asked(self, token: str) -> bool:
        """Whether this name of a token, in whatever writing, is that of the asset asked about."""
        told, asked = token.removeprefix(f"{self.network}_"), self.request.context["address"]
        return pool_on(self.chain, told) == pool_on(self.chain, asked)

    def pool_row(self, item: object, asset: AssetRef, side: str) -> PoolRow | None:
        """A pool, priced as the token on this side of it."""
        pool = self.reader.read(GeckoTerminalPool, attributes(item))
        if pool is None:
            return None
        dex = related(item, "dex")
        title = self.document.included.get(dex, {}).get("name")
        fee_in_name = FEE_IN_NAME.search(pool.name)
        fee = pool.pool_fee_percentage
        prices = {"base": pool.base_token_price_usd, "quote": pool.quote_token_price_usd}
        other = {"base": "quote", "quote": "base"}.get(side, "")
        counterpart, has_market = self.counterpart(item, asset, other)
        return PoolRow(
            asset=asset,
            as_of=self.fetched_at,
            address=pool_on(self.chain, pool.address)[:128],
            chain=self.chain,
            dex=text_of(title if isinstance(title, str) else dex)[:64],
            pair=pool.name[:160],
            price_usd=prices.get(side),
            reserve_usd=pool.reserve_in_usd,
            volume_24h_usd=pool.volume_usd,
            buys_24h=pool.transactions.buys if pool.transactions else None,
            sells_24h=pool.transactions.sells if pool.transactions else None,
            buyers_24h=pool.transactions.buyers if pool.transactions else None,
            sellers_24h=pool.transactions.sellers if pool.transactions else None,
            fee_share=float(fee_in_name[1]) / 100 if fee is None and fee_in_name else fee,
            pool_type=pool_type_of(dex),
            quote_address=counterpart,
            quote_price_usd=prices.get(other),
            quote_is_listed=has_market,
            lp_locked_share=pool.locked_liquidity_percentage,
            opened_at=pool.pool_created_at,
        )

    def counterpart(self, item: object, asset: AssetRef, side: str) -> tuple[str, bool | None]:
        """The contract of the token on this side of a pool, and whether it has a market of its own."""
        told = related(item, f"{side}_token") if side else ""
        address = pool_on(self.chain, told.removeprefix(f"{self.network}_"))[:128]
        coin = self.document.included.get(told, {}).get("coingecko_coin_id")
        token, chain = asset.identifiers[0][1], asset.chain
        return address, is_listed(
            chain, address, token=token, coin=text_of(coin) if isinstance(coin, str) else ""
        )

    def launch(self, details: GeckoTerminalLaunch | None) -> dict[str, Any]:
        """Fields of a MarketRow: where the sale from a launchpad's curve stands."""
        if details is None:
            return {}
        ended_at, pool = details.completed_at, details.migrated_destination_pool_address
        return {
            "launch_sold_share": details.graduation_percentage,
            "launch_completed": details.completed,
            "launch_completed_at": ended_at if ended_at and ended_at <= self.fetched_at else None,
            "launch_pool": pool_on(self.chain, pool)[:128] if pool else "",
        }

    def token_rows(self, token: GeckoTerminalToken, asset: AssetRef) -> list[Row]:
        """Market and supply of a token.

        GeckoTerminal's cap is price x circulating supply and its FDV price x total supply, so the
        supplies follow where they are not given. Its cap is the whole asset's, its FDV this
        contract's: where less is in total than circulates, the asset lives on other chains too,
        and the total of one says nothing.
        """
        price, cap, fdv = token.price_usd, token.market_cap_usd, token.fdv_usd
        circulating = _quotient(cap, price)
        total = token.normalized_total_supply or _quotient(fdv, price)
        if not self.is_alone or (circulating and total and circulating > total * ROUNDING):
            self.reader.remark(
                "%(token)s lives on several chains; no total is taken.", token=token.symbol or token.address
            )
            total = fdv = None
        rows: list[Row] = []
        if price or cap or fdv:
            rows.append(
                MarketRow(
                    asset=asset,
                    as_of=self.fetched_at,
                    price_usd=price,
                    volume_24h_usd=token.volume_usd,
                    market_cap_usd=cap,
                    fully_diluted_usd=fdv,
                    **self.launch(token.launchpad_details),
                )
            )
        if circulating or total:
            rows.append(SupplyRow(asset=asset, as_of=self.fetched_at, circulating=circulating, total=total))
        return rows or [ListingRow(asset=asset, as_of=self.fetched_at)]


def _page_of_pools(response: GeckoTerminalResponse) -> Parsed:
    """Pools of a universe, each as its base token's; the tokens themselves are asked for next."""
    request, reader, items = response.request, response.reader, response.document.items
    left = int(request.context["left"]) if "left" in request.context else None
    rows: list[Row] = []
    tokens: dict[str, None] = {}
    for item in items[:left]:
        base, name = related(item, "base_token"), attributes(item).get("name")
        try:
            pair = text_of(name) if isinstance(name, str) else ""
            asset = response.asset(base.removeprefix(f"{response.network}_"), pair=pair)
        except ValueError:
            reader.reject(
                "%(token)s is no address.", token=text_of(base) or message("The base token of a pool")
            )
            continue
        tokens[asset.identifiers[0][1]] = None
        row = response.pool_row(item, asset, "base")
        rows.append(row or ListingRow(asset=asset, as_of=response.fetched_at))
    follow = [_tokens(response.network, list(tokens))] if tokens else []
    page, still_left = int(request.params["page"]), None if left is None else left - len(items)
    if items and page < MOST_PAGES and (still_left is None or still_left > 0):
        follow.append(_page(response.network, request.context["list"], page=page + 1, left=still_left))
    return reader.parsed(rows, *follow)


def _tokens_of_page(response: GeckoTerminalResponse) -> Parsed:
    rows: list[Row] = []
    for item in response.document.items:
        token = response.reader.read(GeckoTerminalToken, attributes(item))
        if token is None:
            continue
        try:
            rows += response.token_rows(token, response.asset(token.address, token))
        except ValueError as error:
            response.reader.reject("%(name)s %(problem)s.", name=token.address, problem=error)
    return response.reader.parsed(rows)


def _one_token(response: GeckoTerminalResponse) -> Parsed:
    token = response.reader.read(GeckoTerminalToken, response.document.item)
    return response.reader.parsed(response.token_rows(token, response.asked_asset(token)) if token else [])


def _pools_of_token(response: GeckoTerminalResponse) -> Parsed:
    context, asset = response.request.context, response.asked_asset()
    rows: list[PoolRow] = []
    sides: dict[str, str] = {}
    for item in response.document.items:
        side = next(
            (each for each in ("base", "quote") if response.is_asked(related(item, f"{each}_token"))), ""
        )
        if row := response.pool_row(item, asset, side):
            rows.append(row)
            sides[row.address] = side
    if response.request.family == POOLS:
        everything = PlacesListed(
            asset=asset,
            family=POOLS,
            places=frozenset((row.address,) for row in rows),
            within={"chain": response.chain},
        )
        is_whole = len(response.document.items) < POOLS_A_PAGE
        return response.reader.parsed([*rows], listed=everything if is_whole else None)
    traded = [row for row in rows if sides[row.address]]
    if not traded:
        response.reader.remark(
            "GeckoTerminal has no pool of %(address)s, so nothing is traded there.",
            address=context["address"],
        )
        return response.reader.parsed([])
    deepest = max(traded, key=_weight).address
    if response.request.family == TRADES:
        return response.reader.parsed([], _trades(response.network, context["address"], deepest))
    return response.reader.parsed(
        [], _candles(response.network, context["address"], deepest, side=sides[deepest])
    )


def _weight(pool: PoolRow) -> tuple[bool, bool, Decimal]:
    """Of its pools the deepest speaks for a token; one with a fake counterpart, or a curve, only alone."""
    on_curve = pool.pool_type == BONDING_CURVE
    return pool.quote_is_listed is not False, not on_curve, pool.reserve_usd or Decimal(0)


def _candle_list(response: GeckoTerminalResponse) -> Parsed:
    bars = response.document.item.get("ohlcv_list")
    if not isinstance(bars, list):
        raise UnreadableError("GeckoTerminal sent something other than the candles it promises.")
    asset, pool = response.asked_asset(), response.request.context["pool"]
    rows: list[Row] = []
    for bar in bars:
        try:
            rows.append(_candle(bar, asset, pool, response.reader))
        except ValueError as error:
            response.reader.reject("A candle %(problem)s.", problem=error)
    return response.reader.parsed(rows)


def _trade_list(response: GeckoTerminalResponse) -> Parsed:
    """The latest trades of a pool, at most 300, each from the side of the token asked about."""
    asset, pool = response.asked_asset(), response.request.context["pool"]
    rows = []
    for item in response.document.items:
        name = item.get("id") if isinstance(item, dict) else None
        trade = response.reader.read(GeckoTerminalTrade, {"id": name, **attributes(item)})
        row = _trade(trade, asset, pool) if trade else None
        if (
            row
            and row.as_of <= response.fetched_at
            and response.reader.is_first(row.reference, what=message("A trade"))
        ):
            rows.append(row)
    return response.reader.parsed([*rows])


def _trade(trade: GeckoTerminalTrade, asset: AssetRef, pool: str) -> TradeRow | None:
    """None for a trade that is not of this token."""
    namespace, address = asset.identifiers[0]
    chain = namespace.removeprefix("address:")
    if pool_on(chain, trade.to_token_address) == address:
        side, amount, price = "buy", trade.to_token_amount, trade.price_to_in_usd
    elif pool_on(chain, trade.from_token_address) == address:
        side, amount, price = "sell", trade.from_token_amount, trade.price_from_in_usd
    else:
        return None
    return TradeRow(
        asset=asset,
        as_of=trade.block_timestamp,
        market=pool[:128],
        reference=trade.id[:200],
        side=side,
        amount=amount,
        price_usd=price,
        volume_usd=trade.volume_in_usd,
        account=address_of(trade.tx_from_address)[:128],
    )


def _info(response: GeckoTerminalResponse) -> Parsed:
    """Holders, links and the contract. Of a coin that CoinGecko lists, CoinGecko has more links."""
    info = response.reader.read(GeckoTerminalInfo, response.document.item)
    asset = response.asked_asset(info)
    rows: list[Row] = []
    if info and info.holders and response.is_alone:
        spread = info.holders.distribution_percentage
        rows.append(
            HolderRow(
                asset=asset,
                as_of=min(info.holders.last_updated or response.fetched_at, response.fetched_at),
                holder_count=info.holders.count or None,  # 0 stands for "not counted"
                top_ten_share=spread.top_10 if spread else None,
            )
        )
    elif info and info.holders:
        response.reader.remark("The asset lives on several chains; the holders of one do not speak for all.")
    if info and response.is_alone and (known := _contract(info, response.chain)):
        rows.append(ContractRow(asset=asset, as_of=response.fetched_at, **known))
    if info and not info.coingecko_coin_id:
        as_of = min(info.metadata_updated_at or response.fetched_at, response.fetched_at)
        rows.append(DisclosureRow(asset=asset, as_of=as_of, channels=dict(_channels(info))))
    return response.reader.parsed(rows or [ListingRow(asset=asset, as_of=response.fetched_at)])


def _contract(info: GeckoTerminalInfo, chain: str) -> dict[str, Any]:
    """Fields of a ContractRow. Who may mint or freeze is not named: an account where all tokens run one
    program, elsewhere somebody by the token's own code."""
    somebody = "wallet" if chain in ONE_PROGRAM_CHAINS else "contract"
    authorities = {None: "", False: "none", True: somebody}
    fields = {
        "honeypot": info.is_honeypot,
        "mint_authority": authorities[info.mint_authority],
        "freeze_authority": authorities[info.freeze_authority],
        "creator_address": address_of(info.developer_address)[:128] if info.developer_address else "",
        "creator_share": info.developer_holding_percentage,
    }
    return {name: value for name, value in fields.items() if value is not None and value != ""}


READ: Final = {
    "page": _page_of_pools,
    "tokens": _tokens_of_page,
    "token": _one_token,
    "pools": _pools_of_token,
    "candles": _candle_list,
    "trades": _trade_list,
    "info": _info,
}


def _quotient(value: Decimal | None, price: Decimal | None) -> Decimal | None:
    try:
        return positive_of(value / price) if value and price else None
    except ValueError:
        return None


def _candle(bar: object, asset: AssetRef, pool: str, reader: RowReader) -> CandleRow:
    if not isinstance(bar, list) or len(bar) < 5:
        raise ValueError(message("is not a list of six numbers"))
    opened_at = moment_of(bar[0])
    prices = [price_of(each) for each in bar[1:5]]
    if opened_at is None or None in prices:
        raise ValueError(message("has no moment or a price that is not above zero"))
    start, high, low, close = (price for price in prices if price)
    if high < low:
        raise ValueError(message("has a high below its low"))
    volume = bar[5] if len(bar) > 5 else None
    return CandleRow(
        asset=asset,
        as_of=opened_at,
        interval="day",
        market=pool,
        open_usd=start,
        high_usd=high,
        low_usd=low,
        close_usd=close,
        volume_usd=reader.known(usd_of, volume, name=f"{opened_at:%Y-%m-%d}", field="volume"),
    )


def _channels(info: GeckoTerminalInfo) -> Iterator[tuple[str, str]]:
    found = {
        "homepage": next(filter(None, map(url_of, info.websites or ())), ""),
        "discord": url_of(info.discord_url),
        "telegram": handle_url("https://t.me/", info.telegram_handle),
        "x": handle_url("https://x.com/", info.twitter_handle),
    }
    return ((channel, url) for channel, url in found.items() if url)
