"""Jupiter: what Solana's aggregator of exchanges knows of a token: price, supply, holders and its developer.

https://dev.jup.ag/docs/token-api. Answers without a key. Whole tokens and US dollars; of the audit a member
that does not hold is left out, so that an authority that isn't named as disabled is there; of the statistics
one that is nothing. `liquidity` is about half of what other sources call so, and is not read. Its marks
(verified, organic, suspicious) are judgements by its own rules: they are not read either. Of a mint of the
classic token program, which has no extensions, nobody can do more to holders than mint and freeze.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from assets.identity.chains import address_on, namespace_of
from assets.identity.checksums import is_solana_address
from assets.identity.token_programs import CLASSIC_PROGRAM, POWER_EXTENSIONS
from assets.metrics.families import CONTRACT, DISCLOSURE, HOLDERS, MARKET, SUPPLY, TOKEN
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
    Change,
    Count,
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
    error_in,
    load_json,
    url_of,
    usd_of,
)
from assets.sourcing.rows import (
    AssetRef,
    ContractRow,
    DisclosureRow,
    HolderRow,
    Identifier,
    ListingRow,
    MarketRow,
    Row,
    SupplyRow,
)

SOLANA: Final = "solana"
YOUNG: Final = timedelta(days=7)
"""Of a token no older than this nearly all that its developer made was made before it. Our judgement."""
CLASSIC: Final = {
    **dict.fromkeys(("buy_tax_share", "sell_tax_share", "transfer_tax_share"), 0.0),
    **dict.fromkeys(("non_transferable", "frozen_by_default", "default_state_mutable"), False),
    **dict.fromkeys(POWER_EXTENSIONS, False),
}
"""What no mint of the classic program has."""
CHANNELS: Final = {"homepage": "website", "x": "twitter", "telegram": "telegram", "discord": "discord"}


class JupiterAudit(VendorModel):
    devBalancePercentage: Portion = None  # noqa: N815 - the vendor's name
    devMints: Count = None  # noqa: N815
    """How many tokens its developer ever made, this one among them."""


class JupiterStats(VendorModel):
    """Of 24 hours, in US dollars and percent."""

    priceChange: Change = None  # noqa: N815
    buyVolume: Usd = None  # noqa: N815
    sellVolume: Usd = None  # noqa: N815
    numBuys: Count = None  # noqa: N815
    numSells: Count = None  # noqa: N815
    numTraders: Count = None  # noqa: N815

    def trades(self, named: Collection[str]) -> dict[str, int | None]:
        """Fields of a MarketRow; a side that is left out of what is `named` had none, where the other had."""
        has_traded = bool(self.numBuys or self.numSells)
        sides = (("buys_24h", self.numBuys, "numBuys"), ("sells_24h", self.numSells, "numSells"))
        told = {ours: 0 if has_traded and name not in named else count for ours, count, name in sides}
        return {**told, "traders_24h": self.numTraders}

    def volume_usd(self, named: Collection[str]) -> Decimal | None:
        """Both sides together; a side without trades is left out of what is `named`."""
        sides = ((self.buyVolume, self.numBuys, "buyVolume"), (self.sellVolume, self.numSells, "sellVolume"))
        known = [Decimal(0) if name not in named and not trades else usd for usd, trades, name in sides]
        sums = [each for each in known if each is not None]
        return usd_of(sum(sums, Decimal(0))) if len(sums) == len(sides) and any(sums) else None


class JupiterPool(VendorModel):
    createdAt: Moment = None  # noqa: N815


class JupiterToken(VendorModel):
    id: Name
    name: Text = ""
    symbol: Text = ""
    dev: Text = ""
    website: Text = ""
    twitter: Text = ""
    telegram: Text = ""
    discord: Text = ""
    circSupply: Positive = None  # noqa: N815
    totalSupply: Positive = None  # noqa: N815
    holderCount: Count = None  # noqa: N815
    usdPrice: Price = None  # noqa: N815
    mcap: PositiveUsd = None
    fdv: PositiveUsd = None
    tokenProgram: Text = ""  # noqa: N815
    graduatedPool: Text = ""  # noqa: N815
    graduatedAt: Moment = None  # noqa: N815
    createdAt: Moment = None  # noqa: N815
    updatedAt: Moment = None  # noqa: N815
    firstPool: JupiterPool | None = None  # noqa: N815
    audit: JupiterAudit | None = None
    stats24h: JupiterStats | None = None


class Jupiter(Provider):
    name = "jupiter"
    title = "Jupiter"
    website = "https://jup.ag"
    attribution = message("Token data by Jupiter")
    default_url = "https://api.jup.ag"
    rate = Rate(calls=28, per_s=60)
    families = (MARKET,)
    also_provides = (SUPPLY, HOLDERS, CONTRACT, DISCLOSURE)
    fields = {
        MARKET: (
            "price_usd volume_24h_usd market_cap_usd fully_diluted_usd price_change_24h_share "
            "buys_24h sells_24h traders_24h launch_completed launch_completed_at launch_pool"
        ),
        SUPPLY: "circulating total",
        HOLDERS: "holder_count",
        CONTRACT: (
            "mint_authority freeze_authority creator_address creator_share creator_earlier_tokens "
            "deployed_at buy_tax_share sell_tax_share transfer_tax_share non_transferable frozen_by_default "
            "default_state_mutable balance_mutable transfer_hook hook_mutable closable pausable tax_mutable"
        ),
        DISCLOSURE: "channels",
    }
    per_asset = frozenset({MARKET})
    one_by_one = message("token by token")
    namespaces = (namespace_of(SOLANA),)
    known_by = message("mint on Solana")

    def headers(self) -> dict[str, str]:
        return {"x-api-key": self.key} if self.key else {}

    def is_name(self, namespace: str, value: str) -> bool:
        return is_solana_address(value)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        mint = known[0][1]
        chains = sum(each.startswith("address:") for each, _value in need.identifiers or ())
        call = Request(
            family=MARKET,
            path="/tokens/v2/search",
            params={"query": mint},
            context={"address": mint, "chains": "several" if chains > 1 else "one"},
        )
        return (call,)

    def parse(self, raw: RawObservation) -> Parsed:
        body, mint = load_json(raw.body), raw.request.context["address"]
        if complaint := error_in(body):
            raise self.refusal(complaint)
        if not isinstance(body, list):
            raise UnreadableError("Jupiter sent something other than the list it promises.")
        # A search by text finds namesakes too; only the mint itself is the token.
        own = next((each for each in body if isinstance(each, dict) and each.get("id") == mint), None)
        if own is None:
            return self.knows_nothing_of(mint)
        reader = RowReader()
        token = reader.read(JupiterToken, own)
        if token is None:
            return reader.parsed([])
        is_alone = raw.request.context["chains"] == "one"
        rows = [*_rows(token, own, raw.fetched_at, is_alone=is_alone)]
        return reader.parsed(rows or [ListingRow(asset=_asset(token), as_of=raw.fetched_at)])


def _asset(token: JupiterToken) -> AssetRef:
    return AssetRef(
        kind=TOKEN,
        identifiers=(address_on(SOLANA, token.id),),
        symbol=token.symbol,
        name=token.name,
        chain=SOLANA,
        links={"jupiter": f"https://jup.ag/tokens/{token.id}"},
    )


def _rows(token: JupiterToken, own: dict[str, Any], at: datetime, *, is_alone: bool) -> Iterator[Row]:
    asset = _asset(token)
    if any((market := _market(token, own)).values()):
        yield MarketRow(asset=asset, as_of=at, **market)
    contract = _contract(token, own, at)
    if any(each is not None and each != "" for each in contract.values()):
        yield ContractRow(asset=asset, as_of=at, **contract)
    if is_alone and (token.circSupply or token.totalSupply):
        yield SupplyRow(asset=asset, as_of=at, circulating=token.circSupply, total=token.totalSupply)
    if is_alone and token.holderCount:  # 0 stands for "not counted".
        yield HolderRow(asset=asset, as_of=at, holder_count=token.holderCount)
    if channels := {name: url for name, key in CHANNELS.items() if (url := url_of(getattr(token, key)))}:
        yield DisclosureRow(asset=asset, as_of=at, channels=channels)


def _market(token: JupiterToken, own: dict[str, Any]) -> dict[str, Any]:
    """Fields of a MarketRow. That it has not moved from its launchpad is told by nothing here."""
    stats, told = token.stats24h or JupiterStats(), own.get("stats24h")
    named = told if isinstance(told, dict) else ()
    pool = token.graduatedPool if is_solana_address(token.graduatedPool) else ""
    return {
        "price_usd": token.usdPrice,
        "volume_24h_usd": stats.volume_usd(named),
        "market_cap_usd": token.mcap,
        "fully_diluted_usd": token.fdv,
        "price_change_24h_share": stats.priceChange,
        **stats.trades(named),
        "launch_completed": True if pool else None,
        "launch_completed_at": token.graduatedAt if pool else None,
        "launch_pool": pool,
    }


def _contract(token: JupiterToken, own: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Fields of a ContractRow."""
    audit = token.audit or JupiterAudit()
    moments = (token.createdAt, token.firstPool.createdAt if token.firstPool else None)
    first = min((each for each in moments if each is not None and each <= at), default=None)
    is_young = first is not None and (token.updatedAt or at) - first <= YOUNG
    # Who has made no other token made none before this one, however old it is.
    is_counted = audit.devMints == 1 or (is_young and audit.devMints)
    return {
        "mint_authority": _authority(own.get("audit"), "mintAuthorityDisabled"),
        "freeze_authority": _authority(own.get("audit"), "freezeAuthorityDisabled"),
        "creator_address": token.dev if is_solana_address(token.dev) else "",
        "creator_share": audit.devBalancePercentage if token.dev else None,
        "creator_earlier_tokens": audit.devMints - 1 if is_counted and audit.devMints else None,
        "deployed_at": first,
        **(CLASSIC if token.tokenProgram == CLASSIC_PROGRAM else {}),
    }


def _authority(audit: object, key: str) -> str:
    """One of `metrics.contract.AUTHORITIES`; who holds it is not told, and all tokens run one program."""
    if not isinstance(audit, dict) or not audit:
        return ""
    disabled = audit.get(key, False)
    return {True: "none", False: "wallet"}[disabled] if isinstance(disabled, bool) else ""
