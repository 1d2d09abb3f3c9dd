import pandas as pd
import pytest

from assets.metrics.sectors import (
    DEFI,
    FINANCIAL_CODES,
    SECTORS,
    code_of,
    has_financial_code,
    is_sector,
    keys_of,
    normal,
    sector_key,
)
from assets.metrics.sic import titles


@pytest.mark.parametrize(
    "name",
    [
        "DeFi",
        "DEFI",
        " defi ",
        "Decentralized Finance (DeFi)",
        "decentralized-finance-defi",
        "Decentralised Finance",
        "decentralized_finance",
        "Decentralized Exchange (DEX)",
        "Dexs",
        "Lending",
        "Lending/Borrowing",
        "Lending & Borrowing",
        "Liquid Staking",
    ],
)
def test_one_sector_is_written_in_many_ways(name):
    assert sector_key(name) == DEFI


@pytest.mark.parametrize("name", ["", "Meme", "Miscellaneous", "Foreign Governments", "8888", "DeFi Index"])
def test_another_sector_keeps_its_own_name(name):
    assert sector_key(name) == normal(name) != DEFI


def test_dress_makes_no_other_sector():
    names = ("Real World Assets & More", "REAL-WORLD ASSETS AND MORE")
    assert {sector_key(name) for name in names} == {"real world assets more"}


@pytest.mark.parametrize(
    ("sector", "names"),
    [
        ("information technology", ["Technology", "Semiconductors & Related Devices", "3674", "SIC 7372"]),
        ("health care", ["Healthcare", "Health Care", "PHARMACEUTICAL PREPARATIONS", "8071"]),
        ("financials", ["Finance", "Financial Services", "Blank Checks", "State Commercial Banks"]),
        ("consumer discretionary", ["Consumer Cyclical", "Retail-Eating Places", "Motor Homes"]),
        ("consumer staples", ["Consumer Defensive", "Retail-Grocery Stores", "Beverages"]),
        (
            "communication services",
            ["Telecommunications", "Communication Services", "Radio Broadcasting Stations"],
        ),
        ("energy", ["Energy", "Crude Petroleum & Natural Gas", "Oil Royalty Traders"]),
        ("materials", ["Basic Materials", "Gold and Silver Ores"]),
        ("industrials", ["Industrial Goods", "Aircraft"]),
        ("utilities", ["Public Utilities", "Water Supply"]),
        ("real estate", ["Real Estate", "Real Estate Investment Trusts"]),
    ],
)
def test_registers_and_vendors_mean_the_same_sector(sector, names):
    assert {sector_key(name) for name in names} == {sector}


def test_the_table_is_written_as_it_is_looked_up():
    for names in SECTORS.values():
        assert [normal(name) for name in names] == [*names]


def test_columns_are_keyed_alike():
    assert keys_of(pd.Series(["DeFi", None, "Meme"], dtype="str")).tolist() == [DEFI, "", "meme"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("6022", True), ("SIC 6022", True), ("6798", True), ("6512", False), ("3674", False), ("Banks", False)],
)
def test_codes_of_who_lends_insures_or_invests(code, expected):
    assert has_financial_code(code) is expected


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("Meme", True),
        ("Real World Assets (RWA)", True),
        ("Index Coop Index", False),
        ("Ethereum Ecosystem", False),
        ("Example Ventures Portfolio", False),
        ("FTX Holdings", False),
        ("Made in China", False),
        ("Alleged SEC Securities", False),
        ("Binance HODLer Airdrops", False),
        ("", False),
    ],
)
def test_a_category_that_says_what_a_coin_does_is_a_sector(category, expected):
    assert is_sector(category) is expected


FINANCIAL = {
    code: title for code, title in titles().items() if any(code in codes for codes in FINANCIAL_CODES)
}


@pytest.mark.parametrize(("code", "title"), FINANCIAL.items())
def test_a_title_of_the_sec_says_what_its_code_says(code, title):
    assert all(map(has_financial_code, (str(code), title, title.upper())))


def test_land_and_what_is_made_is_no_finance():
    others = ["Real Estate", "Operators of Apartment Buildings", "Semiconductors & Related Devices", "6512"]
    assert not any(map(has_financial_code, others))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("3674", 3674),
        ("sic 0100", 100),
        ("semiconductors related devices", 3674),
        ("meme", None),
        ("36745", None),
    ],
)
def test_a_sector_is_a_code_by_its_number_or_its_title(name, code):
    assert code_of(name) == code
