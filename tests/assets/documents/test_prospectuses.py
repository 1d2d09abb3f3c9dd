"""Prospectuses: what the cover offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.prospectuses import prospectus_offering
from assets.documents.text import DocumentText

COVERS = {
    "atm": (
        "424B5",
        "PROSPECTUS SUPPLEMENT Up to $12,500,000 Common Stock We have entered into a sales agreement with"
        " Acme"
        " Securities as sales agent, by which we may offer and sell shares of our common stock having an"
        " aggregate"
        " offering price of up to $12,500,000 from time to time, in sales deemed to be an at the market"
        " offering under"
        " Rule 415.",
    ),
    "registered_direct": (
        "424B5",
        "PROSPECTUS SUPPLEMENT 1,000,000 Shares of Common Stock We are offering 1,000,000 shares of common"
        " stock"
        " directly to certain institutional investors in a registered direct offering at a price of $2.00"
        " per share."
        " Acme is acting as placement agent. In a concurrent private placement we are selling to the"
        " investors"
        " warrants to purchase up to 1,000,000 shares at an exercise price of $2.25 per share, for five"
        " years.",
    ),
    "public_best_efforts": (
        "424B4",
        "PROSPECTUS 2,500,000 Units We are offering on a reasonable best efforts basis up to 2,500,000"
        " units at a"
        " public offering price of $1.20 per unit, each of one share and one warrant to purchase one share."
        " The"
        " placement agent has no obligation to buy any.",
    ),
    "underwritten": (
        "424B5",
        "PROSPECTUS SUPPLEMENT 5,000,000 Shares Common Stock We are offering 5,000,000 shares of our common"
        " stock."
        " Per Share Total Public offering price $ 4.00 $ 20,000,000 Underwriting discounts $ 0.28 $"
        " 1,400,000. The"
        " underwriters may buy 750,000 more.",
    ),
    "ipo": (
        "424B4",
        "PROSPECTUS 3,000,000 Shares This is the initial public offering of shares of common stock of Acme."
        " Prior to"
        " this offering, there has been no public market for our common stock. The initial public offering"
        " price is"
        " $5.00 per share. The underwriters have an option.",
    ),
    "resale": (
        "S-1",
        "Subject to completion PROSPECTUS 8,000,000 Shares of Common Stock This prospectus relates to the"
        " resale by"
        " the selling stockholders of up to 8,000,000 shares of common stock. We will not receive any"
        " proceeds from"
        " the sale.",
    ),
    "shelf": (
        "S-3",
        "Subject to completion PROSPECTUS $75,000,000 Common Stock Preferred Stock Debt Securities Warrants"
        " We may"
        " offer and sell from time to time securities with an aggregate initial offering price not exceeding"
        " $75,000,000. The aggregate market value of our common stock held by non-affiliates is"
        " $18,000,000, based on"
        " 9,000,000 shares held by non-affiliates at $2.00 per share. Under General Instruction I.B.6 we"
        " will not sell"
        " more than one-third of our public float in 12 months.",
    ),
    "notes": (
        "424B2",
        "PRICING SUPPLEMENT $2,000,000 Autocallable Notes Linked to an Index due 2030. The notes are debt.",
    ),
    "convertible": (
        "424B5",
        "PROSPECTUS SUPPLEMENT $100,000,000 3.50% Convertible Senior Notes due 2030 We are offering notes."
        " The"
        " underwriters may buy more.",
    ),
    "shelf_withdrawn": (
        "POS AM",
        "Post-Effective Amendment. The registrant hereby removes from registration all unsold securities.",
    ),
}


def offering(kind):
    form, text = COVERS[kind]
    return prospectus_offering(DocumentText(text), form)


@pytest.mark.parametrize("kind", COVERS)
def test_kind(kind):
    found = offering(kind)
    assert (found.kind, found.side) == (kind, "secondary" if kind == "resale" else "primary")
    assert found.passage.text


@pytest.mark.parametrize(
    ("kind", "amount_usd"),
    [
        ("atm", 12_500_000),
        ("registered_direct", 2_000_000),
        ("underwritten", 20_000_000),
        ("resale", None),
        ("shelf", 75_000_000),
        ("notes", 2_000_000),
        ("convertible", 100_000_000),
        ("shelf_withdrawn", None),
    ],
)
def test_amount(kind, amount_usd):
    assert offering(kind).amount_usd == amount_usd


def test_warrants_of_a_private_placement_beside_it():
    found = offering("registered_direct")
    assert (found.warrants, found.warrant_strike_usd, found.warrant_years) == (1_000_000, 2.25, 5)


def test_the_baby_shelf_limit_and_its_float():
    found = offering("shelf")
    assert found.is_baby_shelf
    assert (found.float_usd, found.float_shares, found.float_price_usd) == (18_000_000, 9_000_000, 2)


def test_a_preliminary_price_is_none():
    text = (
        "PROSPECTUS 1,000,000 Shares This is an initial public offering; there is no public market. The"
        " offering price"
        " will be between $4.00 and $6.00 per share."
    )
    found = prospectus_offering(DocumentText(text), "S-1")
    assert (found.kind, found.price_usd, found.amount_usd) == ("ipo", None, None)


def test_a_document_that_offers_nothing_is_not_decided():
    assert prospectus_offering(DocumentText("A letter to holders."), "424B3") is None


@given(st.sampled_from(sorted(COVERS)), st.text(max_size=300))
def test_any_cover_can_be_read(kind, text):
    form, cover = COVERS[kind]
    for body in (text, cover + text, text + cover):
        found = prospectus_offering(DocumentText(body), form)
        assert found is None or found.kind


# Depositary receipts for shares that exist ------------------------------------------------------

RECEIPT = (
    "424B3",
    "Filed pursuant to Rule 424(b)(3) AMERICAN DEPOSITARY SHARES (Each American Depositary Share"
    " represents ten"
    " deposited Shares) THE BANK AMERICAN DEPOSITARY RECEIPT FOR ORDINARY SHARES OF ACME PLC The Bank, as"
    " depositary, hereby certifies that ____ IS THE OWNER OF American Depositary Shares. The public offering"
    " price of any shares, initially underwritten or not, is none of this.",
)
LISTED = (
    "F-1",
    "Subject to completion PROSPECTUS 12,000,000 American Depositary Shares representing 120,000,000 Ordinary"
    " Shares This prospectus relates to American Depositary Shares to be issued against the deposit of"
    " ordinary"
    " shares that are outstanding. We are not issuing any new ordinary shares and will not receive any"
    " proceeds."
    " This is the initial public offering of our ADSs; there has been no public market for them.",
)
EXCHANGED = (
    "F-1",
    "PROSPECTUS 12,000,000 American Depositary Shares We register ADSs representing our existing"
    " ordinary shares"
    " for exchange by their holders. No new shares are issued. The underwriters advise us on the"
    " listing. Public"
    " offering price",
)


@pytest.mark.parametrize(("form", "text"), [RECEIPT, LISTED, EXCHANGED])
def test_receipts_for_shares_that_exist_make_no_new_ones(form, text):
    found = prospectus_offering(DocumentText(text), form)
    assert (found.kind, found.side, found.shares, found.amount_usd) == ("depositary", "secondary", None, None)
    assert found.passage.text


@pytest.mark.parametrize(
    ("form", "text", "kind"),
    [
        (
            "424B4",
            "PROSPECTUS 5,000,000 American Depositary Shares Representing 50,000,000 Ordinary Shares We are"
            " offering 5,000,000 American Depositary Shares, or ADSs. Each ADS represents ten ordinary"
            " shares. The"
            " public offering price is $4.00 per ADS. The underwriters may buy 750,000 more.",
            "underwritten",
        ),
        (
            "424B4",
            "PROSPECTUS 5,000,000 American Depositary Shares. We are offering ADSs, and selling"
            " shareholders offer"
            " ADSs representing existing ordinary shares. We will not receive any proceeds from these. The"
            " underwriters may buy more. Public offering price $4.00 per ADS.",
            "underwritten",
        ),
        (
            "424B5",
            "PROSPECTUS SUPPLEMENT Up to $12,500,000 American Depositary Shares representing Ordinary"
            " Shares We"
            " may sell ADSs from time to time in sales deemed to be an at the market offering.",
            "atm",
        ),
        (
            "424B4",
            "PROSPECTUS 5,000,000 American Depositary Shares, by deposit of issued ordinary shares. Acme PLC"
            " is offering them. No additional shares are sold. The underwriters may buy more at the public"
            " offering price.",
            "underwritten",
        ),
        (
            "424B3",
            "PROSPECTUS 5,000,000 American Depositary Shares This prospectus relates to the resale by"
            " the selling"
            " shareholders of ADSs. We will not receive any proceeds.",
            "resale",
        ),
    ],
)
def test_receipts_for_new_shares_are_an_offering(form, text, kind):
    assert prospectus_offering(DocumentText(text), form).kind == kind
