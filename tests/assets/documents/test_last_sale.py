from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.last_sale import FEW_DAYS, last_sale
from assets.documents.text import DocumentText

FILED = date(2026, 3, 6)
LISTED = 'Our common stock is listed on the Nasdaq Capital Market under the symbol "AURL." '
STATED = "On March 5, 2026, the last reported sale price of our common stock was $1.95 per share. "


def read(text, form="424B5", filed_on=FILED):
    found = last_sale(DocumentText(text), form, filed_on=filed_on)
    return found and (found.price_usd, found.sold_on)


@pytest.mark.parametrize(
    "sentence",
    [
        STATED,
        "The closing price of our common stock on March 5, 2026 was $1.95 per share.",
        "The last reported sale price of our Class A common stock on NYSE on March 5, 2026 was $1.95.",
        "On March 5, 2026 the closing price for our ordinary shares, told by Nasdaq, Inc., was $1.95 each.",
        "On March 5, 2026, the last reported closing sale price of our common shares was $1.95 per share.",
        "The last reported trading price of the Common Stock on March 5, 2026 was U.S. $1.95 per share.",
    ],
)
def test_a_cover_states_the_price_of_a_share_and_its_day(sentence):
    assert read(f"{LISTED}{sentence}") == (1.95, date(2026, 3, 5))


@pytest.mark.parametrize(
    "sentence",
    [
        "On March 5, 2026, the last reported sale price of our public warrants was $1.95.",
        "On March 5, 2026, the last sale price of our common stock and warrants was $1.95 and $0.02.",
        "On March 5, 2026, the last sale price of the ADSs, each of ten ordinary shares, was $1.95.",
        "It may end if the closing price of our common stock on March 5, 2026 exceeds $1.95 per share.",
        "We assume a closing price of our common stock of $1.95 per share on March 5, 2026.",
        "On March 5, 2026, the closing price of our common shares on the TSX was C$1.95 per share.",
        "On March 5, 2026, the closing price of our common shares was CAD $1.95 per share.",
        "The last reported sale price of our common stock was $1.95 per share.",
        "On March 5, 2025, the last reported sale price of our common stock was $1.95 per share.",
        "On March 9, 2026, the last reported sale price of our common stock was $1.95 per share.",
        "On March 5, 2026, the last sale price of our common stock rose from $1.90 to $1.95 per share.",
        "On March 5, 2026 and March 4, 2026 the closing price of our common stock was $1.95 per share.",
        "",
    ],
)
def test_another_price_is_not_taken(sentence):
    assert read(LISTED + sentence) is None


def test_two_prices_contradict_each_other_and_the_same_twice_does_not():
    assert read(STATED + STATED.replace("$1.95", "$2.40")) is None
    assert read(STATED + LISTED + STATED) == (1.95, date(2026, 3, 5))


def test_the_sentences_beside_it_have_prices_of_their_own():
    text = (
        "We offer 100,000 shares at $1.60 per share. "
        + STATED
        + "On March 5, 2026, our warrants stood at $0.02."
    )
    assert read(text) == (1.95, date(2026, 3, 5))


@pytest.mark.parametrize("form", ["10-K", "8-K", "DEF 14A"])
def test_only_prospectuses_are_read_for_it(form):
    assert read(STATED, form) is None


def test_what_stands_behind_the_cover_is_of_an_earlier_paper():
    assert read("x " * 7_000 + STATED) is None


@given(days=st.integers(-400, 400))
def test_only_a_price_of_the_last_days_counts(days):
    filed_on = date(2026, 3, 5) + timedelta(days=days)
    assert (read(STATED, filed_on=filed_on) is not None) == (0 <= days <= FEW_DAYS.days)


@given(st.text(max_size=400))
def test_whatever_the_text_a_price_is_one(text):
    found = read(f"{text} {STATED} {text}")
    assert found is None or (found[0] > 0 and found[1] <= FILED)
