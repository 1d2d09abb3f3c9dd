import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.report_cover import cover_float
from assets.documents.text import DocumentText

VALUE = "The aggregate market value of the voting stock held by non-affiliates of the registrant"
COUNT = "As of March 3, 2026, there were 15,000,000 shares of common stock, $0.001 par value, outstanding."
BABY = "Pursuant to General Instruction I.B.6 of Form S-3 we will not sell more than one-third of it."


def read(text, form="10-K"):
    found = cover_float(DocumentText(text), form)
    return found and (found.shares, found.shares_outstanding, found.price_usd)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        (
            f"{VALUE} was $12,400,000 based on the closing price of $1.24 per share. {COUNT}",
            "10-K",
            (10e6, 15e6, 1.24),
        ),
        (f"{COUNT} {VALUE} was $12,400,000 (based on a price of $1.24).", "10-K", (10e6, 15e6, 1.24)),
        (f"{VALUE} (10,000,000 shares) on June 30 was $12,400,000. {COUNT}", "10-K", (10e6, 15e6, None)),
        (
            "Our public float was $12.4 million, based on a total of 15,000,000 "
            "shares of common stock outstanding, of "
            f"which 10,000,000 shares were held by non-affiliates, and a price of $1.24 per share. {BABY}",
            "424B5",
            (10e6, 15e6, 1.24),
        ),
        (
            "The market value of our outstanding common stock held by "
            "non-affiliates was $12,400,000, calculated "
            "from 10,000,000 shares of our outstanding common stock held by "
            "non-affiliates at $1.24 per share. {BABY}",
            "424B5",
            (10e6, None, 1.24),
        ),
        (f"{VALUE} was $12,400,000. {COUNT}", "10-K", None),
        (f"{VALUE} (10,000,000 shares) was $99,000,000, at a price of $1.24. {COUNT}", "10-K", None),
        (f"{VALUE} was N/A. {COUNT}", "10-K", None),
        (f"{VALUE} was $12,400,000 at a price of $1.24. {COUNT}", "10-Q", None),
        (
            "We are a smaller reporting company while the value of our stock "
            "held by non-affiliates is less than "
            f"$250 million, at a price of $1.24. {COUNT}",
            "424B5",
            None,
        ),
        (
            f"{VALUE} was $12,400,000 at $1.24 per share of Class A common "
            "stock. Class B common stock: none.",
            "10-K",
            None,
        ),
    ],
)
def test_what_a_cover_tells(text, form, expected):
    found = read(text, form)
    assert found == (None if expected is None else pytest.approx(expected))


HELD = "Our public float was $12,400,000, based on 10,000,000 shares held by non-affiliates."
OF_ITS_DATE = (
    "As of the date of this prospectus supplement, there were {} shares of common stock outstanding."
)
BASE = "As of the date of this prospectus, there were 96,000,000 shares of our common stock outstanding."


@pytest.mark.parametrize(
    ("counts", "outstanding"),
    [(["12,000,000"], 12e6), (["9,000,000"], None), (["12,000,000", "13,000,000"], None), ([], None)],
)
def test_a_supplement_counts_its_shares_behind_the_cover(counts, outstanding):
    text = " ".join([HELD, "x " * 8_000, *map(OF_ITS_DATE.format, counts), BASE])
    assert read(text, "424B5") == pytest.approx((10e6, outstanding, None))


def test_the_passage_has_the_words():
    text = f"Cover. {VALUE} was $12,400,000 at a price of $1.24 per share. {COUNT}"
    found = cover_float(DocumentText(text), "10-K")
    assert "non-affiliates" in found.passage.text
    assert text[found.passage.start : found.passage.end] == found.passage.text


@given(
    shares=st.integers(100_000, 400_000_000),
    others=st.integers(0, 400_000_000),
    cents=st.integers(2, 90_000),
)
def test_any_float_is_read_from_value_and_price(shares, others, cents):
    price = cents / 100
    text = (
        f"{VALUE} was ${shares * price:,.0f} based on the closing price of ${price:,.2f} per share. "
        f"There were {shares + others:,} shares of common stock outstanding."
    )
    found = cover_float(DocumentText(text), "10-K")
    if found is not None:
        assert found.shares == pytest.approx(shares, rel=0.01)
        assert found.shares_outstanding in (None, shares + others)
    else:
        assert shares * price < 10_000 or price >= 10_000
