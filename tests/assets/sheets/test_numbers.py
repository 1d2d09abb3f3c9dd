from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sheets.cells import CellError
from assets.sheets.numbers import (
    COMMA,
    MARKS,
    POINT,
    has_roman_millions,
    is_ambiguous,
    plain,
    proven,
    readings,
    taken_apart,
)

STYLES = {
    "American": (",", ".", POINT),
    "German": (".", ",", COMMA),
    "French": ("\u202f", ",", COMMA),
    "Swiss": ("’", ".", POINT),
    "Swedish": ("\u00a0", ",", COMMA),
    "programs": ("", ".", POINT),
}
AMOUNTS = st.decimals(min_value=0, max_value=10**15, places=2)


def written(value, style):
    """The number as people of this style write it."""
    thousands, decimal, _mark = STYLES[style]
    return f"{value:,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands)


@pytest.mark.parametrize("style", STYLES)
@given(values=st.lists(AMOUNTS, min_size=1))
def test_a_column_in_one_style_is_read_back(style, values):
    texts = [written(value, style) for value in values]
    mark = STYLES[style][2]
    assert proven(texts) == {mark}
    assert [Decimal(plain(text, mark=mark)) for text in texts] == values


@given(values=st.lists(AMOUNTS, min_size=1))
def test_two_styles_in_a_column_prove_neither(values):
    assert proven(written(value, style) for value in values for style in ("American", "German")) == {*MARKS}


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("18.250", "18.250", "18250"),
        ("1,234", "1234", "1.234"),
        ("980.000", "980", "980000"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", "1234.5", None),
        ("12,34,567", "1234567", None),
        ("1.234.567", None, "1234567"),
        ("0.125", "0.125", None),
        ("0,5", None, "0.5"),
        ("1 234", "1234", "1234"),
        ("1'234", "1234", "1234"),
        ("1234", "1234", "1234"),
        ("1.5e3", "1500", None),
        (".5", "0.5", None),
        ("1,2345", None, "1.2345"),
        ("12,3456,789", None, None),
        ("1,234.567,8", None, None),
        ("0,123,456", None, None),
    ],
)
def test_what_digits_can_be(text, point, comma):
    expected = {POINT: point, COMMA: comma}
    assert readings(text) == {mark: Decimal(each) for mark, each in expected.items() if each is not None}
    assert is_ambiguous(text) == (None not in expected.values() and Decimal(point) != Decimal(comma))


def test_what_can_be_two_numbers_is_not_guessed():
    with pytest.raises(CellError, match=r"may mean 18\.250 or 18250; say which mark"):
        plain("18.250", mark="")
    assert (plain("18.250", mark=COMMA), plain("18.250", mark=POINT)) == ("18250", "18.250")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(750,000)", "-750000"),
        ("750000-", "-750000"),
        ("\u2212750000", "-750000"),
        ("\u20135", "-5"),
        ("+5", "5"),
        ("($1,234.50)", "-1234.50"),
        ("$12,500,000", "12500000"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("US$ 5", "5"),
        ("5 USD", "5"),
        ("12.5M", "12500000"),
        ("12.5 mn", "12500000"),
        ("3 Mrd.", "3000000000"),
        ("7k", "7000"),
        ("1.5 million", "1500000"),
        ("12.5%", "12.5%"),
        ("12.5 %", "12.5%"),
        ("-3%", "-3%"),
    ],
)
def test_signs_money_and_short_forms(text, number):
    found = plain(text, mark=POINT)
    assert found.endswith("%") == number.endswith("%")
    assert Decimal(found.removesuffix("%")) == Decimal(number.removesuffix("%"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("lots", "is not a number"),
        ("", "is not a number"),
        ("--5", "is not a number"),
        ("(-5)", "is not a number"),
        ("5 x", "is not a number"),
        ("12:30", "is not a number"),
        ("€5", "another currency"),
        ("5 EUR", "another currency"),
        ("\u0663\u0664", "is not a number"),
        ("1e9999", "is absurdly large"),
    ],
)
def test_what_is_no_number_in_any_country_is_refused(text, problem):
    with pytest.raises(CellError, match=problem):
        plain(text, mark=POINT)


def test_a_roman_thousand_is_not_taken_for_a_million():
    assert has_roman_millions(["5MM", "3M"])
    assert not has_roman_millions(["5M"])
    assert plain("5MM", mark="", roman=True) == "5000000"
    with pytest.raises(CellError, match="thousands or millions"):
        plain("5M", mark="", roman=True)


def test_what_stands_around_the_digits_is_told():
    parts = taken_apart("($1,234 k)")
    assert (parts.digits, parts.is_negative, parts.in_dollars, parts.unit) == ("1,234", True, True, "k")


@given(text=st.text(max_size=12), mark=st.sampled_from(["", *MARKS]))
def test_any_text_is_a_plain_number_or_refused(text, mark):
    try:
        found = plain(text, mark=mark)
    except CellError:
        return
    assert Decimal(found.removesuffix("%")).is_finite()


@pytest.mark.parametrize(
    ("text", "value"), [("$ (750)", "-750"), ("($ 750)", "-750"), ("(750) $", "-750"), ("USD (7.5)", "-7.5")]
)
def test_parentheses_stand_inside_or_outside_of_the_currency(text, value):
    assert plain(text, mark="point") == value


@pytest.mark.parametrize("text", ["-$(750)", "(-750)", "($ (750))", "$ (-750)"])
def test_two_signs_are_no_sign(text):
    with pytest.raises(CellError, match="is not a number"):
        plain(text, mark="point")
