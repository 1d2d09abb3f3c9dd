from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator, Field

from assets.metrics.columns import ABSURD_USD
from assets.sourcing.bounds import MOST_USD
from assets.sourcing.contract import DamagedError, UnreadableError
from assets.sourcing.reading import (
    MOST_LEVELS,
    MOST_REMARKS,
    Count,
    Name,
    Positive,
    Price,
    RowReader,
    VendorModel,
    amount_of,
    change_of,
    count_of,
    decimal_of,
    flag_of,
    handle_url,
    load_json,
    moment_of,
    money_of,
    portion_of,
    positive_of,
    positive_usd_of,
    price_of,
    text_of,
    url_of,
    usd_of,
)

# Bodies ---------------------------------------------------------------------------


def test_no_digit_is_lost():
    assert load_json(b'{"a": 0.1000000000000000055511151231257827}') == {
        "a": Decimal("0.1000000000000000055511151231257827")
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"<!DOCTYPE html><title>Just a moment</title>",
        b'{"a": 1',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[" * (MOST_LEVELS + 1) + b"]" * (MOST_LEVELS + 1),
        b'{"a": NaN',
        b'{"a": ' + b"1" * 5000,
        b'{"a": nan}',
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_body_that_came_to_harm_is_refused(body):
    with pytest.raises(DamagedError):
        load_json(body)


@pytest.mark.parametrize(
    "number",
    [b"NaN", b"Infinity", b"-Infinity", b"1" * 5000, b"-1e99999999999999999999", b"1e400", b"1E+30"],
    ids=lambda number: number[:12].decode(),
)
def test_a_number_beyond_all_numbers_spoils_its_own_field_only(number):
    item = load_json(b'{"id": "x", "price": %b, "held": 7}' % number)
    reader = RowReader()
    coin = reader.read(Coin, item)
    assert (coin.price, coin.held, coin.unread) == (None, 7, {"price"})
    (remark,) = reader.parsed([]).remarks
    assert remark.startswith("x: price is ")


def test_nesting_up_to_the_cap_is_read():
    assert load_json(b"[" * MOST_LEVELS + b"]" * MOST_LEVELS)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body):
    with suppress(UnreadableError):
        load_json(body)


# Numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, None),
        ("", None),
        (0, Decimal(0)),
        (7, Decimal(7)),
        ("94447.963914053004685186111386", Decimal("94447.963914053004685186111386")),
        ("1.206e-09", Decimal("1.206E-9")),
        (Decimal("1.206e-09"), Decimal("1.206E-9")),
        (1.5, Decimal("1.5")),
        (" 2 ", Decimal(2)),
        (-3, Decimal(-3)),
        ("1" * 30, Decimal("1" * 30)),
        ("0." + "1" * 64, Decimal("0." + "1" * 30)),
    ],
)
def test_numbers_are_read_exactly(value, number):
    assert decimal_of(value) == number


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "inf",
        "-Infinity",
        "1e30",
        Decimal("1e400"),
        "-1e30",
        "1e999999999",
        "a",
        True,
        [],
        {},
        "9" * 30 + ".9" * 1 + "9" * 40,
    ],
)
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"^is "):
        decimal_of(value)


def test_amounts_are_not_negative():
    assert amount_of("0") == 0
    with pytest.raises(ValueError, match="negative"):
        amount_of(-987654321)


@pytest.mark.parametrize(("value", "number"), [(0, None), ("0.0", None), ("1e-40", None), ("2", Decimal(2))])
def test_a_price_of_zero_is_no_price(value, number):
    assert positive_of(value) == number


def test_money_has_one_bound_everywhere():
    assert Decimal(ABSURD_USD) == MOST_USD


@pytest.mark.parametrize(
    ("read", "within", "beyond", "words"),
    [
        (money_of, "-1e15", "-1.1e15", "more than all money"),
        (usd_of, "1e15", "1.1e15", "more than all money"),
        (usd_of, "0", "-1", "negative"),
        (positive_usd_of, "1e15", "1.1e15", "more than all money"),
        (price_of, "1e12", "1.1e12", "dearer than anything"),
        (positive_of, "9e29", "1e30", "absurdly large"),
        (portion_of, "100", "101", "more than the whole"),
        (change_of, "-100", "-101", "less than nothing"),
        (count_of, 2**31 - 1, 2**31, "not a count"),
    ],
)
def test_each_kind_of_number_has_its_bounds(read, within, beyond, words):
    assert read(within) is not None
    with pytest.raises(ValueError, match=words):
        read(beyond)


@pytest.mark.parametrize("read", [positive_of, positive_usd_of, price_of])
def test_zero_is_a_providers_word_for_not_known(read):
    assert read("0") is None


def test_percentages_become_shares():
    assert change_of("-1.5") == -0.015
    assert portion_of("73.7977") == 0.737977
    with pytest.raises(ValueError, match="more than the whole"):
        portion_of("100.1")


@pytest.mark.parametrize("value", [1.5, -1, 2**31, "many"])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ValueError, match=r"^is "):
        count_of(value)


def test_counts_may_come_as_decimals():
    assert count_of(Decimal("12.0")) == 12


@given(st.one_of(st.text(), st.integers(), st.floats(), st.decimals(), st.booleans(), st.none()))
def test_a_number_is_finite_and_fits_the_database(value):
    try:
        number = amount_of(value)
    except ValueError:
        return
    if number is not None:
        assert 0 <= number < Decimal("1e30")
        assert -number.as_tuple().exponent <= 30


# Moments, flags, texts --------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "2023-07-28T19:28:29Z",
        "2023-07-28T21:28:29+02:00",
        1690572509,
        "1690572509",
        1690572509000,
        Decimal("1690572509.0"),
    ],
)
def test_a_moment_may_come_in_many_ways(value):
    assert moment_of(value) == datetime(2023, 7, 28, 19, 28, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2023-07-28T19:28:29",
        "yesterday",
        -5,
        0,
        "1969-01-01T00:00:00Z",
        "9999-12-31T00:00:00Z",
        10**16,
        True,
        [],
    ],
)
def test_what_is_no_moment_is_refused(value):
    with pytest.raises(ValueError, match=r"^is "):
        moment_of(value)


def test_null_is_not_told():
    assert moment_of(None) is flag_of(None) is count_of(None) is change_of(None) is portion_of(None) is None
    assert text_of(None) == ""


def test_flags_are_not_guessed():
    assert flag_of(value := True) is value
    with pytest.raises(ValueError, match="neither true nor false"):
        flag_of("1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Two\nlines ", "Two lines"),
        ("a\x00b", "a b"),
        ("\ud800x", "x"),
        ("USDC\u202e\u200b", "USDC"),
        ("U\u200bS\u200bD Coin", "USD Coin"),
        ("\u3164\u115f\u1160\uffa0\u2800\u034f\u00ad", ""),
        ("\u2028a\u00a0\u3000b\ufeff", "a b"),
        ("A\ufe0f\U000e0101", "A"),
        ("Ünïcode", "Ünïcode"),
    ],
)
def test_invisible_characters_do_not_get_in(value, text):
    assert text_of(value) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_plain_letters_are_read_as_all_others_are(text):
    assert text_of(f"{text} é").removesuffix("é").strip() == text_of(text)


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "ftp://x.example",
        "//x.example",
        "https://",
        "x",
        "",
        None,
        5,
        "https://a b.example",
        "https://[",
        "https://x.example/" + "a" * 500,
        "https://x.example/\u202e",
    ],
)
def test_only_web_addresses_are_linked(value):
    assert url_of(value) == ""


def test_web_addresses_are_kept():
    assert url_of(" https://example.org/a?b=c ") == "https://example.org/a?b=c"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("@assay", "https://x.com/assay"),
        ("a b", "https://x.com/a%20b"),
        ("", ""),
        (None, ""),
        ("  ", ""),
        ("\ud800", ""),
    ],
)
def test_a_handle_becomes_an_address(value, url):
    assert handle_url("https://x.com/", value) == url


# The reader of rows ---------------------------------------------------------------


class Place(VendorModel):
    name: Name
    trust: Count = None


class Side(VendorModel):
    units: Count = None


class Coin(VendorModel):
    id: Name
    price: Price = None
    held: Positive = None
    place: Annotated[Place | None, BeforeValidator(lambda value: value)] = Field(None, alias="listedAt")
    base: Side | None = None
    quote: Side | None = None


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ({"price": -1}, "x: price is negative."),
        ({"price": "NaN"}, "x: price is not a finite number."),
        ({"price": {"usd": None}}, "x: price is not a number."),
        ({"price": "1e13"}, "x: price is dearer than anything that trades."),
        ({"listedAt": {"name": "", "trust": 1}}, "x: listedAt.name is empty."),
        ({"listedAt": {"trust": 1}}, "x: listedAt.name is missing."),
        ({"listedAt": []}, "x: listedAt is not an object."),
    ],
)
def test_a_field_that_makes_no_sense_is_not_known_and_the_rest_stands(given, remark):
    reader = RowReader()
    coin = reader.read(Coin, {"id": "x", "held": 7, **given})
    parsed = reader.parsed([])
    assert (parsed.rejected, parsed.remarks) == (0, (remark,))
    assert (coin.held, coin.price, coin.place, coin.unread) == (7, None, None, {*given})


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ({"listedAt": {"name": "Gate", "trust": "high"}}, "x: listedAt.trust is not a number."),
        ({"base": {"units": -1}}, "x: units is negative."),
    ],
)
def test_of_an_object_within_another_only_the_field_is_not_known(given, remark):
    reader = RowReader()
    coin = reader.read(Coin, {"id": "x", **given})
    assert reader.parsed([]).remarks == (remark,)
    assert (coin.unread, coin.place or coin.base) == (set(), Place(name="Gate") if coin.place else Side())


def test_what_is_said_twice_is_remarked_once():
    reader = RowReader()
    for _reading in range(2):
        reader.read(Coin, {"id": "x", "price": -1})
    assert len(reader.parsed([]).remarks) == 1


def test_a_value_by_itself_is_not_known_either():
    reader = RowReader()
    assert reader.known(price_of, "2", name="x", field="price") == 2
    assert reader.known(price_of, "many", name="x", field="price") is None
    assert reader.parsed([]).remarks == ("x: price is not a number.",)


@pytest.mark.parametrize(
    ("item", "remark"),
    [
        ({"price": 1}, "A row without a name: id is missing."),
        ({"id": "", "price": 1}, "A row without a name: id is empty."),
        ({"id": None}, "A row without a name: id is empty."),
        ("coin", "A row without a name: it is not an object."),
    ],
)
def test_a_broken_row_is_left_out_with_a_remark(item, remark):
    reader = RowReader()
    assert reader.read(Coin, item) is None, "without what it is known by there is no row"
    parsed = reader.parsed([])
    assert (parsed.rejected, parsed.remarks) == (1, (remark,))


def test_a_sound_row_passes_with_fields_we_do_not_read():
    assert RowReader().read(Coin, {"id": "x", "price": "2", "other": []}) == Coin(id="x", price=Decimal(2))


def test_remarks_are_counted_when_they_are_many():
    reader = RowReader()
    for number in range(MOST_REMARKS + 5):
        reader.reject(f"row {number}")
    parsed = reader.parsed([])
    assert parsed.rejected == MOST_REMARKS + 5
    assert len(parsed.remarks) == MOST_REMARKS + 1
    assert parsed.remarks[-1] == "… and 5 more."


def test_what_occurs_twice_is_kept_once():
    reader = RowReader()
    assert reader.is_first("lifecoin", what="lifecoin")
    assert not reader.is_first("lifecoin", what="lifecoin")
    assert reader.parsed([]).remarks == ("lifecoin occurs twice; the first one is kept.",)


def test_nothing_falls_by_more_than_all_of_it():
    assert change_of("-100") == -1
    with pytest.raises(ValueError, match="less than nothing"):
        change_of("-987654321")
