"""Offerings told in an 8-K."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.report_offerings import report_offerings
from assets.documents.text import DocumentText

HEAD = "Item 1.01 Entry into a Material Definitive Agreement. "
REPORTS = {
    "atm": "On May 3, 2024 Acme entered into a sales agreement with an agent to sell from time"
    " to time, in an at the"
    " market offering, shares having an aggregate offering price of up to $25 million.",
    "equity_line": "On May 3, 2024 Acme entered into an agreement by which it has the right,"
    " but not the obligation, to"
    " sell to the investor up to $10,000,000 of its common stock.",
    "convertible": "On May 3, 2024 Acme issued a senior convertible promissory note in the"
    " principal amount of $550,000."
    " The conversion price is $0.40 per share.",
    "preferred": "On May 3, 2024 Acme sold 2,000 shares of Series B Convertible Preferred Stock"
    " for an aggregate"
    " purchase price of $2,000,000.",
    "registered_direct": "On May 3, 2024 Acme entered into a securities purchase agreement for"
    " a registered direct"
    " offering of 500,000 shares of common stock at a purchase price of $3.00 per share and warrants to"
    " purchase up to"
    " 500,000 shares at an exercise price of $3.50 per share. Gross proceeds are approximately $1.5 million.",
    "underwritten": "On May 3, 2024 Acme entered into an underwriting agreement for a public"
    " offering of 4,000,000"
    " shares of common stock at a public offering price of $2.50 per share, for gross proceeds of $10.0"
    " million.",
    "public_best_efforts": "On May 3, 2024 Acme completed a best efforts public offering of"
    " 6,000,000 shares of common"
    " stock at $0.50 per share through a placement agent.",
    "private_placement": "On May 3, 2024 Acme entered into a securities purchase agreement for"
    " the private placement of"
    " 800,000 shares of common stock at a purchase price of $1.25 per share. Acme will file a resale"
    " registration.",
}
AMOUNTS = {
    "atm": 25e6,
    "equity_line": 10e6,
    "convertible": 550_000,
    "preferred": 2e6,
    "registered_direct": 1.5e6,
    "underwritten": 10e6,
    "public_best_efforts": 3e6,
    "private_placement": 1e6,
}


def offerings(text):
    return report_offerings(DocumentText(HEAD + text))


@pytest.mark.parametrize("kind", REPORTS)
def test_kind_and_amount(kind):
    (found,) = offerings(REPORTS[kind])
    assert (found.kind, found.amount_usd) == (kind, AMOUNTS[kind])


def test_warrants_and_their_strike():
    (found,) = offerings(REPORTS["registered_direct"])
    assert (found.shares, found.warrants, found.warrant_strike_usd) == (500_000, 500_000, 3.5)


def test_a_programme_that_a_buyer_forbids_is_none():
    text = (
        REPORTS["registered_direct"]
        + " Acme agreed not to sell shares in an at the market offering for 60 days."
    )
    assert [each.kind for each in offerings(text)] == ["registered_direct"]


def test_a_programme_that_is_not_used():
    (found,) = offerings("Acme has not sold any shares under its at the market offering since January.")
    assert (found.kind, found.amount_usd) == ("atm_unused", None)


def test_an_increased_programme_and_its_room():
    text = (
        "Acme has an at the market offering of up to $20,000,000. On May 3, 2024 it increased the maximum"
        " to $50,000,000."
        " About $31,000,000 remained available for sale under it."
    )
    (found,) = offerings(text)
    assert (found.amount_usd, found.room_usd) == (50_000_000, 31_000_000)


def test_outstanding_notes_that_were_converted_are_no_offering():
    assert (
        offerings("On May 3, 2024 the outstanding convertible notes of $5,000,000 were repaid from sales.")
        == ()
    )


@given(st.lists(st.sampled_from(" ".join(REPORTS.values()).split()), max_size=80))
def test_any_words_can_be_read(words):
    for each in offerings(" ".join(words)):
        assert each.kind
        assert each.amount_usd is None or each.amount_usd >= 0
