from datetime import UTC, date, datetime

import pytest

from assets.identity.sec_notation import (
    accession_of,
    asset_of,
    cik_of,
    companies_in,
    day_of,
    filing_url,
    midnight,
    page_url,
)

ACCESSION = "0001999001-26-000004"
FOLDER = "https://www.sec.gov/Archives/edgar/data/1999001/000199900126000004"


@pytest.mark.parametrize("value", [320193, "320193", "0000320193", " 320193 "])
def test_a_cik_is_a_number_or_a_text_with_zeros(value):
    assert cik_of(value) == "320193"


@pytest.mark.parametrize("value", [None, True, -5, 0, "", "0000000000", "12x", 3.5, 10**11, "١٢", []])
def test_what_is_no_cik_is_refused(value):
    with pytest.raises(ValueError, match="is not a CIK"):
        cik_of(value)


def test_companies_are_found_among_identifiers_each_once():
    names = (("cik", "0000320193"), ("isin", "US0378331005"), ("cik", "320193"), ("cik", "1999001"))
    assert companies_in(names) == (("cik", "320193"), ("cik", "1999001"))
    with pytest.raises(ValueError, match="is not a CIK"):
        companies_in((("cik", "AAPL"),))


@pytest.mark.parametrize("value", [None, 5, "", "000199900126000004", f"{ACCESSION}\n"])
def test_what_is_no_accession_number_is_refused(value):
    with pytest.raises(ValueError, match="is not an accession number"):
        accession_of(value)
    assert accession_of(ACCESSION) == ACCESSION


@pytest.mark.parametrize(
    ("value", "day"),
    [("2026-03-06", date(2026, 3, 6)), ("03/06/2026", date(2026, 3, 6)), ("", None), (None, None)],
)
def test_a_day_comes_in_two_ways_or_not_at_all(value, day):
    assert day_of(value) == day


@pytest.mark.parametrize(
    "value", ["2026-02-30", "20260306", "2026-W01-1", "1985-01-01", "9999-01-01", 5, "x"]
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match="is not a day"):
        day_of(value)


def test_midnight_is_that_of_utc():
    assert midnight(date(2026, 3, 6)) == datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize("file", ["q3.htm", "xslF345X05/form4.xml"])
def test_a_document_has_an_address(file):
    assert filing_url("1999001", ACCESSION, file) == f"{FOLDER}/{file}"


@pytest.mark.parametrize("file", ["", None, 5, "../x.htm", "a/b/c.htm", "..", "x y.htm", "a?b", "/etc"])
def test_without_a_sound_document_the_address_is_that_of_the_filing(file):
    assert filing_url("1999001", ACCESSION, file) == f"{FOLDER}/{ACCESSION}-index.htm"


def test_a_company_is_known_by_its_number_and_has_a_page():
    assert asset_of("320193").identifiers == (("cik", "320193"),)
    assert "CIK=0000320193&" in page_url("320193")
    assert asset_of("320193").links == {"edgar": page_url("320193")}
