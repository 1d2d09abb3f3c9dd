import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.tickers import (
    CUSIP,
    LINE,
    SHARE,
    common_share,
    cusip_of,
    is_ticker,
    line_of,
    names_of,
    normal_ticker,
    only_finds,
    share_of,
)


@pytest.mark.parametrize(
    ("spellings", "normal"),
    [
        ("ZORB", "ZORB"),
        ("ZOR.B ZOR/B ZOR-B ZORB zor-b", "ZORB"),
        ("ZOR-PD ZOR$D ZORpD ZOR^D ZORPRD ZOR.PR.D", "ZORPRD"),
        ("ZOR-P ZOR$ ZORp ZORPR", "ZORPR"),
        ("ZOR-WT ZOR+ ZOR.W ZOR.WS ZORWS", "ZORWS"),
        ("ZOR-WTA ZOR+A ZOR.WS.A ZORWSA", "ZORWSA"),
        ("ZOR-UN ZOR= ZOR.U ZORU", "ZORU"),
        ("ZOR-RI ZOR^ ZOR.R ZORR", "ZORR"),
    ],
)
def test_one_line_has_one_notation(spellings, normal):
    assert {normal_ticker(each) for each in spellings.split()} == {normal}


@pytest.mark.parametrize(
    "text", ["", "-B", "ZORB-", "ZÖRB", "12AB", "ZORBFARTOOLONG", "ZOR BE D", None, 7, "Z\nB"]
)
def test_what_is_no_ticker_is_refused(text):
    with pytest.raises(ValueError, match="no US ticker"):
        normal_ticker(text)


@given(st.from_regex(r"[A-Z]{1,5}([-./]([A-Z]|P[A-Z]|WT|UN))?", fullmatch=True))
def test_a_normal_ticker_stays_as_it_is(text):
    assert normal_ticker(normal_ticker(text)) == normal_ticker(text)


@pytest.mark.parametrize(
    ("lines", "share"),
    [
        (["ZORB"], "ZORB"),
        (["ZORB", "ZORBW", "ZORBU", "ZORBP"], "ZORB"),
        (["ZOR", "ZOR-PA", "ZOR-PB", "ZOR-WT"], "ZOR"),
        (["ZOR", "ZORW"], "ZOR"),
        (["ZORW"], "ZORW"),
        (["ZORBF", "ZORBY"], "ZORBF"),
        (["ZOR-A", "ZOR-B"], ""),
        (["ZORB", "ZORBL"], ""),
        (["ZORB", "ZORBA"], ""),
        (["ZORB", "ZORCF"], ""),
        (["ZOR-A"], "ZORA"),
        (["ZORBY"], ""),
        (["ZOR-PA"], ""),
        (["ZORB", "ZORB"], "ZORB"),
        ([], ""),
    ],
)
def test_the_share_is_the_only_common_line(lines, share):
    assert common_share(lines) == share
    assert common_share([*reversed(lines)]) == share


def test_all_lines_are_names_and_one_of_them_the_share():
    assert names_of(["ZORB", "ZORBW"]) == ((LINE, "ZORB"), (LINE, "ZORBW"), (SHARE, "ZORB"))
    assert names_of(["ZOR-A", "ZOR-B", "?"]) == ((LINE, "ZORA"), (LINE, "ZORB"))


def test_what_is_said_of_a_line_and_of_a_share():
    assert line_of("ZOR-WT").identifiers == ((LINE, "ZORWS"),)
    assert share_of("ZOR/B").identifiers == ((SHARE, "ZORB"),)


def test_a_cusip_has_nine_signs():
    assert cusip_of(" 98z65a103 ") == "98Z65A103"
    with pytest.raises(ValueError, match="no CUSIP"):
        cusip_of("98Z65A10")


def test_names_that_only_find_and_names_that_pass_on():
    assert [(each, only_finds(each), is_ticker(each)) for each in (LINE, SHARE, CUSIP, "cik")] == [
        (LINE, True, True),
        (SHARE, True, True),
        (CUSIP, True, False),
        ("cik", False, False),
    ]
