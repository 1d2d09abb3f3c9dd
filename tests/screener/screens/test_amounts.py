import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.amounts import EXPECTED, LONGEST_AMOUNT, PERCENTILE, SUFFIXES, amount_of, written
from screener.screens.columns import COLUMNS

UNITS = sorted(SUFFIXES)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("100m", "usd", 100e6),
        ("1.5b", "usd", 1.5e9),
        ("$10k", "usd", 10e3),
        ("-$5", "usd", -5.0),
        ("$0.01", "usd", 0.01),
        (" 250,000 ", "usd", 250_000.0),
        ("1,250,000.5", "usd", 1_250_000.5),
        ("2T", "usd", 2e12),
        ("3 million", "usd", 3e6),
        ("1.1m", "usd", 1_100_000.0),
        ("1e-7", "usd", 1e-7),
        ("1E5", "count", 1e5),
        ("10k", "count", 1e4),
        (".5", "share", 0.5),
        ("5.", "score", 5.0),
        ("40%", "share", 0.4),
        ("7%", "share", 0.07),
        ("150bps", "share", 0.015),
        ("150 BPS", "share", 0.015),
        ("-20%", "change", -0.2),
        ("−20%", "change", -0.2),
        ("+5%", "change", 0.05),
        ("36h", "days", 1.5),
        ("3", "days", 3.0),
        ("3d", "days", 3.0),
        ("3 days", "days", 3.0),
        ("2w", "days", 14.0),
        ("6mo", "days", 180.0),
        ("1y", "days", 365.0),
        ("2d", "hours", 48.0),
        ("12mo", "months", 12.0),
        ("2y", "months", 24.0),
        ("2.5x", "ratio", 2.5),
        ("60", "score", 60.0),
        ("-1.78", "index", -1.78),
        ("80%", PERCENTILE, 80.0),
        ("80", PERCENTILE, 80.0),
    ],
)
def test_amounts_are_read_as_people_write_them(text, unit, number):
    assert amount_of(text, unit) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "10 mm", "nan", "inf", "-inf", "--1", "1" * 40, "٣", "1;2", "1e9999", "1e400", "0x10"),
        *("1_000", "1,5", "1,50", "10,0000", "1e5e5", "$", "%", ".", "1 2", "1/2", "\x00", "\ud800"),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_what_is_no_amount_is_refused(text, unit):
    with pytest.raises(ValueError):
        amount_of(text, unit)


@pytest.mark.parametrize("unit", UNITS)
def test_an_amount_has_a_longest_length(unit):
    longest = "1." + "0" * (LONGEST_AMOUNT - 2)
    assert amount_of(longest, unit) == amount_of("1", unit)
    with pytest.raises(ValueError):
        amount_of(longest + "0", unit)
    with pytest.raises(ValueError):
        amount_of(" " + longest, unit)


def test_what_would_leave_no_room_for_its_unit_is_written_with_an_exponent():
    assert written(1e29, "ratio") == "1" + "0" * 29
    assert written(1e30, "ratio") == "1e30"
    assert len(written(1e29, "days")) == LONGEST_AMOUNT - 1
    assert len(written(1e29, "months")) == LONGEST_AMOUNT


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("100m", "share"),
        ("40%", "usd"),
        ("40%", "score"),
        ("$5", "count"),
        ("$5", "share"),
        ("3d", "usd"),
        ("3m", "days"),
        ("3w", "months"),
        ("30d", "months"),
        ("12mo", "hours"),
        ("2x", "score"),
        ("5k", "days"),
    ],
)
def test_a_suffix_of_another_unit_is_refused(text, unit):
    with pytest.raises(ValueError):
        amount_of(text, unit)


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (100e6, "usd", "100m"),
        (1_234_567.89, "usd", "1234567.89"),
        (1500.0, "usd", "1.5k"),
        (250_000.0, "count", "250k"),
        (0.0, "usd", "0"),
        (-0.0, "usd", "0"),
        (-2e12, "usd", "-2t"),
        (0.00000001, "usd", "0.00000001"),
        (0.4, "share", "40%"),
        (0.015, "share", "1.5%"),
        (0.07, "share", "7%"),
        (0.1 + 0.2, "share", "30.000000000000004%"),
        (-0.2, "change", "-20%"),
        (3.0, "days", "3d"),
        (1.5, "days", "1.5d"),
        (12.0, "hours", "12h"),
        (12.0, "months", "12mo"),
        (2.5, "ratio", "2.5"),
        (60.0, "score", "60"),
        (80.0, PERCENTILE, "80"),
        (5e-324, "share", "5e-322%"),
    ],
)
def test_amounts_are_written_with_their_unit(number, unit, text):
    assert written(number, unit) == text


@given(number=st.floats(allow_nan=False, allow_infinity=False), unit=st.sampled_from(UNITS))
def test_what_is_written_is_read_back_exactly(number, unit):
    text = written(number, unit)
    assert amount_of(text, unit) == number
    assert len(text) <= LONGEST_AMOUNT


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_only_finite_numbers_can_be_written(number):
    with pytest.raises(ValueError):
        written(number, "usd")


def test_every_column_has_its_unit_and_every_unit_its_words():
    assert {each.unit for each in COLUMNS} | {
        each.argument_unit for each in COLUMNS if each.argument_unit
    } <= set(SUFFIXES)
    assert set(EXPECTED) == set(SUFFIXES)
    assert all("{value}" in text for text in EXPECTED.values())
