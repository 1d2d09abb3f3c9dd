"""GoPlus: what a token's contract allows, its taxes, its largest holders and who controls its pool.

https://docs.gopluslabs.io/reference/api-overview. Needs no key. Flags are the texts "0" and "1";
a flag that is missing was not examined. One answer covers the contract, of its ten largest
holders, of its supply and of its pools; so the contract is asked for and the rest comes along.

`lp_holders` are those of one pool, the token's largest (documented for Solana only),
which is not named. Where they hold positions (`NFT_list`) it is of the Uniswap V3 kind, else one whose
shares are tokens. So they are stored with the deepest pool of their kind, and with none where there is none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.identity.chains import TO_CHAIN_ID, address_on, namespace_of, pool_on
from assets.identity.holder_types import holder_type
from assets.identity.pool_types import pool_type_of
from assets.metrics.families import CONTRACT, HOLDERS, POOLS, SUPPLY, TOKEN
from assets.providers.goplus.contract import evm_contract, solana_contract
from assets.providers.goplus.values import Fields, Values, address_of_key
from assets.sourcing.contract import (
    LimitError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.holder_lists import until_unread
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    RowReader,
    amount_of,
    count_of,
    load_json,
    moment_of,
    portion_of,
    positive_of,
    text_of,
)
from assets.sourcing.rows import (
    AssetRef,
    ContractRow,
    HolderRow,
    Identifier,
    ListingRow,
    PoolRow,
    Position,
    Row,
    SupplyRow,
)

SOLANA: Final = "solana"
OK: Final = 1
TOO_MANY: Final = 4029
NEGLIGIBLE_SHARE: Final = 0.01
"""A lock of less than this share of a pool may end without anybody's noticing."""
NEGLIGIBLE_REST: Final = 0.10
"""Whoever has so little of a pool takes no exit away (our judgement)."""
MOST_LISTED: Final = 10


class GoPlus(Provider):
    name = "goplus"
    title = "GoPlus"
    website = "https://gopluslabs.io"
    attribution = message("Security data by GoPlus")
    default_url = "https://api.gopluslabs.io"
    rate = Rate(calls=25, per_s=60)
    families = (CONTRACT,)
    also_provides = (HOLDERS, SUPPLY, POOLS)
    fields = {
        SUPPLY: "total",
        POOLS: (
            "address dex reserve_usd fee_share pool_type lp_burned_share lp_locked_share "
            "lp_locked_until lp_free_holder lp_free_share lp_largest_free_share lp_holder_count "
            "lp_free_holder_is_wallet chain"
        ),
        HOLDERS: "holder_count supply positions",
        CONTRACT: (
            "verified_source mint_authority freeze_authority owner_authority owner_address "
            "creator_address creator_share creator_rugs proxy pausable blacklist honeypot hidden_owner "
            "balance_mutable tax_mutable personal_tax_mutable whitelist ownership_recoverable "
            "external_call self_destruct limits_mutable trade_limited cooldown cannot_buy "
            "non_transferable frozen_by_default transfer_hook closable malicious buy_tax_share "
            "sell_tax_share"
        ),
    }
    per_asset = frozenset({CONTRACT})
    one_by_one = message("token by token")
    namespaces = (namespace_of("solana"), *map(namespace_of, TO_CHAIN_ID))
    known_by = message("contract on a chain it knows")

    def is_name(self, namespace: str, value: str) -> bool:
        try:
            return bool(address_on(namespace.removeprefix("address:"), value))
        except ValueError:
            return False

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, address = known[0]  # At home: a bridged copy is not the asset's contract.
        several = sum(each.startswith("address:") for each, _value in need.identifiers or ()) > 1
        return (_request(namespace.removeprefix("address:"), address, several=several),)

    def parse(self, raw: RawObservation) -> Parsed:
        body = load_json(raw.body)
        if not isinstance(body, dict):
            raise UnreadableError("GoPlus sent something other than the answer it promises.")
        code = body.get("code")
        if code == TOO_MANY:
            raise LimitError("GoPlus wants fewer calls (code 4029).")
        if code != OK:
            text = body.get("message")
            reason = text_of(text)[:200] if isinstance(text, str) else message("no reason given")
            raise self.refusal(reason)
        context, result = raw.request.context, body.get("result")
        if not isinstance(result, dict):
            raise UnreadableError("GoPlus sent no result.")
        fields = next(
            (each for key, each in result.items() if address_of_key(key) == context["address"]), None
        )
        if not isinstance(fields, dict) or not fields:
            return self.knows_nothing_of(context["address"])
        return GoPlusResponse(raw, fields).parsed()


def _request(chain: str, address: str, *, several: bool) -> Request:
    where = "solana/token_security" if chain == "solana" else f"token_security/{TO_CHAIN_ID[chain]}"
    return Request(
        family=CONTRACT,
        path=f"/api/v1/{where}",
        params={"contract_addresses": address},
        context={"chain": chain, "address": address, "chains": "several" if several else "one"},
    )


class GoPlusResponse(Values):
    """One token's security on its way to rows."""

    def __init__(self, raw: RawObservation, fields: Fields) -> None:
        super().__init__(fields, RowReader())
        context, self.at = raw.request.context, raw.fetched_at
        self.chain = context["chain"]
        self.is_alone = context.get("chains", "one") == "one"
        self.asset = AssetRef(
            kind=TOKEN,
            identifiers=(address_on(context["chain"], context["address"]),),
            symbol=self.text("token_symbol"),
            name=self.text("token_name"),
            chain=context["chain"],
        )

    def parsed(self) -> Parsed:
        pools = list(self.pools())
        contract = self.contract()
        rows: list[Row] = [*([contract] if contract else []), *pools]
        if self.is_alone:  # Holders and total of one chain do not speak for an asset on several.
            rows += self.holders({pool.address for pool in pools})
            if supply := self.value("total_supply", positive_of):
                rows.append(SupplyRow(asset=self.asset, as_of=self.at, total=supply))
        else:
            self.reader.remark("The asset lives on several chains; holders and total of one are not taken.")
        return self.reader.parsed(rows or [ListingRow(asset=self.asset, as_of=self.at)])

    # Rows ---------------------------------------------------------------------------

    def contract(self) -> ContractRow | None:
        """None where nothing was examined: that is no look at it."""
        known = (solana_contract if self.chain == SOLANA else evm_contract)(self)
        if all(each in (None, "") for each in known.values()):
            self.reader.remark("GoPlus examined nothing of this contract.")
            return None
        return ContractRow(asset=self.asset, as_of=self.at, **known)

    def holders(self, pools: set[str]) -> Iterator[HolderRow]:
        positions = tuple(by_owner(until_unread([*self.positions(pools)], self.reader)))
        # 0 stands for "not counted": whatever has a supply has a holder.
        count = self.value("holder_count", count_of) or None
        if positions or count is not None:
            yield HolderRow(
                asset=self.asset,
                as_of=self.at,
                holder_count=count,
                positions=positions,
                supply=self.value("total_supply", positive_of),
            )

    def positions(self, pools: set[str]) -> Iterator[Position | None]:
        """None for a line whose share can't be read."""
        listed: list[Fields] = []
        for each in self.listed("holders"):
            share = self.share("percent", each)
            if share is None:
                yield None
                continue
            if self.is_repeated(each, listed):
                continue
            listed.append(each)
            address = address_of_key(each.get("address") or each.get("account"))[:128]
            label = self.text("tag", each)
            yield Position(
                holder_type=holder_type(
                    address,
                    chain=self.chain,
                    label=label,
                    is_contract=self.flag("is_contract", each),
                    is_locked=self.flag("is_locked", each) and not self.has_unlocked(each),
                    pools=pools,
                ),
                share=share,
                address=address,
                label=label,
                balance=self.value("balance", amount_of, each),
            )

    def has_unlocked(self, each: Fields) -> bool:
        """Whether every lock of a holder has ended, so that all of it can be taken out."""
        return all(end is not None and end <= self.at for end, _share in self.locks(each, 1.0))

    def is_repeated(self, each: Fields, listed: Sequence[Fields]) -> bool:
        """Whether the same account is listed with the same balance already, however its address is written.
        On Solana owners are listed, who may have as much in two accounts."""
        if self.chain == SOLANA and not each.get("token_account"):
            return False
        return bool(each.get("balance")) and _account(each) in map(_account, listed)

    def pools(self) -> Iterator[PoolRow]:
        places = [(self.pool_address(each), each) for each in self.listed("dex")]
        named = {address: each for address, each in places if address}
        controlled = self.main_pool(named)
        for address, each in named.items():
            fee = self.share("fee_rate", each)
            yield PoolRow(
                asset=self.asset,
                as_of=self.at,
                address=address[:128],
                chain=self.chain,
                dex=(self.text("name", each) or self.text("dex_name", each))[:64],
                pool_type=pool_type_of(
                    self.text("name", each) or self.text("dex_name", each),
                    [self.text("liquidity_type", each), self.text("type", each)],
                ),
                reserve_usd=self.depth(each),
                fee_share=fee,
                **(self.control() if address == controlled else self.burned(each)),
            )

    def pool_address(self, each: Fields) -> str:
        """ "" where it is the contract that keeps all pools of an exchange: that names none of them."""
        names = [address_of_key(each.get(name)) for name in ("pair", "id")]
        named = (pool_on(self.chain, address) for address in names if address != self.manager(each))
        return next(filter(None, named), "")

    def manager(self, each: Fields) -> str:
        return address_of_key(each.get("pool_manager"))

    def main_pool(self, named: Mapping[str, Fields]) -> str:
        """The deepest pool of the kind that the `lp_holders` are of; "" without one."""
        holders = self.listed("lp_holders")
        wanted = "positions" if any(each.get("NFT_list") for each in holders) else "tokens"
        fitting = [address for address, each in named.items() if shares_of(each) == wanted]
        depth = {address: self.depth(named[address]) or Decimal(0) for address in fitting}
        return max(fitting, key=depth.__getitem__, default="") if holders else ""

    def depth(self, each: Fields) -> Decimal | None:
        usd: Decimal | None = self.value("liquidity" if "liquidity" in each else "tvl", amount_of, each)
        return usd

    def burned(self, each: Fields) -> dict[str, float | None]:
        """What is reported of a pool itself, in percent."""
        if shares_of(each) != "tokens" or "burn_percent" not in each:
            return {}
        return {"lp_burned_share": self.value("burn_percent", portion_of, each)}

    def control(self) -> dict[str, Any]:
        """Who could take the pool away: burned, locked until when, free. Nothing reported is not 0."""
        burned, locked, unsaid = 0.0, 0.0, 0.0
        free, is_contract = dict[str, float](), dict[str, bool | None]()
        locks: list[tuple[datetime | None, float]] = []
        shares = [(each, self.share("percent", each)) for each in self.listed("lp_holders")]
        holders = [(each, share) for each, share in shares if share]
        are_all_read = all(share is not None for _each, share in shares)
        for each, share in holders:
            address = address_of_key(each.get("address") or each.get("account"))
            is_locked = self.flag("is_locked", each)
            if is_burned(address):
                burned += share
            elif is_locked:
                locked += share
                locks += self.locks(each, share)
            elif is_locked is False:
                free[address] = free.get(address, 0.0) + share
                is_contract[address] = self.flag("is_contract", each)
            else:
                unsaid = max(unsaid, share)
        if not holders:
            return {}
        unlisted = self.unlisted([share for _each, share in holders])
        largest = max(free, key=free.__getitem__, default="")
        most, of_contract = free.get(largest, 0.0), is_contract.get(largest)
        is_open = unlisted > max(most, NEGLIGIBLE_REST)
        return {
            "lp_burned_share": min(burned, 1.0),
            "lp_locked_share": None if is_open else min(locked, 1.0),
            "lp_locked_until": opens_at(locks),
            "lp_free_share": min(sum(free.values()), 1.0) if are_all_read else None,
            "lp_free_holder": largest[:128],
            # Who holds more, or nobody knows how much, and may be free leaves open how much one can take.
            "lp_largest_free_share": None if unsaid > most or not are_all_read or is_open else min(most, 1.0),
            "lp_free_holder_is_wallet": None if of_contract is None else not of_contract,
            "lp_holder_count": self.lp_holder_count(),
        }

    def unlisted(self, shares: Sequence[float]) -> float:
        """How much of the pool one holder may have who is not listed: no more than the last who is, where the
        list has the largest ones; else all that is left."""
        rest, count = 1 - sum(shares), self.value("lp_holder_count", count_of)
        if rest <= NEGLIGIBLE_REST:
            return 0.0
        goes_on = len(shares) >= MOST_LISTED if count is None else count > len(shares)
        return min(rest, *shares) if goes_on else rest

    def lp_holder_count(self) -> int | None:
        """Without burn addresses: at one of them lies the first unit of every pool of Uniswap's kind."""
        count: int | None = self.value("lp_holder_count", count_of)
        if not count:
            return None
        holders = (address_of_key(each.get("address")) for each in self.listed("lp_holders"))
        return max(count - sum(map(is_burned, holders)), 0)

    def locks(self, each: Fields, share: float) -> list[tuple[datetime | None, float]]:
        """When each lock of one holder ends, and the share of the pool that comes free then."""
        detail = each.get("locked_detail")
        locks = [lock for lock in detail if isinstance(lock, dict)] if isinstance(detail, list) else []
        amounts = [self.value("amount", amount_of, lock) for lock in locks]
        total = sum(amount for amount in amounts if amount)
        is_known = bool(total) and None not in amounts
        shares = [share * float(amount / total) if is_known else share for amount in amounts]
        ends = [self.value("end_time", moment_of, lock) for lock in locks]
        return list(zip(ends, shares, strict=True)) or [(None, share)]


def _account(holder: Fields) -> tuple[str, object, object]:
    """By whom and how much; tags and the case of letters differ from line to line."""
    address = address_of_key(holder.get("address") or holder.get("account"))
    return address, holder.get("token_account"), holder.get("balance")


def by_owner(positions: Iterable[Position]) -> Iterator[Position]:
    """Who holds by several accounts, as on Solana, holds all of it."""
    owners: dict[str, list[Position]] = {}
    for number, each in enumerate(positions):
        owners.setdefault(each.address or f"unnamed {number}", []).append(each)
    for first, *others in owners.values():
        balances = [each.balance for each in (first, *others) if each.balance is not None]
        share = min(sum(each.share for each in (first, *others)), 1.0)
        balance = sum(balances, Decimal(0)) if balances else None
        yield replace(first, share=share, balance=balance) if others else first


def shares_of(pool: Fields) -> str:
    """What the shares of this pool are: "tokens", "positions" with bounds, or "" for neither."""
    kind = " ".join(str(pool.get(key) or "") for key in ("liquidity_type", "name", "type")).lower()
    if "v4" in kind or "conc" in kind:
        return ""
    return "positions" if "v3" in kind else "tokens"


def opens_at(locks: list[tuple[datetime | None, float]]) -> datetime | None:
    """The first moment by which more than a negligible share is free; None when its end is not known."""
    if sum(share for end, share in locks if end is None) > NEGLIGIBLE_SHARE:
        return None
    ends = sorted((end, share) for end, share in locks if end)
    freed = 0.0
    for end, share in ends:
        freed += share
        if freed > NEGLIGIBLE_SHARE:
            return end
    return ends[0][0] if ends else None
