from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.daily_index import NEWEST, dated
from assets.providers.sec.provider import SecArchives
from assets.sourcing.contract import DamagedError, Need, RawObservation, Request, TransientError
from tests.assets.providers.answers import NOW, read

ARCHIVES = SecArchives()
WITHOUT = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
INDEX = b"""Description:           Daily Index of EDGAR Dissemination Feed
Last Data Received:    Feb 27, 2026

CIK|Company Name|Form Type|Date Filed|File Name
--------------------------------------------------------------------------------
1999001|AURELIAN INSTRUMENTS INC.|8-K|20260227|edgar/data/1999001/0001999001-26-000004.txt
1999001|AURELIAN INSTRUMENTS INC.|CORRESP|20260227|edgar/data/1999001/0001999001-26-000005.txt
1999002|CAF\xc9 HOLDINGS|NT 10-K|20260227|edgar/data/1999002/0001999002-26-000001.txt
1999003|SOMEBODY|4|20260227|edgar/data/1999003/0001999003-26-000001.txt
1999004|NOBODY|10-K|20269927|edgar/data/1999004/0001999004-26-000001.txt
"""


def asked(day="20260227", quarter=1, **context):
    path = f"/Archives/edgar/daily-index/2026/QTR{quarter}/master.{day}.idx"
    return Request(family="filing_events", path=path, context=context)


def test_what_known_companies_filed_is_known_of_all_in_one_call():
    parsed = read(ARCHIVES, asked(), INDEX)
    assert [(row.asset.identifiers[0][1], row.form) for row in parsed.rows] == [
        ("1999001", "8-K"),
        ("1999002", "NT 10-K"),
        ("1999003", "4"),
    ]
    assert all(row.asset.if_known and row.event == "indexed" for row in parsed.rows)
    first = parsed.rows[0]
    assert (first.accession, first.filed_on) == ("0001999001-26-000004", date(2026, 2, 27))
    assert first.source_url.endswith("/Archives/edgar/data/1999001/0001999001-26-000004.txt")
    assert parsed.rejected == 1


def test_all_companies_are_asked_about_at_once():
    (request,) = ARCHIVES.requests(Need(family="filing_events"))
    assert request.path == NEWEST


@pytest.mark.parametrize(
    ("now", "path"),
    [
        (datetime(2026, 2, 27, 5, tzinfo=UTC), "2026/QTR1/master.20260226.idx"),
        (datetime(2026, 2, 27, 3, tzinfo=UTC), "2026/QTR1/master.20260225.idx"),
        (datetime(2026, 3, 2, 5, tzinfo=UTC), "2026/QTR1/master.20260227.idx"),
        (datetime(2026, 4, 2, 5, tzinfo=UTC), "2026/QTR2/master.20260401.idx"),
    ],
)
def test_the_newest_is_that_of_the_last_business_day(now, path):
    request = Request(family="filing_events", path=NEWEST)
    assert dated(request, now=now).path == f"/Archives/edgar/daily-index/{path}"


def test_of_a_day_without_an_index_the_day_before_is_asked():
    (before,) = read(ARCHIVES, asked("20260216"), WITHOUT, status_code=403).follow
    assert before.path.endswith("/master.20260213.idx")
    assert read(ARCHIVES, asked("20260216", tries="5"), WITHOUT, status_code=403).follow == ()


def answering(status_code, body):
    class Client:
        def ask(self, provider, request):
            assert provider.accepts(request, status_code)
            return RawObservation(
                provider="sec_www", request=request, status_code=status_code, body=body, fetched_at=NOW
            )

    return Client()


def test_too_many_calls_are_no_day_without_an_index(monkeypatch):
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")
    raw = ARCHIVES.fetch(asked(), answering(403, WITHOUT))
    assert raw.body == WITHOUT
    with pytest.raises(TransientError, match="fewer calls"):
        ARCHIVES.fetch(asked(), answering(403, b"<html>Request Rate Threshold Exceeded</html>"))


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"CIK|Company"])
def test_a_page_in_its_place_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(ARCHIVES, asked(), body)


@given(data=st.data())
def test_whatever_changes_in_an_index_no_row_is_unsound(data):
    body = data.draw(st.binary(max_size=40)) + INDEX[data.draw(st.integers(0, len(INDEX))) :]
    try:
        parsed = read(ARCHIVES, asked(), body)
    except DamagedError:
        return
    assert all(row.as_of <= NOW for row in parsed.rows)
