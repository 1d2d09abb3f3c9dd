"""EVM RPC, a node of each chain: a token's supply, owner and code, its pools, and who can take those out.

https://ethereum.github.io/execution-apis. Any node of the chain will do; public ones ask for no key, publish
no limit and come and go, so that each chain id has a setting of its own, as ASSAY_EVM_RPC_8453_URL.

A token's pools are found by the factories of the chain's exchanges (`exchanges`) and by what others named.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any, ClassVar, Final

from assets.identity.burned import is_burned
from assets.identity.chains import TO_CHAIN_ID, address_on, namespace_of
from assets.identity.checksums import EVM_LOWERCASE
from assets.identity.counterparts import COUNTERPARTS, NATIVE
from assets.metrics.families import CONTRACT, POOLS, SUPPLY, TOKEN
from assets.metrics.pools import CONCENTRATED as CONCENTRATED_POOL
from assets.providers.evm_rpc import contracts
from assets.providers.evm_rpc.abi import ContractCall, Returned
from assets.providers.evm_rpc.code import is_wallet
from assets.providers.evm_rpc.exchanges import CONCENTRATED, FEES, PAIRS
from assets.providers.evm_rpc.lockers import Lock, lock_calls, lockers_on, locks_in
from assets.providers.evm_rpc.node import NodeAnswer, ask, one_by_one, told
from assets.providers.evm_rpc.pools import (
    EvmPool,
    Place,
    bitmap_words,
    common_fields,
    least_liquidity,
    pool_in,
    reserve_fields,
    share_fields,
    ticks_in,
    virtual_fields,
)
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import RowReader, text_of
from assets.sourcing.rows import AssetRef, ContractRow, Identifier, ListingRow, PoolRow, Row, SupplyRow

SHORT: Final = 3
"""Names of chains of so few letters are abbreviations."""
MOST_POOLS: Final = 12
POOLS_A_CALL: Final = 4
"""So many that a node which can't put their questions together takes them one by one."""
MOST_TICKS: Final = 150
"""Initialised ticks within 2 % of a price: of a pool with more the depth stays open."""

NODES: Final[Mapping[str, str]] = {
    "ethereum": "https://eth.merkle.io",
    "base": "https://mainnet.base.org",
    "bsc": "https://bsc-dataseed.bnbchain.org",
    "arbitrum": "https://arb1.arbitrum.io/rpc",
    "avalanche": "https://api.avax.network/ext/bc/C/rpc",
    "celo": "https://forno.celo.org",
    "gnosis": "https://rpc.gnosischain.com",
    "optimism": "https://mainnet.optimism.io",
    "polygon": "https://polygon.drpc.org",
    "scroll": "https://rpc.scroll.io",
}
"""Public nodes by chain: those that the chain's own documentation names, and of Ethereum and Polygon, which
name none of their own, one that was seen answering from 2024 to 2026."""


class EvmRpc(Provider):
    """What all nodes have in common; a concrete one says its chain and address."""

    chain: ClassVar[str]
    website = "https://chainlist.org"
    attribution = message("Chain data read from a node")
    rate = Rate(calls=60, per_s=60)
    families: ClassVar[tuple[str, ...]] = (CONTRACT, POOLS)
    also_provides = (SUPPLY,)
    fields = {
        CONTRACT: (
            "proxy proxy_authority implementation_address code_hash self_destruct pausable blacklist "
            "mint_authority owner_authority owner_address"
        ),
        SUPPLY: "total",
        POOLS: (
            "address dex pool_type quote_address quote_is_listed fee_share base_reserve quote_reserve "
            "virtual_base_reserve virtual_quote_reserve lp_burned_share lp_locked_share lp_locked_until "
            "lp_free_share lp_free_holder lp_largest_free_share lp_free_holder_is_wallet chain"
        ),
    }
    per_asset = frozenset({CONTRACT, POOLS})
    reads_pools = frozenset({POOLS})
    one_by_one = message("token by token")
    known_by = message("contract on this chain")

    def secret_path(self) -> str:
        return f"/{self.key}" if self.key else ""

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(EVM_LOWERCASE.fullmatch(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        token = known[0][1]
        if need.family == CONTRACT:
            chains = sum(each.startswith("address:") for each, _value in need.identifiers or ())
            return (contracts.token_call(token, chains="several" if chains > 1 else "one"),)
        named = [
            value
            for namespace, value in need.identifiers or ()
            if namespace == f"pool:{self.chain}" and EVM_LOWERCASE.fullmatch(value)
        ]
        found = self.factory_calls(token)
        asked = [ContractCall.of(token, each) for each in ("owner()", "getOwner()")]
        context = {
            "call": "pairs",
            "address": token,
            "named": json.dumps(named[:MOST_POOLS]),
            "places": json.dumps([place for place, _call in found]),
        }
        return (ask(POOLS, [*asked, *(call for _place, call in found)], context),)

    def factory_calls(self, token: str) -> list[tuple[list[object], ContractCall]]:
        """The questions for the token's pools with what honest pools hold on this chain.

        Each beside the exchange, the counterpart and the fee that it is about.
        """
        quotes = sorted(COUNTERPARTS.get(self.chain, frozenset()) - NATIVE - {token})
        pairs = [
            ([name, quote, 0], ContractCall.of(factory, "getPair(address,address)", token, quote))
            for name, factory in PAIRS.get(self.chain, {}).items()
            for quote in quotes
        ]
        return pairs + [
            (
                [name, quote, fee],
                ContractCall.of(factory, "getPool(address,address,uint24)", token, quote, fee),
            )
            for name, factory in CONCENTRATED.get(self.chain, {}).items()
            for quote in quotes
            for fee in FEES
        ]

    def parse(self, raw: RawObservation) -> Parsed:
        if again := one_by_one(raw, node=self.title):
            return Parsed(follow=(again,))
        return READ[raw.request.context["call"]](self, raw)

    # The token ----------------------------------------------------------------------

    def token(self, raw: RawObservation) -> Parsed:
        """Supply, code and owner; what decides who can mint comes next."""
        context, reader = raw.request.context, RowReader()
        told = self.told(raw, contracts.token_count(context["address"]), beside=contracts.BESIDE)
        read = contracts.ToldToken.of(context["address"], told)
        if read.code is not None and is_wallet(read.code):
            nobody = message(
                "There is no contract at %(what)s on %(chain)s.", what=read.address, chain=self.title
            )
            return Parsed(remarks=(nobody,))
        asset = self.asset(read.address, read.answered)
        contract, rows = read.fields(), list[Row]()
        if any(each not in (None, "") for each in contract.values()):
            rows.append(ContractRow(asset=asset, as_of=told.at, **contract))
        total = read.total()
        if total and context["chains"] == "one":
            rows.append(SupplyRow(asset=asset, as_of=told.at, total=total))
        elif not total:
            reader.remark("It reports no supply and may not be a token.")
        return reader.parsed(rows or [ListingRow(asset=asset, as_of=told.at)], *read.follow())

    def behind(self, raw: RawObservation) -> Parsed:
        """The code that runs for a proxy."""
        context, reader = raw.request.context, RowReader()
        case = contracts.ContractCase.from_json(json.loads(context["case"]))
        told = self.told(raw, 1, beside=1)
        target = told.words[0].address(0) if context["is_beacon"] and told.words[0] is not None else ""
        if target and not is_burned(target):
            return Parsed(follow=(contracts.behind_call(case, target, is_beacon=False),))
        code = contracts.told_code(told.beside[0])
        if not code:
            reader.remark("The code behind the proxy is unknown.")
            return reader.parsed([], *contracts.persons_call(case))
        case = case.with_code(code)
        row = ContractRow(asset=self.asset(case.address, {}), as_of=told.at, **case.code_fields())
        return reader.parsed([row] if case.code_fields() else [], *contracts.persons_call(case))

    def persons(self, raw: RawObservation) -> Parsed:
        """Who owner, minters and a proxy's admin are, and who of them can mint."""
        context, reader = raw.request.context, RowReader()
        case = contracts.ContractCase.from_json(json.loads(context["case"]))
        told = self.told(raw, contracts.persons_count(case), beside=contracts.persons_beside(case))
        contract = contracts.persons_fields(case, told, reader)
        row = ContractRow(asset=self.asset(case.address, {}), as_of=told.at, **contract)
        return reader.parsed([row] if contract else [])

    # Its pools ----------------------------------------------------------------------

    def pairs(self, raw: RawObservation) -> Parsed:
        """Which pools there are; what they hold comes next."""
        context = raw.request.context
        asked = json.loads(context["places"])
        told = self.told(raw, 2 + len(asked))
        found: dict[str, Place] = {each: Place(each) for each in json.loads(context["named"])}
        for place, answer in zip(asked, told.words[2:], strict=True):
            pool = answer.address(0) if answer is not None else ""
            if pool and int(pool, 16):
                found[pool] = Place(pool, *place)  # In the place where it was named.
        if not found:
            nowhere = message("No exchange queried on %(chain)s has a pool of it.", chain=self.title)
            unread = message("%(node)s gives no exchanges: its pools are unknown.", node=self.title)
            return Parsed(remarks=(nowhere if any(told.words[2:]) else unread,))
        owner = contracts.owner_in(*told.words[:2])
        owner = "" if owner and is_burned(owner) else owner
        # What others have named goes first: it is known to be traded.
        places = list(found.values())[:MOST_POOLS]
        parts = [places[at : at + POOLS_A_CALL] for at in range(0, len(places), POOLS_A_CALL)]
        return Parsed(follow=tuple(self.pools_call(context["address"], part, owner=owner) for part in parts))

    def pools_call(self, token: str, places: Sequence[Place], *, owner: str) -> Request:
        lockers = list(lockers_on(self.chain))
        along = {
            "call": "pools",
            "address": token,
            "places": json.dumps([[each.address, each.dex, each.quote, each.fee] for each in places]),
            "owner": owner,
            "lockers": json.dumps(lockers),
        }
        calls_of = [call for each in places for call in each.calls(owner=owner, lockers=lockers)]
        of_owner = (("eth_getCode", (owner, "latest")),) if owner else ()
        return ask(POOLS, calls_of, along, *of_owner)

    def pools(self, raw: RawObservation) -> Parsed:
        """Of what kind they are, and their state; decimals, locks and ticks come next."""
        context, reader = raw.request.context, RowReader()
        places, lockers = (
            [Place(*each) for each in json.loads(context["places"])],
            json.loads(context["lockers"]),
        )
        token, owner = context["address"], context["owner"]
        counts = [len(each.calls(owner=owner, lockers=lockers)) for each in places]
        told = self.told(raw, sum(counts), beside=1 if owner else 0)
        pools: list[EvmPool] = []
        for place, answered in zip(places, _parted(told.words, counts), strict=True):
            pool = pool_in(token, place, answered, owner=owner, lockers=lockers)
            if pool is None:
                reader.remark("%(pool)s is no pool of this token of a kind that is read.", pool=place.address)
            else:
                pools.append(pool)
        if not pools:
            return reader.parsed([])
        code = contracts.told_code(told.beside[0]) if owner else None
        along = {
            "call": "sides",
            "address": token,
            "pools": json.dumps([pool.to_json() for pool in pools]),
            "owner": owner,
            "is_wallet": "" if code is None else str(is_wallet(code)),
        }
        return reader.parsed([], ask(POOLS, self.side_calls(pools), along))

    def side_calls(self, pools: Sequence[EvmPool]) -> list[ContractCall]:
        """Decimals of all tokens, then of each pool what it holds, its locks, and the bitmap at its price."""
        asked = [ContractCall.of(token, "decimals()") for token in _tokens_of(pools)]
        for pool in pools:
            asked += self.own_calls(pool)
        return asked

    def own_calls(self, pool: EvmPool) -> list[ContractCall]:
        if pool.kind == CONCENTRATED_POOL:
            held = [ContractCall.of(token, "balanceOf(address)", pool.address) for token in pool.tokens]
            return held + [
                ContractCall.of(pool.address, "tickBitmap(int16)", word) for word in bitmap_words(pool)
            ]
        names = lockers_on(self.chain)
        return [call for locker in pool.held for call in lock_calls(names[locker], locker, pool.address)]

    def sides(self, raw: RawObservation) -> Parsed:
        """Both sides of each pool and who can take them out; the ticks of concentrated ones come next."""
        context, reader = raw.request.context, RowReader()
        pools = [EvmPool.from_json(each) for each in json.loads(context["pools"])]
        told = self.told(raw, len(self.side_calls(pools)))
        tokens = _tokens_of(pools)
        decimals = _decimals_of(tokens, told.words)
        of_pools = _parted(told.words[len(tokens) :], [len(self.own_calls(each)) for each in pools])
        rows: list[Row] = []
        walked: list[tuple[EvmPool, list[int]]] = []
        asset = self.asset(context["address"], {})
        for pool, answered in zip(pools, of_pools, strict=True):
            fields = self.row_fields(pool, answered, decimals, context, told.at, reader)
            rows.append(PoolRow(asset=asset, as_of=told.at, chain=self.chain, **fields))
            if pool.kind == CONCENTRATED_POOL and (ticks := _ticks_of(pool, answered[2:])) is not None:
                walked.append((pool, ticks))
        follow = [_of_ticks(context["address"], walked, decimals)] if walked else []
        return reader.parsed(rows, *follow)

    def row_fields(
        self,
        pool: EvmPool,
        answered: Sequence[Returned | None],
        decimals: Mapping[str, int],
        context: Mapping[str, str],
        at: datetime,
        reader: RowReader,
    ) -> dict[str, Any]:
        """Fields of a PoolRow."""
        if pool.kind == CONCENTRATED_POOL:
            held = dict(zip(pool.tokens, map(_number, answered[:2]), strict=True))
            return common_fields(pool, self.chain) | reserve_fields(pool, held, decimals)
        names = lockers_on(self.chain)
        counts = [len(lock_calls(names[each], each, pool.address)) for each in pool.held]
        locks: dict[str, list[Lock]] = {
            locker: locks_in(names[locker], lines, reader)
            for locker, lines in zip(pool.held, _parted(answered, counts), strict=True)
        }
        is_wallet_too = {"True": True, "False": False}.get(context["is_wallet"])
        shares = share_fields(pool, locks, owner=context["owner"], is_wallet=is_wallet_too, now=at)
        return common_fields(pool, self.chain) | reserve_fields(pool, {}, decimals) | shares

    def ticks(self, raw: RawObservation) -> Parsed:
        """The liquidity around the prices of concentrated pools."""
        context, reader = raw.request.context, RowReader()
        walked = [(EvmPool.from_json(pool), ticks) for pool, ticks in json.loads(context["walked"])]
        told = self.told(raw, sum(len(ticks) for _pool, ticks in walked))
        decimals = json.loads(context["decimals"])
        asset, rows = self.asset(context["address"], {}), list[Row]()
        of_pools = _parted(told.words, [len(ticks) for _pool, ticks in walked])
        for (pool, ticks), answered in zip(walked, of_pools, strict=True):
            nets = {
                tick: each.signed(1) for tick, each in zip(ticks, answered, strict=True) if each is not None
            }
            is_whole = len(nets) == len(ticks) and None not in nets.values()
            least = (
                least_liquidity(pool, {tick: net or 0 for tick, net in nets.items()}) if is_whole else None
            )
            if least is None:
                reader.remark("The ticks of %(pool)s contradict its liquidity.", pool=pool.address)
                continue
            fields = {"address": pool.address, "pool_type": pool.kind} | virtual_fields(pool, least, decimals)
            rows.append(PoolRow(asset=asset, as_of=told.at, chain=self.chain, **fields))
        return reader.parsed(rows)

    # Answers ------------------------------------------------------------------------

    def asset(self, address: str, answered: Mapping[str, Returned | None]) -> AssetRef:
        names = {key: _text(answered.get(key)) for key in ("name()", "symbol()")}
        return AssetRef(
            kind=TOKEN,
            identifiers=(address_on(self.chain, address),),
            name=names["name()"],
            symbol=names["symbol()"],
            chain=self.chain,
        )

    def told(self, raw: RawObservation, count: int, *, beside: int = 0) -> NodeAnswer:
        """A node's answers, if it is of this chain and follows it; else the reason why it isn't believed."""
        return told(
            raw,
            count,
            beside=beside,
            chain_id=TO_CHAIN_ID[self.chain],
            node=self.title,
            variable=f"ASSAY_{self.name.upper()}_URL",
        )


READ: Final[Mapping[str, Callable[[EvmRpc, RawObservation], Parsed]]] = {
    "token": EvmRpc.token,
    "behind": EvmRpc.behind,
    "persons": EvmRpc.persons,
    "pairs": EvmRpc.pairs,
    "pools": EvmRpc.pools,
    "sides": EvmRpc.sides,
    "ticks": EvmRpc.ticks,
}
"""By what was asked how the answer is read."""


def nodes() -> tuple[type[EvmRpc], ...]:
    """A provider for each chain of which a public node is known.

    Where ASSAY_EVM_RPC_<chain id>_SECOND_URL names another node of the chain, a second one stands behind the
    first. Who of them reports a power is believed before who denies it; a figure of which they say different
    things is questioned (`metrics.second_readings`).
    """
    return tuple(
        _node(chain, url, is_second=is_second)
        for chain, url in NODES.items()
        for is_second in ((False, True) if os.environ.get(_second_url(chain), "").strip() else (False,))
    )


def _second_url(chain: str) -> str:
    return f"ASSAY_EVM_RPC_{TO_CHAIN_ID[chain]}_SECOND_URL"


def _node(chain: str, url: str, *, is_second: bool) -> type[EvmRpc]:
    number = TO_CHAIN_ID[chain]
    said = {
        "__module__": __name__,
        "name": _name(chain, is_second=is_second),
        "title": f"{_title(chain)} RPC{', second node' if is_second else ''}",
        "default_url": url,
        "chain": chain,
        "namespaces": (namespace_of(chain),),
    }
    return type(f"EvmRpc{number}{'Second' if is_second else ''}", (EvmRpc,), said)


def _name(chain: str, *, is_second: bool) -> str:
    return f"evm_rpc_{TO_CHAIN_ID[chain]}{'_second' if is_second else ''}"


SECOND_NODES: Final[Mapping[str, str]] = {
    _name(chain, is_second=True): _name(chain, is_second=False) for chain in NODES
}
"""By the provider of a chain's second node that of its first."""


def _title(chain: str) -> str:
    return chain.upper() if len(chain) <= SHORT else chain.capitalize()


# Calls ------------------------------------------------------------------------------


def _of_ticks(
    address: str, walked: Sequence[tuple[EvmPool, list[int]]], decimals: Mapping[str, int]
) -> Request:
    asked = [ContractCall.of(pool.address, "ticks(int24)", tick) for pool, ticks in walked for tick in ticks]
    along = {
        "call": "ticks",
        "address": address,
        "walked": json.dumps([[pool.to_json(), ticks] for pool, ticks in walked]),
        "decimals": json.dumps(dict(decimals)),
    }
    return ask(POOLS, asked, along)


# Values -----------------------------------------------------------------------------


def _tokens_of(pools: Sequence[EvmPool]) -> list[str]:
    return list(dict.fromkeys(token for pool in pools for token in pool.tokens))


def _decimals_of(tokens: Sequence[str], answered: Sequence[Returned | None]) -> dict[str, int]:
    found = {token: _number(answer) for token, answer in zip(tokens, answered, strict=False)}
    return {
        token: number
        for token, number in found.items()
        if number is not None and number <= contracts.MOST_DECIMALS
    }


def _ticks_of(pool: EvmPool, answered: Sequence[Returned | None]) -> list[int] | None:
    """The ticks around its price; None where a word of the bitmap isn't told, or they are too many."""
    words = bitmap_words(pool)
    bits = [_number(each) for each in answered]
    if not words or None in bits:
        return None
    ticks = [tick for word, each in zip(words, bits, strict=True) for tick in ticks_in(pool, word, each or 0)]
    return ticks if len(ticks) <= MOST_TICKS else None


def _number(answer: Returned | None) -> int | None:
    return answer.number(0) if answer is not None else None


def _text(answer: Returned | None) -> str:
    return text_of(answer.text())[:160] if answer is not None else ""


def _parted(words: Sequence[Returned | None], counts: Sequence[int]) -> list[list[Returned | None]]:
    """The answers in parts of these lengths, one after the other."""
    ends = [*accumulate(counts)]
    return [[*words[end - count : end]] for end, count in zip(ends, counts, strict=True)]
