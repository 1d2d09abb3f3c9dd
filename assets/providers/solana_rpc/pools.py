"""Pools of a token by a node of Solana: what their vaults hold, and what became of their shares.

A pool's account names its two vaults and the mint of its shares (LP tokens). It also counts the shares that
were ever made, so that what its mint lacks was burned. https://github.com/pump-fun/pump-public-docs
(PUMP_SWAP_README.md), https://docs.raydium.io/raydium/protocol/developers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from assets.identity.counterparts import is_listed
from assets.metrics.pools import BONDING_CURVE
from assets.providers.solana_rpc.addresses import WRAPPED_SOL
from assets.providers.solana_rpc.layouts import CurveState, PoolState
from assets.providers.solana_rpc.mint import Fields, mint_in, part_of, whole
from assets.sourcing.reading import RowReader, amount_of, count_of
from assets.sourcing.rows import Position

SOLANA: Final = "solana"
QUOTE_DECIMALS: Final = {WRAPPED_SOL: 9, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v": 6}
"""SOL and USDC: what curves are paid in."""
FOR_EVER: Final = frozenset({"3f7GcQFG397GAaEnv51zR6tsTVihYRydnydDD1cXekxH"})
"""Raydium's burn and earn gives shares back to nobody, so that they are as good as burned."""
SETTLED_SHARE: Final = 0.95
"""From here on it does not matter who has the rest of the shares: `metrics.pool_control.SAFE_LP_SHARE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPool:
    """A pool between the call for its account and that for its vaults, as text that a request carries.

    `own` is the place, 0 or 1, of the token that is asked about.
    """

    address: str
    state: PoolState
    own: int

    def to_json(self) -> dict[str, Any]:
        state = self.state
        return {
            "address": self.address,
            "dex": state.dex,
            "type": state.pool_type,
            "own": self.own,
            "mints": list(state.mints),
            "vaults": list(state.vaults),
            "owed": list(state.owed),
            "lp_mint": state.lp_mint,
            "lp_supply": state.lp_supply,
            "liquidity": state.liquidity,
            "sqrt_price_x64": state.sqrt_price_x64,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "KnownPool":
        state = PoolState(
            dex=stored["dex"],
            pool_type=stored["type"],
            mints=(stored["mints"][0], stored["mints"][1]),
            vaults=(stored["vaults"][0], stored["vaults"][1]),
            owed=(stored["owed"][0], stored["owed"][1]),
            lp_mint=stored["lp_mint"],
            lp_supply=stored["lp_supply"],
            liquidity=stored["liquidity"],
            sqrt_price_x64=stored["sqrt_price_x64"],
        )
        return cls(address=stored["address"], state=state, own=stored["own"])

    @property
    def accounts(self) -> tuple[str, ...]:
        """What is asked about it next."""
        return (*self.state.vaults, *((self.state.lp_mint,) if self.state.lp_mint else ()))


def pool_of(mint: str, address: str, state: PoolState | None) -> KnownPool | None:
    """This pool of this token; None where the account is no pool, or one of other tokens."""
    if state is None or mint not in state.mints or state.mints[0] == state.mints[1]:
        return None
    return KnownPool(address=address, state=state, own=state.mints.index(mint))


# A curve ----------------------------------------------------------------------------


def curve_fields(
    address: str, curve: CurveState, *, decimals: int | None, multiplier: Decimal
) -> dict[str, Any]:
    """Fields of a PoolRow of a curve on which the token is still sold."""
    of_quote = QUOTE_DECIMALS.get(curve.quote_mint)
    return {
        "address": address,
        "dex": "pump-fun",
        "pool_type": BONDING_CURVE,
        "quote_address": curve.quote_mint,
        "quote_is_listed": is_listed(SOLANA, curve.quote_mint),
        "quote_reserve": whole(Decimal(curve.real_quote), of_quote),
        "virtual_base_reserve": whole(Decimal(curve.virtual_tokens), decimals, multiplier),
        "virtual_quote_reserve": whole(Decimal(curve.virtual_quote), of_quote),
    }


# A pool -----------------------------------------------------------------------------


def pool_fields(pool: KnownPool, accounts: Mapping[str, object], reader: RowReader) -> dict[str, Any]:
    """Fields of a PoolRow, from its vaults and the mint of its shares."""
    own, other = pool.own, 1 - pool.own
    base, quote = (reserve_of(pool, side, accounts, reader) for side in (own, other))
    counterpart, mint = pool.state.mints[other], pool.state.mints[own]
    return {
        "address": pool.address,
        "dex": pool.state.dex,
        "pool_type": pool.state.pool_type,
        "quote_address": counterpart,
        "quote_is_listed": is_listed(SOLANA, counterpart, token=mint),
        "base_reserve": base,
        "quote_reserve": quote,
        **(burned_fields(pool, accounts, reader) if quote else {}),
    }


def reserve_of(
    pool: KnownPool, side: int, accounts: Mapping[str, object], reader: RowReader
) -> Decimal | None:
    """What its vault holds on this side, without what is owed to others; in whole units.

    None where the account is not a vault of this token.
    """
    vault = pool.state.vaults[side]
    held = token_account_in(accounts.get(vault))
    if held.get("mint") != pool.state.mints[side]:
        return None
    amount = part_of(held, "tokenAmount")
    units = reader.known(amount_of, amount.get("amount"), name=vault, field="amount")
    decimals = reader.known(count_of, amount.get("decimals"), name=vault, field="decimals")
    if units is None or units < pool.state.owed[side]:
        return None
    return whole(units - pool.state.owed[side], decimals)


def token_account_in(account: object) -> Fields:
    """What a token account says, as a node reads it; empty where the account is something else."""
    fields = account if isinstance(account, Mapping) else {}
    parsed = part_of(part_of(fields, "data"), "parsed")
    return part_of(parsed, "info") if parsed.get("type") == "account" else {}


def burned_share(pool: KnownPool, accounts: Mapping[str, object], reader: RowReader) -> float | None:
    """How much of the shares that were ever made is gone; None where that isn't told, or can't be."""
    mint = mint_in(accounts.get(pool.state.lp_mint), pool.state.lp_mint)
    made = pool.state.lp_supply
    if mint is None or not made:
        return None
    left = reader.known(amount_of, mint.info.get("supply"), name=mint.address, field="supply")
    if left is None or left > made:
        return None
    return 1 - float(left / made)


def burned_fields(pool: KnownPool, accounts: Mapping[str, object], reader: RowReader) -> dict[str, Any]:
    """Of shares that were made: what was burned. What is left may be locked, so that it need not be free."""
    burned = burned_share(pool, accounts, reader)
    if burned is None:
        return {}
    is_settled = burned >= SETTLED_SHARE
    return {
        "lp_burned_share": burned,
        **({"lp_locked_share": 0.0, "lp_free_share": 1 - burned} if burned == 1 else {}),
        **({"lp_largest_free_share": 1 - burned} if is_settled else {}),
    }


# Shares -----------------------------------------------------------------------------


def holder_fields(pool: KnownPool, burned: float, positions: Iterable[Position]) -> dict[str, Any]:
    """Who has the shares that are left: fields of a PoolRow. `positions` are shares of what is left."""
    left = 1 - burned
    every = [*positions]
    gone = sum(each.share for each in every if each.holder_type == "burn" or each.address in FOR_EVER)
    locked = sum(
        each.share for each in every if each.holder_type == "locker" and each.address not in FOR_EVER
    )
    free = [each for each in every if each.holder_type not in ("burn", "locker")]
    largest = max(free, key=lambda each: each.share, default=None)
    return {
        "address": pool.address,
        "lp_burned_share": min(burned + left * gone, 1.0),
        "lp_locked_share": min(left * locked, 1.0),
        "lp_free_share": max(left * (1 - gone - locked), 0.0),
        **(
            {
                "lp_free_holder": largest.address,
                "lp_largest_free_share": min(left * largest.share, 1.0),
                "lp_free_holder_is_wallet": {"wallet": True, "contract": False}.get(largest.holder_type),
            }
            if largest
            else {}
        ),
    }
