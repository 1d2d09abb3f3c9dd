import ccxt
import numpy as np
import pandas as pd
import pytest

from assets.metrics.taker_fees import ASSUMED_TAKER_FEE_SHARE, FEE_SCHEDULES, TAKER_FEES, taker_fees


def test_each_venue_has_its_fee_and_a_share_has_none():
    venues = pd.Series(["Gate", "KRAKEN", "Nowhere Exchange", "NASDAQ"])
    found = taker_fees(venues, is_token=np.array([True, True, True, False]))
    assert found.tolist() == [0.002, 0.004, ASSUMED_TAKER_FEE_SHARE, 0]


NAMES_AT_CCXT = {
    "binance us": "binanceus",
    "coinbase exchange": "coinbaseexchange",
    "crypto.com exchange": "cryptocom",
    "gate.io": "gate",
    "huobi": "htx",
}


@pytest.mark.parametrize("venue", sorted({*TAKER_FEES} - {*FEE_SCHEDULES}))
def test_the_fees_are_those_that_ccxt_knows(venue):
    exchange = getattr(ccxt, NAMES_AT_CCXT.get(venue, venue))()
    assert exchange.fees["trading"]["taker"] == TAKER_FEES[venue]


@pytest.mark.parametrize("venue", sorted(FEE_SCHEDULES))
def test_whose_own_page_says_otherwise_names_it(venue):
    assert FEE_SCHEDULES[venue].startswith("https://")
    assert getattr(ccxt, venue)().fees["trading"]["taker"] != TAKER_FEES[venue]


def test_no_venue_takes_nothing_or_more_than_a_fiftieth():
    assert all(0 < fee < 0.02 for fee in TAKER_FEES.values())
