"""DexScreener: pools on decentralised exchanges, and the market of a token as its deepest pair sees it.

https://docs.dexscreener.com/api/reference. Needs no key. A pair is shown from the view of its base token:
`priceUsd` is the base token's, a "buy" buys the base token. `liquidity` is absent while a token is sold
from a bonding curve, `pairs` may be null, and spans longer than a pair's life repeat the shorter one.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel

from assets.identity.chains import BY_DEXSCREENER, TO_DEXSCREENER, namespace_of, pool_on
from assets.identity.counterparts import is_listed
from assets.identity.pool_types import pool_type_of
from assets.metrics.families import DISCLOSURE, MARKET, POOLS, TOKEN
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.listings import PlacesListed
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Amount,
    Change,
    Count,
    Moment,
    Name,
    PositiveUsd,
    Price,
    RowReader,
    Text,
    Usd,
    VendorModel,
    error_in,
    load_json,
    price_of,
    text_of,
    url_of,
    usd_of,
)
from assets.sourcing.rows import AssetRef, DisclosureRow, Identifier, MarketRow, PoolRow, Row

ADDRESSES_A_CALL: Final = 30
MOST_PAIRS: Final = 30
"""A list of so many pairs may have been cut."""


SOCIALS: Final = {"twitter": "x", "telegram": "telegram", "discord": "discord"}
"""Its names of the channels whose addresses are read."""


def last_day(value: object) -> object:
    """Of the figures given for several spans, that of 24 hours."""
    return value.get("h24") if isinstance(value, Mapping) else value


LastDay = BeforeValidator(last_day)


class DexScreenerToken(VendorModel):
    address: Name
    name: Text = ""
    symbol: Text = ""


class DexScreenerTradeCounts(VendorModel):
    buys: Count = None
    sells: Count = None


class DexScreenerLiquidity(VendorModel):
    usd: Usd = None
    base: Amount = None
    quote: Amount = None


class DexScreenerInfo(VendorModel):
    """What the base token's owners say of themselves: anybody may pay for it, so it only names places."""

    websites: list[Any] | None = None
    socials: list[Any] | None = None


class DexScreenerPair(VendorModel):
    model_config = ConfigDict(alias_generator=to_camel)

    chain_id: Name
    dex_id: Text = ""
    labels: list[Any] | None = None
    pair_address: Name
    base_token: DexScreenerToken
    quote_token: DexScreenerToken
    price_usd: Price = None
    price_native: Price = None
    liquidity: DexScreenerLiquidity | None = None
    volume: Annotated[Usd, LastDay] = None
    txns: Annotated[DexScreenerTradeCounts | None, LastDay] = None
    price_change: Annotated[Change, LastDay] = None
    fdv: PositiveUsd = None
    market_cap: PositiveUsd = None
    pair_created_at: Moment = None
    info: DexScreenerInfo | None = None

    def on(self, chain: str) -> "DexScreenerPair":
        """The same with its addresses in their one writing on this chain."""
        sides = {
            name: side.model_copy(update={"address": pool_on(chain, side.address)})
            for name, side in (("base_token", self.base_token), ("quote_token", self.quote_token))
        }
        return self.model_copy(update={"pair_address": pool_on(chain, self.pair_address), **sides})

    def side_of(self, address: str) -> DexScreenerToken | None:
        return next((side for side in (self.base_token, self.quote_token) if side.address == address), None)


class DexScreener(Provider):
    name = "dexscreener"
    title = "DexScreener"
    website = "https://dexscreener.com"
    attribution = message("Data by DexScreener")
    default_url = "https://api.dexscreener.com"
    rate = Rate(calls=275, per_s=60)
    families = (MARKET, POOLS)
    also_provides = (DISCLOSURE,)
    fields = {
        MARKET: "price_usd volume_24h_usd market_cap_usd fully_diluted_usd price_change_24h_share",
        POOLS: (
            "address dex pair price_usd reserve_usd volume_24h_usd buys_24h sells_24h pool_type "
            "quote_address quote_price_usd quote_is_listed base_reserve quote_reserve opened_at chain"
        ),
        DISCLOSURE: "channels",
    }
    per_asset = frozenset({MARKET, POOLS})
    # No `in_batches`: a batch does not say which contracts are one asset's, and so not which is its home.
    one_by_one = message("token by token")
    namespaces = tuple(namespace_of(chain) for chain in TO_DEXSCREENER)
    known_by = message("contract on a chain")

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        asked = known[: need.limit]
        places = [(namespace.removeprefix("address:"), address) for namespace, address in asked]
        if need.family == POOLS:
            return tuple(_pairs_of(chain, address) for chain, address in places)
        chains = {each for each, _address in need.identifiers or () if each.startswith("address:")}
        return tuple(_markets(places, is_alone=len(chains) == 1))

    def parse(self, raw: RawObservation) -> Parsed:
        body = load_json(raw.body)
        if complaint := error_in(body):
            raise self.refusal(complaint)
        reader = RowReader()
        items = _list_in(body)
        pairs = list(_sound_pairs(items, raw.request, reader))
        if raw.request.family == POOLS:
            return _pools(pairs, raw, reader, is_whole=len(items) < MOST_PAIRS)
        return _market(pairs, raw, reader)


# Calls --------------------------------------------------------------------------------


def _pairs_of(chain: str, address: str) -> Request:
    return Request(
        family=POOLS,
        path=f"/token-pairs/v1/{TO_DEXSCREENER[chain]}/{quote(address, safe='')}",
        context={"chain": chain, "addresses": address},
    )


def _markets(places: list[tuple[str, str]], *, is_alone: bool) -> Iterator[Request]:
    """The contracts on the first chain: the price and trade of a bridged copy elsewhere are not the asset's.

    Who is `is_alone` has no copies, so that what its contract says holds for the whole asset.
    """
    home = places[0][0]
    addresses = [address for chain, address in places if chain == home]
    for start in range(0, len(addresses), ADDRESSES_A_CALL):
        batch = addresses[start : start + ADDRESSES_A_CALL]
        yield Request(
            family=MARKET,
            path=f"/tokens/v1/{TO_DEXSCREENER[home]}/{','.join(quote(each, safe='') for each in batch)}",
            context={"chain": home, "addresses": " ".join(batch)} | ({"alone": "yes"} if is_alone else {}),
        )


# Bodies -------------------------------------------------------------------------------


def _list_in(body: object) -> list[Any]:
    """The pairs, either as a list or, in the older shape, below `pairs`, where null means none."""
    if isinstance(body, dict) and "pairs" in body:
        body = body["pairs"] if body["pairs"] is not None else []
    if not isinstance(body, list):
        raise UnreadableError("DexScreener sent something other than the list of pairs it promises.")
    return body


def _asked(request: Request) -> list[str]:
    return [pool_on(request.context["chain"], each) for each in request.context["addresses"].split()]


def _sound_pairs(items: list[Any], request: Request, reader: RowReader) -> Iterator[DexScreenerPair]:
    """The pairs on the chain and of the tokens that were asked about."""
    network = TO_DEXSCREENER[request.context["chain"]]
    for item in items:
        told = reader.read(DexScreenerPair, item)
        if told is None:
            continue
        pair = told.on(request.context["chain"])
        if pair.chain_id != network or not any(pair.side_of(each) for each in _asked(request)):
            reader.reject(
                "The pair %(pair)s is not of the token that was asked about.", pair=pair.pair_address[:80]
            )
        elif reader.is_first(
            pair.pair_address, what=message("The pair %(pair)s", pair=pair.pair_address[:80])
        ):
            yield pair


def _pools(pairs: list[DexScreenerPair], raw: RawObservation, reader: RowReader, *, is_whole: bool) -> Parsed:
    (address,) = _asked(raw.request)
    chain = raw.request.context["chain"]
    rows = [
        _pool(pair, _asset(side, chain), address, raw) for pair in pairs if (side := pair.side_of(address))
    ]
    everything = PlacesListed(
        asset=AssetRef(kind=TOKEN, identifiers=((namespace_of(chain), address),)),
        family=POOLS,
        places=frozenset((row.address,) for row in rows),
        within={"chain": chain},
    )
    return reader.parsed([*rows], listed=everything if is_whole else None)


def _market(pairs: list[DexScreenerPair], raw: RawObservation, reader: RowReader) -> Parsed:
    rows: list[Row] = []
    for address in _asked(raw.request):
        own = [pair for pair in pairs if pair.side_of(address)]
        based = [pair for pair in own if pair.base_token.address == address]
        if based:
            rows.append(_market_row(based, own, raw))
            rows.extend(_disclosure(based, raw))
        elif own:
            reader.remark(
                "%(address)s is the quote of all its pairs, so that no pair shows its market.",
                address=address,
            )
        else:
            reader.remark("DexScreener has no pair of %(address)s.", address=address)
    return reader.parsed(rows)


# Rows ---------------------------------------------------------------------------------


def _asset(side: DexScreenerToken, chain: str) -> AssetRef:
    page = f"https://dexscreener.com/{TO_DEXSCREENER[chain]}/{quote(side.address, safe='')}"
    return AssetRef(
        kind=TOKEN,
        identifiers=((namespace_of(chain), side.address),),  # As it was asked about.
        symbol=side.symbol,
        name=side.name,
        chain=chain,
        links={"dexscreener": page},
    )


def _pool(pair: DexScreenerPair, asset: AssetRef, address: str, raw: RawObservation) -> PoolRow:
    """A pair from the view of the token asked about: as the quote, its buys are what the pair calls sells."""
    liquidity, trades = pair.liquidity or DexScreenerLiquidity(), pair.txns or DexScreenerTradeCounts()
    is_base = pair.base_token.address == address
    reserves, orders = (liquidity.base, liquidity.quote), (trades.buys, trades.sells)
    own, other = reserves if is_base else reserves[::-1]
    buys, sells = orders if is_base else orders[::-1]
    prices = (pair.price_usd, _quote_price_usd(pair))
    counterpart = pair.quote_token if is_base else pair.base_token
    return PoolRow(
        asset=asset,
        as_of=raw.fetched_at,
        address=pair.pair_address[:128],
        chain=raw.request.context["chain"],
        dex=pair.dex_id[:64],
        pair=f"{pair.base_token.symbol}/{pair.quote_token.symbol}"[:160],
        price_usd=prices[0] if is_base else prices[1],
        reserve_usd=liquidity.usd,
        volume_24h_usd=pair.volume,
        buys_24h=buys,
        sells_24h=sells,
        pool_type=pool_type_of(
            pair.dex_id, [text_of(each) for each in pair.labels or () if isinstance(each, str)]
        ),
        quote_address=counterpart.address[:128],
        quote_price_usd=prices[1] if is_base else prices[0],
        quote_is_listed=is_listed(asset.chain, counterpart.address, token=address),
        base_reserve=own,
        quote_reserve=other,
        opened_at=pair.pair_created_at,
    )


def _quote_price_usd(pair: DexScreenerPair) -> Decimal | None:
    """The base token's price in USD and in units of the quote give the price of the quote."""
    if pair.price_usd is None or pair.price_native is None:
        return None
    try:
        return price_of(pair.price_usd / pair.price_native)
    except ValueError:
        return None  # Two prices that can't both be right.


def _market_row(based: list[DexScreenerPair], own: list[DexScreenerPair], raw: RawObservation) -> MarketRow:
    deepest = max(based, key=_depth)
    is_alone = "alone" in raw.request.context  # Else its FDV and cap count the units of one chain only.
    # Where it does not know what circulates, DexScreener writes the FDV as the cap: two equal
    # numbers tell one thing, and that is the FDV.
    cap = deepest.market_cap if deepest.market_cap != deepest.fdv else None
    return MarketRow(
        asset=_asset(deepest.base_token, raw.request.context["chain"]),
        as_of=raw.fetched_at,
        price_usd=deepest.price_usd,
        volume_24h_usd=_volume(own),
        market_cap_usd=cap if is_alone else None,
        fully_diluted_usd=deepest.fdv if is_alone else None,
        price_change_24h_share=deepest.price_change,
    )


def _disclosure(based: list[DexScreenerPair], raw: RawObservation) -> Iterator[DisclosureRow]:
    """The places that the token's owners name. Where no pair has a word of theirs, nobody was asked."""
    told = next((pair for pair in based if pair.info), None)
    if told is not None and (channels := _channels(told.info or DexScreenerInfo())):
        asset = _asset(told.base_token, raw.request.context["chain"])
        yield DisclosureRow(asset=asset, as_of=raw.fetched_at, channels=channels)


def _channels(info: DexScreenerInfo) -> dict[str, str]:
    """One address a channel; a link to a single message is no account of theirs."""
    site = next(filter(None, (url_of(each.get("url")) for each in _objects(info.websites))), "")
    found = {"homepage": site} if site else {}
    for each in _objects(info.socials):
        channel, url = SOCIALS.get(str(each.get("type"))), url_of(each.get("url"))
        if (
            channel
            and url
            and len(urlsplit(url).path.strip("/").split("/")) == 1
            and urlsplit(url).path != "/"
        ):
            found.setdefault(channel, url)
    return found


def _objects(items: list[Any] | None) -> list[Mapping[str, Any]]:
    return [each for each in items or () if isinstance(each, Mapping)]


def _depth(pair: DexScreenerPair) -> tuple[int, Decimal, Decimal]:
    """Pairs with a fake counterpart come last, before them those with one that nobody knows; of the others
    those without a known liquidity, by volume."""
    usd = pair.liquidity.usd if pair.liquidity else None
    base, quote = pair.base_token.address, pair.quote_token.address
    has_market = is_listed(BY_DEXSCREENER.get(pair.chain_id, ""), quote, token=base)
    return (
        (False, None, True).index(has_market),
        Decimal(-1) if usd is None else usd,
        pair.volume or Decimal(0),
    )


def _volume(pairs: list[DexScreenerPair]) -> Decimal | None:
    """The sum of the values given; None when there is none, or when one of them can't be read."""
    known = [pair.volume for pair in pairs if pair.volume is not None]
    if any("volume" in pair.unread for pair in pairs):
        return None
    try:
        return usd_of(sum(known)) if known else None
    except ValueError:
        return None  # Each can be stored, their sum can't.
