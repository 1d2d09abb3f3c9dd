"""Taker fee of an exchange: what a market order pays, by venue, at the lowest tier."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Mask

TAKER_FEES: Final[Mapping[str, float]] = {
    "binance": 0.001,
    "binance us": 0.001,
    "bitfinex": 0.002,
    "bitrue": 0.00098,
    "bitstamp": 0.004,
    "bithumb": 0.0025,
    "coinbase exchange": 0.006,
    "crypto.com exchange": 0.005,
    "digifinex": 0.002,
    "gate": 0.002,
    "gate.io": 0.002,
    "gemini": 0.004,
    "hitbtc": 0.0009,
    "htx": 0.002,
    "huobi": 0.002,
    "indodax": 0.003,
    "kraken": 0.004,
    "kucoin": 0.001,
    "latoken": 0.0049,
    "lbank": 0.001,
    "mexc": 0.0005,
    "okx": 0.0015,
    "poloniex": 0.0009,
    "upbit": 0.0025,
    "whitebit": 0.001,
}
"""By the venue's title in small letters, ours or CoinGecko's. Source:
`describe()["fees"]["trading"]["taker"]` of ccxt 4.5, but for `FEE_SCHEDULES`."""
FEE_SCHEDULES: Final[Mapping[str, str]] = {"kraken": "https://www.kraken.com/features/fee-schedule"}
"""Whose own page says otherwise than ccxt: it raised its lowest tier from 0.26 % to 0.4 %."""
ASSUMED_TAKER_FEE_SHARE: Final = 0.002
"""Of an exchange that is not listed: the highest of the larger ones. Our judgement."""


def taker_fees(venues: "pd.Series[str]", *, is_token: Mask) -> Column:
    """The fee of each book; none for shares, whose venues charge brokers."""
    fees = venues.str.casefold().map(TAKER_FEES).fillna(ASSUMED_TAKER_FEE_SHARE).to_numpy(dtype=float)
    return np.where(is_token, fees, 0.0)
