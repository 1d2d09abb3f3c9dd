"""Pump.fun: a coin of the launchpad: its curve, whether it is sold out, its market cap and its creator.

https://frontend-api-v3.pump.fun, what the site itself asks; unofficial, without key or promise. Raw
units: tokens in millionths, SOL in billionths. What a finished curve keeps says nothing of today, the market
cap does. The supply is what was minted at first; who burned some of it since is not told.
"""

from collections.abc import Iterator
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from assets.identity.chains import address_on, namespace_of
from assets.identity.checksums import is_solana_address
from assets.identity.counterparts import is_listed
from assets.metrics.curves import SOLD_TOKENS, VIRTUAL_SOL, VIRTUAL_TOKENS
from assets.metrics.families import CONTRACT, DISCLOSURE, MARKET, POOLS, TOKEN
from assets.metrics.pools import BONDING_CURVE, CONSTANT_PRODUCT
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    WIDE,
    Amount,
    Flag,
    Moment,
    Name,
    Positive,
    PositiveUsd,
    RowReader,
    Text,
    Usd,
    VendorModel,
    error_in,
    load_json,
    portion_of,
    price_of,
    url_of,
)
from assets.sourcing.rows import (
    AssetRef,
    ContractRow,
    DisclosureRow,
    Identifier,
    ListingRow,
    MarketRow,
    PoolRow,
    Row,
)

SOLANA: Final = "solana"
SOL: Final = "So11111111111111111111111111111111111111112"
NATIVE: Final = frozenset({"", "11111111111111111111111111111111", SOL})
"""How the coin in which a curve is paid is written where it is SOL; older answers leave it out."""
TOKEN_PLACES, SOL_PLACES = 6, 9
STANDARD_WITHIN: Final = Decimal("1e-6")
"""How far virtual SOL × virtual tokens may be from that of the standard curve: recorded ones 1e-8."""
CHANNELS: Final = {"homepage": "website", "x": "twitter", "telegram": "telegram"}


class PumpFunCoin(VendorModel):
    mint: Name
    name: Text = ""
    symbol: Text = ""
    bonding_curve: Text = ""
    creator: Text = ""
    website: Text = ""
    twitter: Text = ""
    telegram: Text = ""
    created_timestamp: Moment = None
    complete: Flag = None
    pump_swap_pool: Text = ""
    quote_mint: Text = ""
    total_supply: Positive = None
    virtual_sol_reserves: Positive = None
    virtual_token_reserves: Positive = None
    real_sol_reserves: Amount = None
    real_token_reserves: Amount = None
    market_cap: Positive = None
    usd_market_cap: PositiveUsd = None
    canonical_pool_liquidity_usd: Usd = None
    transfer_fee_bps: Amount = None
    transfer_hook_program: Text = ""
    mayhem_state: Text = ""

    @property
    def is_standard(self) -> bool:
        """Whether its curve has the parameters that most have: their product stays the same."""
        if self.virtual_sol_reserves is None or self.virtual_token_reserves is None or self.mayhem_state:
            return False
        product = WIDE.multiply(self.virtual_sol_reserves, self.virtual_token_reserves)
        expected = Decimal(VIRTUAL_SOL) * Decimal(VIRTUAL_TOKENS) * 10 ** (TOKEN_PLACES + SOL_PLACES)
        return abs(WIDE.divide(product, expected) - 1) < STANDARD_WITHIN


class PumpFun(Provider):
    name = "pumpfun"
    title = "Pump.fun"
    website = "https://pump.fun"
    attribution = message("Launchpad data by Pump.fun")
    default_url = "https://frontend-api-v3.pump.fun"
    # It publishes no limit, and promises nothing: it is asked no oftener than once in two seconds.
    rate = Rate(calls=30, per_s=60)
    families = (MARKET,)
    also_provides = (POOLS, CONTRACT, DISCLOSURE)
    fields = {
        MARKET: ("price_usd market_cap_usd fully_diluted_usd launch_sold_share launch_completed launch_pool"),
        POOLS: (
            "address dex pool_type price_usd reserve_usd quote_address quote_price_usd quote_is_listed "
            "quote_reserve virtual_base_reserve virtual_quote_reserve opened_at chain"
        ),
        CONTRACT: (
            "creator_address deployed_at buy_tax_share sell_tax_share transfer_tax_share transfer_hook"
        ),
        DISCLOSURE: "channels",
    }
    per_asset = frozenset({MARKET})
    one_by_one = message("coin by coin")
    namespaces = (namespace_of(SOLANA),)
    known_by = message("mint on Solana")

    def accepts(self, request: Request, status_code: int) -> bool:
        """A mint that is no coin of the launchpad is an answer about that mint."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}

    def is_name(self, namespace: str, value: str) -> bool:
        return is_solana_address(value)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        mint = known[0][1]
        return (Request(family=MARKET, path=f"/coins/{mint}", context={"address": mint}),)

    def parse(self, raw: RawObservation) -> Parsed:
        mint = raw.request.context["address"]
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(mint)
        body = load_json(raw.body)
        if complaint := error_in(body):
            raise self.refusal(complaint)
        reader = RowReader()
        coin = reader.read(PumpFunCoin, body)
        if coin is None or coin.mint != mint:
            raise UnreadableError("Pump.fun sent something other than the coin %(mint)s.", mint=mint)
        found = PumpFunRows(raw, coin, reader)
        return reader.parsed([*found.rows()] or [ListingRow(asset=found.asset, as_of=raw.fetched_at)])


class PumpFunRows:
    """One coin on its way to rows."""

    def __init__(self, raw: RawObservation, coin: PumpFunCoin, reader: RowReader) -> None:
        self.coin, self.reader, self.at = coin, reader, raw.fetched_at
        self.asset = AssetRef(
            kind=TOKEN,
            identifiers=(address_on(SOLANA, coin.mint),),
            symbol=coin.symbol,
            name=coin.name,
            chain=SOLANA,
            links={"pump.fun": f"https://pump.fun/coin/{coin.mint}"},
        )
        self.pool = coin.pump_swap_pool if is_solana_address(coin.pump_swap_pool) else ""
        is_known = coin.created_timestamp is not None and coin.created_timestamp <= self.at
        self.made_at = coin.created_timestamp if is_known else None
        self.units = _whole(coin.total_supply, TOKEN_PLACES)

    def rows(self) -> Iterator[Row]:
        market, contract = self.market(), self.contract()
        if any(each not in (None, "") for each in market.values()):
            yield MarketRow(asset=self.asset, as_of=self.at, **market)
        yield from self.pools()
        if any(each not in (None, "") for each in contract.values()):
            yield ContractRow(asset=self.asset, as_of=self.at, **contract)
        coin = self.coin
        links = {name: url_of(getattr(coin, key)) for name, key in CHANNELS.items()}
        if channels := {name: url for name, url in links.items() if url}:
            yield DisclosureRow(asset=self.asset, as_of=self.at, channels=channels)

    def market(self) -> dict[str, Any]:
        """Fields of a MarketRow; the cap is the price times all units that were minted."""
        coin = self.coin
        return {
            "price_usd": _quotient(coin.usd_market_cap, self.units),
            "market_cap_usd": coin.usd_market_cap,
            "fully_diluted_usd": coin.usd_market_cap,
            "launch_sold_share": self.sold_share(),
            "launch_completed": coin.complete,
            "launch_pool": self.pool if coin.complete else "",
        }

    def sold_share(self) -> float | None:
        """Of the units for sale on a standard curve; what is virtual and never for sale stands among them."""
        if self.coin.complete:
            return 1.0
        left = _whole(self.coin.virtual_token_reserves, TOKEN_PLACES)
        if left is None or not self.coin.is_standard:
            return None
        sold = (Decimal(VIRTUAL_TOKENS) - left) / Decimal(SOLD_TOKENS)
        return min(max(float(sold), 0.0), 1.0)

    def contract(self) -> dict[str, Any]:
        """Fields of a ContractRow. What an older answer doesn't name was not looked at."""
        coin = self.coin
        points = None if coin.transfer_fee_bps is None else coin.transfer_fee_bps / 100
        tax = self.reader.known(portion_of, points, name=coin.mint, field="transfer_fee_bps")
        return {
            "creator_address": coin.creator if is_solana_address(coin.creator) else "",
            "deployed_at": self.made_at,
            "buy_tax_share": tax,
            "sell_tax_share": tax,
            "transfer_tax_share": tax,
            "transfer_hook": True if coin.transfer_hook_program else None if tax is None else False,
        }

    # Pools --------------------------------------------------------------------------

    def pools(self) -> Iterator[PoolRow]:
        """The curve while it sells, and the pool to which it has moved."""
        coin = self.coin
        common: dict[str, Any] = {"asset": self.asset, "as_of": self.at, "chain": SOLANA}
        if coin.complete is False and is_solana_address(coin.bonding_curve):
            yield PoolRow(**common, **self.curve())
        elif coin.complete and self.pool and coin.canonical_pool_liquidity_usd is not None:
            yield PoolRow(
                **common,
                address=self.pool,
                dex="pumpswap",
                pool_type=CONSTANT_PRODUCT,
                reserve_usd=coin.canonical_pool_liquidity_usd,
            )

    def curve(self) -> dict[str, Any]:
        """Fields of a PoolRow. Of curves that are paid in another coin than SOL only their kind is read."""
        coin = self.coin
        fields = {
            "address": coin.bonding_curve,
            "dex": "pump-fun",
            "pool_type": BONDING_CURVE,
            "opened_at": self.made_at,
        }
        if coin.quote_mint not in NATIVE:
            return fields
        tokens = _whole(coin.virtual_token_reserves, TOKEN_PLACES)
        sol = _whole(coin.virtual_sol_reserves, SOL_PLACES)
        sol_usd = _quotient(coin.usd_market_cap, coin.market_cap)
        paid = _whole(coin.real_sol_reserves, SOL_PLACES)
        if paid is None and coin.is_standard and sol is not None:
            paid = max(sol - Decimal(VIRTUAL_SOL), Decimal(0))
        price = _quotient(sol, tokens)
        return fields | {
            "price_usd": None if price is None or sol_usd is None else _price(WIDE.multiply(price, sol_usd)),
            "quote_address": SOL,
            "quote_price_usd": sol_usd,
            "quote_is_listed": is_listed(SOLANA, SOL),
            "quote_reserve": paid,
            "virtual_base_reserve": tokens,
            "virtual_quote_reserve": sol,
        }


def _whole(units: Decimal | None, places: int) -> Decimal | None:
    return None if units is None else units.scaleb(-places, context=WIDE)


def _quotient(value: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    return _price(WIDE.divide(value, divisor)) if value and divisor else None


def _price(value: Decimal) -> Decimal | None:
    try:
        return price_of(value)
    except ValueError:
        return None
