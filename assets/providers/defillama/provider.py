"""DefiLlama: value locked in protocols, their fees and revenue, and unlock schedules.

https://api-docs.defillama.com. Free without a key but for unlocks; a key is part of the path, on a host
of its own where every path begins with `/api`. Lists come whole, without pages and without a moment.

It knows protocols, not tokens: the versions of one protocol (`aave-v2`, `aave-v3`) stand apart below a
`parentProtocol`, often with only one of them or none naming the token. Schedules are documented ones,
not what happened, and are dirty: stretches that end before they start, negative amounts, no category.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from assets.identity.auditors import firm_of
from assets.identity.chains import address_on, known_chain
from assets.identity.native_coins import OF_DEFILLAMA_CHAIN
from assets.metrics.families import DISCLOSURE, TOKEN, UNLOCKS, USAGE
from assets.metrics.unlocks import COUNTED_OTHERWISE
from assets.providers.defillama.incidents import HACKS, RAISES, read_hacks, read_raises
from assets.providers.defillama.vesting import read_unlocks
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Flag,
    Money,
    Name,
    RowReader,
    Text,
    Usd,
    VendorModel,
    error_in,
    handle_url,
    load_json,
    money_of,
    name_of,
    text_of,
    url_of,
    usd_of,
)
from assets.sourcing.rows import (
    AssetRef,
    AuditReport,
    DisclosureRow,
    Identifier,
    Row,
    Unlock,
    UnlockRow,
    UsageRow,
)

NAMESPACE: Final = "defillama"
COINGECKO: Final = "coingecko"
KEYED_URL: Final = "https://pro-api.llama.fi"

FEES: Final = "dailyFees"
REVENUE: Final = "dailyRevenue"

NOT_LOCKED_IN_A_PROTOCOL: Final = frozenset({"CEX", "Chain"})
"""Categories whose value is customers' deposits or is counted again in the protocols on the chain."""

CHAIN_NUMBER: Final = "chain#"
"""Before the name of a chain, which stands among the protocols that earn fees."""
CHAIN_OF_COIN: Final = {coin: chain for chain, coin in OF_DEFILLAMA_CHAIN.items()}

AUDITED: Final = frozenset({"1", "2"})
"""Whether a protocol was audited: in part, or yes. "0" says nothing (it stands where nobody looked), and "3"
is a copy of something that was."""
MOST_AUDITS: Final = 20

A_YEAR_OF_MONTHS: Final = Decimal(365) / Decimal(30)


class DefiLlamaProtocol(VendorModel):
    id: Name
    name: Text = ""
    slug: Text = ""
    symbol: Text = ""
    gecko_id: Text = ""
    address: Text = ""
    category: Text = ""
    parentProtocol: Text = ""  # noqa: N815 - the vendor's name, among others in another style
    audits: Text = ""
    audit_links: list[Any] | None = None
    url: Text = ""
    twitter: Text = ""

    @property
    def root(self) -> str:
        """By what its versions are known together: `aave` for `aave-v2`, which is below `parent#aave`."""
        return self.parentProtocol.partition("#")[2] or self.slug or _slug(self.name)


class LockedValue(VendorModel):
    tvl: Usd = None
    excludeTvlFromParent: Flag = None  # noqa: N815


class EarningProtocol(VendorModel):
    defillamaId: Name  # noqa: N815


class EarnedFees(VendorModel):
    total1y: Money = None
    total30d: Money = None


class EmissionSchedule(VendorModel):
    name: Text = ""
    gecko_id: Text = ""
    token: Text = ""


@dataclass(slots=True)
class ProtocolOwner:
    """The protocols of one token."""

    identifier: Identifier
    protocols: list[DefiLlamaProtocol] = field(default_factory=list)
    tvl_usd: Decimal | None = None
    is_harmed: bool = False

    @property
    def identifiers(self) -> list[Identifier]:
        """The slug only where there is one: fees asked by one of several would be less than the token's."""
        roots = {protocol.root for protocol in self.protocols}
        slugs = [(NAMESPACE, root) for root in roots if len(roots) == 1 and 0 < len(root) <= 200]
        return [self.identifier, *slugs]


class DefiLlama(Provider):
    name = "defillama"
    title = "DefiLlama"
    website = "https://defillama.com"
    attribution = message("Data by DefiLlama")
    default_url = "https://api.llama.fi"
    rate = Rate(calls=200, per_s=60)
    families = (USAGE, UNLOCKS)
    also_provides = (DISCLOSURE,)
    fields = {
        DISCLOSURE: "channels audits hacks raises",
        UNLOCKS: "events source_url precision complete",
        USAGE: "fees_annual_usd revenue_annual_usd tvl_usd",
    }
    keyed = frozenset({UNLOCKS})
    namespaces = (NAMESPACE, COINGECKO)
    known_by = message("slug there")

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.key and self.base_url == self.default_url:
            self.base_url = KEYED_URL

    def secret_path(self) -> str:
        return f"/{self.key}" if self.key else ""

    def accepts(self, request: Request, status_code: int) -> bool:
        """A protocol that is not known is an answer about that protocol."""
        return status_code == HTTPStatus.OK or (
            status_code == HTTPStatus.NOT_FOUND and "asked" in request.context
        )

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        """A schedule can be asked for by the coin too, and better; the fees of a chain by its own coin."""
        slugs = tuple(each for each in identifiers if each[0] == NAMESPACE)
        coins = tuple(each for each in identifiers if each[0] == COINGECKO)
        if family == UNLOCKS:
            return coins or slugs
        return slugs or tuple(each for each in coins if each[1] in CHAIN_OF_COIN)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        if need.family == UNLOCKS and not self.key and self.base_url == self.default_url:
            raise UnsupportedError("DefiLlama gives unlocks only to those who pay: set ASSAY_DEFILLAMA_KEY.")
        if need.identifiers is None:
            path = "/api/emissions" if need.family == UNLOCKS else f"{self._prefix}/protocols"
            context = {} if need.limit is None else {"left": str(need.limit)}
            return (Request(family=need.family, path=path, context=context),)
        asked = known[: need.limit]
        if need.family == UNLOCKS:
            return tuple(
                _schedule(value, coin=value if namespace == COINGECKO else "") for namespace, value in asked
            )
        return tuple(
            Request(
                family=USAGE,
                path=f"{self._prefix}/summary/fees/{quote(slug, safe='')}",
                params={"dataType": kind},
                context=context,
            )
            for slug, context in (_earner(*each) for each in asked)
            for kind in (FEES, REVENUE)
        )

    @property
    def _prefix(self) -> str:
        return "/api" if self.key else ""

    def parse(self, raw: RawObservation) -> Parsed:
        context = raw.request.context
        body = load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(context["asked"])
        if complaint := error_in(body):
            raise self.refusal(complaint)
        if raw.request.family == UNLOCKS:
            return _emission(body, raw) if "asked" in context else _emissions(body, raw)
        if "asked" in context:
            return _fees_of_one(body, raw)
        if "events" in context:
            return _events(body, raw)
        if "owners" in context:
            return _fees(body, raw)
        return _protocols(body, raw, prefix=self._prefix, with_events=bool(self.key))


def _earner(namespace: str, value: str) -> tuple[str, dict[str, str]]:
    """The protocol's slug or the chain of a coin, whose fees are asked for; and what the parser must know."""
    if namespace == COINGECKO:
        return CHAIN_OF_COIN[value], {"asked": CHAIN_OF_COIN[value], "coin": value}
    return value, {"asked": value}


def _slug(name: str) -> str:
    """A name as DefiLlama writes it in an address."""
    return name.lower().replace(" ", "-").replace("'", "")


def _schedule(slug: str, *, coin: str = "") -> Request:
    return Request(
        family=UNLOCKS,
        path=f"/api/emission/{quote(slug, safe='')}",
        context={"asked": slug} | ({"coin": coin} if coin else {}),
    )


def _left(request: Request) -> int | None:
    return int(request.context["left"]) if "left" in request.context else None


def _list_in(body: object, what: str) -> list[Any]:
    if not isinstance(body, list):
        raise UnreadableError("DefiLlama sent something other than the %(what)s it promises.", what=what)
    return body


def _contract(token: str) -> Identifier | None:
    """The contract in `bsc:0x…` or, on Ethereum, `0x…`; None for all else, and on a chain we don't know."""
    told, separator, address = token.partition(":")
    chain = known_chain(told) if separator else "ethereum"
    try:
        return address_on(chain, address if separator else token) if chain else None
    except ValueError:
        return None


def _coin(*candidates: object) -> str:
    """The first of these that can be a CoinGecko id."""
    for each in candidates:
        try:
            return name_of(each)
        except ValueError:
            continue
    return ""


# Usage: value locked --------------------------------------------------------------------


def _protocols(body: object, raw: RawObservation, *, prefix: str, with_events: bool) -> Parsed:
    reader = RowReader()
    protocols: list[tuple[DefiLlamaProtocol, object]] = []
    for item in _list_in(body, message("list of protocols")):
        protocol = reader.read(DefiLlamaProtocol, item)
        if protocol is None or protocol.category in NOT_LOCKED_IN_A_PROTOCOL:
            continue
        if reader.is_first(protocol.id, what=message("The protocol %(protocol)s", protocol=protocol.id[:80])):
            protocols.append((protocol, item))
    owners = _owners(protocols, reader)[: _left(raw.request)]
    rows: list[Row] = [
        UsageRow(asset=_asset(owner), as_of=raw.fetched_at, tvl_usd=owner.tvl_usd)
        for owner in owners
        if owner.tvl_usd is not None and not owner.is_harmed
    ]
    rows.extend(row for owner in owners if (row := _disclosure(owner, raw)))
    follow = [_fees_overview(kind, owners, prefix) for kind in (FEES, REVENUE)] if owners else []
    if owners and with_events:
        follow += [_event_list(kind, owners, prefix) for kind in (HACKS, RAISES)]
    return reader.parsed(rows, *follow)


def _owners(protocols: Sequence[tuple[DefiLlamaProtocol, object]], reader: RowReader) -> list[ProtocolOwner]:
    """The protocols by token, their value added up; what belongs to no token is counted and left out."""
    families: dict[str, list[DefiLlamaProtocol]] = defaultdict(list)
    for protocol, _item in protocols:
        families[protocol.root].append(protocol)
    owners: dict[Identifier, ProtocolOwner] = {}
    strangers = 0
    for protocol, item in protocols:
        identifier = _identifier(protocol, families[protocol.root])
        if identifier is None:
            strangers += 1
            continue
        owner = owners.setdefault(identifier, ProtocolOwner(identifier))
        owner.protocols.append(protocol)
        _add_locked(owner, reader.read(LockedValue, item))
    if strangers:
        reader.remark(
            "Protocols without a token that we could know are left out: %(count)s.", count=strangers
        )
    return list(owners.values())


def _identifier(protocol: DefiLlamaProtocol, family: Iterable[DefiLlamaProtocol]) -> Identifier | None:
    """The token of a protocol: its own, else the one that its versions agree upon."""
    own = _coin(protocol.gecko_id)
    coins = {coin for each in family if (coin := _coin(each.gecko_id))}
    if own or len(coins) == 1:
        return COINGECKO, own or coins.pop()
    if coins:
        return None
    contracts = {contract for each in family if (contract := _contract(each.address))}
    return _contract(protocol.address) or (contracts.pop() if len(contracts) == 1 else None)


def _add_locked(owner: ProtocolOwner, locked: LockedValue | None) -> None:
    """A sum that lacks a part that could not be read is none."""
    if locked is None or locked.unread:
        owner.is_harmed = True
    elif locked.tvl is not None and not locked.excludeTvlFromParent:
        try:
            owner.tvl_usd = usd_of((owner.tvl_usd or 0) + locked.tvl)
        except ValueError:
            owner.is_harmed = True


def _disclosure(owner: ProtocolOwner, raw: RawObservation) -> DisclosureRow | None:
    """What its protocols name of themselves and the reports of their audits; None where that is nothing.

    That no report is listed does not say that there is none.
    """
    reports = {
        url: AuditReport(firm=firm_of(url), scope=each.name, report_url=url)
        for each in owner.protocols
        if each.audits in AUDITED
        for url in filter(None, map(url_of, each.audit_links or ()))
    }
    sites = [url for each in owner.protocols if (url := url_of(each.url))]
    accounts = [url for each in owner.protocols if (url := handle_url("https://x.com/", each.twitter))]
    channels = {name: found[0] for name, found in (("homepage", sites), ("x", accounts)) if found}
    if not reports and not channels:
        return None
    return DisclosureRow(
        asset=_asset(owner),
        as_of=raw.fetched_at,
        channels=channels,
        audits=tuple(reports.values())[:MOST_AUDITS] or None,
    )


def _asset(owner: ProtocolOwner) -> AssetRef:
    """What a version is called is not what the token is called: only a protocol by itself gives its name."""
    alone = owner.protocols[0] if len(owner.protocols) == 1 else None
    symbols = {each.symbol for each in owner.protocols} - {"", "-"}
    page = f"https://defillama.com/protocol/{quote(owner.protocols[0].root, safe='')}"
    return AssetRef(
        kind=TOKEN,
        identifiers=tuple(owner.identifiers),
        symbol=symbols.pop().upper() if len(symbols) == 1 else "",
        name=(alone.name if alone else owner.protocols[0].root.replace("-", " ").title())[:200],
        sector=owner.protocols[0].category[:64],
        links={"defillama": page},
    )


# Usage: fees and revenue ----------------------------------------------------------------


def _event_list(kind: str, owners: Iterable[ProtocolOwner], prefix: str) -> Request:
    """Events name a protocol or the parent of its versions."""
    numbers = [
        [owner.identifiers, sorted({each.id for each in owner.protocols} | _parents(owner))]
        for owner in owners
    ]
    context = {"events": kind, "owners": json.dumps(numbers, separators=(",", ":"))}
    return Request(family=USAGE, path=f"{prefix}/{kind}", context=context)


def _parents(owner: ProtocolOwner) -> set[str]:
    return {each.parentProtocol for each in owner.protocols if each.parentProtocol}


def _owners_by_number(request: Request) -> dict[str, tuple[Identifier, ...]]:
    """Whose each number is; a parent that several tokens have is nobody's."""
    found: dict[str, tuple[Identifier, ...] | None] = {}
    for identifiers, numbers in json.loads(request.context["owners"]):
        owner = tuple((namespace, value) for namespace, value in identifiers)
        for number in numbers:
            found[number] = owner if found.get(number, owner) == owner else None
    return {number: owner for number, owner in found.items() if owner}


def _events(body: object, raw: RawObservation) -> Parsed:
    kind, reader = raw.request.context["events"], RowReader()
    items = body.get(RAISES) if kind == RAISES and isinstance(body, dict) else body
    read = read_raises if kind == RAISES else read_hacks
    listed = _list_in(items, message("list of hacks and raises"))
    return reader.parsed(list(read(listed, _owners_by_number(raw.request), raw, reader)))


def _fees_overview(kind: str, owners: Iterable[ProtocolOwner], prefix: str) -> Request:
    """Fees know protocols only by DefiLlama's number: who owns them goes along, or they would name nobody."""
    numbers = [[owner.identifiers, [each.id for each in owner.protocols]] for owner in owners]
    whole = {"excludeTotalDataChart": "true", "excludeTotalDataChartBreakdown": "true"}
    return Request(
        family=USAGE,
        path=f"{prefix}/overview/fees",
        params=whole | {"dataType": kind},
        context={"owners": json.dumps(numbers, separators=(",", ":"))},
    )


def _fees(body: object, raw: RawObservation) -> Parsed:
    items = _list_in(body.get("protocols") if isinstance(body, dict) else None, message("list of fees"))
    owners = _owners_by_number(raw.request)
    by_name = {owner[0]: owner for owner in owners.values()}
    reader, harmed = RowReader(), set()
    sums: dict[tuple[Identifier, ...], Decimal] = {}
    for item in items:
        earner = reader.read(EarningProtocol, item)
        owner = (owners.get(earner.defillamaId) or _of_chain(earner.defillamaId, by_name)) if earner else None
        if not (earner and owner and reader.is_first(earner.defillamaId, what=earner.defillamaId[:80])):
            continue
        try:
            earned = reader.read(EarnedFees, item)
            annual = _annual_usd(earned) if earned else None
            if annual is not None:
                sums[owner] = money_of(sums.get(owner, 0) + annual) or Decimal(0)
        except ValueError:
            earned = None
        if earned is None or earned.unread:
            harmed.add(owner)
    rows = [_usage(owner, annual, raw) for owner, annual in sums.items() if owner not in harmed]
    return reader.parsed([*rows])


def _of_chain(
    number: str, owners: Mapping[Identifier, tuple[Identifier, ...]]
) -> tuple[Identifier, ...] | None:
    """Whose the fees of a chain are: its own coin's, in which they are paid."""
    coin = OF_DEFILLAMA_CHAIN.get(number.removeprefix(CHAIN_NUMBER))
    if coin is None or not number.startswith(CHAIN_NUMBER):
        return None
    return owners.get((COINGECKO, coin), ((COINGECKO, coin),))


def _fees_of_one(body: object, raw: RawObservation) -> Parsed:
    slug, coin = raw.request.context["asked"], raw.request.context.get("coin", "")
    if coin and isinstance(body, dict) and body.get("gecko_id", coin) != coin:
        raise UnreadableError("DefiLlama sent something other than the fees of %(slug)s.", slug=slug)
    if not isinstance(body, dict) or not body.keys() & {"total24h", "total30d", "total1y", "defillamaId"}:
        raise UnreadableError("DefiLlama sent something other than the fees of %(slug)s.", slug=slug)
    reader = RowReader()
    earned = reader.read(EarnedFees, body)
    annual = _annual_usd(earned) if earned else None
    identifier = (COINGECKO, coin) if coin else (NAMESPACE, slug)
    return reader.parsed([] if annual is None else [_usage((identifier,), annual, raw)])


def _annual_usd(earned: EarnedFees) -> Decimal | None:
    """The last year's; of a protocol without one, the last 30 days' as if they went on for 365.

    Both fees and revenue can be below zero: what is paid out to traders and makers is taken off.
    """
    if earned.total1y is not None or "total1y" in earned.unread:
        return earned.total1y
    return None if earned.total30d is None else money_of(earned.total30d * A_YEAR_OF_MONTHS)


def _usage(identifiers: tuple[Identifier, ...], annual: Decimal, raw: RawObservation) -> UsageRow:
    is_revenue = raw.request.params["dataType"] == REVENUE
    return UsageRow(
        asset=AssetRef(kind=TOKEN, identifiers=identifiers),
        as_of=raw.fetched_at,
        fees_annual_usd=None if is_revenue else annual,
        revenue_annual_usd=annual if is_revenue else None,
    )


# Unlocks --------------------------------------------------------------------------------


def _emissions(body: object, raw: RawObservation) -> Parsed:
    """The list of schedules. It gives rates without an end, so each schedule is asked for by itself."""
    reader, follow = RowReader(), []
    for item in _list_in(body, message("list of schedules")):
        schedule = reader.read(EmissionSchedule, item)
        coin = _coin(schedule.gecko_id) if schedule else ""
        slug = coin or _coin(_slug(schedule.name) if schedule else "")
        if slug and reader.is_first(slug, what=message("The schedule of %(slug)s", slug=slug[:80])):
            follow.append(_schedule(slug, coin=coin))
        elif schedule and not slug:
            reader.reject("A schedule has neither a CoinGecko id nor a name.")
    return reader.parsed([], *follow[: _left(raw.request)])


def _emission(body: object, raw: RawObservation) -> Parsed:
    asked = raw.request.context["asked"]
    schedule = body.get("body", body) if isinstance(body, dict) else None
    if isinstance(schedule, str):
        # The site's own interface packs it into a text.
        schedule = load_json(schedule.encode("utf-8", "replace"))
    metadata = schedule.get("metadata") if isinstance(schedule, dict) else None
    if not isinstance(schedule, dict) or not isinstance(metadata, dict):
        raise UnreadableError("DefiLlama sent something other than the schedule of %(asked)s.", asked=asked)
    reader = RowReader()
    asset = _scheduled(schedule, metadata, raw.request.context)
    events, complete = read_unlocks(
        metadata.get("unlockEvents"), schedule.get("categories"), schedule.get("documentedData"), reader
    )
    if not events:
        reader.remark("%(asked)s: no unlock is listed, which does not say that there is none.", asked=asked)
        return reader.parsed([])
    sources = metadata.get("sources")
    links = (url_of(each) for each in (sources if isinstance(sources, list) else ()))
    row = UnlockRow(
        asset=asset,
        as_of=raw.fetched_at,
        events=tuple(events),
        source_url=next(filter(None, links), ""),
        precision="estimate",
        complete=complete and _add_up(events, schedule, metadata),
    )
    return reader.parsed([row])


def _add_up(events: Sequence[Unlock], schedule: Mapping[str, Any], metadata: Mapping[str, Any]) -> bool:
    """Whether the events list what the schedule itself says there is in total, where it says so."""
    metrics = schedule.get("supplyMetrics")
    told = (metadata.get("total"), metrics.get("maxSupply") if isinstance(metrics, dict) else None)
    total = next((each for each in told if isinstance(each, int | float) and each > 0), 0)
    return float(sum(each.amount for each in events)) >= (1 - COUNTED_OTHERWISE) * total


def _scheduled(
    schedule: Mapping[str, Any], metadata: Mapping[str, Any], context: Mapping[str, str]
) -> AssetRef:
    """Whose schedule it is: the coin, else the contract and the slug."""
    token = metadata.get("token")
    chain, _, value = (token if isinstance(token, str) else "").partition(":")
    coin = _coin(schedule.get("gecko_id"), metadata.get("gecko_id"), value if chain == COINGECKO else "")
    asked = context.get("coin", "")
    if coin and asked and coin != asked:
        raise UnreadableError(
            "DefiLlama sent the schedule of %(coin)s instead of that of %(asked)s.",
            coin=coin[:80],
            asked=asked,
        )
    contract = _contract(f"{chain}:{value}" if value else chain)
    unnamed = [*([contract] if contract else []), (NAMESPACE, context["asked"])]
    name = schedule.get("name")
    return AssetRef(
        kind=TOKEN,
        identifiers=((COINGECKO, coin or asked),) if coin or asked else tuple(unnamed),
        name=text_of(name)[:200] if isinstance(name, str) else "",
    )
