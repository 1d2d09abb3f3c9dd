"""GeckoTerminal: pools on decentralised exchanges, their tokens, daily candles, holders and links.

https://api.geckoterminal.com/docs/index.html. Needs no key. JSON:API bodies with numbers as text.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import quote

from pydantic import BeforeValidator

from assets.metrics.families import CANDLES, HOLDERS, MARKET, POOLS, TOKEN
from assets.sourcing.chains import BY_GECKOTERMINAL, CHAINS, TO_GECKOTERMINAL, address_on, namespace_of
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    RefusedError,
    Request,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.reading import (
    Amount,
    Count,
    Moment,
    Name,
    Portion,
    Positive,
    Sieve,
    Text,
    Told,
    address_of,
    amount_of,
    handle_url,
    load_json,
    moment_of,
    positive_of,
    text_of,
    url_of,
)
from assets.sourcing.rows import (
    AssetRef,
    CandleRow,
    DisclosureRow,
    HolderRow,
    Identifier,
    ListingRow,
    MarketRow,
    PoolRow,
    Row,
    SupplyRow,
)

LISTS: Final = ("new_pools", "pools")
"""A universe is walked by its newest pools and by its most traded ones."""

MOST_PAGES: Final = 1000
"""A list ends at its first empty page (the free interface ends it at ten); this only bounds a broken one."""

CANDLES_A_CALL: Final = 180
NAMES: Final = ("address", "name", "symbol", "coingecko_coin_id")
ROUNDING: Final = Decimal("1.01")
"""Prices and caps come rounded: this much more in circulation than in total is no contradiction."""

NO_SUCH_PAGE: Final = frozenset({400, 401, 403, 404, 422})
FEE_IN_NAME: Final = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)%$")


def last_day(value: object) -> object:
    """Of what is told for several spans, the one of 24 hours."""
    return value.get("h24") if isinstance(value, Mapping) else value


LastDay = BeforeValidator(last_day)


class Trades(Told):
    buys: Count = None
    sells: Count = None


class Pool(Told):
    address: Name
    name: Text = ""
    base_token_price_usd: Positive = None
    quote_token_price_usd: Positive = None
    reserve_in_usd: Amount = None
    volume_usd: Annotated[Amount, LastDay] = None
    transactions: Annotated[Trades | None, LastDay] = None
    pool_fee_percentage: Portion = None
    locked_liquidity_percentage: Portion = None
    pool_created_at: Moment = None


class Token(Told):
    address: Name
    name: Text = ""
    symbol: Text = ""
    coingecko_coin_id: Text = ""
    price_usd: Positive = None
    fdv_usd: Positive = None
    market_cap_usd: Positive = None
    normalized_total_supply: Positive = None
    volume_usd: Annotated[Amount, LastDay] = None


class Spread(Told):
    top_10: Portion = None


class Holders(Told):
    count: Count = None
    distribution_percentage: Spread | None = None
    last_updated: Moment = None


class GeckoTerminal(Provider):
    name = "geckoterminal"
    title = "GeckoTerminal"
    website = "https://www.geckoterminal.com"
    attribution = "Data by GeckoTerminal"
    default_url = "https://api.geckoterminal.com/api/v2"
    rate = Rate(calls=25, per_s=60)
    networks = ("solana", "eth", "base", "bsc")
    families = (POOLS, MARKET, CANDLES, HOLDERS)
    per_asset = frozenset({MARKET, CANDLES, HOLDERS})
    namespaces = tuple(namespace_of(chain.name) for chain in CHAINS)

    def accepts(self, request: Request, status_code: int) -> bool:
        """A token that is not known and a page that there is not are answers too."""
        if status_code == HTTPStatus.NOT_FOUND and "address" in request.context:
            return True
        if status_code in NO_SUCH_PAGE and int(request.params.get("page", "1")) > 1:
            return True
        return status_code == HTTPStatus.OK

    def requests(self, need: Need) -> tuple[Request, ...]:
        if need.family not in self.families:
            raise UnsupportedError(f"GeckoTerminal has no {need.family}; it has: {', '.join(self.families)}.")
        if need.identifiers is None:
            return self._of_universe(need)
        places = list(self._places(need.identifiers))
        if not places:
            raise UnsupportedError(
                "GeckoTerminal can't be asked about this asset: its contract on a chain is not known."
            )
        if need.family == POOLS:
            return tuple(_about(POOLS, network, address) for network, address in places)
        # Price, candles and holders are asked at home: those of a bridged copy are not the asset's.
        network, address = places[0]
        return (_about(need.family, network, address, is_alone=len(places) == 1),)

    def _of_universe(self, need: Need) -> tuple[Request, ...]:
        if need.family in self.per_asset:
            raise UnsupportedError(f"GeckoTerminal tells {need.family} token by token; name the assets.")
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

    def _places(self, identifiers: tuple[Identifier, ...]) -> Iterator[tuple[str, str]]:
        """Network and address of each contract on a chain that GeckoTerminal has."""
        for namespace, address in identifiers:
            kind, _, chain = namespace.partition(":")
            network = TO_GECKOTERMINAL.get(chain, chain if chain in self.networks else "")
            if kind == "address" and network:
                yield network, address

    def parse(self, raw: RawObservation) -> Parsed:
        context = raw.request.context
        if raw.status_code != HTTPStatus.OK and "address" not in context:
            return Parsed()  # The page after the last one.
        body = load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return Parsed(remarks=(f"GeckoTerminal does not know {context['address']}.",))
        _refuse_error(body)
        return READ[context["body"]](body, raw)


# Calls --------------------------------------------------------------------------------


def _page(network: str, which: str, *, page: int, left: int | None) -> Request:
    context = {"body": "page", "network": network, "list": which}
    return Request(
        family=POOLS,
        path=f"/networks/{network}/{which}",
        params={"page": str(page), "include": "base_token,dex"},
        context=context if left is None else context | {"left": str(left)},
    )


def _tokens(network: str, addresses: list[str]) -> Request:
    return Request(
        family=POOLS,
        path=f"/networks/{network}/tokens/multi/{','.join(addresses)}",
        context={"body": "tokens", "network": network},
    )


def _about(family: str, network: str, address: str, *, is_alone: bool = True) -> Request:
    body = {POOLS: "pools", CANDLES: "pools", MARKET: "token", HOLDERS: "info"}[family]
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


# Bodies -------------------------------------------------------------------------------


def _refuse_error(body: object) -> None:
    errors = body.get("errors") if isinstance(body, dict) else None
    status = body.get("status") if isinstance(body, dict) else None
    if isinstance(errors, list) and errors:
        told = errors[0].get("title") if isinstance(errors[0], dict) else None
    elif isinstance(status, dict) and status.get("error_code"):
        told = status.get("error_message")
    else:
        return
    reason = text_of(told)[:200] if isinstance(told, str) else "no reason given"
    raise RefusedError(f"GeckoTerminal refused: {reason.rstrip('.')}.")


def _page_of_pools(body: object, raw: RawObservation) -> Parsed:
    """Pools of a universe, each told as its base token's; the tokens themselves are asked for next."""
    request, sieve = raw.request, Sieve()
    network, left = request.context["network"], request.context.get("left")
    items = _resources(body)
    included = _included(body)
    rows: list[Row] = []
    tokens: dict[str, None] = {}
    for item in items[: int(left) if left else None]:
        ident = _related(item, "base_token").removeprefix(f"{network}_")
        try:
            asset = _asset(network, ident, included)
        except ValueError:
            sieve.reject(f"{_related(item, 'base_token') or 'A pool without a base token'}: no address.")
            continue
        tokens[asset.identifiers[0][1]] = None
        rows += _pool_rows(item, asset, "base", included, raw, sieve)
    follow = [_tokens(network, list(tokens))] if tokens else []
    page, still_left = int(request.params["page"]), int(left) - len(items) if left else None
    if items and page < MOST_PAGES and (still_left is None or still_left > 0):
        follow.append(_page(network, request.context["list"], page=page + 1, left=still_left))
    return sieve.parsed(rows, *follow)


def _tokens_of_page(body: object, raw: RawObservation) -> Parsed:
    sieve, network = Sieve(), raw.request.context["network"]
    rows: list[Row] = []
    for item in _resources(body):
        token = sieve.read(Token, _attributes(item))
        if token:
            rows += _token_rows(token, _asset(network, token.address, {}, token), raw, sieve)
    return sieve.parsed(rows)


def _one_token(body: object, raw: RawObservation) -> Parsed:
    sieve, context = Sieve(), raw.request.context
    token = sieve.read(Token, _attributes(_resource(body)))
    if token is None:
        return sieve.parsed([])
    asset = _asset(context["network"], context["address"], {}, token)
    return sieve.parsed(_token_rows(token, asset, raw, sieve, is_alone=context["chains"] == "one"))


def _pools_of_token(body: object, raw: RawObservation) -> Parsed:
    sieve, context, included = Sieve(), raw.request.context, _included(body)
    asset = _asset(context["network"], context["address"], included)
    ident = f"{context['network']}_{asset.identifiers[0][1]}"
    rows: list[PoolRow] = []
    sides: dict[str, str] = {}
    for item in _resources(body):
        side = next((each for each in ("base", "quote") if _related(item, f"{each}_token") == ident), "")
        for row in _pool_rows(item, asset, side, included, raw, sieve):
            rows.append(row)
            sides[row.address] = side
    if raw.request.family != CANDLES:
        return sieve.parsed(list(rows))
    charted = [row for row in rows if sides[row.address]]
    if not charted:
        sieve.remark(f"GeckoTerminal has no pool of {context['address']}, so it has no candles.")
        return sieve.parsed([])
    deepest = max(charted, key=lambda row: row.reserve_usd or Decimal(0))
    return sieve.parsed(
        [],
        _candles(context["network"], context["address"], deepest.address, side=sides[deepest.address]),
    )


def _candle_list(body: object, raw: RawObservation) -> Parsed:
    bars = _attributes(_resource(body)).get("ohlcv_list")
    if not isinstance(bars, list):
        raise UnreadableError("GeckoTerminal sent something other than the candles it promises.")
    sieve, context = Sieve(), raw.request.context
    asset = _asset(context["network"], context["address"], {})
    rows: list[Row] = []
    for bar in bars:
        try:
            rows.append(_candle(bar, asset, context["pool"]))
        except ValueError as error:
            sieve.reject(f"A candle {error}.")
    return sieve.parsed(rows)


def _holders(body: object, raw: RawObservation) -> Parsed:
    sieve, context = Sieve(), raw.request.context
    told = _attributes(_resource(body))
    token = sieve.read(Token, told)
    asset = _asset(context["network"], context["address"], {}, token)
    rows: list[Row] = []
    holders = sieve.read(Holders, told["holders"]) if told.get("holders") else None
    if holders and context["chains"] != "one":
        sieve.remark("The asset lives on several chains; the holders of one do not speak for all.")
    elif holders:
        rows.append(
            HolderRow(
                asset=asset,
                as_of=min(holders.last_updated or raw.fetched_at, raw.fetched_at),
                holder_count=holders.count,
                top_ten_share=holders.distribution_percentage.top_10
                if holders.distribution_percentage
                else None,
            )
        )
    if len(asset.identifiers) == 1:  # CoinGecko tells more channels of the coins that it lists.
        rows.append(DisclosureRow(asset=asset, as_of=_told_at(told, raw), channels=dict(_channels(told))))
    return sieve.parsed(rows or [ListingRow(asset=asset, as_of=raw.fetched_at)])


READ: Final = {
    "page": _page_of_pools,
    "tokens": _tokens_of_page,
    "token": _one_token,
    "pools": _pools_of_token,
    "candles": _candle_list,
    "info": _holders,
}


# Parts of a body ------------------------------------------------------------------------


def _resources(body: object) -> list[Any]:
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, list):
        raise UnreadableError("GeckoTerminal sent something other than the list it promises.")
    return data


def _resource(body: object) -> dict[str, Any]:
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, dict):
        raise UnreadableError("GeckoTerminal sent something other than the one thing it was asked for.")
    return data


def _attributes(item: object) -> dict[str, Any]:
    told = item.get("attributes") if isinstance(item, dict) else None
    return told if isinstance(told, dict) else {}


def _included(body: object) -> dict[str, dict[str, Any]]:
    """What came along: the attributes of tokens and exchanges by their id."""
    items = body.get("included") if isinstance(body, dict) else None
    return {
        item["id"]: _attributes(item)
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    }


def _related(item: object, relation: str) -> str:
    """The id of a related resource, "" when it is not told."""
    told: object = item
    for key in ("relationships", relation, "data", "id"):
        told = told.get(key) if isinstance(told, dict) else None
    return told if isinstance(told, str) else ""


# Rows ---------------------------------------------------------------------------------


def _asset(
    network: str, address: str, included: Mapping[str, Mapping[str, Any]], token: Token | None = None
) -> AssetRef:
    """The token at this address; `ValueError` when that is none."""
    chain = BY_GECKOTERMINAL.get(network, network)
    identifier = address_on(chain, address)
    if token is None:
        told = {"address": address} | dict(included.get(f"{network}_{address}", {}))
        token = Sieve().read(Token, {key: told.get(key) for key in NAMES}) or Token(address=address)
    coingecko = token.coingecko_coin_id[:200]
    return AssetRef(
        kind=TOKEN,
        identifiers=(identifier, *([("coingecko", coingecko)] if coingecko else [])),
        symbol=token.symbol,
        name=token.name,
        chain=chain,
        links={"geckoterminal": f"https://www.geckoterminal.com/{network}/tokens/{quote(address, safe='')}"},
    )


def _pool_rows(
    item: object,
    asset: AssetRef,
    side: str,
    included: Mapping[str, Mapping[str, Any]],
    raw: RawObservation,
    sieve: Sieve,
) -> list[PoolRow]:
    pool = sieve.read(Pool, _attributes(item))
    if pool is None:
        return []
    dex = _related(item, "dex")
    told = included.get(dex, {}).get("name")
    in_name = FEE_IN_NAME.search(pool.name)
    fee = pool.pool_fee_percentage
    return [
        PoolRow(
            asset=asset,
            as_of=raw.fetched_at,
            address=address_of(pool.address)[:128],
            dex=text_of(told if isinstance(told, str) else dex)[:64],
            pair=pool.name[:160],
            price_usd={"base": pool.base_token_price_usd, "quote": pool.quote_token_price_usd}.get(side),
            reserve_usd=pool.reserve_in_usd,
            volume_24h_usd=pool.volume_usd,
            buys_24h=pool.transactions.buys if pool.transactions else None,
            sells_24h=pool.transactions.sells if pool.transactions else None,
            fee_share=float(in_name[1]) / 100 if fee is None and in_name else fee,
            lp_locked_share=pool.locked_liquidity_percentage,
            opened_at=pool.pool_created_at,
        )
    ]


def _token_rows(
    token: Token, asset: AssetRef, raw: RawObservation, sieve: Sieve, *, is_alone: bool = True
) -> list[Row]:
    """Market and supply of a token, as GeckoTerminal computes them.

    Its cap is price x circulating supply and its FDV price x total supply, so the supplies follow
    where they are not told. The cap is the asset's, the FDV is this contract's: where less is in
    total than circulates, the asset lives on other chains too and the total says nothing.
    """
    price, cap, fdv = token.price_usd, token.market_cap_usd, token.fdv_usd
    circulating = _quotient(cap, price)
    total = token.normalized_total_supply or _quotient(fdv, price)
    if not is_alone or (circulating and total and circulating > total * ROUNDING):
        sieve.remark(
            f"{asset.symbol or token.address} lives on several chains; the total of one is left out."
        )
        total = fdv = None
    rows: list[Row] = []
    if price or cap or fdv:
        rows.append(
            MarketRow(
                asset=asset,
                as_of=raw.fetched_at,
                price_usd=price,
                volume_24h_usd=token.volume_usd,
                market_cap_usd=cap,
                fully_diluted_usd=fdv,
            )
        )
    if circulating or total:
        rows.append(SupplyRow(asset=asset, as_of=raw.fetched_at, circulating=circulating, total=total))
    return rows or [ListingRow(asset=asset, as_of=raw.fetched_at)]


def _quotient(value: Decimal | None, price: Decimal | None) -> Decimal | None:
    try:
        return positive_of(value / price) if value and price else None
    except ValueError:
        return None


def _candle(bar: object, asset: AssetRef, pool: str) -> CandleRow:
    if not isinstance(bar, list) or len(bar) < 5:
        raise ValueError("is not a list of six numbers")
    opened_at = moment_of(bar[0])
    prices = [positive_of(each) for each in bar[1:5]]
    if opened_at is None or None in prices:
        raise ValueError("has no moment or a price that is not above zero")
    start, high, low, close = (price for price in prices if price)
    if high < low:
        raise ValueError("has a high below its low")
    return CandleRow(
        asset=asset,
        as_of=opened_at,
        interval="day",
        market=pool,
        open_usd=start,
        high_usd=high,
        low_usd=low,
        close_usd=close,
        volume_usd=amount_of(bar[5]) if len(bar) > 5 else None,
    )


def _told_at(told: Mapping[str, Any], raw: RawObservation) -> datetime:
    try:
        moment = moment_of(told.get("metadata_updated_at"))
    except ValueError:
        moment = None
    return min(moment or raw.fetched_at, raw.fetched_at)


def _channels(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    websites = told.get("websites")
    found = {
        "homepage": next(filter(None, map(url_of, websites if isinstance(websites, list) else ())), ""),
        "discord": url_of(told.get("discord_url")),
        "telegram": handle_url("https://t.me/", told.get("telegram_handle")),
        "x": handle_url("https://x.com/", told.get("twitter_handle")),
    }
    return ((channel, url) for channel, url in found.items() if url)
