from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from screener.words.numbers import age_of, in_sentence, plain_figure, short, short_age_of, signed, time_left

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (25e6, "usd", "$25.0 M"),
        (0.5, "usd", "$0.50"),
        (0.123, "usd", "$0.123"),
        (1.5, "usd", "$1.50"),
        (0, "usd", "$0.00"),
        (999.7, "usd", "$1,000"),
        (999_999, "usd", "$1.00 M"),
        (0.0000123, "usd", "$0.0000123"),
        (1.23e-6, "usd", "$0.00000123"),
        (1.23e-8, "usd", "$0.0₇123"),
        (9.999e-8, "usd", "$0.0₆100"),
        (-1.2e-14, "usd", "−$0.0₁₃120"),
        (-1234, "usd", "−$1,234"),
        (-12_345, "usd", "−$12.3 K"),
        (0.042, "share", "4.2 %"),
        (1, "share", "100 %"),
        (0, "share", "0 %"),
        (0.0004, "share", "0.04 %"),
        (-0.057, "change", "−5.7 %"),
        (0.057, "change", "+5.7 %"),
        (0.0125, "fee", "1.25 %"),
        (0.003, "fee", "0.3 %"),
        (0.01, "fee", "1 %"),
        (0, "fee", "0 %"),
        (0.00001, "fee", "< 0.01 %"),
        (-0.00001, "share", "> −0.01 %"),
        (0.00001, "share", "< 0.01 %"),
        (12, "bps", "12 bps"),
        (3.14, "days", "3.1 d"),
        (400, "days", "400 d"),
        (9_999, "days", "∞"),
        (0.01, "days", "14 min"),
        (120, "months", "≥ 120 months"),
        (0.5, "days", "12 h"),
        (8.2, "months", "8.2 months"),
        (1_234_567, "count", "1.23 M"),
        (17, "count", "17"),
        (0, "days", "0 d"),
        (0.0005, "hours", "1 min"),
        (0.4, "hours", "24 min"),
        (5, "hours", "5 h"),
        (216, "hours", "9.0 d"),
        (1.83, "ratio", "1.83 ×"),
        (4, "split", "4 for 1"),
        (0.005, "split", "1 for 200"),
        (1 / 7, "split", "1 for 7"),
        (1 / 3, "split", "1 for 3"),
        (1.5, "split", "1.50 for 1"),
        (1e-9, "split", "1 for 1.00 B"),
        (73.6, "score", "74"),
    ],
)
def test_figures_are_short_and_have_their_unit(value, unit, expected):
    assert short(value, unit).replace("\u202f", " ") == expected


def test_a_sentence_says_times_itself():
    assert in_sentence(1.83, "ratio") == "1.83"
    assert in_sentence(0.5, "usd") == "$0.50"
    assert in_sentence(9_999, "days").startswith("9,999")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.042, "share", "4,2 %"),
        (4_568, "usd", "$4.568"),
        (42_000, "usd", "$42,0 mil"),
        (6.177e9, "usd", "$6.180 M"),
        (1.5e12, "usd", "$1,50 bill."),
        (1.23e-11, "usd", "$0,0₁₀123"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(value, unit, expected):
    """A Spanish billón is a million millions: "B" would be read a thousand times too high."""
    with translation.override("es"):
        assert short(value, unit).replace("\u202f", " ") == expected


@pytest.mark.parametrize("value", [None, float("nan"), ""])
def test_in_a_text_unknown_is_a_dash(value):
    assert plain_figure(value, "usd") == "—"
    assert plain_figure(0, "usd") == "$0.00"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=5, minutes=59), "5 hours"),
        (timedelta(days=9), "9 days"),
        (timedelta(days=800), "2 years"),
        (timedelta(seconds=-9), "just now"),
        (timedelta(days=-1), "dated in the future"),
        (timedelta(days=-800), "dated in the future"),
    ],
)
def test_ages_are_whole_units(ago, expected):
    assert age_of(NOW - ago, NOW) == expected


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(seconds=5), "0 min"),
        (timedelta(hours=5, minutes=59), "5 h"),
        (timedelta(days=9), "9 d"),
        (timedelta(days=-3), "in the future"),
    ],
)
def test_a_dense_table_has_short_ages(ago, expected):
    assert short_age_of(NOW - ago, NOW).replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("points", "text"),
    [(2.34, "+2.3"), (-0.4, "−0.4"), (0.0, "0"), (0.04, "0"), (-0.04, "0"), (0.05, "+0.1"), (-12.0, "−12.0")],
)
def test_a_change_has_its_sign(points, text):
    assert signed(points) == text


def test_a_change_is_written_as_the_reader_writes_numbers():
    with translation.override("es"):
        assert signed(2.34) == "+2,3"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((None, ""), (0, "under a minute"), (59, "under a minute"), (60, "about a minute")),
        (61, "about 2 minutes"),
    ],
)
def test_time_left_is_given_as_people_do(seconds, words):
    assert time_left(seconds) == words
