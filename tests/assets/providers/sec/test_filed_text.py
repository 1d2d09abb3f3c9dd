"""Texts of filings: which are read, and what becomes of what rules find in them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.metrics.capital import TWO_YEARS_DAYS
from assets.providers.sec.filed_text import parts_of, read_since, texts_to_read
from assets.providers.sec.provider import SecArchives
from assets.services.refreshing.runs import DOCUMENTS_COUNT_FOR
from assets.sourcing.contract import Need, UnreadableError, UnsupportedError
from assets.sourcing.rows import CapitalReadingRow, CapitalRow, FilingEventRow, FilingRow, MarketRow
from tests.assets.providers.answers import NOW, read

ARCHIVES = SecArchives()
FOLDER = "https://www.sec.gov/Archives/edgar/data/1999001/0001234567260000"
DOUBT = "These losses raise substantial doubt about our ability to continue as a going concern."
FILLER = "The balance sheets and the statements of cash flows follow. " * 500
SPLIT = (
    "Item 3.03 Material Modification to Rights of Security Holders. The information in Item 5.03 is"
    " incorporated by"
    " reference. Item 5.03 Amendments to Articles of Incorporation or Bylaws. On February 3, 2026 it filed"
    " an amendment"
    " to effect a 1-for-20 reverse stock split, effective as of February 9, 2026."
)
COVER = (
    "PROSPECTUS SUPPLEMENT 1,000,000 Shares We are offering 1,000,000 shares directly to certain"
    " institutional investors"
    " in a registered direct offering at a price of $2.00 per share. Acme is the placement agent."
)


def filed(number, form, day, items=""):
    return SimpleNamespace(
        accession=f"0001234567-26-0000{number}",
        form=form,
        filed_on=date(2026, 2, day),
        items=items,
        document_url=f"{FOLDER}{number}/doc.htm",
    )


def request(*filings):
    names = texts_to_read(filings, frozenset())
    identifiers = (("cik", "1999001"), *(("sec_text", name) for name in names))
    (found,) = ARCHIVES.requests(Need(family="filings", identifiers=identifiers))
    return found


def rows_of(parsed, kind):
    return [row for row in parsed.rows if type(row) is kind]


def read_as(form, text, *, day=20, items="5.03"):
    return read(ARCHIVES, request(filed("11", form, day, items)), text.encode())


# Which texts --------------------------------------------------------------------------


def test_the_newest_report_events_and_prospectuses_are_read():
    filings = [
        filed("11", "10-Q", 2),
        filed("12", "10-K", 9),
        filed("13", "8-K", 5, "5.02,9.01"),
        filed("14", "8-K", 6, "4.01,9.01"),
        filed("15", "424B5", 7),
        filed("16", "4", 8),
    ]
    names = texts_to_read(filings, frozenset())
    assert [parts_of(each)[0] for each in names] == ["10-K", "424B5", "8-K"]
    later = [*filings, filed("17", "10-Q", 12), filed("18", "25-NSE", 13)]
    names = [parts_of(each)[0] for each in texts_to_read(later, frozenset())]
    assert names == ["10-Q", "10-K", "25-NSE", "424B5", "8-K"]
    assert texts_to_read(filings, frozenset({filings[1].accession}))[0].startswith("424B5")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/Archives/edgar/data/1/000123456726000011/a.htm",
        f"{FOLDER}11/a.xml",
        "",
        f"{FOLDER}11/../a.htm",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_asked(url):
    other = filed("11", "10-K", 2)
    other.document_url = url
    assert texts_to_read([other], frozenset()) == []


def test_without_a_text_there_is_nothing_to_ask():
    with pytest.raises(UnsupportedError, match="refresh its filings first"):
        ARCHIVES.requests(Need(family="filings", identifiers=(("cik", "1999001"), ("sec_text", "10-K|x|y"))))


def test_documents_of_a_company_come_by_family():
    filings = [filed("11", "10-K", 2)]
    assert ARCHIVES.documents(filings, family="filings", read=frozenset())[0][0] == "sec_text"


def test_too_many_texts_are_read_back_to_the_last_one():
    assert read_since(["10-K|2026-02-01|x"], total=3, fetched_on=date(2026, 3, 1)) == date(2024, 2, 28)
    name = texts_to_read([filed("11", "10-K", 2)], frozenset())[0]
    assert read_since([name], total=20, fetched_on=date(2026, 3, 1)) == date(2026, 2, 2)


@given(fetched_on=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_what_is_read_reaches_back_as_far_as_offerings_are_counted(fetched_on):
    since = read_since(["10-K|2026-02-01|x"], total=3, fetched_on=fetched_on)
    assert (fetched_on - since).days >= TWO_YEARS_DAYS
    assert DOCUMENTS_COUNT_FOR.days > (fetched_on - since).days


# What is read -------------------------------------------------------------------------


def test_a_report_answers_whether_there_is_doubt():
    parsed = read_as("10-K", f"{FILLER} {DOUBT}")
    (answer,) = rows_of(parsed, FilingRow)
    (found,) = rows_of(parsed, FilingEventRow)
    assert answer.going_concern == "stated"
    assert (found.subject, found.event, found.passage) == ("going_concern", "yes", DOUBT)
    assert (found.accession, found.passage_at) == (
        "0001234567-26-000011",
        len(FILLER),
    )
    assert found.source_url == f"{FOLDER}11/doc.htm"


def test_silence_of_a_whole_report_is_an_answer_and_that_of_a_cover_is_none():
    assert [row.going_concern for row in rows_of(read_as("10-K", FILLER), FilingRow)] == ["none"]
    short = read_as(
        "10-K", "The financial statements are incorporated by reference from Exhibit 13 of this report."
    )
    assert rows_of(short, FilingRow) == []
    assert [row.event for row in rows_of(short, FilingEventRow)] == ["nothing_decided"]


def test_an_old_report_speaks_no_more():
    asked = request(filed("11", "10-Q", 2))
    old = replace(asked, context={**asked.context, "filed_on": "2025-05-01"})
    parsed = read(ARCHIVES, old, f"{FILLER} {DOUBT}".encode())
    assert rows_of(parsed, FilingRow) == []
    assert rows_of(parsed, FilingEventRow)[0].event == "yes"


def test_a_prospectus_can_state_doubt_and_its_silence_is_none():
    assert rows_of(read_as("424B5", f"{COVER} {FILLER}"), FilingRow) == []
    parsed = read_as("424B5", f"{COVER} {DOUBT}")
    assert [row.going_concern for row in rows_of(parsed, FilingRow)] == ["stated"]
    assert {row.event for row in rows_of(parsed, FilingEventRow)} == {"yes", "registered_direct"}


def test_a_split_is_one_event_with_its_ratio_and_day():
    parsed = read_as("8-K", SPLIT)
    (split,) = rows_of(parsed, CapitalRow)
    assert (split.event, split.ratio, split.happened_on) == ("reverse_split", 0.05, date(2026, 2, 9))
    assert [row.subject for row in rows_of(parsed, FilingEventRow)] == ["3.03", "5.03"]


def test_an_offering_is_a_capital_event_with_shares_and_amount():
    parsed = read_as("424B5", COVER)
    (sale,) = rows_of(parsed, CapitalRow)
    assert (sale.event, sale.shares, sale.amount_usd) == ("offering", 1_000_000, 2_000_000)
    assert sale.happened_on == date(2026, 2, 20)


def test_receipts_for_shares_that_exist_are_read_and_are_no_capital_event():
    receipts = (
        "PROSPECTUS 1,000,000 American Depositary Shares for deposited ordinary shares."
        " No new shares are sold."
    )
    parsed = read_as("424B3", receipts)
    assert rows_of(parsed, CapitalRow) == []
    assert [row.event for row in rows_of(parsed, FilingEventRow)] == ["depositary"]


def test_the_last_sale_on_a_cover_is_a_price_of_its_day():
    stated = "On February 18, 2026, the last reported sale price of our common stock was $1.95 per share."
    parsed = read_as("424B5", f"{COVER} {stated}")
    (price,) = rows_of(parsed, MarketRow)
    assert (price.as_of.isoformat(), price.price_usd) == ("2026-02-18T21:00:00+00:00", Decimal("1.95"))
    (event,) = [row for row in rows_of(parsed, FilingEventRow) if row.subject == "price"]
    assert (event.happened_on, event.price_usd, event.passage) == (date(2026, 2, 18), Decimal("1.95"), stated)


def test_texts_follow_each_other_and_the_last_one_says_that_all_are_read():
    first = request(filed("11", "10-K", 2), filed("12", "424B5", 9))
    parsed = read(ARCHIVES, first, FILLER.encode())
    assert rows_of(parsed, CapitalReadingRow) == []
    (then,) = parsed.follow
    assert then.path.endswith("12/doc.htm")
    last = read(ARCHIVES, then, COVER.encode())
    (reading,) = rows_of(last, CapitalReadingRow)
    assert (last.follow, reading.subject) == ((), "offerings")
    assert (reading.read_since, reading.read_until) == (date(2024, 2, 28), NOW.date())


def test_a_missing_text_holds_nobody_up_and_leaves_a_gap():
    first = request(filed("11", "10-K", 2), filed("12", "424B5", 9))
    missing = read(ARCHIVES, first, b"<Error/>", status_code=404)
    (whole,) = missing.follow
    assert whole.path == f"{first.path.rpartition('/')[0]}/0001234567-26-000011.txt"
    (then,) = read(ARCHIVES, whole, b"<Error/>", status_code=404).follow
    last = read(ARCHIVES, then, COVER.encode())
    assert rows_of(last, CapitalReadingRow) == []
    assert rows_of(last, CapitalRow) != []


def test_of_a_missing_page_the_whole_submission_is_read():
    first = request(filed("11", "424B5", 9))
    (whole,) = read(ARCHIVES, first, b"<Error/>", status_code=404).follow
    parsed = read(ARCHIVES, whole, f"<DOCUMENT><TYPE>424B5\n<TEXT>{COVER}</TEXT></DOCUMENT>".encode())
    assert rows_of(parsed, CapitalReadingRow) != []
    assert rows_of(parsed, FilingEventRow)[0].accession == "0001234567-26-000011"


@pytest.mark.parametrize("body", [b"", b"<html><body></body></html>", b"   \n "])
def test_a_document_without_words_is_unreadable(body):
    with pytest.raises(UnreadableError, match="without a text"):
        read(ARCHIVES, request(filed("11", "10-K", 2)), body)


def test_an_amount_beyond_all_money_is_none():
    (sale,) = rows_of(read_as("424B5", COVER.replace("$2.00", "$" + "9" * 40)), CapitalRow)
    assert sale.amount_usd is None


@given(data=st.data(), form=st.sampled_from(["10-K", "8-K", "424B5", "S-3"]))
def test_whatever_changes_in_a_text_no_row_is_unsound(data, form):
    body = {"10-K": f"{FILLER[:600]}{DOUBT}", "8-K": SPLIT}.get(form, COVER).encode()
    at, length = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 40))
    changed = body[:at] + data.draw(st.binary(max_size=30)) + body[at + length :]
    try:
        read(ARCHIVES, request(filed("11", form, 20, "5.03")), changed)
    except UnreadableError as error:
        event(type(error).__name__)
