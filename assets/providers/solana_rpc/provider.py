"""Solana RPC, a node: a mint and its powers, its curve and pools, who holds it, and its pools' shares.

https://solana.com/docs/rpc. Any node will do, the public one of the Solana Foundation without a key: 100
calls in 10 seconds, 40 of them of one method. It refuses lists of the largest accounts
(`getTokenLargestAccounts`) whatever the rate; a node of one's own has them.

A mint is asked for with the accounts that programs would keep for it (its curve at Pump.fun and the pool
to which that moves) and the pools that others have named; their vaults and shares are asked for next.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from assets.identity.chains import address_on, namespace_of
from assets.identity.checksums import is_solana_address
from assets.metrics.families import CONTRACT, HOLDERS, MARKET, POOLS, SUPPLY, TOKEN
from assets.providers.solana_rpc.addresses import canonical_pool_of, curve_of
from assets.providers.solana_rpc.age import MOST_PAGES, PAGE, is_whole, transactions_in
from assets.providers.solana_rpc.holders import held_by_owner, listed_accounts, positions_of
from assets.providers.solana_rpc.layouts import CurveState, bytes_of, curve_in, pool_in
from assets.providers.solana_rpc.mint import Mint, contract_of, mint_in
from assets.providers.solana_rpc.pools import (
    SETTLED_SHARE,
    SOLANA,
    KnownPool,
    burned_share,
    curve_fields,
    holder_fields,
    pool_fields,
    pool_of,
)
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.jsonrpc import WAIT_S, RpcError, answers, call, calls, error_of, result
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, amount_of, load_json
from assets.sourcing.rows import (
    AssetRef,
    ContractRow,
    HolderRow,
    Identifier,
    MarketRow,
    PoolRow,
    Position,
    Row,
    SupplyRow,
)

POOL_NAMES: Final = f"pool:{SOLANA}"
MOST_POOLS: Final = 30
"""Of which the vaults and shares are asked for: three accounts each, and a call takes a hundred."""
MOST_LISTS: Final = 3
"""Pools of which it is asked who has their shares: those that hold most."""
REFUSED_LISTS: Final = "specific rpc call"
"""What the public node says whatever the rate: recorded on 2026-10-08."""
NO_MINTS: Final = ("could not find mint", "not a token mint")
"""How a node says that an address is no token's: https://solana.com/docs/rpc/http/gettokenlargestaccounts."""
URL: Final = "ASSAY_SOLANA_RPC_URL"
LARGEST: Final = "getTokenLargestAccounts"
PARSED: Final = {"encoding": "jsonParsed", "commitment": "confirmed"}
OWNERS_ONLY: Final = {
    "encoding": "base64",
    "commitment": "confirmed",
    "dataSlice": {"offset": 0, "length": 0},
}


class SolanaRpc(Provider):
    name = "solana_rpc"
    title = "Solana RPC"
    website = "https://solana.com/docs/references/clusters"
    attribution = message("Chain data read from a Solana node")
    default_url = "https://api.mainnet-beta.solana.com"
    rate = Rate(calls=36, per_s=10)
    families = (CONTRACT, POOLS, HOLDERS)
    also_provides = (SUPPLY, MARKET)
    fields = {
        CONTRACT: (
            "mint_authority freeze_authority buy_tax_share sell_tax_share transfer_tax_share "
            "non_transferable frozen_by_default default_state_mutable balance_mutable transfer_hook "
            "hook_mutable closable pausable tax_mutable deployed_at"
        ),
        SUPPLY: "total circulating",
        MARKET: "launch_completed launch_pool",
        POOLS: (
            "address dex pool_type quote_address quote_is_listed base_reserve quote_reserve "
            "virtual_base_reserve virtual_quote_reserve lp_burned_share lp_locked_share lp_free_share "
            "lp_free_holder lp_largest_free_share lp_free_holder_is_wallet chain"
        ),
        HOLDERS: "positions",
    }
    per_asset = frozenset({CONTRACT, POOLS, HOLDERS})
    reads_pools = frozenset({CONTRACT, POOLS})
    one_by_one = message("token by token")
    namespaces = (namespace_of(SOLANA),)
    known_by = message("mint on Solana")

    def secret_path(self) -> str:
        return f"/{self.key}" if self.key else ""

    def accepts(self, request: Request, status_code: int) -> bool:
        """What is refused for one method alone comes with the status of a limit."""
        is_list = request.context.get("call") == "largest"
        return status_code == HTTPStatus.OK or (is_list and status_code == HTTPStatus.TOO_MANY_REQUESTS)

    def is_name(self, namespace: str, value: str) -> bool:
        return is_solana_address(value)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        mint = known[0][1]
        chains = sum(each.startswith("address:") for each, _value in need.identifiers or ())
        context = {"address": mint, "chains": "several" if chains > 1 else "one"}
        if need.family == HOLDERS:
            return (self._of_holders(mint, context),)
        named = (value for each, value in need.identifiers or () if each == POOL_NAMES)
        pools = [canonical_pool_of(mint), *(each for each in named if is_solana_address(each))]
        asked = [mint, curve_of(mint), *pools]
        asked = list(dict.fromkeys(asked))[: MOST_POOLS + 2]
        context |= {"call": "mint", "asked": json.dumps(asked)}
        return (_of_accounts(need.family, asked, context),)

    def _of_holders(self, mint: str, context: Mapping[str, str]) -> Request:
        if context["chains"] == "several":
            raise UnsupportedError(
                "This asset lives on several chains: who holds it on one of them is not who holds it."
            )
        if self.base_url == self.default_url:
            raise UnsupportedError(
                "The public node of Solana refuses lists of the largest accounts; set %(variable)s to a node "
                "that has them.",
                variable=URL,
            )
        return _of_largest(HOLDERS, mint, {**context, "of": "holders"})

    def parse(self, raw: RawObservation) -> Parsed:
        return READ[raw.request.context["call"]](self, raw)

    # The mint, its curve and its pools ----------------------------------------------

    def mint(self, raw: RawObservation) -> Parsed:
        context, reader = raw.request.context, RowReader()
        address, asked = context["address"], json.loads(context["asked"])
        slot, accounts = _accounts(raw, asked)
        mint = mint_in(accounts[address], address)
        if mint is None:
            return Parsed(remarks=(_no_mint(accounts[address], address),))
        asset = _asset(mint)
        contract = contract_of(mint, slot=slot, reader=reader)
        rows: list[Row] = [ContractRow(asset=asset, as_of=raw.fetched_at, **contract)]
        pools = [
            pool
            for each in asked[2:]
            if (pool := pool_of(address, each, _state(pool_in, accounts[each]))) is not None
        ]
        curve = _state(curve_in, accounts[asked[1]])
        total = mint.total(raw.fetched_at, reader)
        if total and context["chains"] == "one":
            # What Pump.fun minted was sold, or lies in the pool; of a mayhem coin an agent has half.
            is_all_free = curve is not None and curve.complete and not curve.mayhem
            circulating = total if is_all_free else None
            rows.append(SupplyRow(asset=asset, as_of=raw.fetched_at, total=total, circulating=circulating))
        if curve is not None:
            rows += _launch(raw, asset, curve, mint, reader, pools)
        follow = [_of_vaults(raw.request.family, context, pools)] if pools else []
        if raw.request.family == CONTRACT:
            follow.append(_of_age(address))
        return reader.parsed(rows, *follow)

    def age(self, raw: RawObservation) -> Parsed:
        """When the mint was made, page by page back to the first transaction that named it."""
        context, reader = raw.request.context, RowReader()
        mint, page = context["address"], int(context["page"])
        listed, first_block = answers(load_json(raw.body), node=SolanaRpc.title, count=2)
        if isinstance(listed, RpcError) and (listed.is_unknown_method or listed.is_pruned):
            return Parsed(remarks=(_no_age(mint),))
        found = transactions_in(result(listed, node=SolanaRpc.title), mint, reader)
        if found.count >= PAGE and page < MOST_PAGES and found.oldest:
            return reader.parsed([], _of_age(mint, before=found.oldest, page=page + 1))
        is_first = found.count < PAGE and found.happened_at is not None and is_whole(first_block)
        if not is_first or found.happened_at is None or found.happened_at > raw.fetched_at:
            return reader.parsed([]) if found.count >= PAGE else Parsed(remarks=(_no_age(mint),))
        asset = AssetRef(kind=TOKEN, identifiers=(address_on(SOLANA, mint),), chain=SOLANA)
        row = ContractRow(asset=asset, as_of=raw.fetched_at, deployed_at=found.happened_at)
        return reader.parsed([row])

    def vaults(self, raw: RawObservation) -> Parsed:
        """What the pools hold; of those whose shares are not burned it is asked who has them."""
        context, reader = raw.request.context, RowReader()
        pools = [KnownPool.from_json(each) for each in json.loads(context["pools"])]
        _slot, accounts = _accounts(raw, [account for pool in pools for account in pool.accounts])
        asset = AssetRef(kind=TOKEN, identifiers=(address_on(SOLANA, context["address"]),), chain=SOLANA)
        rows: list[Row] = []
        open_pools: list[tuple[Decimal, KnownPool, float]] = []
        for pool in pools:
            fields = pool_fields(pool, accounts, reader)
            rows.append(PoolRow(asset=asset, as_of=raw.fetched_at, chain=SOLANA, **fields))
            burned, quote = burned_share(pool, accounts, reader), fields["quote_reserve"]
            if burned is not None and burned < SETTLED_SHARE and quote and fields["quote_is_listed"]:
                open_pools.append((quote, pool, burned))
        if self.base_url == self.default_url:
            return reader.parsed(rows)
        largest = sorted(open_pools, key=lambda each: -each[0])[:MOST_LISTS]
        follow = [
            _of_largest(
                raw.request.family,
                pool.state.lp_mint,
                {
                    "address": context["address"],
                    "of": "shares",
                    "pool": json.dumps(pool.to_json()),
                    "burned": repr(burned),
                },
            )
            for _quote, pool, burned in largest
        ]
        return reader.parsed(rows, *follow)

    # The largest accounts -----------------------------------------------------------

    def largest(self, raw: RawObservation) -> Parsed:
        """The largest accounts of a mint, the token's or that of a pool's shares; their owners come next."""
        context, reader = raw.request.context, RowReader()
        if raw.status_code == HTTPStatus.TOO_MANY_REQUESTS:  # Of this method or of all: it may pass.
            raise TransientError(
                "%(provider)s refuses lists of the largest accounts; set %(variable)s to one that has them.",
                provider=SolanaRpc.title,
                variable=URL,
                retry_after_s=WAIT_S,
            )
        body = load_json(raw.body)
        first = error_of(body)
        if first and (first.is_unknown_method or REFUSED_LISTS in first.text.casefold()):
            refused = message(
                "%(provider)s refuses lists of the largest accounts; set %(variable)s to one that has them.",
                provider=SolanaRpc.title,
                variable=URL,
            )
            return Parsed(remarks=(refused,))
        if first and any(words in first.text.casefold() for words in NO_MINTS):
            none = message(
                "%(provider)s knows no token at %(what)s.", provider=SolanaRpc.title, what=context["mint"]
            )
            return Parsed(remarks=(none,))
        told, supplied = answers(body, node=SolanaRpc.title, count=2)
        listed = listed_accounts(result(told, node=SolanaRpc.title), reader)
        value = result(supplied, node=SolanaRpc.title)
        amount = value.get("value") if isinstance(value, Mapping) else None
        units = amount.get("amount") if isinstance(amount, Mapping) else None
        supply = reader.known(amount_of, units, name=context["mint"], field="amount")
        if not listed or not supply:
            reader.remark("Nobody is listed who holds it.")
            return reader.parsed([])
        along = {"listed": json.dumps(listed), "supply": str(int(supply))}
        asked = [address for address, _units in listed]
        next_call = {**context, **along, "call": "owners", "asked": json.dumps(asked)}
        return reader.parsed([], _of_accounts(raw.request.family, asked, next_call))

    def owners(self, raw: RawObservation) -> Parsed:
        """Who owns these accounts; to whom the owners belong comes next."""
        context = raw.request.context
        _slot, accounts = _accounts(raw, json.loads(context["asked"]))
        held = held_by_owner(json.loads(context["listed"]), accounts, context["mint"])
        asked = list(held)
        dropped = {key: value for key, value in context.items() if key != "listed"}
        along = {"call": "programs", "asked": json.dumps(asked), "held": json.dumps(held)}
        return Parsed(follow=(_of_accounts(raw.request.family, asked, dropped | along, options=OWNERS_ONLY),))

    def programs(self, raw: RawObservation) -> Parsed:
        """What the owners are: the last word on a list of holders."""
        context, reader = raw.request.context, RowReader()
        _slot, accounts = _accounts(raw, json.loads(context["asked"]))
        programs = {
            owner: account.get("owner") for owner, account in accounts.items() if isinstance(account, Mapping)
        }
        held, supply = json.loads(context["held"]), int(context["supply"])
        mint = context["address"]
        own = (curve_of(mint), canonical_pool_of(mint))
        positions = positions_of(held, supply, programs, pools=own)
        if len(positions) < len(held):
            reader.remark("Who is said to hold more than there is, is left out.")
        asset = AssetRef(kind=TOKEN, identifiers=(address_on(SOLANA, mint),), chain=SOLANA)
        return reader.parsed([_held(raw, asset, positions)] if positions else [])


def _held(raw: RawObservation, asset: AssetRef, positions: tuple[Position, ...]) -> Row:
    context = raw.request.context
    if context["of"] == "holders":
        return HolderRow(asset=asset, as_of=raw.fetched_at, positions=positions)
    pool = KnownPool.from_json(json.loads(context["pool"]))
    fields = holder_fields(pool, float(context["burned"]), positions)
    return PoolRow(asset=asset, as_of=raw.fetched_at, chain=SOLANA, **fields)


READ: Final[Mapping[str, Callable[[SolanaRpc, RawObservation], Parsed]]] = {
    "mint": SolanaRpc.mint,
    "age": SolanaRpc.age,
    "vaults": SolanaRpc.vaults,
    "largest": SolanaRpc.largest,
    "owners": SolanaRpc.owners,
    "programs": SolanaRpc.programs,
}
"""By what was asked how the answer is read."""


# Calls ------------------------------------------------------------------------------


def _of_accounts(
    family: str, asked: list[str], context: Mapping[str, str], *, options: Mapping[str, Any] = PARSED
) -> Request:
    return Request(
        family=family, path="", body=call("getMultipleAccounts", asked, dict(options)), context=context
    )


def _of_vaults(family: str, context: Mapping[str, str], pools: list[KnownPool]) -> Request:
    asked = [account for pool in pools for account in pool.accounts]
    along = {"call": "vaults", "pools": json.dumps([pool.to_json() for pool in pools])}
    return _of_accounts(family, asked, {"address": context["address"], **along})


def _of_age(mint: str, *, before: str = "", page: int = 1) -> Request:
    options = {"limit": PAGE, "commitment": "confirmed"} | ({"before": before} if before else {})
    both = calls(("getSignaturesForAddress", (mint, options)), ("getFirstAvailableBlock", ()))
    context = {"call": "age", "address": mint, "page": str(page)}
    return Request(family=CONTRACT, path="", body=both, context=context)


def _of_largest(family: str, mint: str, context: Mapping[str, str]) -> Request:
    options = {"commitment": "confirmed"}
    both = calls((LARGEST, (mint, options)), ("getTokenSupply", (mint, options)))
    return Request(family=family, path="", body=both, context={**context, "call": "largest", "mint": mint})


# Answers ----------------------------------------------------------------------------


def _accounts(raw: RawObservation, asked: list[str]) -> tuple[int | None, dict[str, Any]]:
    """The slot and by address each account that was asked for, None where there is none."""
    (answer,) = answers(load_json(raw.body), node=SolanaRpc.title, count=1)
    told = result(answer, node=SolanaRpc.title)
    value = told.get("value") if isinstance(told, Mapping) else None
    if not isinstance(value, list) or len(value) != len(asked):
        raise UnreadableError(
            "%(provider)s sent other accounts than were asked for.", provider=SolanaRpc.title
        )
    context = told.get("context")
    slot = context.get("slot") if isinstance(context, Mapping) else None
    is_slot = isinstance(slot, int) and not isinstance(slot, bool) and slot >= 0
    return slot if is_slot else None, dict(zip(asked, value, strict=True))


def _state(read: Callable[[str, bytes], Any], account: object) -> Any:
    """What a layout makes of this account; None where there is none."""
    if not isinstance(account, Mapping) or not isinstance(account.get("owner"), str):
        return None
    return read(account["owner"], bytes_of(account))


def _asset(mint: Mint) -> AssetRef:
    name, symbol = mint.names
    return AssetRef(
        kind=TOKEN,
        identifiers=(address_on(SOLANA, mint.address),),
        symbol=symbol,
        name=name,
        chain=SOLANA,
    )


def _launch(
    raw: RawObservation,
    asset: AssetRef,
    curve: CurveState,
    mint: Mint,
    reader: RowReader,
    pools: list[KnownPool],
) -> list[Row]:
    """That it is sold from a curve, or was; what a finished curve keeps says nothing of today."""
    canonical = canonical_pool_of(mint.address)
    moved = canonical if any(pool.address == canonical for pool in pools) else ""
    rows: list[Row] = [
        MarketRow(
            asset=asset,
            as_of=raw.fetched_at,
            launch_completed=curve.complete,
            launch_pool=moved if curve.complete else "",
        )
    ]
    if not curve.complete:
        decimals, multiplier = mint.decimals(reader), mint.multiplier(raw.fetched_at, reader)
        fields = curve_fields(curve_of(mint.address), curve, decimals=decimals, multiplier=multiplier)
        rows.append(PoolRow(asset=asset, as_of=raw.fetched_at, chain=SOLANA, **fields))
    return rows


def _no_age(mint: str) -> str:
    """A first page that isn't full is the first transaction's only where no block is missing."""
    return message(
        "%(provider)s does not have all transactions of %(what)s, so that its age is not known.",
        provider=SolanaRpc.title,
        what=mint,
    )


def _no_mint(account: object, address: str) -> str:
    """Why there is nothing to tell about this address."""
    if account is None:
        return message("%(provider)s knows no account at %(what)s.", provider=SolanaRpc.title, what=address)
    return message("The account at %(what)s is no mint: it is not that of a token.", what=address)
