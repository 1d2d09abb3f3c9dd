from datetime import UTC, datetime

import pytest

from assets.metrics.venues import FINANCIAL_STATUSES
from assets.providers.nasdaqtrader.securities import (
    EXCHANGES,
    MARKETS,
    STATUSES,
    exchange_of,
    in_new_york,
    is_share,
    market_of,
    status_of,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOT_SHARES = (
    "Condor Optics, Inc. - Warrant",
    "Condor Optics, Inc. - Rights",
    "Condor Acquisition Units, each consisting of one Class A ordinary share and half of one warrant",
    "Condor Optics, Inc. Redeemable Warrants, each whole warrant exercisable for one share of common stock",
    "Condor Acquisition Corp. - Unit",
    "Condor Bancorp - Depositary Shares, each Representing a 1/40th Interest in a Share of Preferred Stock",
    "Condor Bancorp 6.25% Series B Cumulative Preferred Stock",
    "Condor Bancorp 8% Notes due 2029",
    "Condor Gold Covered Call ETNs due 2033",
    "Condor Bitcoin Trust - Condor Bitcoin Trust ETF",
    "Condor Bancorp - Dep Shs Perp Pfd Series I",
)
SHARES = (
    "Condor Optics, Inc. - Common Stock",
    "Condor Optics, Inc. - Class A common shares",
    "Rights and Warrants Brokerage, Inc. - Common Stock",
    "Condor Holdings Limited - Ordinary Shares",
    "Condor plc - American Depositary Shares, each representing two ordinary shares",
    "Condor Energy LP Common Units representing Limited Partner Interests",
    "Condor Realty Trust Common Shares of Beneficial Interest",
    "Condor Optics Inc",
    "Condor N.V. - New York Registry Shares",
)


@pytest.mark.parametrize("name", NOT_SHARES)
def test_what_gives_a_right_to_a_share_or_owes_money_is_no_share(name):
    assert not is_share(name)


@pytest.mark.parametrize("name", SHARES)
def test_shares_are_told_by_the_first_word_of_their_kind(name):
    assert is_share(name)


@pytest.mark.parametrize("status", STATUSES.values())
def test_a_status_is_made_of_words_in_their_order(status):
    words = status.split("+")
    assert words == [each for each in FINANCIAL_STATUSES if each in words]
    assert ("normal" in words) == (words == ["normal"])


def test_codes_have_words_and_others_make_no_sense():
    assert (status_of("H"), status_of(""), market_of("S")) == (
        "deficient+delinquent",
        "",
        "Nasdaq Capital Market",
    )
    assert exchange_of("N") == "NYSE"
    for read in (status_of, market_of, exchange_of):
        for code in ("X", "NN", 5):
            with pytest.raises(ValueError, match="that is known"):
                read(code)
    assert not {*MARKETS.values()} & {*EXCHANGES.values()}


@pytest.mark.parametrize(
    ("digits", "moment"),
    [
        ("0227202621:31", datetime(2026, 2, 28, 2, 31, tzinfo=UTC)),
        ("0727202521:31", datetime(2025, 7, 28, 1, 31, tzinfo=UTC)),
        ("1330202621:31", NOW),
        ("0227209921:31", NOW),
    ],
)
def test_new_york_is_four_or_five_hours_behind_and_nothing_is_of_the_future(digits, moment):
    assert in_new_york(digits, "%m%d%Y%H:%M", no_later_than=NOW) == moment
