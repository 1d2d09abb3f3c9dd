from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.providers.stooq import Stooq
from assets.sourcing.contract import (
    Need,
    RefusedError,
    TransientError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import CandleRow, MarketRow
from tests.assets.providers.answers import read, recorded

PROVIDER = Stooq(accepted=True)
NEED = Need(family="candles", identifiers=(("cik", "7"), ("ticker:us", "ZORBW"), ("share:us", "ZORB")))
(REQUEST,) = PROVIDER.requests(NEED)
HEADER = "Date,Open,High,Low,Close,Volume"
LINES = (HEADER, "2026-02-26,2,4,1,3,300", "2026-02-27,3,3.5,2.5,2.75,120.5", "2026-03-01,9,9,9,9,1")


def text_of(*lines):
    return ("\r\n".join(lines) + "\r\n").encode()


def test_it_is_off_until_its_terms_are_accepted():
    with pytest.raises(UnsupportedError, match="ASSAY_STOOQ_TERMS=accepted"):
        Stooq().requests(NEED)


def test_it_is_asked_for_the_share_alone():
    assert (REQUEST.path, dict(REQUEST.params)) == ("/q/d/l/", {"s": "zorb.us", "i": "d"})
    with pytest.raises(UnsupportedError, match="ticker of its share is not known"):
        PROVIDER.requests(Need(family="candles", identifiers=(("ticker:us", "ZORA"),)))


def test_bars_of_days_that_are_over_and_the_last_close_as_a_price():
    parsed = read(PROVIDER, REQUEST, text_of(*LINES))
    bars = [row for row in parsed.rows if isinstance(row, CandleRow)]
    (price,) = (row for row in parsed.rows if isinstance(row, MarketRow))
    assert [(bar.as_of.day, bar.close_usd) for bar in bars] == [(26, Decimal(3)), (27, Decimal("2.75"))]
    assert (price.price_usd, price.as_of) == (Decimal("2.75"), datetime(2026, 2, 27, 21, tzinfo=UTC))
    assert {row.asset.identifiers for row in parsed.rows} == {(("share:us", "ZORB"),)}


def test_what_it_does_not_have():
    parsed = read(PROVIDER, REQUEST, b"No data\r\n")
    assert (parsed.rows, parsed.remarks) == ((), ("Stooq does not know ZORB.",))
    assert read(PROVIDER, REQUEST, text_of(HEADER)).rows == ()


def test_beyond_its_limit_it_is_left_alone_for_hours():
    with pytest.raises(TransientError) as error:
        read(PROVIDER, REQUEST, b"Exceeded the daily hits limit")
    assert error.value.retry_after_s == 4 * 3600


def test_a_page_for_browsers_is_a_refusal():
    with pytest.raises(RefusedError, match="Stooq refused: it wants to see a browser"):
        read(PROVIDER, REQUEST, b"<!DOCTYPE html><script>solve()</script>")


@pytest.mark.parametrize("body", [b"", b"Symbol,Price\n", b"\xff\xfe", b"Date,Open\n2026-02-27,3"])
def test_another_answer_is_not_read(body):
    with pytest.raises(UnreadableError, match="other than the daily bars of ZORB"):
        read(PROVIDER, REQUEST, body)


def test_a_line_that_was_cut_is_left_out():
    parsed = read(PROVIDER, REQUEST, text_of(*LINES[:2], "2026-02-27,3,3.5"))
    assert len(parsed.rows) == 2
    assert parsed.rejected == 1


@given(st.data())
def test_any_mutation_is_read_or_refused(data):
    text = text_of(*LINES)
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, len(text)))
    try:
        read(PROVIDER, REQUEST, text[:at] + data.draw(st.binary(max_size=12)) + text[end:])
    except (UnreadableError, RefusedError, TransientError) as error:
        event(type(error).__name__)


def test_recorded_rows_in_the_shape_of_the_download():
    lines = recorded("stooq/daily/us/nasdaq stocks/aadi.us.txt").decode().splitlines()[1:]
    rows = [line.split(",") for line in lines]
    # Moved to a day before the present of the tests: the last row is of 2024-10-29.
    days = [f"{int(row[2][:4]) + 1}-{row[2][4:6]}-{row[2][6:]}" for row in rows]
    lines = [",".join((day, *row[4:9])) for day, row in zip(days, rows, strict=True) if day[5:] != "02-29"]
    parsed = read(PROVIDER, REQUEST, text_of(HEADER, *lines))
    assert len(parsed.rows) > 150
    assert parsed.rejected == 0
