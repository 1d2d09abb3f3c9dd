"""Pool fees: what a trade in a pool costs where the pool's provider does not tell it, by exchange."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Mask, ratio
from assets.metrics.curves import FEE_SHARE as CURVE_FEE_SHARE

ASSUMED_FEE_SHARE: Final = 0.003
"""Of an exchange that is not listed: that of Uniswap v2, the most common one.
Source: docs.uniswap.org/contracts/v2/concepts/advanced-topics/fees."""

FEES: Final[Mapping[str, float]] = {"raydium": 0.0025}
"""Of exchanges whose pools have one fee. Source: docs.raydium.io (protocol fees: Standard AMM v4)."""

PUMP_SWAP: Final = frozenset({"pumpswap", "pump-swap", "pump swap", "pumpfun-amm"})
PUMP_SWAP_FEES: Final[Mapping[float, float]] = {
    420: 0.0125,
    1_470: 0.0120,
    2_460: 0.0115,
    3_440: 0.0110,
    4_420: 0.0105,
    9_820: 0.0100,
    14_740: 0.0095,
    19_650: 0.0090,
    24_560: 0.0085,
    29_470: 0.0080,
    34_380: 0.0075,
    39_300: 0.0070,
    44_210: 0.0065,
    49_120: 0.0060,
    54_030: 0.0055,
    58_940: 0.00525,
    63_860: 0.0050,
    68_770: 0.00475,
    73_681: 0.0045,
    78_590: 0.00425,
    83_500: 0.0040,
    88_400: 0.00375,
    93_330: 0.0035,
    98_240: 0.00325,
    np.inf: 0.0030,
}
"""Up to which market cap in SOL a coin of Pump.fun pays what, to launchpad, creator and providers together;
for all units at the pool's price. Source: pump.fun/docs/fees, and its first steps in
intercom.help/pumpfun-web/en/articles/11002413-transaction-fees-on-pump-fun."""
LEAST_SOL_USD: Final = 5.0
"""A counterpart of a lower price is a dollar, not SOL: the step is not known and the first is taken."""


def assumed_fees(
    exchanges: "pd.Series[str]",
    on_curve: Mask,
    *,
    price_usd: Column,
    quote_price_usd: Column,
    units: Column,
) -> Column:
    """The fee of each pool by its exchange; `units` are all there are of its token."""
    names = exchanges.fillna("").str.casefold()
    fees = names.map(FEES).fillna(ASSUMED_FEE_SHARE).to_numpy(dtype=float)
    in_sol = np.where(quote_price_usd >= LEAST_SOL_USD, quote_price_usd, np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        caps = np.nan_to_num(ratio(price_usd * units, in_sol), nan=0.0)
    steps = np.searchsorted(np.array([*PUMP_SWAP_FEES]), caps, side="right")
    at_pump = np.array([*PUMP_SWAP_FEES.values()])[np.minimum(steps, len(PUMP_SWAP_FEES) - 1)]
    fees = np.where(names.isin(PUMP_SWAP).to_numpy(dtype=bool), at_pump, fees)
    return np.where(on_curve, CURVE_FEE_SHARE, fees)
