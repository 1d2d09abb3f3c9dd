"""Amounts in a text."""

from hypothesis import given
from hypothesis import strategies as st

from assets.documents.amounts import dollars_in, prices_in, shares_in, totals_in

TEXT = (
    "It sold 3,325,000 shares at $0.65 per share for $2.2 million, minus $0.001, and 14.7"
    " million shares later."
)


def values(amounts):
    return [each.value for each in amounts]


def test_prices_are_told_from_totals():
    assert values(prices_in(TEXT)) == [0.65]
    assert values(totals_in(TEXT)) == [2.2e6, 0.001]
    assert values(dollars_in("US$5 and U.S. $6 billion")) == [5, 6e9]


def test_numbers_of_shares():
    assert values(shares_in(TEXT)) == [3_325_000, 14.7e6]
    assert values(shares_in("$5 per share and 7 days for a share")) == []


@given(st.integers(1, 10**12))
def test_dollars_with_commas(number):
    (found,) = dollars_in(f"for ${number:,} in cash")
    assert (found.value, found.at) == (number, 4)
