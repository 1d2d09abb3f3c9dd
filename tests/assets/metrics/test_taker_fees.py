import ccxt
import numpy as np
import pandas as pd
import pytest

from assets.metrics.taker_fees import ASSUMED_TAKER_FEE_SHARE, TAKER_FEES, taker_fees


def test_each_venue_has_its_fee_and_a_share_has_none():
    venues = pd.Series(["Gate", "KRAKEN", "Nowhere Exchange", "NASDAQ"])
    found = taker_fees(venues, is_token=np.array([True, True, True, False]))
    assert found.tolist() == [0.002, 0.004, ASSUMED_TAKER_FEE_SHARE, 0]


@pytest.mark.parametrize("name", ["gate", "kucoin", "mexc", "binance"])
def test_the_fees_are_those_that_ccxt_knows(name):
    assert getattr(ccxt, name)().fees["trading"]["taker"] == TAKER_FEES[name]


def test_no_venue_takes_nothing_or_more_than_a_fiftieth():
    assert all(0 < fee < 0.02 for fee in TAKER_FEES.values())
