"""Pools on EVM chains: reserves of pairs, liquidity of concentrated pools, and who has a pair's shares.

Uniswap v2: `getReserves()`, docs.uniswap.org/contracts/v2/reference/smart-contracts/pair. Uniswap v3:
`slot0()`, `liquidity()` and the ticks around the price, docs.uniswap.org/contracts/v3/reference/core; what it
holds is no depth, the liquidity at its price is. The formulas are those of `metrics.concentrated`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from assets.identity.counterparts import is_listed
from assets.metrics.pools import CONCENTRATED, CONSTANT_PRODUCT, STABLE
from assets.providers.evm_rpc.abi import ContractCall, Returned
from assets.providers.evm_rpc.lockers import Lock, opens_at, still_locked
from assets.sourcing.reading import WIDE, amount_of

ZERO: Final = "0x" + "0" * 40
DEAD: Final = "0x000000000000000000000000000000000000dead"
MILLION: Final = 1_000_000
SETTLED_SHARE: Final = 0.95
"""From here on it does not matter who has the rest of the shares: `metrics.pool_control.SAFE_LP_SHARE`."""
X96: Final = 2**96
TICK: Final = 1.0001
AROUND_TICKS: Final = 203
"""Ticks within which the price moves by 2 %, either way: ln(1/0.98) / ln(1.0001) = 202.04."""
WORD_BITS: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class EvmPool:
    """A pool between calls, as text that a request carries: amounts in smallest units, decimal digits.

    `own` is the place, 0 or 1, of the token that is asked about. Shares are of pairs alone.
    """

    address: str
    kind: str
    tokens: tuple[str, str]
    own: int
    dex: str = ""
    reserves: tuple[str, str] | None = None
    sqrt_price_x96: str = ""
    tick: int = 0
    liquidity: str = ""
    spacing: int = 0
    fee_share: float | None = None
    shares: str = ""
    gone: str = ""
    owners: str = ""
    held: Mapping[str, str] = field(default_factory=dict)

    @property
    def counterpart(self) -> str:
        return self.tokens[1 - self.own]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "EvmPool":
        pairs = {"tokens": tuple(stored["tokens"])}
        if stored["reserves"] is not None:
            pairs["reserves"] = tuple(stored["reserves"])
        return cls(**{**stored, **pairs})


# What is asked about a pool, and what it answers -------------------------------------

EVERYTHING: Final = (
    *("token0()", "token1()", "getReserves()", "stable()"),
    *("slot0()", "liquidity()", "fee()", "tickSpacing()", "totalSupply()"),
)
OF_A_PAIR: Final = ("getReserves()", "totalSupply()")
OF_CONCENTRATED: Final = ("slot0()", "liquidity()")
SPACINGS: Final = {100: 1, 500: 10, 2_500: 50, 3_000: 60, 10_000: 200}
"""Ticks between two that can be initialised, by fee in millionths: `UniswapV3Factory`, `PancakeV3Factory`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pool is, and what is known of it before it is asked.

    A factory tells its exchange, counterpart and fee (0 of a pair); of what others have named none is known.
    """

    address: str
    dex: str = ""
    quote: str = ""
    fee: int = 0

    @property
    def questions(self) -> tuple[str, ...]:
        if not self.quote:
            return EVERYTHING
        return OF_CONCENTRATED if self.fee else OF_A_PAIR

    def calls(self, *, owner: str, lockers: Iterable[str]) -> list[ContractCall]:
        """The questions to it, then who has its shares where it can be a pair."""
        holders = () if self.fee else (ZERO, DEAD, owner or ZERO, *lockers)
        return [
            *(ContractCall.of(self.address, question) for question in self.questions),
            *(ContractCall.of(self.address, "balanceOf(address)", holder) for holder in holders),
        ]


def pool_in(
    token: str, place: Place, answers: Sequence[Returned | None], *, owner: str, lockers: Sequence[str]
) -> EvmPool | None:
    """The pool that answered so; None where it isn't one of this token, or of no kind that is known."""
    told = dict.fromkeys(EVERYTHING) | dict(zip(place.questions, answers, strict=False))
    balances = [_number(each) for each in answers[len(place.questions) :]]
    # Factories sort the two tokens by their addresses.
    sides = (
        sorted((token, place.quote)) if place.quote else map(_address, (told["token0()"], told["token1()"]))
    )
    first, second = sides
    if token not in (first, second) or not first or not second or first == second:
        return None
    common: dict[str, Any] = {
        "address": place.address,
        "tokens": (first, second),
        "own": (first, second).index(token),
        "dex": place.dex,
    }
    if (reserves := told["getReserves()"]) is not None:
        return _pair(reserves, told, balances, common, owner=owner, lockers=lockers)
    return _concentrated(told, common, fee=place.fee)


def _pair(
    reserves: Returned,
    answered: Mapping[str, Returned | None],
    balances: Sequence[int | None],
    common: Mapping[str, Any],
    *,
    owner: str,
    lockers: Sequence[str],
) -> EvmPool | None:
    sides = (reserves.number(0), reserves.number(1))
    shares = _number(answered["totalSupply()"])
    if None in sides:
        return None
    to_nobody, to_dead, of_owner, *of_lockers = balances
    stable = answered["stable()"]
    held = {locker: str(units) for locker, units in zip(lockers, of_lockers, strict=True) if units}
    is_known = shares and to_nobody is not None and to_dead is not None
    return EvmPool(
        kind=STABLE if stable is not None and stable.flag(0) else CONSTANT_PRODUCT,
        reserves=(str(sides[0]), str(sides[1])),
        shares=str(shares) if is_known else "",
        gone=str((to_nobody or 0) + (to_dead or 0)) if is_known else "",
        owners=str(of_owner or 0) if owner else "",
        held=held,
        **common,
    )


def _concentrated(
    answered: Mapping[str, Returned | None], common: Mapping[str, Any], *, fee: int
) -> EvmPool | None:
    slot, liquidity = answered["slot0()"], _number(answered["liquidity()"])
    price, tick = (slot.number(0), slot.signed(1)) if slot is not None else (None, None)
    if not price or tick is None or liquidity is None or abs(tick_of(price) - tick) > 1:
        return None  # On a tick the price may belong to the one below.
    spacing = SPACINGS.get(fee) if fee else _number(answered["tickSpacing()"])
    millionths = fee or _number(answered["fee()"])
    return EvmPool(
        kind=CONCENTRATED,
        sqrt_price_x96=str(price),
        tick=tick,
        liquidity=str(liquidity),
        spacing=spacing if spacing is not None and 0 < spacing <= 16_384 else 0,
        fee_share=millionths / MILLION if millionths is not None and millionths < MILLION else None,
        **common,
    )


# Ticks around the price --------------------------------------------------------------


def bitmap_words(pool: EvmPool) -> list[int]:
    """The words of the bitmap in which the ticks around its price stand; none of an unknown spacing."""
    if not pool.spacing:
        return []
    low, high = ((pool.tick + move) // pool.spacing // WORD_BITS for move in (-AROUND_TICKS, AROUND_TICKS))
    return list(range(low, high + 1))


def ticks_in(pool: EvmPool, word: int, bits: int) -> list[int]:
    """The initialised ticks of a word that lie around the price."""
    ticks = ((word * WORD_BITS + bit) * pool.spacing for bit in range(WORD_BITS) if bits >> bit & 1)
    return [tick for tick in ticks if abs(tick - pool.tick) <= AROUND_TICKS + 1]


def least_liquidity(pool: EvmPool, nets: Mapping[int, int]) -> int | None:
    """The least liquidity anywhere within 2 % of the price: what a trade of that size is sure to find.

    `nets` are what each tick there adds when the price rises over it. None where the ticks contradict it.
    """
    at_price = int(pool.liquidity)
    least, active = at_price, at_price
    for tick in sorted((each for each in nets if each <= pool.tick), reverse=True):
        active -= nets[tick]
        least = min(least, active)
    active = at_price
    for tick in sorted(each for each in nets if each > pool.tick):
        active += nets[tick]
        least = min(least, active)
    return least if least >= 0 else None


def virtual_fields(pool: EvmPool, liquidity: int, decimals: Mapping[str, int]) -> dict[str, Any]:
    """L/√P and L·√P in whole units: what a constant product of the same depth would hold."""
    root = Decimal(pool.sqrt_price_x96) / X96
    sides = (WIDE.divide(Decimal(liquidity), root), WIDE.multiply(Decimal(liquidity), root))
    base, quote = sides[pool.own], sides[1 - pool.own]
    return {
        "virtual_base_reserve": whole(base, decimals.get(pool.tokens[pool.own])),
        "virtual_quote_reserve": whole(quote, decimals.get(pool.counterpart)),
    }


# Fields of rows ----------------------------------------------------------------------


def common_fields(pool: EvmPool, chain: str) -> dict[str, Any]:
    return {
        "address": pool.address,
        "dex": pool.dex,
        "pool_type": pool.kind,
        "quote_address": pool.counterpart,
        "quote_is_listed": is_listed(chain, pool.counterpart, token=pool.tokens[pool.own]),
        "fee_share": pool.fee_share,
    }


def reserve_fields(
    pool: EvmPool, held: Mapping[str, int | None], decimals: Mapping[str, int]
) -> dict[str, Any]:
    """Both sides in whole units: a pair's own count, or what a concentrated pool's address holds (`held`)."""
    own, other = pool.tokens[pool.own], pool.counterpart
    units = (
        dict(zip(pool.tokens, map(int, pool.reserves), strict=True)) if pool.reserves is not None else held
    )
    sides = {token: whole(_decimal(units.get(token)), decimals.get(token)) for token in (own, other)}
    return {"base_reserve": sides[own], "quote_reserve": sides[other]}


def share_fields(
    pool: EvmPool, locks: Mapping[str, Sequence[Lock]], *, owner: str, is_wallet: bool | None, now: datetime
) -> dict[str, Any]:
    """Who can take a pair's reserves out: what is burned, what known lockers hold and until when.

    Shares in a locker that isn't known look free, so that a part that is locked is told where the rest is
    next to nothing; elsewhere it would take the place of what a vendor with more lockers found.
    """
    if not pool.shares or not any(int(each) for each in pool.reserves or ()):
        return {}
    total, gone = int(pool.shares), min(int(pool.gone), int(pool.shares))
    held = {locker: int(units) for locker, units in pool.held.items()}
    locked = min(still_locked(locks, held, now), total - gone)
    is_settled = gone + locked >= SETTLED_SHARE * total
    every = [
        each for listed in locks.values() for each in listed if each.ends_at is None or each.ends_at > now
    ]
    of_owner = int(pool.owners) if pool.owners else 0
    return {
        "lp_burned_share": gone / total,
        **(
            {
                "lp_locked_share": locked / total,
                "lp_free_share": (total - gone - locked) / total,
                "lp_locked_until": opens_at(every, locked=locked, total=total, now=now) if locked else None,
            }
            if is_settled
            else {}
        ),
        **(
            {
                "lp_free_holder": owner,
                "lp_largest_free_share": min(of_owner / total, 1.0),
                "lp_free_holder_is_wallet": is_wallet,
            }
            if of_owner > total / 2
            else {}
        ),
    }


def whole(units: Decimal | None, decimals: int | None) -> Decimal | None:
    """In whole units; None where one of the two is not known or the amount is beyond sense."""
    if units is None or decimals is None:
        return None
    try:
        return amount_of(units.scaleb(-decimals, context=WIDE))
    except ValueError:
        return None


def tick_of(sqrt_price_x96: int) -> int:
    """The tick in whose step this √P lies: what `slot0` says beside it must agree."""
    return math.floor(math.log(sqrt_price_x96 / X96) * 2 / math.log(TICK))


def _decimal(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units)


def _number(answer: Returned | None) -> int | None:
    return answer.number(0) if answer is not None else None


def _address(answer: Returned | None) -> str:
    return answer.address(0) if answer is not None else ""
