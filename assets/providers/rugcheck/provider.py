"""RugCheck: what a token on Solana allows, who holds it, what its pools hold and how much of that is locked.

https://api.rugcheck.xyz/swagger/index.html. Needs no key for reports. One report covers all of it, so that
the contract is asked for and the rest comes along. A mint that it doesn't know, or one a few minutes old, is
answered with 400 "not found". Its score and its risks are judgements by its own rules: they are not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from assets.identity.chains import address_on, namespace_of
from assets.identity.checksums import is_solana_address
from assets.identity.holder_types import holder_type
from assets.metrics.families import CONTRACT, HOLDERS, POOLS, SUPPLY, TOKEN
from assets.providers.rugcheck.contract import contract_of
from assets.providers.rugcheck.pools import SOLANA, pools_of
from assets.providers.rugcheck.values import Fields, account_in, part_of, parts_of
from assets.sourcing.contract import (
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
    WIDE,
    RowReader,
    amount_of,
    count_of,
    error_in,
    load_json,
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

NOT_FOUND: Final = "not found"
MOST_DECIMALS: Final = 255
TYPES: Final = {"AMM": "pool", "LOCKER": "locker", "EXCHANGE": "exchange", "CREATOR": "insider"}
"""What RugCheck knows an account as, and what that is for us."""


class RugCheck(Provider):
    name = "rugcheck"
    title = "RugCheck"
    website = "https://rugcheck.xyz"
    attribution = message("Token reports by RugCheck")
    default_url = "https://api.rugcheck.xyz"
    # It publishes no limit; a report is work, so that it is asked no oftener than once in two seconds.
    rate = Rate(calls=30, per_s=60)
    families = (CONTRACT,)
    also_provides = (HOLDERS, SUPPLY, POOLS)
    fields = {
        SUPPLY: "total",
        POOLS: (
            "address dex reserve_usd pool_type quote_address quote_price_usd quote_is_listed "
            "base_reserve quote_reserve lp_burned_share lp_locked_share lp_locked_until lp_free_holder "
            "lp_free_share lp_largest_free_share lp_free_holder_is_wallet lp_holder_count chain"
        ),
        HOLDERS: "holder_count supply positions",
        CONTRACT: (
            "mint_authority freeze_authority creator_address creator_share creator_earlier_tokens "
            "creator_rugs pausable balance_mutable tax_mutable non_transferable frozen_by_default "
            "default_state_mutable transfer_hook hook_mutable closable malicious buy_tax_share "
            "sell_tax_share"
        ),
    }
    per_asset = frozenset({CONTRACT})
    one_by_one = message("token by token")
    namespaces = (namespace_of(SOLANA),)
    known_by = message("mint on Solana")

    def headers(self) -> dict[str, str]:
        return {"X-API-KEY": self.key} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """A mint that is not known is an answer about that mint."""
        return status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}

    def is_name(self, namespace: str, value: str) -> bool:
        return is_solana_address(value)

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        mint = known[0][1]
        chains = sum(each.startswith("address:") for each, _value in need.identifiers or ())
        call = Request(
            family=CONTRACT,
            path=f"/v1/tokens/{mint}/report",
            context={"address": mint, "chains": "several" if chains > 1 else "one"},
        )
        return (call,)

    def parse(self, raw: RawObservation) -> Parsed:
        body, mint = load_json(raw.body), raw.request.context["address"]
        complaint = error_in(body)
        if raw.status_code == HTTPStatus.BAD_REQUEST and complaint.casefold() == NOT_FOUND:
            return self.knows_nothing_of(mint)
        if complaint or raw.status_code != HTTPStatus.OK:
            raise self.refusal(complaint)
        if not isinstance(body, dict) or body.get("mint") != mint:
            raise UnreadableError("RugCheck sent something other than a report of %(mint)s.", mint=mint)
        return RugCheckReport(raw, body).parsed()


class RugCheckReport:
    """One token's report on its way to rows."""

    def __init__(self, raw: RawObservation, report: Fields) -> None:
        self.report, self.at, self.reader = report, raw.fetched_at, RowReader()
        self.mint = raw.request.context["address"]
        self.is_alone = raw.request.context.get("chains", "one") == "one"
        meta, token = part_of(report, "tokenMeta"), part_of(report, "token")
        self.asset = AssetRef(
            kind=TOKEN,
            identifiers=(address_on(SOLANA, self.mint),),
            symbol=self.known(text_of, meta, "symbol") or "",
            name=self.known(text_of, meta, "name") or "",
            chain=SOLANA,
        )
        self.units = self.known(positive_of, token, "supply")
        self.decimals = self.known(count_of, token, "decimals")

    def known(self, read: Any, fields: Mapping[str, Any], key: str, name: str = "") -> Any:
        return self.reader.known(read, fields.get(key), name=name or self.mint, field=key)

    def parsed(self) -> Parsed:
        contract = contract_of(self.report, self.reader)
        rows: list[Row] = []
        if any(each not in (None, "") for each in contract.values()):
            rows.append(ContractRow(asset=self.asset, as_of=self.at, **contract))
        pools = list(pools_of(self.report, self.mint, self.reader))
        rows += [PoolRow(asset=self.asset, as_of=self.at, chain=SOLANA, **each) for each in pools]
        if self.is_alone:  # Holders and total of one chain do not speak for an asset on several.
            rows += self.holders()
            if total := self.whole(self.units):
                rows.append(SupplyRow(asset=self.asset, as_of=self.at, total=total))
        return self.reader.parsed(rows or [ListingRow(asset=self.asset, as_of=self.at)])

    def whole(self, units: Decimal | None) -> Decimal | None:
        """In whole tokens; None where one of the two is not known or the amount is beyond sense."""
        if units is None or self.decimals is None or self.decimals > MOST_DECIMALS:
            return None
        try:
            return amount_of(units.scaleb(-self.decimals, context=WIDE))
        except ValueError:
            return None

    # Holders ------------------------------------------------------------------------

    def holders(self) -> Iterator[HolderRow]:
        positions = tuple(self.by_owner())
        count = self.known(count_of, self.report, "totalHolders") or None  # 0 stands for "not counted".
        if count is not None and count < len(positions):  # It is kept apart from the list and lags behind.
            self.reader.remark("It lists more holders than the %(count)s it counts.", count=count)
            count = None
        if positions or count is not None:
            yield HolderRow(
                asset=self.asset,
                as_of=self.at,
                holder_count=count,
                positions=positions,
                supply=self.whole(self.units),
            )

    def by_owner(self) -> Iterator[Position]:
        """Who holds by several accounts holds all of it; what lies in a pool is the pool's."""
        owners: dict[tuple[str, str], list[Position]] = {}
        for number, each in enumerate(until_unread([*self.positions()], self.reader)):
            owners.setdefault((each.address or f"unnamed {number}", each.holder_type), []).append(each)
        for first, *others in owners.values():
            balances = [each.balance for each in (first, *others) if each.balance is not None]
            yield replace(
                first,
                share=min(sum(each.share for each in (first, *others)), 1.0),
                balance=sum(balances, Decimal(0)) if balances else None,
            )

    def positions(self) -> Iterator[Position | None]:
        """Line by line; None where what somebody holds can't be read."""
        accounts, pools = set[str](), self.accounts_of_pools()
        listed = self.report.get("topHolders")
        for line in listed if isinstance(listed, list) else ():
            each = line if isinstance(line, dict) else {}
            account, owner = account_in(each, "address"), account_in(each, "owner")
            if account and account in accounts:
                continue
            accounts.add(account)
            share = self.share(each, account)
            if share is None:
                yield None
                continue
            known = self.known_account(owner) or self.known_account(account)
            label = self.known(text_of, known, "name", account) or ""
            yield Position(
                holder_type=self.type_of(each, known, {owner, account} & pools),
                share=share,
                address=owner or account,
                label=label[:160],
                balance=self.whole(self.known(amount_of, each, "amount", account)),
            )

    def share(self, held: Fields, account: str) -> float | None:
        """In percent of the supply; worked out from the units where it isn't told."""
        told = self.known(portion_of, held, "pct", account)
        units = self.known(amount_of, held, "amount", account)
        if told is None and units is not None and self.units and units <= self.units:
            return float(units / self.units)
        return None if told is None else float(told)

    def known_account(self, account: str) -> Fields:
        return part_of(part_of(self.report, "knownAccounts"), account) if account else {}

    def type_of(self, held: Fields, known: Fields, in_pools: set[str]) -> str:
        """A pool's own accounts first, then what RugCheck knows the owner as, then whatever else tells it."""
        owner = account_in(held, "owner") or account_in(held, "address")
        is_creator = bool(owner) and owner == account_in(self.report, "creator")
        told = TYPES.get(str(known.get("type")), "insider" if is_creator else "")
        if in_pools or told == "pool":
            return "pool"
        ours = holder_type(owner, chain=SOLANA, label=str(known.get("name") or "") if not told else "")
        if told and ours in ("wallet", "contract", "unknown"):
            return told
        return "insider" if held.get("insider") is True and ours == "wallet" else ours

    def accounts_of_pools(self) -> set[str]:
        """Of each pool itself and of what it holds on either side."""
        keys = ("pubkey", "liquidityA", "liquidityB")
        markets = parts_of(self.report, "markets")
        return {account_in(each, key) for each in markets for key in keys} - {""}
