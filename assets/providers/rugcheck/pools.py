"""Pools of a token by RugCheck: what both sides hold, how much of it nobody can take out, and until when.

`lpLocked` counts shares that were burned (`reserveSupply` were ever made, `tokenSupply` are left) and those
in lockers. A percentage says nothing by itself: of a curve "100 %" is locked with 0.01 SOL inside, and of a
pool that was drained only the shares are left that nobody ever had. So it is told with the reserves, and not
of pools without a counterpart or without shares. Positions of a concentrated pool are locked one by one:
there the locker tells their value.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.identity.counterparts import is_listed
from assets.identity.holder_types import is_off_curve
from assets.identity.pool_types import pool_type_of
from assets.metrics.pools import BONDING_CURVE, CONCENTRATED
from assets.providers.rugcheck.values import Fields, account_in, part_of, parts_of
from assets.sourcing.reading import RowReader, amount_of, count_of, moment_of, price_of, text_of, usd_of

SOLANA: Final = "solana"
MOST_POOLS: Final = 30
"""The deepest ones are enough: of TRUMP 175 are listed, most with dust."""
NEGLIGIBLE_SHARE: Final = 0.01
"""A lock of less than this share of a pool may end without anybody's noticing."""
MANY_OWNERS: Final = 10
"""Of a list that is cut off (it has twenty accounts) so many owners are worth telling, as the least."""

EXCHANGES: Final = {
    "meteora": "meteora-damm-v1",
    "meteoradlmm": "meteora-dlmm",
    "meteoradammv2": "meteora-damm-v2",
    "meteora_damm_v2": "meteora-damm-v2",
    "pump_fun": "pump-fun",
    "pump_fun_amm": "pumpswap",
}
"""What RugCheck calls the kinds of markets, where it isn't the exchange's usual name."""

SIDES: Final = {
    "base": {"mint": "baseMint", "units": "base", "usd": "baseUSD", "price": "basePrice"},
    "quote": {"mint": "quoteMint", "units": "quote", "usd": "quoteUSD", "price": "quotePrice"},
}
"""The fields of `lp` by side, on either of which the token may lie. Its own price is not this pool's."""


def pools_of(report: Fields, mint: str, reader: RowReader) -> Iterator[dict[str, Any]]:
    """Fields of PoolRows, those with most on the other side first."""
    read = [MarketOfToken(each, report, mint, reader) for each in parts_of(report, "markets")]
    named = [each for each in read if each.address and each.is_ours]
    for each in sorted(named, key=lambda market: market.depth_usd or Decimal(0), reverse=True)[:MOST_POOLS]:
        if reader.is_first(each.address, what=each.address):
            yield each.fields()


class MarketOfToken:
    """One market as it stands to the token: fields of its `own` side and of the `other` one."""

    def __init__(self, market: Fields, report: Fields, mint: str, reader: RowReader) -> None:
        self.market, self.report, self.reader = market, report, reader
        self.lp = part_of(market, "lp")
        self.address = account_in(market, "pubkey")
        self.mint = mint
        is_base, is_quote = (self.lp.get(each["mint"]) == mint for each in SIDES.values())
        self.is_ours = is_base or is_quote
        self.own, self.other = (SIDES[each] for each in (("base", "quote") if is_base else ("quote", "base")))
        kind = reader.known(text_of, market.get("marketType"), name=self.address, field="marketType") or ""
        self.exchange = EXCHANGES.get(kind.lower(), kind.replace("_", "-"))[:64]
        self.pool_type = pool_type_of(self.exchange)

    def number(self, key: str, read: Any = amount_of) -> Any:
        return self.reader.known(read, self.lp.get(key), name=self.address, field=key)

    @property
    def depth_usd(self) -> Decimal | None:
        depth: Decimal | None = self.number(self.other["usd"], usd_of)
        return depth

    def fields(self) -> dict[str, Any]:
        quote = account_in(self.lp, self.other["mint"])
        own_usd, other_usd = self.number(self.own["usd"], usd_of), self.depth_usd
        is_known = own_usd is not None and other_usd is not None and self.pool_type != BONDING_CURVE
        return {
            "address": self.address,
            "dex": self.exchange,
            "pool_type": self.pool_type,
            # Of a curve most of it would be unsold tokens.
            "reserve_usd": own_usd + other_usd if is_known else None,
            "base_reserve": None if self.pool_type == BONDING_CURVE else self.number(self.own["units"]),
            "quote_reserve": self.number(self.other["units"]),
            "quote_price_usd": self.number(self.other["price"], price_of),
            "quote_address": quote,
            "quote_is_listed": is_listed(SOLANA, quote, token=self.mint) if quote else None,
            **self.control(),
        }

    # Who can take it out -----------------------------------------------------------

    def control(self) -> dict[str, Any]:
        """Nothing, where nothing lies on the other side or its shares are no tokens."""
        if not self.number(self.other["units"]):
            return {}
        if self.pool_type == CONCENTRATED:
            return self.locked_positions()
        has_shares = account_in(self.market, "mintLP") and self.pool_type != BONDING_CURVE
        return self.locked_shares() if has_shares else {}

    def locked_positions(self) -> dict[str, Any]:
        """The value of the positions in a lock that bears the pool's name, of all that lies in it."""
        lock = part_of(part_of(self.report, "lockers"), self.address)
        locked = self.reader.known(usd_of, lock.get("usdcLocked"), name=self.address, field="usdcLocked")
        own, other = self.number(self.own["usd"], usd_of), self.depth_usd
        if locked is None or not own or not other:
            return {}
        return {
            "lp_locked_share": min(float(locked / (own + other)), 1.0),
            "lp_locked_until": self.end_of(lock),
        }

    def locked_shares(self) -> dict[str, Any]:
        total, secured = self.number("lpTotalSupply"), self.number("lpLocked")
        made, left = self.number("reserveSupply"), self.number("tokenSupply")
        if not total or secured is None or made is None or left is None or secured > total:
            return {}
        burned = min(max(made - left, Decimal(0)), secured)
        locked = secured - burned
        return {
            "lp_burned_share": float(burned / total),
            "lp_locked_share": float(locked / total),
            "lp_locked_until": self.opens_at(locked),
            "lp_free_share": float((total - secured) / total),
            "lp_holder_count": self.holder_count(left),
            **(self.largest_free(total) if locked <= total * Decimal(NEGLIGIBLE_SHARE) else {}),
        }

    def held(self) -> dict[str, Decimal]:
        """Units of its shares by owner, of the accounts that are listed."""
        held: dict[str, Decimal] = {}
        for each in parts_of(self.lp, "holders"):
            owner = account_in(each, "owner") or account_in(each, "address")
            amount = self.reader.known(amount_of, each.get("amount"), name=owner, field="amount")
            if amount:
                held[owner] = held.get(owner, Decimal(0)) + amount
        return held

    def holder_count(self, left: Decimal) -> int | None:
        """How many hold the shares that are `left`, without burn addresses; at least, where a list of the
        largest accounts is cut off, which says nothing where it has but a few owners."""
        held = self.held()
        owners = sum(not is_burned(each) for each in held)
        is_whole = sum(held.values()) >= left * Decimal(1 - NEGLIGIBLE_SHARE)
        return owners if owners and (is_whole or owners >= MANY_OWNERS) else None

    def largest_free(self, total: Decimal) -> dict[str, Any]:
        """Who holds most of a pool of which nobody's shares are locked; who is locked is not marked."""
        held = {owner: units for owner, units in self.held().items() if not is_burned(owner)}
        owner = max(held, key=held.__getitem__, default="")
        if not owner or held[owner] > total:
            return {}
        is_program = is_off_curve(owner)
        return {
            "lp_free_holder": owner,
            "lp_largest_free_share": float(held[owner] / total),
            "lp_free_holder_is_wallet": None if is_program is None else not is_program,
        }

    def opens_at(self, locked: Decimal) -> datetime | None:
        """When the first lock ends that frees more than next to nothing; None where not all ends are told."""
        if not locked:
            return None
        locks = {account_in(each, "tokenAccount"): each for each in self.lockers()}
        ends: list[tuple[datetime, Decimal]] = []
        for each in parts_of(self.lp, "holders"):
            end = self.end_of(locks.get(account_in(each, "address"), {}))
            amount = self.reader.known(amount_of, each.get("amount"), name=self.address, field="amount")
            if end and amount:
                ends.append((end, amount))
        if sum(amount for _end, amount in ends) < locked * Decimal(1 - NEGLIGIBLE_SHARE):
            return None
        freed = Decimal(0)
        for end, amount in sorted(ends):
            freed += amount
            if freed > locked * Decimal(NEGLIGIBLE_SHARE):
                return end
        return None

    def lockers(self) -> list[Fields]:
        every = part_of(self.report, "lockers").values()
        return [each for each in every if isinstance(each, dict) and account_in(each, "tokenAccount")]

    def end_of(self, lock: Fields) -> datetime | None:
        """0 stands for "not told"."""
        seconds = self.reader.known(count_of, lock.get("unlockDate"), name=self.address, field="unlockDate")
        return self.reader.known(moment_of, seconds or None, name=self.address, field="unlockDate")
