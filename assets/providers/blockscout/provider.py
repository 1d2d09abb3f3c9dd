"""Blockscout: who holds a token on an EVM chain, who sends it, and whether its contract can be read.

https://docs.blockscout.com/devs/pro-api-routes, specification 11.2: amounts are texts in the token's
smallest unit and may be longer than any amount we keep; so the token is asked first, for its supply
and decimals, and its fifty largest holders next. A key goes into the header `Authorization`.

A holder is typed by the tags that Blockscout gives it. The name of a contract is given by its author,
who may call it a bridge: it is shown and does not count. The one exception is the name of a pool's
verified code, because most pools have no tag.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from assets.identity.chains import TO_CHAIN_ID, namespace_of
from assets.identity.checksums import EVM_LOWERCASE
from assets.identity.holder_types import holder_type
from assets.metrics.families import CONTRACT, HOLDERS, SUPPLY, USAGE
from assets.providers.blockscout.calls import call, objects_in, token_of
from assets.providers.blockscout.deployers import creation_call, read_creation, read_earlier, read_history
from assets.providers.blockscout.transfers import read_transfers, transfers_call
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
from assets.sourcing.holder_lists import until_unread
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    WIDE,
    Count,
    Flag,
    Name,
    RowReader,
    Text,
    VendorModel,
    address_of,
    amount_of,
    count_of,
    error_in,
    load_json,
    text_of,
)
from assets.sourcing.rows import ContractRow, HolderRow, Identifier, Position, Row, SupplyRow

MOST_DIGITS: Final = 78
"""An amount on an EVM chain is less than 2 to the power of 256."""

MOST_DECIMALS: Final = 255
DIVISIBLE: Final = frozenset({"ERC-20", "ERC-404", "ERC-7984"})
"""The kinds of token of which holders have shares; of the others each one is a piece of its own."""

CLONES: Final = frozenset({"eip1167", "minimal_proxy", "clone_with_immutable_arguments"})
"""Proxies that point to one contract for ever."""

DELEGATED: Final = "eip7702"
"""A wallet that lets a contract act for it: it has a key as before. https://eips.ethereum.org/EIPS/eip-7702."""

SCAM: Final = "scam"
DESTROYED: Final = "selfdestructed"
"""The code is gone, and all balances with it; "success" and "failed" are of its creation."""

POOL_CODE: Final = frozenset({"UniswapV2Pair", "UniswapV3Pool", "PancakePair", "PancakeV3Pool"})
"""Names in the published code of pools: github.com/Uniswap/v2-core, v3-core, pancakeswap."""

TAG_TYPES: Final = ("name", "protocol", "generic")
"""The tags that say who an address is, the most telling first; others warn or advertise."""


def units_of(value: object) -> int | None:
    """A whole number of smallest units, of any length that a chain has."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not value.isdecimal() or not value.isascii():
        raise ValueError(message("is not a number of smallest units"))
    if len(value) > MOST_DIGITS:
        raise ValueError(message("is absurdly large"))
    return int(value)


def decimals_of(value: object) -> int | None:
    decimals = count_of(value)
    if decimals is not None and decimals > MOST_DECIMALS:
        raise ValueError(message("is not a number of decimals"))
    return decimals


Units = Annotated[int | None, BeforeValidator(units_of)]
Decimals = Annotated[int | None, BeforeValidator(decimals_of)]


class BlockscoutToken(VendorModel):
    address_hash: Name
    symbol: Text = ""
    name: Text = ""
    type: Text = ""
    decimals: Decimals = None
    total_supply: Units = None
    reputation: Text = ""
    holders_count: Count = None
    """0 stands for "not counted": whatever has a supply has a holder."""


class BlockscoutCounters(VendorModel):
    token_holders_count: Count = None


class BlockscoutAccount(VendorModel):
    """An address by itself, or in a list of holders with the units that it holds."""

    hash: Name
    name: Text = ""
    is_contract: Flag = None
    is_verified: Flag = None
    proxy_type: Text = ""
    is_scam: Flag = None
    reputation: Text = ""
    """Told beside the mark as "ok" or "scam"."""
    creation_status: Text = ""
    creator_address_hash: Text = ""
    creation_transaction_hash: Text = ""
    units: Units = None


class Blockscout(Provider):
    name = "blockscout"
    title = "Blockscout"
    website = "https://www.blockscout.com"
    attribution = message("Data by Blockscout")
    default_url = "https://api.blockscout.com"
    rate = Rate(calls=3, per_s=1)
    daily_calls = 5_000
    families = (HOLDERS, CONTRACT, USAGE)
    also_provides = (SUPPLY,)
    fields = {
        SUPPLY: "total",
        HOLDERS: "holder_count supply positions",
        CONTRACT: (
            "verified_source creator_address creator_earlier_tokens deployed_at proxy self_destruct scam"
        ),
        USAGE: "active_addresses_30d active_addresses_least_30d transactions_30d transactions_prior_60d",
    }
    per_asset = frozenset({HOLDERS, CONTRACT, USAGE})
    for_interest = frozenset({USAGE})
    one_by_one = message("token by token")
    namespaces = tuple(map(namespace_of, TO_CHAIN_ID))
    known_by = message("contract on an EVM chain")

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """An address that is not known is an answer about that address."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(EVM_LOWERCASE.fullmatch(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        chains = sum(namespace.startswith("address:") for namespace, _value in need.identifiers or ())
        if need.family == HOLDERS and chains > 1:
            raise UnsupportedError(
                "This asset lives on several chains: who holds it on one of them is not who holds it."
            )
        if need.family == USAGE and chains > 1:
            raise UnsupportedError(
                "This asset lives on several chains: who uses it on one of them is not who uses it."
            )
        namespace, address = known[0]  # At home: a bridged copy is not the asset's contract.
        if need.family == USAGE:
            return (transfers_call(namespace.removeprefix("address:"), address),)
        route = "tokens" if need.family == HOLDERS else "addresses"
        return (call(need.family, route, namespace.removeprefix("address:"), address),)

    def parse(self, raw: RawObservation) -> Parsed:
        context, body = raw.request.context, load_json(raw.body)
        if raw.status_code == HTTPStatus.NOT_FOUND and context["body"] == "earlier":
            return read_earlier(None, raw)
        if raw.status_code == HTTPStatus.NOT_FOUND:
            return self.knows_nothing_of(context["address"])
        if complaint := error_in(body):
            raise self.refusal(complaint)
        if not isinstance(body, dict):
            raise UnreadableError("Blockscout sent something other than the object it promises.")
        return READ[context["body"]](body, raw)


# Bodies -------------------------------------------------------------------------------


def _token(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    """Supply and decimals; the holders, whose shares need them, are asked for next."""
    context, reader = raw.request.context, RowReader()
    token = reader.read(BlockscoutToken, body)
    if token is None or address_of(token.address_hash) != context["address"]:
        raise UnreadableError(
            "Blockscout sent something other than the token %(address)s.", address=context["address"]
        )
    asset = token_of(raw, symbol=token.symbol, name=token.name)
    rows = list[Row]()
    if token.reputation == SCAM:
        rows.append(ContractRow(asset=asset, as_of=raw.fetched_at, scam=True))
    if token.type and token.type not in DIVISIBLE:
        reader.remark(
            "%(address)s is a token of type %(type)s: its holders have no shares.",
            address=context["address"],
            type=token.type,
        )
        return reader.parsed(rows)
    total = _amount(token.total_supply, token.decimals)
    if total:
        rows.append(SupplyRow(asset=asset, as_of=raw.fetched_at, total=total))
    if token.total_supply:
        along = {
            "supply": token.total_supply,
            "decimals": token.decimals,
            "count": token.holders_count or None,
        }
        params = {key: str(value) for key, value in along.items() if value is not None}
        where = (HOLDERS, "tokens", context["chain"], context["address"])
        # Without a count there is one apart.
        counted = () if token.holders_count else (call(*where, tail="/counters"),)
        return reader.parsed(rows, call(*where, tail="/holders", **params), *counted)
    reader.remark("Its total supply is not given, so nobody's share is known.")
    if token.holders_count:
        rows.append(HolderRow(asset=asset, as_of=raw.fetched_at, holder_count=token.holders_count))
    return reader.parsed(rows)


def _holders(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    context, reader = raw.request.context, RowReader()
    if not isinstance(body.get("items"), list):
        raise UnreadableError(
            "Blockscout sent something other than the holders of %(address)s.", address=context["address"]
        )
    supply, decimals = int(context["supply"]), decimals_of(context.get("decimals"))
    chain = context["chain"]
    accounts = list(_accounts(body["items"], supply, reader))
    positions = until_unread(
        [
            _position(account, tags, chain, supply, decimals) if account else None
            for account, tags in accounts
        ],
        reader,
    )
    count = count_of(context.get("count"))
    if count is not None and count < len(body["items"]):  # It is kept apart from the list and lags behind.
        reader.remark(
            "It lists more holders than the %(count)s it counts; the count is left out.", count=count
        )
        count = None
    if not positions and count is None:
        reader.remark("Blockscout lists no holder of %(address)s.", address=context["address"])
        return reader.parsed([])
    row = HolderRow(
        asset=token_of(raw),
        as_of=raw.fetched_at,
        holder_count=count,
        supply=_amount(supply, decimals) or None,
        positions=positions,
    )
    return reader.parsed([row])


def _counters(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    reader = RowReader()
    counters = reader.read(BlockscoutCounters, body)
    if counters is None or not counters.token_holders_count:  # 0 stands for "not counted".
        reader.remark(
            "Blockscout has not counted the holders of %(address)s.", address=raw.request.context["address"]
        )
        return reader.parsed([])
    row = HolderRow(asset=token_of(raw), as_of=raw.fetched_at, holder_count=counters.token_holders_count)
    return reader.parsed([row])


def _address(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    context, reader = raw.request.context, RowReader()
    account = reader.read(BlockscoutAccount, body)
    if account is None or address_of(account.hash) != context["address"]:
        raise UnreadableError(
            "Blockscout sent something other than the address %(address)s.", address=context["address"]
        )
    if account.is_contract is False or account.proxy_type == DELEGATED:
        reader.remark("There is no contract at %(address)s.", address=context["address"])
        return reader.parsed([])
    is_proxy = bool(account.proxy_type or objects_in(body.get("implementations")))
    is_stated = "proxy_type" in body and isinstance(body.get("implementations"), list)
    if account.proxy_type in CLONES:
        reader.remark("It is a clone of another contract; whether that one can be replaced is not known.")
        is_stated = is_proxy = False
    row = ContractRow(
        asset=token_of(raw),
        as_of=raw.fetched_at,
        verified_source=account.is_verified,
        creator_address=address_of(account.creator_address_hash)[:128],
        proxy=is_proxy if is_stated or is_proxy else None,
        # That nobody has marked it yet says nothing.
        scam=account.is_scam or account.reputation == SCAM or None,
        self_destruct=account.creation_status == DESTROYED or None,
    )
    return reader.parsed(
        [row], *creation_call(context["chain"], context["address"], account.creation_transaction_hash)
    )


READ: Final = {
    "tokens": _token,
    "holders": _holders,
    "counters": _counters,
    "addresses": _address,
    "transfers": read_transfers,
    "transactions": read_creation,
    "history": read_history,
    "earlier": read_earlier,
}


# Rows ---------------------------------------------------------------------------------


def _amount(units: int | None, decimals: int | None) -> Decimal | None:
    """Whole tokens; None where one of the two is not known or the amount is beyond sense."""
    if units is None or decimals is None:
        return None
    try:
        return amount_of(Decimal(units).scaleb(-decimals, context=WIDE))
    except ValueError:
        return None


def _accounts(
    items: list[Any], supply: int, reader: RowReader
) -> Iterator[tuple[BlockscoutAccount | None, list[str]]]:
    """Each holder once, with tags; None where what they hold can't be read. Who holds nothing is none."""
    for item in items:
        held = item if isinstance(item, dict) else {}
        body = objects_in([held.get("address")])
        account = reader.read(BlockscoutAccount, {**body[0], "units": held.get("value")} if body else None)
        if account is None or account.units is None:
            yield None, []
        elif account.units > supply:
            reader.reject("%(address)s holds more than there is.", address=address_of(account.hash))
            yield None, []
        elif account.units and reader.is_first(address_of(account.hash), what=account.hash):
            yield account, _tags(body[0])


def _position(
    account: BlockscoutAccount, tags: list[str], chain: str, supply: int, decimals: int | None
) -> Position:
    address, units = address_of(account.hash)[:128], account.units or 0
    is_pool = account.is_verified is True and account.name in POOL_CODE
    return Position(
        holder_type=holder_type(
            address,
            chain=chain,
            label=", ".join(tags),
            is_contract=False if account.proxy_type == DELEGATED else account.is_contract,
            pools=frozenset({address} if is_pool else ()),
        ),
        share=units / supply,
        address=address,
        label=next((each for each in (*tags, account.name) if each), "")[:160],
        balance=_amount(units, decimals),
    )


def _tags(body: Mapping[str, Any]) -> list[str]:
    """What Blockscout calls this address, its name first."""
    metadata = body.get("metadata")
    tags = objects_in(metadata.get("tags")) if isinstance(metadata, dict) else []
    names = [each.get("name") for kind in TAG_TYPES for each in tags if each.get("tagType") == kind]
    names += [each.get("display_name") for each in objects_in(body.get("public_tags"))]
    return [text_of(each)[:160] for each in names if isinstance(each, str) and text_of(each)]
