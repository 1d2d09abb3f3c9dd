"""Bonding curve: a launchpad's sale of a new token by formula, before it has a pool of its own.

Most of what a curve is said to hold are unsold tokens at the current price; sellers are paid from what
buyers have left, the quote side, alone.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Mask, ratio

VIRTUAL_SOL: Final = 30.0
VIRTUAL_TOKENS: Final = 1.073e9
SOLD_TOKENS: Final = 793.1e6
COMPLETED_SOL: Final = 85.0
FEE_SHARE: Final = 0.0125
"""Pump.fun: a constant product that starts with 30 virtual SOL against 1,073 M virtual tokens, of which
793.1 M are for sale; near 85 SOL it is sold out. Source: the program's account Global,
github.com/pump-fun/pump-public-docs (docs/PUMP_PROGRAM_README.md).

Fee: 95 basis points to the launchpad and 30 to the creator, since September 2025 by the fee program and no
longer by Global, which still says 95 and 5. Source: docs/FEE_PROGRAM_README.md in the same place, and
intercom.help/pumpfun-web/en/articles/11002413-transaction-fees-on-pump-fun. It stands for the curves of other
launchpads too: LaunchLab and Meteora's DBC have none of their own, each platform sets one.
"""
PUMP_FUN: Final = frozenset({"pump-fun", "pumpfun", "pump fun", "pump.fun", ""})
"""How vendors write it; who names no exchange may mean it. A curve of another launchpad fits now and then by
chance: of the recorded ones every fiftieth."""
FITS_WITHIN: Final = 0.01
"""How far the told reserve may be from that of the curve at its price; half of those recorded: 0.03 %."""
SOLD_OUT_SHARE: Final = 0.999
ROUNDING_SOL: Final = 0.003
"""Prices are rounded: before the first purchase the quote side can come out so far below nothing."""


@dataclass(frozen=True, slots=True)
class Curve:
    """`virtual_usd` is the x of x·y = k, `quote_usd` what buyers left; NaN where the curve is not known."""

    virtual_usd: Column
    quote_usd: Column
    is_completed: Mask

    def told(self, virtual_usd: Column, quote_usd: Column) -> "Curve":
        """The curve as its own account tells it, where that is known of both: whatever its parameters are."""
        is_told = ~np.isnan(virtual_usd + quote_usd)
        return Curve(
            virtual_usd=np.where(is_told, virtual_usd, self.virtual_usd),
            quote_usd=np.where(is_told, quote_usd, self.quote_usd),
            is_completed=self.is_completed & ~is_told,
        )


def pump_fun(price_usd: Column, quote_price_usd: Column, reserve_usd: Column) -> Curve:
    """The standard curve at this price; known where the reserve that is given is the one that it has there.

    k = x·y and the price x / y give x = √(k·price). The reserve is unsold tokens × price + quote side.
    A curve of other parameters (a "mayhem" coin, another launchpad) has another reserve at this price.
    """
    price = ratio(price_usd, quote_price_usd)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        virtual_sol = np.sqrt(VIRTUAL_SOL * VIRTUAL_TOKENS * price)
        raised_sol = virtual_sol - VIRTUAL_SOL
        unsold = virtual_sol / price - (VIRTUAL_TOKENS - SOLD_TOKENS)
        told, expected = reserve_usd, unsold * price_usd + raised_sol * quote_price_usd
        fits = (np.abs(told - expected) <= FITS_WITHIN * expected) & (raised_sol >= -ROUNDING_SOL)
        virtual, raised = virtual_sol * quote_price_usd, np.maximum(raised_sol, 0) * quote_price_usd
    return Curve(
        virtual_usd=np.where(fits, virtual, np.nan),
        quote_usd=np.where(fits, raised, np.nan),
        is_completed=fits & (raised_sol >= SOLD_OUT_SHARE * COMPLETED_SOL),
    )
