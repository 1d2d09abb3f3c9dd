import json
from datetime import UTC, date, datetime

import pytest

from assets.identity.sec_notation import asset_of, midnight
from assets.providers.sec.submissions import older_path, ownership_documents, read_company, read_older
from assets.sourcing.contract import UnreadableError
from assets.sourcing.rows import (
    CapitalReadingRow,
    CapitalRow,
    DocumentRow,
    FilingEventRow,
    FilingRow,
    ListingRow,
    VenueRow,
)
from tests.assets.providers.answers import NOW, payload

CIK = "1999001"
FOLDER = "https://www.sec.gov/Archives/edgar/data/1999001"


def company(**changes):
    return json.loads(payload("sec", "submissions")) | changes


def read(body=None):
    return read_company(body or company(), cik=CIK, fetched_at=NOW)


def rows_of(body, kind):
    return [row for row in read(body)[0].rows if type(row) is kind]


def with_filings(**changes):
    """The company with one more filing before the others."""
    body = company()
    recent = body["filings"]["recent"]
    line = {
        "accessionNumber": "0001999001-26-000099",
        "form": "8-K",
        "filingDate": "2026-02-20",
        "reportDate": "",
        "acceptanceDateTime": "2026-02-20T12:00:00.000Z",
        "items": "",
        "primaryDocument": "x.htm",
    } | changes
    for name, column in recent.items():
        column.insert(0, line[name])
    return body


def test_the_company_and_where_it_is_traded():
    (listing,) = rows_of(None, ListingRow)
    asset = listing.asset
    assert asset.kind == "equity"
    assert asset.identifiers == (
        ("cik", CIK),
        ("ticker:us", "AURI"),
        ("ticker:us", "AURIWS"),
        ("share:us", "AURI"),
    )
    assert (asset.symbol, asset.name, asset.venue) == ("AURI", "Aurelian Instruments Inc.", "Nasdaq")
    assert asset.sector == "Measuring Instruments"
    venues = [(row.venue, row.tier) for row in rows_of(None, VenueRow)]
    assert venues == [("OTC", ""), ("Nasdaq", "exchange")]
    assert "It is traded over the counter; the SEC doesn't say in which tier." in read()[0].remarks


def test_html_in_the_category_separates_two():
    assert rows_of(None, ListingRow)[0].asset.tags == ("Non-accelerated filer", "Smaller reporting company")


@pytest.mark.parametrize("cik", [1999001, "1999001", "0001999001"])
def test_the_cik_comes_as_number_or_as_text(cik):
    assert rows_of(company(cik=cik), FilingRow)


def test_a_delisted_company_has_no_tickers():
    body = company(tickers=[], exchanges=[])
    assert rows_of(body, VenueRow) == []
    assert rows_of(body, ListingRow)[0].asset.symbol == ""
    assert "The SEC knows no ticker of this company: it is not listed, or no longer." in read(body)[0].remarks


def test_exchanges_may_be_null():
    assert [row.venue for row in rows_of(company(exchanges=[None, "NYSE"]), VenueRow)] == ["NYSE"]


def test_the_summary_of_two_years():
    """By hand: FY2023 to Q3 2025 are due, Q1 2025 never came, Q3 2025 came on December 8."""
    (summary,) = rows_of(None, FilingRow)
    assert (summary.filings_due_24m, summary.filings_late_24m, summary.filings_missing_24m) == (8, 1, 1)
    assert (summary.late_notices_24m, summary.auditor_changes_24m, summary.restatements_24m) == (1, 1, 1)
    assert (summary.going_concern, summary.as_of) == ("", NOW)
    assert summary.filings_url.startswith("https://www.sec.gov/")


def test_last_filed_is_by_the_company_itself():
    others = with_filings(form="4", filingDate="2026-02-20")
    assert rows_of(others, FilingRow)[0].last_filed_on == date(2026, 2, 18)
    assert rows_of(with_filings(form="10-K"), FilingRow)[0].last_filed_on == date(2026, 2, 20)


def cut(body, count):
    recent = body["filings"]["recent"]
    body["filings"]["recent"] = {name: column[:count] for name, column in recent.items()}
    return body


def test_a_list_that_does_not_reach_back_tells_no_counts_unless_it_is_the_whole():
    short = cut(company(), 5)
    assert rows_of(short, FilingRow)[0].filings_due_24m is None
    assert rows_of(short, FilingRow)[0].late_notices_24m is None
    short["filings"]["files"] = []
    assert rows_of(short, FilingRow)[0].late_notices_24m == 0


def test_a_document():
    document = next(row for row in rows_of(None, DocumentRow) if row.form == "NT 10-Q")
    assert document.accession == "0001999001-25-000029"
    assert (document.filed_on, document.period_ends_on) == (date(2025, 11, 14), date(2025, 9, 30))
    assert document.as_of == document.accepted_at == datetime(2025, 11, 14, 21, 10, tzinfo=UTC)
    assert document.document_url == f"{FOLDER}/000199900125000029/nt.htm"
    assert rows_of(None, DocumentRow)[0].items == "3.02,9.01"


def test_a_filing_without_a_document_leads_to_its_index():
    last = rows_of(None, DocumentRow)[-1]
    assert last.document_url == f"{FOLDER}/000199900124000001/0001999001-24-000001-index.htm"


def test_a_filing_without_the_moment_of_acceptance_is_of_its_day():
    (document, *_rest) = rows_of(with_filings(acceptanceDateTime=""), DocumentRow)
    assert (document.accepted_at, document.as_of) == (None, midnight(date(2026, 2, 20)))


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"accessionNumber": "x"}, "A filing is not an accession number."),
        ({"filingDate": ""}, "A filing has no day or no form."),
        ({"filingDate": "2026-02-31"}, "A filing is not a day."),
        ({"form": ""}, "A filing has no day or no form."),
        ({"form": "x" * 33}, "A filing has no day or no form."),
        (
            {"accessionNumber": "0001999001-26-000004"},
            "0001999001-26-000004 occurs twice; the first one is kept.",
        ),
    ],
)
def test_a_broken_filing_is_left_out_and_the_others_land(changes, remark):
    parsed, _older = read(with_filings(**changes))
    assert sum(type(row) is DocumentRow for row in parsed.rows) == 19
    assert (parsed.rejected, remark in parsed.remarks) == (1, True)


def test_a_filing_of_tomorrow_is_not_known_yet():
    parsed, _older = read(with_filings(acceptanceDateTime="2026-03-02T00:00:00.000Z"))
    assert sum(type(row) is DocumentRow for row in parsed.rows) == 19
    assert "Filings of days to come are left out: 1." in parsed.remarks


def test_columns_of_unequal_length_are_read_as_far_as_all_reach():
    body = company()
    del body["filings"]["recent"]["items"][7:]
    parsed, _older = read(body)
    assert sum(type(row) is DocumentRow for row in parsed.rows) == 7
    assert "The columns of the list are of unequal length; filings read: 7." in parsed.remarks


def test_columns_that_only_add_may_be_missing():
    body = company()
    del body["filings"]["recent"]["items"]
    assert len(rows_of(body, DocumentRow)) == 19


@pytest.mark.parametrize(
    ("form", "items", "event"),
    [
        ("S-3", "", "shelf"),
        ("S-3ASR", "", "shelf"),
        ("F-3", "", "shelf"),
        ("S-1", "", "prospectus"),
        ("F-1", "", "prospectus"),
        ("424B5", "", "prospectus"),
        ("424B3", "", "prospectus"),
        ("D", "06b", "unregistered_sale"),
        ("8-K", "1.01,3.02", "unregistered_sale"),
        ("8-K", "1.01,9.01", None),
        ("8-K", "", None),
        ("S-3/A", "", None),
        ("D/A", "", None),
        ("424B2", "", "prospectus"),
        ("424B7", "", "prospectus"),
        ("S-8", "", None),
        ("FWP", "", None),
        ("10-Q", "3.02", None),
    ],
)
def test_what_a_form_says_about_shares_to_come(form, items, event):
    parsed, _older = read(with_filings(form=form, items=items))
    events = [
        row.event
        for row in parsed.rows
        if type(row) is CapitalRow and row.accession == "0001999001-26-000099"
    ]
    assert events == ([event] if event else [])


def test_an_event_is_of_the_day_of_its_filing():
    shelf = next(row for row in rows_of(None, CapitalRow) if row.event == "shelf")
    assert (shelf.happened_on, shelf.accession) == (date(2025, 6, 10), "0001999001-25-000012")
    assert shelf.source_url == f"{FOLDER}/000199900125000012/s3.htm"


def test_older_lists_belong_to_36_months():
    _parsed, older = read()
    assert older == ("/submissions/CIK0001999001-submissions-001.json",)


def test_no_older_list_is_needed_where_the_recent_one_reaches_far_enough():
    body = with_filings(filingDate="2023-03-01", acceptanceDateTime="2023-03-01T12:00:00.000Z")
    assert read(body)[1] == ()


@pytest.mark.parametrize(
    "name",
    [
        "CIK0001999002-submissions-001.json",
        "../CIK0001999001-submissions-001.json",
        "CIK0001999001.json",
        "",
        None,
        5,
    ],
)
def test_an_older_list_must_be_one_of_the_company(name):
    assert older_path(name, cik=CIK) == ""


def test_an_older_list_is_the_arrays_alone():
    parsed = read_older(json.loads(payload("sec", "older")), cik=CIK, fetched_at=NOW)
    assert [row.form for row in parsed.rows if type(row) is DocumentRow] == ["10-Q", "S-3ASR"]


@pytest.mark.parametrize("body", [None, [], {}, {"form": 5}, {"accessionNumber": [], "form": []}])
def test_an_older_list_of_another_shape_is_unreadable(body):
    with pytest.raises(UnreadableError, match="a list of filings"):
        read_older(body, cik=CIK, fetched_at=NOW)


def test_the_paths_of_ownership_documents():
    documents = rows_of(None, DocumentRow)
    assert ownership_documents(documents) == [
        "/Archives/edgar/data/1999001/000123456726000011/form4.xml",
        "/Archives/edgar/data/1999001/000123456726000010/primary_doc.xml",
    ]


@pytest.mark.parametrize(
    ("form", "url"),
    [
        ("SC 13D", f"{FOLDER}/000123456726000011/sc13d.htm"),
        ("4", f"{FOLDER}/000123456726000011/form4.htm"),
        ("4", "https://evil.example/Archives/edgar/data/1/000123456726000011/form4.xml"),
        ("4", ""),
        ("D", f"{FOLDER}/000123456726000011/primary_doc.xml"),
    ],
)
def test_other_documents_have_no_path(form, url):
    document = DocumentRow(
        asset=asset_of(CIK),
        as_of=NOW,
        accession="0001234567-26-000011",
        form=form,
        filed_on=date(2026, 2, 1),
        document_url=url,
    )
    assert ownership_documents([document]) == []


# Changes of units -------------------------------------------------------------------------


def notices(**changes):
    rows = rows_of(with_filings(**changes), CapitalRow)
    return [row for row in rows if row.event == "unit_change"]


def test_a_change_of_articles_and_of_holders_rights_may_be_a_reverse_split():
    (notice,) = notices(items="3.03,5.03,9.01", reportDate="2026-02-17")
    assert (notice.ratio, notice.evidence) == (None, "noticed")
    assert (notice.earliest_on, notice.happened_on) == (date(2026, 2, 10), date(2026, 3, 6))


@pytest.mark.parametrize(
    "changes",
    [
        {"items": "5.03"},
        {"items": "2.01"},
        {"items": "3.03"},
        {"items": ""},
        {"items": "3.03,5.03", "form": "8-K/A"},
    ],
)
def test_other_notices_are_none(changes):
    assert notices(**changes) == []


@pytest.mark.parametrize("items", ["2.01,5.06,9.01", "2.01,3.03,5.03,5.06"])
def test_a_shell_that_is_none_any_more_has_the_shares_of_another_company(items):
    (notice,) = notices(items=items, reportDate="2026-02-17")
    assert (notice.ratio, notice.evidence) == (None, "")
    assert (notice.earliest_on, notice.happened_on) == (date(2026, 2, 10), date(2026, 3, 6))


def test_the_list_was_read_for_notices_and_for_no_splits():
    readings = [(row.subject, row.read_until) for row in rows_of(None, CapitalReadingRow)]
    assert readings == [("split_notices", NOW.date()), ("filed", NOW.date())]


@pytest.mark.parametrize(
    ("form", "items", "subjects"),
    [
        ("8-K", "3.01,5.03,9.01", ["3.01"]),
        ("8-K/A", "4.01,9.01", ["4.01"]),
        ("8-K", "1.03,2.04,2.03", ["1.03", "2.04"]),
        ("8-K", "2.02,9.01", []),
        ("10-K", "3.01", ["going_concern"]),
        ("10-Q", "", ["going_concern"]),
        ("10-K/A", "", []),
        ("SC 13G", "", ["schedule"]),
        ("SCHEDULE 13D/A", "", ["schedule"]),
        ("25-NSE", "", ["25"]),
        ("25", "", ["25"]),
    ],
)
def test_a_document_that_a_criterion_asks_about_is_known_before_it_is_read(form, items, subjects):
    events = rows_of(with_filings(form=form, items=items), FilingEventRow)
    found = [row for row in events if row.accession == "0001999001-26-000099"]
    assert [row.subject for row in found] == subjects
    assert all((row.event, row.form, row.filed_on) == ("listed", form, date(2026, 2, 20)) for row in found)


def test_of_reports_the_newest_and_the_newest_annual_one_are_waiting_to_be_read():
    events = rows_of(None, FilingEventRow)
    waiting = [(row.form, row.event) for row in events if row.subject == "going_concern"]
    assert [form for form, _event in waiting if form.startswith("10-K")] == ["10-K"]
    assert len(waiting) <= 2
    assert {event for _form, event in waiting} == {"listed"}


def test_a_form_15_ends_reporting_until_the_next_report():
    assert [row.deregistered for row in rows_of(None, FilingRow)] == [False]
    gone = with_filings(form="15-12G", filingDate="2026-02-25")
    assert [row.deregistered for row in rows_of(gone, FilingRow)] == [True]
    back = gone["filings"]["recent"]
    for name, value in (
        ("form", "10-Q"),
        ("filingDate", "2026-02-27"),
        ("accessionNumber", "0001999001-26-000100"),
    ):
        back[name].insert(0, value)
    for name, column in back.items():
        if name not in ("form", "filingDate", "accessionNumber"):
            column.insert(0, "")
    assert [row.deregistered for row in rows_of(gone, FilingRow)] == [False]


def test_the_summary_tells_of_a_business_bought_and_of_another_company():
    body = with_filings(form="8-K", filingDate="2026-02-20", reportDate="2026-02-17", items="2.01,5.01,9.01")
    (summary,) = rows_of(body, FilingRow)
    assert summary.business_changed_on == summary.became_another_on == date(2026, 2, 17)
    (before,) = rows_of(None, FilingRow)
    assert (before.business_changed_on, before.became_another_on) == (None, None)


@pytest.mark.parametrize(
    ("sizes", "withdrawn"), [(None, False), ([9_000, 100, 8_000], True), ([9_000, 7_000, 8_000], False)]
)
def test_an_amendment_of_no_size_amends_no_accounts(sizes, withdrawn):
    recent = {
        "accessionNumber": ["0001999001-26-000003", "0001999001-26-000002", "0001999001-26-000001"],
        "form": ["4", "10-K/A", "10-K"],
        "filingDate": ["2026-02-27", "2026-02-25", "2026-01-30"],
        "reportDate": ["", "2025-12-31", "2025-12-31"],
        "items": ["", "", ""],
    }
    recent["accessionNumber"].append("0001999001-26-000004")
    for name, what in (("form", "8-K"), ("filingDate", "2026-02-20"), ("reportDate", ""), ("items", "4.02")):
        recent[name].append(what)
    body = company()
    body["filings"] = {"recent": recent | ({"size": [*sizes, 300]} if sizes else {}), "files": []}
    assert rows_of(body, FilingRow)[0].figures_withdrawn is withdrawn
