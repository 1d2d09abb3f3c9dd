"""Layouts of accounts on Solana: bonding curves and pools, from their bytes.

Numbers are little-endian and unsigned. An account belongs to the program that owns it, and begins, where the
program is written with Anchor, with eight bytes that name its type: SHA-256 of "account:" and the name.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from assets.identity.checksums import base58_text
from assets.metrics.pools import CONCENTRATED, CONSTANT_PRODUCT
from assets.providers.solana_rpc.addresses import PUMP_FUN, PUMP_SWAP, WRAPPED_SOL

KEY_BYTES: Final = 32
NOBODY: Final = base58_text(bytes(KEY_BYTES))
CURVE: Final = bytes.fromhex("17b7f83760d8ac60")
"""BondingCurve. Source: github.com/pump-fun/pump-public-docs, idl/pump.json."""


def bytes_of(account: Mapping[str, Any]) -> bytes:
    """The data of an account as a node gives it, ["…", "base64"]; empty where it is something else."""
    data = account.get("data")
    if not isinstance(data, list) or len(data) != 2 or data[1] != "base64" or not isinstance(data[0], str):
        return b""
    try:
        return base64.b64decode(data[0], validate=True)
    except (ValueError, binascii.Error):
        return b""


@dataclass(frozen=True, slots=True)
class Layout:
    """Fields at fixed places of bytes that are long enough for all of them."""

    data: bytes

    def number(self, at: int, size: int = 8) -> int:
        return int.from_bytes(self.data[at : at + size], "little")

    def key(self, at: int) -> str:
        return base58_text(self.data[at : at + KEY_BYTES])


# Bonding curves ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveState:
    """A curve of Pump.fun, in smallest units: tokens, and lamports or another counterpart's.

    `creator` is "" in the first layout of 49 bytes, which ends before it.
    """

    virtual_tokens: int
    virtual_quote: int
    real_tokens: int
    real_quote: int
    supply: int
    complete: bool
    creator: str = ""
    mayhem: bool = False
    quote_mint: str = WRAPPED_SOL


def curve_in(owner: str, data: bytes) -> CurveState | None:
    """The curve in this account; None where it is none of Pump.fun's."""
    if owner != PUMP_FUN or data[:8] != CURVE or len(data) < 49:
        return None
    at = Layout(data)
    quote = at.key(83) if len(data) >= 115 else NOBODY
    return CurveState(
        virtual_tokens=at.number(8),
        virtual_quote=at.number(16),
        real_tokens=at.number(24),
        real_quote=at.number(32),
        supply=at.number(40),
        complete=bool(at.number(48, 1)),
        creator=at.key(49) if len(data) >= 81 else "",
        mayhem=len(data) >= 82 and bool(at.number(81, 1)),
        quote_mint=WRAPPED_SOL if quote == NOBODY else quote,
    )


# Pools ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolState:
    """A pool: what it pairs, where it keeps both, and how many shares (LP tokens) were ever made of it.

    `owed` is what lies in the vaults and is not the pool's: fees that wait to be fetched. `lp_supply` is
    None, and `lp_mint` "", where positions take the place of shares.
    """

    dex: str
    pool_type: str
    mints: tuple[str, str]
    vaults: tuple[str, str]
    owed: tuple[int, int] = (0, 0)
    lp_mint: str = ""
    lp_supply: int | None = None
    liquidity: int | None = None
    sqrt_price_x64: int | None = None


def _pump_swap(at: Layout) -> PoolState:
    return PoolState(
        dex="pumpswap",
        pool_type=CONSTANT_PRODUCT,
        mints=(at.key(43), at.key(75)),
        vaults=(at.key(139), at.key(171)),
        lp_mint=at.key(107),
        lp_supply=at.number(203),
    )


def _raydium_v4(at: Layout) -> PoolState:
    return PoolState(
        dex="raydium",
        pool_type=CONSTANT_PRODUCT,
        mints=(at.key(400), at.key(432)),
        vaults=(at.key(336), at.key(368)),
        owed=(at.number(192), at.number(200)),
        lp_mint=at.key(464),
        lp_supply=at.number(720),
    )


def _raydium_cpmm(at: Layout) -> PoolState:
    return PoolState(
        dex="raydium-cpmm",
        pool_type=CONSTANT_PRODUCT,
        mints=(at.key(168), at.key(200)),
        vaults=(at.key(72), at.key(104)),
        owed=(at.number(341) + at.number(357), at.number(349) + at.number(365)),
        lp_mint=at.key(136),
        lp_supply=at.number(333),
    )


def _raydium_clmm(at: Layout) -> PoolState:
    return PoolState(
        dex="raydium-clmm",
        pool_type=CONCENTRATED,
        mints=(at.key(73), at.key(105)),
        vaults=(at.key(137), at.key(169)),
        liquidity=at.number(237, 16),
        sqrt_price_x64=at.number(253, 16),
    )


def _whirlpool(at: Layout) -> PoolState:
    return PoolState(
        dex="orca",
        pool_type=CONCENTRATED,
        mints=(at.key(101), at.key(181)),
        vaults=(at.key(133), at.key(213)),
        owed=(at.number(85), at.number(93)),
        liquidity=at.number(49, 16),
        sqrt_price_x64=at.number(65, 16),
    )


def _dlmm(at: Layout) -> PoolState:
    return PoolState(
        dex="meteora-dlmm",
        pool_type=CONCENTRATED,
        mints=(at.key(88), at.key(120)),
        vaults=(at.key(152), at.key(184)),
    )


PROGRAMS: Final[Mapping[str, tuple[bytes, int, Callable[[Layout], PoolState]]]] = {
    # github.com/pump-fun/pump-public-docs, idl/pump_amm.json: Pool
    PUMP_SWAP: (bytes.fromhex("f19a6d0411b16dbc"), 211, _pump_swap),
    # github.com/raydium-io/raydium-sdk-V2, src/raydium/liquidity/layout.ts: liquidityStateV4Layout
    "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8": (b"", 752, _raydium_v4),
    # github.com/raydium-io/raydium-cp-swap, programs/cp-swap/src/states/pool.rs: PoolState
    "CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C": (bytes.fromhex("f7ede3f5d7c3de46"), 373, _raydium_cpmm),
    # github.com/raydium-io/raydium-clmm, programs/amm/src/states/pool.rs: PoolState
    "CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK": (bytes.fromhex("f7ede3f5d7c3de46"), 273, _raydium_clmm),
    # github.com/orca-so/whirlpools, programs/whirlpool/src/state/whirlpool.rs
    "whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc": (bytes.fromhex("3f95d10ce1806309"), 245, _whirlpool),
    # github.com/MeteoraAg/dlmm-sdk, idls/dlmm.json: LbPair
    "LBUZKhRxPF3XUpBCjp4YzTKgLccjZhTSDM9YuVaPwxo": (bytes.fromhex("210b3162b565b10d"), 216, _dlmm),
}
"""By program the bytes with which its pool begins, how long it is at least, and what stands where."""


def pool_in(owner: str, data: bytes) -> PoolState | None:
    """The pool in this account; None where its program's layout is not known, or it is no pool."""
    marker, length, read = PROGRAMS.get(owner, (b"", 0, None))
    if read is None or len(data) < length or not data.startswith(marker):
        return None
    return read(Layout(data))
