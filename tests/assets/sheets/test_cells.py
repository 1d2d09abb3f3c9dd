from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.sheets import cells
from assets.sheets.cells import CellError

READERS = [
    *(cells.number, cells.amount, cells.positive, cells.share, cells.day, cells.flag, cells.url, cells.slug),
    *(cells.chain, cells.address, cells.account, cells.cik, cells.coingecko, cells.exchange_codes),
    *(cells.text(20), cells.choice("a", "b")),
]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5", "12.5"),
        ("-3", "-3"),
        (" 1.5E+3 ".strip(), "1500"),
        (".5", "0.5"),
        (7, "7"),
        (0.1, "0.1"),
    ],
)
def test_a_plain_number_is_read(cell, value):
    assert cells.number(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1,234", "is not a number"),
        ("\u0663", "is not a number"),
        ("12,34,567", "is not a number"),
        ("1 234,567", "is not a number"),
        ("lots", "is not a number"),
        ("1_000", "is not a number"),
        ("NaN", "is not a number"),
        ("1e999", "is absurdly large"),
        (1e31, "is absurdly large"),
        (float("inf"), "is not a finite number"),
        (True, "is not a number"),
        (datetime(2026, 3, 1, tzinfo=UTC), "is a date, not a number"),
        (time(3, 4), "is not a number"),
    ],
)
def test_what_is_no_plain_number_is_refused_in_words(cell, problem):
    with pytest.raises(CellError, match=problem):
        cells.number(cell)


def test_amounts_and_prices_have_a_sign():
    assert cells.amount("0") == 0
    assert str(cells.amount("-0")) == "0"
    for reader, cell, problem in ((cells.amount, "-1", "negative"), (cells.positive, "0", "zero")):
        with pytest.raises(CellError, match=problem):
            reader(cell)


@pytest.mark.parametrize(
    ("cell", "share"),
    [("12.5%", 0.125), ("12.5 %", 0.125), ("0.125", 0.125), ("100%", 1), (0.3, 0.3), (1, 1), ("0%", 0)],
)
def test_a_share_is_a_fraction_or_a_percentage(cell, share):
    assert cells.share(cell) == share


@pytest.mark.parametrize("cell", ["12.5", 12.5, "101%", "-1%"])
def test_a_share_is_never_guessed(cell):
    with pytest.raises(CellError, match=r"more than the whole|negative"):
        cells.share(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00:00Z",
        date(2026, 3, 1),
        datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001
    ],
)
def test_a_date_is_iso_or_a_cell_of_dates(cell):
    assert cells.day(cell) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell", ["03/01/2026", "1.3.2026", "20260301", "2026-02-30", "2026-W09-7", 46082, "soon"]
)
def test_any_other_date_is_refused(cell):
    with pytest.raises(CellError, match="is not an ISO date; write it like 2026-03-01"):
        cells.day(cell)


@pytest.mark.parametrize("cell", ["1985-01-01", "2101-01-01", date(1900, 1, 1)])
def test_a_date_of_another_time_is_refused(cell):
    with pytest.raises(CellError, match="of our time"):
        cells.day(cell)


def test_texts_are_one_line_and_not_too_long():
    assert cells.text(20)("a\n b\x00c") == "a b c"
    assert cells.text(20)(10.0) == "10"
    with pytest.raises(CellError, match="longer than 20 characters"):
        cells.text(20)("x" * 21)
    with pytest.raises(CellError, match="is not a text"):
        cells.text(20)(True)


def test_a_choice_names_the_choices():
    assert cells.choice("team", "other")(" Team".strip()) == "team"
    with pytest.raises(CellError, match="is not one of: team, other"):
        cells.choice("team", "other")("vc")


@pytest.mark.parametrize(
    ("cell", "value"), [("Yes", True), ("no", False), (True, True), (0, False), ("1", True)]
)
def test_a_flag_is_yes_or_no(cell, value):
    assert cells.flag(cell) is value


def test_a_flag_is_nothing_else():
    with pytest.raises(CellError, match="neither yes nor no"):
        cells.flag("maybe")


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "example.org", "https://a b.org", 5])
def test_a_web_address_is_safe_to_link_to(cell):
    assert cells.url("https://example.org/x") == "https://example.org/x"
    with pytest.raises(CellError, match="web address"):
        cells.url(cell)


def test_identifiers_are_written_as_providers_write_them():
    assert cells.chain("ETH") == cells.chain("Ethereum") == "ethereum"
    assert cells.chain("binance-smart-chain") == "bsc"
    assert cells.account("0x" + "AB" * 20) == "0x" + "ab" * 20
    assert cells.address("0x" + "AB" * 20) == "0x" + "AB" * 20, "its checksum is still to be looked at"
    assert cells.cik(320193) == cells.cik("0000320193") == cells.cik("CIK0000320193") == "320193"
    assert cells.slug("worked-example") == "worked-example"
    for reader, cell in (
        (cells.cik, "Apple"),
        (cells.cik, 0),
        (cells.slug, "a b"),
        (cells.address, "a b"),
        (cells.chain, "moon"),
    ):
        with pytest.raises(CellError):
            reader(cell)


@pytest.mark.parametrize("cell", ["#REF!", "#div/0!", cells.UNCALCULATED])
def test_what_a_spreadsheet_could_not_calculate_is_said_to_be_so(cell):
    with pytest.raises(CellError, match=r"error of the spreadsheet|formula without its result"):
        cells.refuse_spreadsheet_error(cell)


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x"])
def test_a_formula_is_protected_and_comes_back(text):
    assert cells.protected(text) == f"'{text}"
    assert cells.cleaned(cells.protected(text)) == text
    assert cells.protected("plain") == "plain"


def test_empty_is_not_told():
    assert cells.cleaned("  ") is None
    assert cells.cleaned(" a ") == "a"
    assert cells.cleaned(0) == 0


@given(
    cell=st.one_of(
        st.text(max_size=40).map(cells.cleaned).filter(lambda cell: cell is not None),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
        st.just(10**5000),
        st.from_regex(r"-?[0-9,. ']{1,20}%?", fullmatch=True).map(str.strip).filter(bool),
    ),
    reader=st.sampled_from(READERS),
)
def test_any_cell_is_read_or_complained_of(cell, reader):
    try:
        value = reader(cell)
    except CellError as problem:
        event(str(problem)[:24])
    else:
        assert value is not None
        if isinstance(value, (Decimal, float)):
            assert abs(value) < 1e30


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("gate:HAI", (("currency:gate", "HAI"),)),
        ("Gate:hai", (("currency:gate", "HAI"),)),
        ("gate:HAI/ETH, bitget:hai;", (("currency:gate", "HAI/ETH"), ("currency:bitget", "HAI"))),
        ("gate:1INCH gate:1INCH", (("currency:gate", "1INCH"),)),
    ],
)
def test_codes_at_exchanges(cell, codes):
    assert cells.exchange_codes(cell) == codes


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("HAI", "is not a list like gate:HAI"),
        ("gate:", "is not a list like gate:HAI"),
        ("gate:HAI/", "is not a list like gate:HAI"),
        ("gate:HAI/ETH/USD", "is not a list like gate:HAI"),
        ("gaet:HAI", "names an exchange that is not known: gaet"),
        ("../gate:HAI", "names an exchange that is not known"),
        (7, "is not a list like gate:HAI"),
    ],
)
def test_what_is_no_code_at_an_exchange_is_refused(cell, problem):
    with pytest.raises(CellError, match=problem):
        cells.exchange_codes(cell)
