"""Fails to deliver: prices of shares, of the session before, of whom the file surely means."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.providers.sec.fails import HEADER, HalfMonth, newest_file
from assets.providers.sec.provider import SecArchives
from assets.sourcing.contract import DamagedError, Need, RawObservation, Request, UnreadableError
from assets.sourcing.rows import ListingRow, MarketRow, VenueRow
from tests.assets.providers.answers import NOW, payload, read, recorded

ARCHIVES = SecArchives()
NEWEST = Request(
    family="market",
    path="/files/data/fails-deliver-data/cnsfails202602a.zip",
    context={"role": "newest", "tries": "1"},
)
LINES = (
    "20260202|98Z65A103|ZORB|12000|ZORBAN INSTRS INC COM|4.10",
    "20260203|98Z65A103|ZORB|31|ZORBAN INSTRS INC COM|4.25",
    "20260204|98Z65A103|ZORB|44|ZORBAN INSTRS INC COM|.",
    "20260203|71X00B208|YAK|9|YAKIMA PLC SPONSORED ADR|17.00",
    "20260203|50Q11C301|QUI.B|5|QUILL CO CL B|0.0004",
    "20260203|K100DIVDY|K100DIVDYMNT|5|QUILL DIVIDEND|0.01",
)


def of_role(role, path=NEWEST.path):
    return Request(family="market", path=path, context={"role": role})


def text_of(*lines, header=HEADER, count=None):
    count = len(lines) if count is None else count
    trailer = (f"Trailer record count {count}", "Trailer total quantity of shares 5")
    return "\r\n".join((header, *lines, *trailer)) + "\r\n"


def zipped(text, *more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, each in enumerate((text, *more)):
            archive.writestr(f"cnsfails{at}.txt", each.encode("iso-8859-1"))
    return out.getvalue()


def told(*lines, request=NEWEST):
    return read(ARCHIVES, request, zipped(text_of(*lines)))


def prices_in(parsed):
    return [row for row in parsed.rows if isinstance(row, MarketRow)]


def test_the_last_price_is_the_close_of_the_session_before():
    parsed = told(*LINES)
    prices = {row.asset.identifiers[1][1]: (row.price_usd, row.as_of) for row in prices_in(parsed)}
    assert prices == {
        "ZORB": (Decimal("4.25"), datetime(2026, 2, 2, 21, tzinfo=UTC)),
        "QUIB": (Decimal("0.0004"), datetime(2026, 2, 2, 21, tzinfo=UTC)),
    }
    assert parsed.rejected == 0


def test_after_a_holiday_the_session_before_is_days_ago():
    (row,) = told("20260217|98Z65A103|ZORB|1|ZORBAN|4.10").rows  # the third Monday of February is one
    assert row.as_of == datetime(2026, 2, 13, 21, tzinfo=UTC)


def test_the_price_of_a_receipt_is_left_out_and_said_so():
    assert told(LINES[3]).rows == ()
    assert told(LINES[3]).remarks == ("1 depositary receipts are left out: their price is none of a share.",)


def test_only_the_newest_file_says_which_issue_a_ticker_is():
    refs = {
        role: told(LINES[0], request=of_role(role)).rows[0].asset for role in ("newest", "before", "year_ago")
    }
    issue, share = ("cusip", "98Z65A103"), ("share:us", "ZORB")
    assert {role: each.identifiers for role, each in refs.items()} == {
        "newest": (issue, share),
        "before": (share,),
        "year_ago": (issue,),
    }
    assert [(each.complete, each.called) for each in refs.values()] == [
        (("cusip",), "ZORBAN INSTRS INC COM"),
        ((), "ZORBAN INSTRS INC COM"),
        ((), ""),
    ]


def test_of_two_issues_of_a_ticker_the_last_one_counts():
    parsed = told(LINES[0], "20260205|98Z65A202|ZORB|7|ZORBAN INSTRS INC COM NEW|41.00")
    assert [row.asset.identifiers[0] for row in parsed.rows] == [("cusip", "98Z65A202")]


def test_tickers_come_first_and_then_the_files():
    (first,) = ARCHIVES.requests(Need(family="market", limit=7))
    assert (first.path, first.context) == ("/files/company_tickers.json", {"left": "7"})
    parsed = read(ARCHIVES, Request(family="market", path=first.path), payload("sec", "tickers"))
    assert {(type(row), row.asset.if_known) for row in parsed.rows} == {(ListingRow, True)}
    assert [each.path[-12:] for each in parsed.follow] == ["s202602a.zip"]
    assert [each.path[-12:] for each in told(LINES[0]).follow] == [
        "s202601b.zip",
        "s202502a.zip",
        "s202501b.zip",
    ]
    assert told(LINES[0], request=of_role("before")).follow == ()


@pytest.mark.parametrize(
    ("day", "file"),
    [
        ((2026, 3, 11), "202602b"),
        ((2026, 3, 10), "202602a"),
        ((2026, 2, 25), "202601b"),
        ((2026, 2, 26), "202602a"),
        ((2026, 1, 5), "202512a"),
    ],
)
def test_the_newest_file_that_can_be_there(day, file):
    assert newest_file(datetime(*day, tzinfo=UTC), {}).path.endswith(f"cnsfails{file}.zip")


def test_where_a_file_is_missing_earlier_ones_are_tried_a_few_times():
    request, asked = NEWEST, []
    while request:
        assert ARCHIVES.accepts(request, 404)
        parsed = read(ARCHIVES, request, b"<Error/>", status_code=404)
        asked.append(request.path[-11:-4])
        request = parsed.follow[0] if parsed.follow else None
    assert asked == ["202602a", "202601b", "202601a", "202512b", "202512a"]
    assert read(ARCHIVES, of_role("before"), b"", status_code=404).follow == ()


def test_a_limit_cuts_the_rows_and_is_passed_on():
    request = Request(family="market", path=NEWEST.path, context={**NEWEST.context, "left": "1"})
    parsed = told(*LINES, request=request)
    assert len(parsed.rows) == 1
    assert {each.context["left"] for each in parsed.follow} == {"1"}


def failing(*balances, ticker="ZORB", cusip="98Z65A103", first=2):
    """A line for each day on which so many shares failed; 0 for none."""
    return [
        f"202602{day:02}|{cusip}|{ticker}|{fails}|{ticker} INC|4.10"
        for day, fails in enumerate(balances, start=first)
        if fails
    ]


@pytest.mark.parametrize(
    ("balances", "is_off"),
    [
        ((50_000, 9_999, 9_999, 9_999, 9_999, 9_999), True),
        ((50_000, 9_999, 9_999, 9_999, 9_999, 10_000), False),
        ((50_000, 10_000, 0, 0, 0, 0), False),
        ((50_000, 0, 0, 0, 0, 0), True),
    ],
)
def test_after_five_days_of_few_fails_it_is_on_no_threshold_list(balances, is_off):
    other = failing(*[10_000] * 6, ticker="YAK", cusip="71X00B208")
    parsed = told(*failing(*balances), *other)
    lists = [row for row in parsed.rows if isinstance(row, VenueRow)]
    assert [(row.asset.identifiers[1][1], row.threshold_list) for row in lists] == [("ZORB", False)] * is_off
    assert all(row.as_of == datetime(2026, 2, 7, tzinfo=UTC) for row in lists)


def test_of_the_lists_nothing_is_said_by_an_older_file_or_a_damaged_or_short_one():
    few = failing(1, 1, 1, 1, 1)
    for parsed in (
        told(*few, request=of_role("before")),
        told(*few, "20260203|98Z|ZORB|99999|ZORB INC|4.10"),
        told(*few[:4]),
    ):
        assert {type(row) for row in parsed.rows} == {MarketRow}
    assert {type(row) for row in told(*few).rows} == {MarketRow, VenueRow}


def test_two_issues_of_a_ticker_fail_together():
    parsed = told(*failing(*[6_000] * 5), *failing(*[6_000] * 5, cusip="98Z65A202"))
    assert {type(row) for row in parsed.rows} == {MarketRow}


@given(st.integers(24 * 1990, 24 * 2090))
def test_the_path_of_a_half_is_read_back(number):
    assert HalfMonth.in_path(HalfMonth(number).request("before", {}).path) == HalfMonth(number)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("20260203|98Z65A103|ZORB|31|ZORBAN", "has not six fields"),
        ("20261303|98Z65A103|ZORB|31|ZORBAN|4.10", "is not a day"),
        ("|98Z65A103|ZORB|31|ZORBAN|4.10", "is not a day"),
        ("20260203|98Z|ZORB|31|ZORBAN|4.10", "is no CUSIP"),
        ("20260203|98Z65A103|ZORB|31|ZORBAN|-4.10", "is negative"),
        ("20260203|98Z65A103|ZORB|many|ZORBAN|4.10", "is not a number"),
        ("20260203|98Z65A103|ZORB|31|ZORBAN|free", "is not a number"),
    ],
)
def test_a_line_that_makes_no_sense_is_left_out(line, problem):
    parsed = told(line, LINES[1])
    assert len(parsed.rows) == parsed.rejected == 1
    assert problem in parsed.remarks[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Undeclared Automated Tool</body></html>",
        zipped(text_of(*LINES))[:200],
        zipped(text_of(*LINES, count=7)),
        zipped(text_of(*LINES).partition("Trailer")[0]),
    ],
)
def test_a_body_that_came_to_harm_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(ARCHIVES, NEWEST, body)


@pytest.mark.parametrize(
    "body", [zipped(text_of(header="DAY|SYMBOL")), zipped(""), zipped("", ""), zipped(text_of(), text_of())]
)
def test_another_file_is_refused(body):
    with pytest.raises(UnreadableError):
        read(ARCHIVES, NEWEST, body)


@given(st.data())
def test_any_mutation_is_read_or_refused(data):
    text = text_of(*LINES)
    at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(at, min(at + 30, len(text))))
    change = data.draw(st.text(st.characters(max_codepoint=255), max_size=12))
    body = zipped(text[:at] + change + text[end:])
    if data.draw(st.integers(0, 4)) == 0:
        place = data.draw(st.integers(0, len(body) - 1))
        body = body[:place] + data.draw(st.binary(max_size=8)) + body[place + data.draw(st.integers(0, 8)) :]
    try:
        read(ARCHIVES, NEWEST, body)
    except UnreadableError as error:
        event(type(error).__name__)


def test_the_recorded_file_of_january_2021():
    text = recorded("sec_www/files/data/fails-deliver-data/cnsfails202101a.txt.gz").decode("iso-8859-1")
    request = of_role("newest", NEWEST.path.replace("202602a", "202101a"))
    parsed = ARCHIVES.parse(
        RawObservation(
            provider="sec_www", request=request, status_code=200, body=zipped(text), fetched_at=NOW
        )
    )
    assert parsed.rejected == 0
    assert len(prices_in(parsed)) > 10_000
    assert {row.as_of.date().isoformat() for row in prices_in(parsed)} <= {
        f"2021-01-{day:02}" for day in (4, 5, 6, 7, 8, 11, 12, 13)
    } | {"2020-12-31"}
