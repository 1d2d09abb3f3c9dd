"""Sizes as people write them; what can't be converted is refused by its name."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.amounts import written
from screener.screens.position import PositionError, PositionSize, Refusal, read_position, read_price


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("25000", 25_000),
        ("25k", 25_000),
        ("$25,000", 25_000),
        ("25 000 $", 25_000),
        ("25’000", 25_000),
        ("US$ 25k", 25_000),
        ("USD1.5m", 1_500_000),
        ("1.5 million dollars", 1_500_000),
        ("＄25k", 25_000),
        ("1", 1),
        ("1b", 1_000_000_000),
    ],
)
def test_dollars_are_read_however_they_are_written(text, usd):
    assert read_position(text) == PositionSize(usd=usd)


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("25.000", 25_000),
        ("1,5m", 1_500_000),
        ("25 mil", 25_000),
        ("1,5 millones de", None),
        ("2 millones", 2_000_000),
    ],
)
def test_the_signs_are_those_of_the_language(text, usd):
    if usd is None:
        with pytest.raises(PositionError):
            read_position(text, decimal_comma=True)
    else:
        assert read_position(text, decimal_comma=True) == PositionSize(usd=usd)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1m units", 1e6),
        ("2,500 tokens", 2_500),
        ("0.5 coins", 0.5),
        ("300 shares", 300),
        ("300 acciones", 300),
    ],
)
def test_units_are_read_too(text, units):
    assert read_position(text) == PositionSize(units=units)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("€25k", "€"),
        ("25k EUR", "EUR"),
        ("£1000", "£"),
        ("C$ 500", "C$"),
        ("R$5k", "R$"),
        ("HK$1m", "HK$"),
        ("₹25,000", "₹"),
        ("25k pesos", "pesos"),
        ("2 BTC", "BTC"),
        ("¥9000", "¥"),
        ("₿1", "₿"),
    ],
)
def test_another_currency_is_refused_by_its_name(text, currency):
    with pytest.raises(PositionError) as refused:
        read_position(text)
    assert (refused.value.refusal, refused.value.currency) == (Refusal.CURRENCY, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k",
        "-5",
        "0",
        "0.4k4",
        "25.000",
        "25.5",
        "2b",
        "$5 units",
        "1.500 units",
        "nan",
        "inf",
        "1e400",
        "9" * 60,
    ],
)
def test_what_is_no_size_or_an_ambiguous_one_is_refused(text):
    with pytest.raises(PositionError) as refused:
        read_position(text)
    assert refused.value.refusal is Refusal.INVALID


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_position(text)
    except PositionError:
        return
    assert read_position(str(found)) == found


@given(
    st.integers(1, 10**9).map(lambda usd: PositionSize(usd=usd))
    | st.floats(1e-9, 1e15).map(lambda units: PositionSize(units=units))
)
def test_what_is_written_is_read_back(position):
    try:
        assert read_position(str(position)) == position
    except PositionError:
        assert position.units is not None, "units may have more digits than anybody types"


def test_units_are_worth_their_price():
    assert PositionSize(units=200).size_usd(np.array([2.0, np.nan])) == pytest.approx(
        [400, np.nan], nan_ok=True
    )
    assert PositionSize(usd=500).size_usd(None) == 500


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("0.0125", "0.0125"),
        ("$1.50", "1.5"),
        ("25k", "25000"),
        ("USD 1,250.50", "1250.5"),
        ("0.000000000012", "1.2e-11"),
        ("1.234", "1.234"),
        (".5", "0.5"),
    ],
)
def test_a_price_is_read_as_people_write_it(typed, price):
    assert read_price(typed) == Decimal(price)


@given(st.floats(1e-24, 1e9))
def test_a_price_that_is_written_is_read_back(price):
    assert float(read_price(written(price, "usd"))) == price


@pytest.mark.parametrize("typed", ["", "0", "-1", "1,5", "1e10", "nan", "inf", "1 unit", "x" * 60, "1e-30"])
def test_what_is_no_price_is_refused(typed):
    with pytest.raises(PositionError):
        read_price(typed)


def test_a_price_in_another_currency_is_refused_by_its_name():
    with pytest.raises(PositionError) as refused:
        read_price("€5")
    assert refused.value.currency == "€"


def test_a_decimal_comma_is_read_where_the_language_has_one():
    assert read_price("1.250,5", decimal_comma=True) == Decimal("1250.5")
