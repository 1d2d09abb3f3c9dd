import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assets.metrics.families import FILINGS
from assets.providers.sec.provider import SecArchives, SecData
from assets.sourcing.contract import (
    MisconfiguredError,
    Need,
    RawObservation,
    RefusedError,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.rows import (
    CapitalReadingRow,
    CapitalRow,
    DocumentRow,
    FilingEventRow,
    FilingRow,
    FundamentalsRow,
    ListingRow,
    OwnershipRow,
    SupplyRow,
    VenueRow,
)
from tests.assets.providers.answers import NOW, PAYLOADS, payload, read, recorded
from tests.assets.providers.mutations import mutated

DATA, ARCHIVES = SecData(), SecArchives()
AURELIAN = (("cik", "1999001"),)
FOLDER = "/Archives/edgar/data/1999001/000123456726000011"


def xml(name):
    return (PAYLOADS / "sec" / f"{name}.xml").read_bytes()


def ask(family, identifiers=AURELIAN, *, limit=None):
    provider = DATA if family in DATA.families else ARCHIVES
    return provider.requests(Need(family=family, identifiers=identifiers, limit=limit))[0]


def document(path=f"{FOLDER}/form4.xml", cik="1999001"):
    return ask("ownership", (("cik", cik), ("sec_document", path)))


def raw(request, body):
    later = NOW.replace(year=2027)
    return RawObservation(provider="sec_www", request=request, status_code=200, body=body, fetched_at=later)


def rows_of(parsed, kind):
    return [row for row in parsed.rows if type(row) is kind]


# What is asked ----------------------------------------------------------------------


@pytest.mark.parametrize("cik", ["320193", "0000320193", "0320193"])
def test_a_company_is_asked_by_its_number_with_ten_digits(cik):
    assert ask("filings", (("cik", cik),)).path == "/submissions/CIK0000320193.json"
    facts = ask("fundamentals", (("cik", cik),))
    assert facts.path == "/api/xbrl/companyfacts/CIK0000320193.json"
    assert facts.context == {"cik": "320193"}


def test_the_universe_is_the_list_of_tickers():
    assert ask("listing", None).path == "/files/company_tickers.json"


def test_documents_are_asked_one_by_one_and_each_once():
    paths = [f"{FOLDER}/form4.xml", f"{FOLDER}/form4.xml", f"{FOLDER}/doc5.xml"]
    named = (*AURELIAN, *(("sec_document", path) for path in paths))
    asked = ARCHIVES.requests(Need(family="ownership", identifiers=named))
    assert [each.path for each in asked] == [f"{FOLDER}/form4.xml", f"{FOLDER}/doc5.xml"]
    assert len(ARCHIVES.requests(Need(family="ownership", identifiers=named, limit=1))) == 1


@pytest.mark.parametrize(
    "path",
    [
        f"{FOLDER}/../../../files/company_tickers.xml",
        f"{FOLDER}/form4.htm",
        f"{FOLDER}/form4.xml?x=1",
        f"{FOLDER}/form4.xml\n",
        f"{FOLDER}/..xml",
        f"{FOLDER}/xslF345X05/form4.xml",
        f"//evil.example{FOLDER}/form4.xml",
        "/Archives/edgar/data/1/2/form4.xml",
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_asked(path):
    with pytest.raises(UnsupportedError, match="refresh its filings first"):
        document(path)


@pytest.mark.parametrize(
    ("provider", "need", "says"),
    [
        (DATA, Need(family="market"), "has no market"),
        (DATA, Need(family="filings"), "company by company"),
        (DATA, Need(family="filings", identifiers=(("coingecko", "x"),)), "its CIK is not known"),
        (DATA, Need(family="filings", identifiers=(("cik", "../x"),)), "its CIK is not a CIK"),
        (ARCHIVES, Need(family="listing", identifiers=AURELIAN), "all assets at once"),
        (ARCHIVES, Need(family="ownership", identifiers=AURELIAN), "refresh its filings first"),
        (ARCHIVES, Need(family="ownership"), "company by company"),
    ],
)
def test_what_can_not_be_asked_is_told(provider, need, says):
    with pytest.raises(UnsupportedError, match=says):
        provider.requests(need)


def test_both_hosts_together_stay_below_ten_calls_a_second():
    assert sum(each.rate.calls / each.rate.per_s for each in (DATA, ARCHIVES)) < 10


@pytest.mark.parametrize(
    ("request_", "status_code", "is_answer"),
    [
        (ask("filings"), 404, True),
        (ask("fundamentals"), 404, True),
        (document(), 404, True),
        (ask("listing", None), 404, False),
        (ask("filings"), 403, False),
        (ask("filings"), 200, True),
    ],
)
def test_a_missing_file_is_an_answer_about_one_company_only(request_, status_code, is_answer):
    provider = DATA if request_.family in DATA.families else ARCHIVES
    assert provider.accepts(request_, status_code) is is_answer


@pytest.mark.parametrize("family", ["filings", "fundamentals"])
def test_the_xml_of_a_missing_file_is_not_read_as_json(family):
    parsed = read(DATA, ask(family), xml("missing"), status_code=404)
    assert parsed.rows == ()
    assert parsed.remarks == (f"SEC EDGAR has no {ask(family).path}.",)


# Listing ----------------------------------------------------------------------------


AURELIANS = (("ticker:us", "AURI"), ("ticker:us", "AURIWS"), ("share:us", "AURI"))


def test_an_issuer_with_several_tickers_is_one_asset():
    parsed = read(ARCHIVES, ask("listing", None), payload("sec", "tickers"))
    found = [(row.asset.identifiers, row.asset.symbol, row.asset.kind) for row in parsed.rows]
    assert found == [
        ((("cik", "1999001"), *AURELIANS), "AURI", "equity"),
        ((("cik", "1999002"), ("ticker:us", "PVHV")), "PVH-V", "equity"),
    ]
    assert parsed.rejected == 2
    assert not any(row.asset.if_known for row in parsed.rows)
    assert parsed.rows[0].asset.name == "Aurelian Instruments Inc."


def test_a_listing_can_be_limited():
    assert len(read(ARCHIVES, ask("listing", None, limit=1), payload("sec", "tickers")).rows) == 1


def tickers(*pairs):
    lines = enumerate(pairs)
    return json.dumps({at: {"cik_str": cik, "ticker": ticker, "title": "X"} for at, (cik, ticker) in lines})


def test_a_whole_listing_names_all_tickers():
    parsed = read(ARCHIVES, ask("listing", None), tickers((7, "ZORB"), (7, "ZORBW"), (8, "YAK")).encode())
    assert {each.namespace: each.values for each in parsed.listed} == {
        "ticker:us": {"ZORB", "ZORBW", "YAK"},
        "share:us": {"ZORB", "YAK"},
    }
    limited = read(ARCHIVES, ask("listing", None, limit=1), tickers((7, "ZORB"), (8, "YAK")).encode())
    assert limited.listed == ()
    assert read(ARCHIVES, ask("listing", None), payload("sec", "tickers")).listed == ()


def test_a_ticker_of_two_companies_is_of_neither():
    parsed = read(ARCHIVES, ask("listing", None), tickers((7, "ZOR-B"), (8, "ZORB"), (8, "YAK")).encode())
    assert [row.asset.identifiers for row in parsed.rows] == [
        (("cik", "7"),),
        (("cik", "8"), ("ticker:us", "YAK")),
    ]
    assert parsed.remarks == ("ZORB stands at several companies and is taken for none's.",)


# Filings ----------------------------------------------------------------------------


def test_filings_tell_who_where_what_and_when():
    parsed = read(DATA, ask("filings"), payload("sec", "submissions"))
    (listing,), (summary,) = rows_of(parsed, ListingRow), rows_of(parsed, FilingRow)
    assert (listing.asset.symbol, listing.asset.sector) == ("AURI", "Measuring Instruments")
    assert listing.asset.identifiers == (*AURELIAN, *AURELIANS)
    assert summary.filings_due_24m == 8
    assert {type(row) for row in parsed.rows} == {
        *(ListingRow, FilingRow, VenueRow, DocumentRow, CapitalRow, CapitalReadingRow, FilingEventRow)
    }
    assert len(rows_of(parsed, DocumentRow)) == 19


def test_an_older_list_is_followed_as_far_as_needed():
    parsed = read(DATA, ask("filings"), payload("sec", "submissions"))
    (older,) = parsed.follow
    assert older.path == "/submissions/CIK0001999001-submissions-001.json"
    parsed = read(DATA, older, payload("sec", "older"))
    assert [type(row) for row in parsed.rows] == [DocumentRow, DocumentRow, CapitalRow]
    assert parsed.rows[2].event == "shelf"
    assert parsed.follow == ()


# Fundamentals and ownership -----------------------------------------------------------


def test_facts_tell_fundamentals_supply_and_splits():
    parsed = read(DATA, ask("fundamentals"), payload("sec", "facts"))
    assert [len(rows_of(parsed, kind)) for kind in (FundamentalsRow, SupplyRow, CapitalRow)] == [4, 4, 1]


def test_a_document_knows_its_filing_by_its_path():
    (first, *_rest) = read(ARCHIVES, document(), xml("form4")).rows
    assert first.accession == "0001234567-26-000011"
    assert first.source_url == f"https://www.sec.gov{FOLDER}/form4.xml"
    assert first.asset.identifiers == AURELIAN


# Bodies that are none ---------------------------------------------------------------

ASKED = {
    "listing": (ARCHIVES, ask("listing", None), "tickers"),
    "filings": (DATA, ask("filings"), "submissions"),
    "fundamentals": (DATA, ask("fundamentals"), "facts"),
    "older": (DATA, read(DATA, ask("filings"), payload("sec", "submissions")).follow[0], "older"),
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"null", b'{"x": 5}', b"[]", b'{"cik": 5}'], ids=repr)
def test_a_body_of_another_shape_is_unreadable(name, body):
    provider, request, _payload = ASKED[name]
    with pytest.raises(UnreadableError):
        read(provider, request, body)


@pytest.mark.parametrize("name", ["filings", "fundamentals"])
def test_another_company_than_the_one_asked_for_is_unreadable(name):
    provider, request, body = ASKED[name]
    found = json.loads(payload("sec", body)) | {"cik": "0001999009"}
    with pytest.raises(UnreadableError, match=r"other than the (filings|facts) of 1999001"):
        read(provider, request, json.dumps(found).encode())


@pytest.mark.parametrize("name", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    provider, request, body = ASKED[name]
    mutated(data, provider, request, payload("sec", body))


STRANGE = st.sampled_from(
    [
        "",
        "NaN",
        "-1",
        "1e400",
        "Infinity",
        "\x00",
        "&#0;",
        "&x;",
        "<a>",
        "x" * 600,
        "9" * 40,
        "-987654321",
        "é",
    ]
)


@pytest.mark.parametrize("name", ["form4", "form3", "schedule13d", "schedule13g"])
@given(data=st.data())
def test_whatever_changes_in_a_document_no_row_is_unsound(name, data):
    """Drop, rename or refill an element, or cut the text."""
    body = xml(name).decode()
    spots = list(re.finditer(r">([^<>]*)<|(<[A-Za-z]+>)|<([A-Za-z]+)>[^<>]*</\3>", body))
    spot = data.draw(st.sampled_from(spots))
    part = data.draw(st.sampled_from([group for group in (0, 1, 2, 3) if spot.group(group) is not None]))
    changed = body[: spot.start(part)] + data.draw(STRANGE) + body[spot.end(part) :]
    if data.draw(st.integers(0, 9)) == 0:
        changed = changed[: data.draw(st.integers(0, len(changed)))]
    try:
        read(ARCHIVES, document(), changed.encode())
    except (UnreadableError, RefusedError) as error:
        event(type(error).__name__)


# Recorded bodies ----------------------------------------------------------------------


def recorded_facts(path, cik):
    return read(DATA, ask("fundamentals", (("cik", cik),)), recorded(f"sec_edgar/companyfacts/{path}"))


@pytest.mark.shared
def test_apples_twelve_months_are_those_of_its_10_k_and_of_its_quarters():
    """416,161 M USD is what the 10-K of 2025-10-31 in the body gives for its fiscal year 2025. The

    10-Q of 2026-01-30 gives 143,756 M for its first quarter and 124,300 M for that of the year before.
    """
    body = json.loads(recorded("sec_edgar/companyfacts/CIK0000320193_apple.json.gz"))
    tag = "RevenueFromContractWithCustomerExcludingAssessedTax"
    found = {
        (each["start"], each["end"]): each["val"] for each in body["facts"]["us-gaap"][tag]["units"]["USD"]
    }
    parsed = recorded_facts("CIK0000320193_apple.json.gz", "320193")
    *_earlier, year, quarter = rows_of(parsed, FundamentalsRow)
    assert (year.period_ends_on, year.form) == (date(2025, 9, 27), "10-K")
    assert year.revenue_ttm_usd == found["2024-09-29", "2025-09-27"] == 416_161_000_000
    assert year.as_of == datetime(2025, 10, 31, tzinfo=UTC)
    assert quarter.revenue_ttm_usd == (
        year.revenue_ttm_usd + found["2025-09-28", "2025-12-27"] - found["2024-09-29", "2024-12-28"]
    )
    assert (quarter.period_ends_on, quarter.as_of) == (
        date(2025, 12, 27),
        datetime(2026, 1, 30, tzinfo=UTC),
    )
    assert quarter.net_income_ttm_usd == 117_777_000_000
    assert quarter.total_assets_usd - quarter.total_liabilities_usd == quarter.equity_usd


@pytest.mark.shared
def test_apples_history_is_in_order_and_its_splits_are_each_told_once():
    parsed = recorded_facts("CIK0000320193_apple.json.gz", "320193")
    rows = rows_of(parsed, FundamentalsRow)
    assert len(rows) == 20
    assert [row.as_of for row in rows] == sorted({row.as_of for row in rows})
    assert [row.period_ends_on for row in rows] == sorted({row.period_ends_on for row in rows})
    assert all(row.revenue_ttm_usd and row.revenue_prior_ttm_usd for row in rows)
    splits = [(row.event, row.ratio, row.happened_on) for row in rows_of(parsed, CapitalRow)]
    assert splits == [("split", 7.0, date(2014, 6, 6)), ("split", 4.0, date(2020, 8, 28))]
    assert rows_of(parsed, SupplyRow)[-1].circulating == rows[-1].shares_outstanding == 14_681_140_000


@pytest.mark.shared
def test_snowflakes_year_is_that_of_its_10_k():
    """Revenue 3,626.4 M and net loss 1,285.6 M USD of the fiscal year to 2025-01-31; debt is convertible."""
    parsed = recorded_facts("snow_facts.json.gz", "1640147")
    year = next(row for row in rows_of(parsed, FundamentalsRow) if row.period_ends_on == date(2025, 1, 31))
    assert (year.revenue_ttm_usd, year.net_income_ttm_usd) == (3_626_396_000, -1_285_640_000)
    assert (year.debt_usd, year.operating_cash_flow_ttm_usd) == (2_271_529_000, 959_764_000)
    assert "A split of 2 on 2018-11-30 was before its first report; it is left out." in parsed.remarks


@pytest.mark.shared
def test_what_marvell_files_later_is_not_known_yet():
    """Its newest report before 2026-03-01 is of 2025-11-01, though the body tells of May 2026."""
    parsed = recorded_facts("CIK0001835632_marvell.json.gz", "1835632")
    newest = rows_of(parsed, FundamentalsRow)[-1]
    assert newest.period_ends_on == date(2025, 11, 1)
    assert newest.revenue_ttm_usd == 7_793_300_000
    assert any("of days to come are left out" in remark for remark in parsed.remarks)


@pytest.mark.shared
def test_a_foreign_company_reports_by_ifrs():
    """Logistic Properties: revenue of 2024 and 2023, cik as text, labels null; cash flow is not net."""
    rows = rows_of(recorded_facts("lpa_facts.json", "1997711"), FundamentalsRow)
    assert [(row.form, row.period_ends_on.year) for row in rows] == [("20-F", 2023), ("20-F", 2024)]
    assert (rows[1].revenue_ttm_usd, rows[1].revenue_prior_ttm_usd) == (43_862_372, 39_436_343)
    assert rows[1].debt_usd == 267_216_692
    assert rows[1].operating_cash_flow_ttm_usd is None


@pytest.mark.shared
def test_the_recorded_list_of_tickers():
    body = recorded("sec_edgar/company_tickers.json")
    found = json.loads(body)
    parsed = read(ARCHIVES, ask("listing", None), body)
    assert len(parsed.rows) == len({each["cik_str"] for each in found.values()}) < len(found)
    assert parsed.rejected == 0
    assert parsed.rows[0].asset.symbol == "MSFT"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("cik", "documents", "symbol"),
    [
        (1677077, 368, "ALZN"),
        (310522, 1140, "FNMA"),
        (1009672, 1000, ""),
        (350001, 0, ""),
        (1881551, None, "STI"),
        (1830056, 6, "SMEGF"),
    ],
)
def test_the_recorded_filings(cik, documents, symbol):
    """Compared with the length of the arrays, up to the day of reading."""
    path = f"CIK{cik:010}.json"
    body = recorded(f"sec_edgar/submissions/{path}")
    parsed = read(DATA, ask("filings", (("cik", str(cik)),)), body)
    accepted = json.loads(body)["filings"]["recent"]["acceptanceDateTime"]
    known = sum(each <= NOW.isoformat() for each in accepted)
    assert len(rows_of(parsed, DocumentRow)) == known
    assert documents in (None, known)
    assert (parsed.rows[0].asset.symbol, parsed.rejected) == (symbol, 0)


@pytest.mark.shared
def test_a_late_filer_is_seen_in_its_recorded_filings():
    """Solidion: by the list it gave seven late notices (NT 10-K, NT 10-Q) from 2024-03 to 2026-02."""
    body = recorded("sec_edgar/submissions/CIK0001881551.json")
    forms = json.loads(body)["filings"]["recent"]
    notices = sum(
        form.startswith("NT 10") and "2024-03-01" < day <= "2026-03-01"
        for form, day in zip(forms["form"], forms["filingDate"], strict=True)
    )
    summary = read(DATA, ask("filings", (("cik", "1881551"),)), body).rows[1]
    assert summary.late_notices_24m == notices > 0
    assert summary.filings_late_24m > 0


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "cik", "holder", "shares", "share", "count"),
    [
        ("ownership/form4.snow.xml", "1640147", "Scarpelli Michael", 301_097, None, 15),
        ("ownership/form3.snow.nonderiv.xml", "1640147", "BERKSHIRE HATHAWAY INC", 6_125_376, None, 1),
        ("ownership/form3.nosecurities.xml", "867773", "Hegde Vinayak", 0, None, 1),
        (
            "beneficial_ownership/schedule13d.xml",
            "1422142",
            "BML Investment Partners, L.P.",
            2_100_000,
            0.085,
            2,
        ),
        (
            "beneficial_ownership/schedule13g.xml",
            "1909747",
            "Marex Securities Products Inc.",
            10_000_000,
            0.051,
            2,
        ),
        (
            "beneficial_ownership/schedule13d_nested_cusip.xml",
            "2042347",
            "ARCH Venture Fund XII, L.P.",
            6_294_951,
            0.119,
            None,
        ),
        (
            "beneficial_ownership/schedule13g_nested_cusip.xml",
            "723612",
            "Pentwater Capital Management LP",
            7_824_100,
            0.222,
            2,
        ),
    ],
)
def test_the_recorded_documents(file, cik, holder, shares, share, count):
    body = recorded(f"sec_edgar/{file}")
    request = document(f"/Archives/edgar/data/{cik}/009999999922000001/form4.xml", cik)
    # Some were signed after the day of reading, so these are read a year later.
    rows = ARCHIVES.parse(raw(request, body)).rows
    assert {type(row) for row in rows} == {OwnershipRow}
    assert (rows[0].holder, rows[0].shares) == (holder, Decimal(shares))
    assert rows[0].share == (pytest.approx(share) if share else None)
    assert count in (None, len(rows))


@pytest.mark.shared
@pytest.mark.parametrize(
    "file", ["13f/form.13FHR.xml", "13f/metlife.13F-HR.primarydoc.xml", "offerings/D.Shepards.xml"]
)
def test_a_document_of_another_kind_is_unreadable(file):
    with pytest.raises(UnreadableError):
        read(ARCHIVES, document(), recorded(f"sec_edgar/{file}"))


# Who asks ---------------------------------------------------------------------------


class Never:
    def ask(self, provider, request):
        raise AssertionError("nobody is asked")


def test_without_an_email_address_nobody_is_asked(monkeypatch):
    request = SecData().requests(Need(family=FILINGS, identifiers=(("cik", "320193"),)))[0]
    monkeypatch.setenv("ASSAY_CONTACT", "https://example.org")
    with pytest.raises(MisconfiguredError, match="set ASSAY_CONTACT"):
        SecData().fetch(request, Never())


def test_documents_are_named_by_what_was_filed():
    filed = SimpleNamespace(
        accession="0001640147-22-000001",
        form="4",
        document_url="https://www.sec.gov/Archives/edgar/data/1640147/000164014722000001/form4.xml",
    )
    other = SimpleNamespace(accession="2", form="10-K", document_url=filed.document_url)
    assert (
        SecArchives().documents([filed, other], family="ownership", read=frozenset({filed.accession})) == ()
    )
    assert SecArchives().documents([filed, other], family="ownership", read=frozenset()) == (
        ("sec_document", "/Archives/edgar/data/1640147/000164014722000001/form4.xml"),
    )
