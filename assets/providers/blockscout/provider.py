"""Blockscout: who holds a token on an EVM chain, who sends it, and whether its contract can be read.

https://docs.blockscout.com/devs/pro-api-routes, specification 11.2: amounts are texts in the token's
smallest unit and may be longer than any amount we keep; so the token is asked first, for its supply
and decimals, and its fifty largest holders next. A key goes into the header `Authorization`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from assets.identity.chains import TO_CHAIN_ID, namespace_of
from assets.identity.checksums import EVM_LOWERCASE
from assets.metrics.families import CONTRACT, HOLDERS, POOLS, SUPPLY, USAGE
from assets.providers.blockscout.calls import call, objects_in, token_of
from assets.providers.blockscout.deployers import creation_call, read_creation, read_earlier, read_history
from assets.providers.blockscout.holders import DELEGATED, BlockscoutAccount, positions_in
from assets.providers.blockscout.shares import read_share_holders, read_shares, shares_calls
from assets.providers.blockscout.tokens import DIVISIBLE, BlockscoutToken, amount_in, decimals_of
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
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Count,
    RowReader,
    VendorModel,
    address_of,
    count_of,
    error_in,
    load_json,
)
from assets.sourcing.rows import ContractRow, HolderRow, Identifier, Row, SupplyRow

CLONES: Final = frozenset({"eip1167", "minimal_proxy", "clone_with_immutable_arguments"})
"""Proxies that point to one contract for ever."""

SCAM: Final = "scam"
DESTROYED: Final = "selfdestructed"
"""The code is gone, and all balances with it; "success" and "failed" are of its creation."""


class BlockscoutCounters(VendorModel):
    token_holders_count: Count = None


class Blockscout(Provider):
    name = "blockscout"
    title = "Blockscout"
    website = "https://www.blockscout.com"
    attribution = message("Data by Blockscout")
    default_url = "https://api.blockscout.com"
    rate = Rate(calls=3, per_s=1)
    daily_calls = 5_000
    families = (HOLDERS, CONTRACT, USAGE, POOLS)
    also_provides = (SUPPLY,)
    fields = {
        SUPPLY: "total",
        HOLDERS: "holder_count supply positions",
        CONTRACT: (
            "verified_source creator_address creator_earlier_tokens deployed_at proxy self_destruct scam"
        ),
        POOLS: (
            "address lp_burned_share lp_locked_share lp_free_share lp_free_holder lp_largest_free_share "
            "lp_free_holder_is_wallet lp_holder_count chain"
        ),
        USAGE: "active_addresses_30d active_addresses_least_30d transactions_30d transactions_prior_60d",
    }
    per_asset = frozenset({HOLDERS, CONTRACT, USAGE, POOLS})
    for_interest = frozenset({USAGE, POOLS})
    reads_pools = frozenset({POOLS})
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
        if need.family == POOLS:
            return self.of_pools(need, namespace.removeprefix("address:"), address)
        if need.family == USAGE:
            return (transfers_call(namespace.removeprefix("address:"), address),)
        route = "tokens" if need.family == HOLDERS else "addresses"
        return (call(need.family, route, namespace.removeprefix("address:"), address),)

    def of_pools(self, need: Need, chain: str, token: str) -> tuple[Request, ...]:
        named = [
            value
            for namespace, value in need.identifiers or ()
            if namespace == f"pool:{chain}" and self.is_name(namespace, value)
        ]
        if not named:
            raise UnsupportedError("Blockscout knows LP tokens by their pools, and no pool of it is known.")
        return shares_calls(chain, token, named)

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
    total = amount_in(token.total_supply, token.decimals)
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
        return reader.parsed(rows, call(*where, tail="/holders", along=params), *counted)
    reader.remark("Its total supply is not given, so no holder's share is known.")
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
    positions = positions_in(
        body["items"], supply=supply, decimals=decimals, chain=context["chain"], reader=reader
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
        supply=amount_in(supply, decimals) or None,
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
    "shares": read_shares,
    "share holders": read_share_holders,
}
