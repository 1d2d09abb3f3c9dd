from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assets.metrics import ownership
from assets.providers.sec.ownership import LARGEST, ROLES, DocumentSource, read_document
from assets.sourcing.contract import DamagedError, UnreadableError
from tests.assets.providers.answers import NOW, PAYLOADS

SOURCE = DocumentSource("1999001", "0001234567-26-000011", "https://www.sec.gov/x.xml", NOW)


def xml(name):
    return (PAYLOADS / "sec" / f"{name}.xml").read_text()


def read(text, source=SOURCE):
    return read_document(text.encode() if isinstance(text, str) else text, source)


# Forms ------------------------------------------------------------------------------


def test_a_form_of_a_nameless_owner_is_unreadable():
    with pytest.raises(UnreadableError, match="whose"):
        read(xml("form4").replace(">Example Ada<", "><"))


def test_a_sale():
    sale = read(xml("form4")).rows[0]
    assert (sale.form, sale.line, sale.code) == ("4", 1, "S")
    assert (sale.holder, sale.holder_cik) == ("Example Ada", "1888001")
    assert (sale.change, sale.price_usd, sale.shares) == (Decimal("-1500.5"), Decimal("2.25"), 8500)
    assert (sale.happened_on, sale.is_direct, sale.is_derivative) == (date(2026, 2, 9), True, False)
    assert (sale.filed_on, sale.share) == (None, None)


def test_it_became_known_when_it_was_signed():
    assert {row.as_of for row in read(xml("form4")).rows} == {datetime(2026, 2, 12, tzinfo=UTC)}


@pytest.mark.parametrize("day", ["", "x", "2026-03-05", "1970-01-01"])
def test_a_signature_that_makes_no_sense_is_of_the_day_of_fetching(day):
    assert read(xml("form4").replace("2026-02-12", day)).rows[0].as_of == NOW


def test_a_holding_changes_nothing():
    holding = read(xml("form4")).rows[1]
    assert (holding.change, holding.code, holding.shares, holding.is_direct) == (None, "", 400, False)
    assert holding.happened_on == date(2026, 2, 10)


def test_an_option_is_a_derivative_and_a_price_in_a_footnote_is_not_known():
    option = read(xml("form4")).rows[2]
    assert (option.is_derivative, option.change, option.price_usd) == (True, 200, None)
    assert (option.shares, option.is_direct) == (0, None)


def test_who_is_several_things_is_the_first_of_them():
    assert [role for _flag, role in ROLES] == [
        role for role in ownership.ROLES if role != "five_percent_owner"
    ]
    officer = read(xml("form4")).rows[0]
    assert (officer.role, officer.title) == ("officer", "Chief Financial Officer")


def test_a_form_of_several_counts_once():
    parsed = read(xml("form4"))
    assert [row.line for row in parsed.rows] == [1, 2, 3]
    assert "2 persons report jointly; the first is named for all." in parsed.remarks


def test_those_who_report_together_are_named_with_the_first():
    sale = read(xml("form4")).rows[0]
    assert sale.reported_with == "1888001|1888002"
    unnumbered = xml("form4").replace("0001888002", "").replace("Example Trust", "Example | Trust")
    assert read(unnumbered).rows[0].reported_with == "1888001|Example   Trust"
    alone = xml("form4").partition("  <reportingOwner>\n    <reportingOwnerId><rptOwnerCik>0001888002")
    rest = alone[2].partition("</reportingOwner>")[2]
    assert read(alone[0] + rest).rows[0].reported_with == ""


def test_no_more_of_those_who_report_together_than_are_kept():
    owner = "<reportingOwner><rptOwnerCik>{}</rptOwnerCik><rptOwnerName>N</rptOwnerName></reportingOwner>"
    many = "".join(owner.format(1_900_000 + number) for number in range(90))
    named = (
        read(xml("form4").replace("<nonDerivativeTable>", f"{many}<nonDerivativeTable>"))
        .rows[0]
        .reported_with
    )
    assert len(named) <= 500
    assert all(len(each) == 7 for each in named.split("|"))


@pytest.mark.parametrize(
    ("old", "new", "has_left"),
    [
        ("", "", False),
        ("<documentType>", "<notSubjectToSection16>1</notSubjectToSection16><documentType>", True),
        ("<documentType>", "<notSubjectToSection16>0</notSubjectToSection16><documentType>", False),
        ("Chief Financial Officer", "Former CFO", False),  # who owns a tenth still reports
        ("<isTenPercentOwner>1</isTenPercentOwner><isOther>0", "<isOther>0", False),
    ],
)
def test_who_is_no_insider_any_more(old, new, has_left):
    assert read(xml("form4").replace(old, new, 1)).rows[0].has_left is has_left


def test_a_former_officer_says_so_in_the_title():
    former = xml("form4").replace("Chief Financial Officer", "Former CFO")
    assert (
        read(former.replace("<isTenPercentOwner>1</isTenPercentOwner><isOther>", "<isOther>"))
        .rows[0]
        .has_left
    )


def test_a_holding_says_of_what_and_through_whom_it_is_held():
    nature = '<natureOfOwnership><value>By Trust</value><footnoteId id="F8"/></natureOfOwnership>'
    trust = xml("form4").replace("</ownershipNature>", f"{nature}</ownershipNature>")
    sale, holding, option = read(trust).rows
    assert (holding.security, holding.nature) == ("Common Stock", "By Trust [F8]")
    assert option.security == "Stock Option (Right to Buy)"
    assert sale.period_on == date(2026, 2, 10)
    assert read(xml("form4")).rows[1].nature == ""


def test_who_owns_nothing_says_so():
    (row,) = read(xml("form3")).rows
    assert (row.form, row.holder, row.role, row.shares) == ("3", "Example Bo", "director", 0)
    assert (row.change, row.happened_on) == (None, date(2025, 12, 31))


def test_a_broken_line_is_left_out_and_the_others_land():
    parsed = read(xml("form4").replace("<value>1500.5</value>", "<value>many</value>"))
    assert [row.line for row in parsed.rows] == [2, 3]
    assert "Line 1 is not a number." in parsed.remarks
    assert parsed.rejected == 1


def test_a_document_that_is_no_xml_came_to_harm():
    with pytest.raises(DamagedError):
        read(xml("form4")[:-20])


# Schedules --------------------------------------------------------------------------


def test_everyone_who_reports_is_a_line_of_a_13d():
    first, second = read(xml("schedule13d")).rows
    assert (first.form, first.holder, first.holder_cik) == (
        "SCHEDULE 13D",
        "Example Partners, L.P.",
        "1777001",
    )
    assert (first.shares, first.share, first.role) == (2_100_000, 0.085, "five_percent_owner")
    assert (first.happened_on, first.as_of) == (date(2026, 1, 30), datetime(2026, 2, 4, tzinfo=UTC))
    assert (second.line, second.holder_cik) == (2, "")
    assert (second.shares, second.share) == (2_435_000, 0.099)


POWERS = "<soleVotingPower>{}</soleVotingPower><sharedVotingPower>{}</sharedVotingPower>"


@pytest.mark.parametrize(
    ("powers", "shared"),
    [
        ("", None),
        (POWERS.format(0, 0), None),
        (POWERS.format(0, "2,100,000"), 2_100_000),
        (POWERS.format(2_100_000, 0), 0),
        (POWERS.format(0, 5) + "<sharedDispositivePower>2100000.00</sharedDispositivePower>", 2_100_000),
    ],
)
def test_what_others_have_power_over_as_well(powers, shared):
    first, _second = read(xml("schedule13d").replace("<aggregate", f"{powers}<aggregate")).rows
    assert first.shared_shares == shared


def test_a_power_that_cannot_be_read_is_not_known_and_the_line_stays():
    parsed = read(xml("schedule13d").replace("<aggregate", f"{POWERS.format(1, 'many')}<aggregate"))
    assert [row.shared_shares for row in parsed.rows] == [None, None]
    assert "Line 1: what is shared is not a number." in parsed.remarks


@pytest.mark.parametrize(("box", "has_left"), [("Y", True), ("N", False)])
def test_a_13g_says_that_nobody_holds_five_percent_any_more(box, has_left):
    item = f"<classOwnership5PercentOrLess>{box}</classOwnership5PercentOrLess></formData>"
    (row,) = read(xml("schedule13g").replace("</formData>", item)).rows
    assert row.has_left is has_left


def test_a_13g_names_things_otherwise():
    parsed = read(xml("schedule13g"))
    (row,) = parsed.rows
    assert (row.form, row.shares, row.share) == ("SCHEDULE 13G/A", 500_000, 0.045)
    assert (row.happened_on, row.as_of) == (date(2025, 12, 31), datetime(2026, 2, 11, tzinfo=UTC))
    assert parsed.remarks == ("Line 2 is negative.",)


@pytest.mark.parametrize("share", ["100.1", "NaN", "1e400"])
def test_more_than_the_whole_class_is_no_share(share):
    assert len(read(xml("schedule13d").replace("8.5", share)).rows) == 1


# Documents that are none ------------------------------------------------------------


def test_a_document_about_another_company_tells_nothing():
    parsed = read(xml("form4").replace("0001999001", "0001999002"))
    assert parsed.rows == ()
    assert parsed.remarks == ("0001234567-26-000011 is about the company 1999002, not 1999001.",)


def test_a_schedule_about_another_company_is_one_that_somebody_has_read():
    parsed = read(xml("schedule13d").replace("0001999001", "0001999002"))
    (row,) = parsed.rows
    assert (row.subject, row.event, row.accession) == (
        "schedule",
        "of_another_company",
        "0001234567-26-000011",
    )
    assert len(parsed.remarks) == 1


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ownershipDocument>&b;</ownershipDocument>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "<html/>",
        "<ownershipDocument/>",
        '{"cik": 5}',
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><ownershipDocument/>',
        '<?xml version="1.0" encoding="nothing"?><ownershipDocument/>',
        b"\xff\xfe\x00",
        "<a>" * 100_000,
        "<a>" * 50_000 + "</a>" * 50_000,
        "<a/>" * 600_000,
    ],
    ids=lambda text: repr(text[:30]),
)
def test_what_is_no_such_document_is_unreadable(text):
    with pytest.raises(UnreadableError):
        read(text)


def test_a_document_may_not_be_endless():
    with pytest.raises(UnreadableError, match="more than 2 MB"):
        read(xml("form4") + " " * LARGEST)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("form4", "<documentType>4<", "<documentType>13F<"),
        ("form4", "reportingOwner>", "somebody>"),
        ("form4", "<issuerCik>0001999001", "<issuerCik>"),
        ("schedule13d", "SCHEDULE 13D<", "13F-HR<"),
        ("schedule13d", "reportingPersonInfo>", "somebody>"),
    ],
)
def test_a_document_that_lacks_what_it_needs_is_unreadable(name, old, new):
    with pytest.raises(UnreadableError):
        read(xml(name).replace(old, new))
