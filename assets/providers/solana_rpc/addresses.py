"""Program-derived addresses of Solana: where a program keeps the account of a mint, without asking anybody.

https://solana.com/docs/core/pda: SHA-256 of the seeds, a bump from 255 down, the program and a fixed text;
the first that is no point of the curve, so that nobody has its key.
"""

import hashlib
from functools import lru_cache
from typing import Final

from assets.identity.checksums import base58_bytes, base58_text
from assets.identity.holder_types import is_off_curve

MARKER: Final = b"ProgramDerivedAddress"

PUMP_FUN: Final = "6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P"
PUMP_SWAP: Final = "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA"
"""Source: github.com/pump-fun/pump-public-docs (idl/pump.json, idl/pump_amm.json)."""
WRAPPED_SOL: Final = "So11111111111111111111111111111111111111112"


def derived(program: str, *seeds: bytes) -> str:
    """The address that this program has for these seeds."""
    tail = base58_bytes(program) + MARKER
    for bump in range(255, -1, -1):
        address = base58_text(hashlib.sha256(b"".join((*seeds, bytes([bump]), tail))).digest())
        if is_off_curve(address):
            return address
    raise ValueError("no address lies off the curve")  # Of 256 hashes half do: never seen by anybody.


@lru_cache(maxsize=4_096)
def curve_of(mint: str) -> str:
    """The bonding curve of a mint at Pump.fun, whether there is one or not."""
    return derived(PUMP_FUN, b"bonding-curve", base58_bytes(mint))


@lru_cache(maxsize=4_096)
def canonical_pool_of(mint: str) -> str:
    """The pool at PumpSwap to which its curve moves the mint: number 0, against wrapped SOL."""
    creator = derived(PUMP_FUN, b"pool-authority", base58_bytes(mint))
    seeds = (b"pool", bytes(2), *map(base58_bytes, (creator, mint, WRAPPED_SOL)))
    return derived(PUMP_SWAP, *seeds)
