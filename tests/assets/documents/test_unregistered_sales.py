"""Unregistered sales: what was issued, and what for."""

import pytest

from assets.documents.current_report import reported_events
from assets.documents.text import DocumentText

SALES = (
    (
        "shares_issued",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company issued "
        "250,000 shares of common stock to a consultant for investor relations services.",
    ),
    (
        "shares_issued",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, in connection with the "
        "closing of the acquisition of Foo LLC, the Company issued 1,200,000 shares of its common "
        "stock to the sellers. The shares were issued in reliance on Section 4(a)(2).",
    ),
    (
        "shares_issued",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company agreed to "
        "issue 50,000 restricted shares to a vendor in settlement of amounts owed of $120,000.",
    ),
    (
        "private_placement",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company sold "
        "2,000,000 shares of common stock at a purchase price of $0.50 per share to accredited "
        "investors for gross proceeds of $1,000,000.",
    ),
    (
        "private_placement",
        "Item 1.01 Entry into a Material Definitive Agreement. On May 3, 2024, the Company entered "
        "into a securities purchase agreement with certain investors for the sale of 3,000,000 shares"
        " of common stock and warrants to purchase up to 3,000,000 shares of common stock at a "
        "combined price of $1.25, for gross proceeds of $3.75 million. Item 3.02 Unregistered Sales "
        "of Equity Securities. The information set forth in Item 1.01 is incorporated herein by "
        "reference. The securities were issued in reliance on Section 4(a)(2) of the Securities Act.",
    ),
    (
        "convertible_notes",
        "Item 1.01 Entry into a Material Definitive Agreement. On May 3, 2024, the Company issued to "
        "an investor a convertible promissory note in the principal amount of $165,000 for a purchase"
        " price of $150,000. The note is convertible into common stock at 65% of the lowest trading "
        "price. In addition the Company issued 50,000 commitment shares. Item 3.02 Unregistered Sales"
        " of Equity Securities. The information set forth in Item 1.01 is incorporated herein by "
        "reference. The securities were issued in reliance on Section 4(a)(2) of the Securities Act.",
    ),
    (
        "convertible_notes",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company sold $200 "
        "million aggregate principal amount of 4.00% Convertible Senior Notes due 2029 to the initial"
        " purchasers.",
    ),
    (
        "notes",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company issued a "
        "secured promissory note in the principal amount of $500,000 to a lender.",
    ),
    (
        "conversion",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company issued "
        "1,500,000 shares of common stock upon the conversion of $75,000 of principal of a "
        "convertible note.",
    ),
    (
        "conversion",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, holders of warrants "
        "exercised them and were issued an aggregate of 300,000 shares upon exercise of the warrants "
        "at $2.00.",
    ),
    (
        "conversion",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, 100 shares of Series A "
        "Preferred Stock were converted into 1,000,000 shares of common stock.",
    ),
    (
        "preferred_and_warrants",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company sold 5,000 "
        "shares of Series C Convertible Preferred Stock and warrants to purchase 2,500,000 shares of "
        "common stock for gross proceeds of $5 million.",
    ),
    (
        "equity_line",
        "Item 1.01 Entry into a Material Definitive Agreement. On May 3, 2024, the Company entered "
        "into a purchase agreement with Lincoln Park under which the Company has the right, but not "
        "the obligation, to sell to Lincoln Park up to $20,000,000 of common stock. The Company "
        "issued 100,000 commitment shares. Item 3.02 Unregistered Sales of Equity Securities. The "
        "information set forth in Item 1.01 is incorporated herein by reference. The securities were "
        "issued in reliance on Section 4(a)(2) of the Securities Act.",
    ),
    (
        "warrants",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company issued to the"
        " lender warrants to purchase 200,000 shares of common stock at $1.50 per share.",
    ),
    (
        "underwriter_warrants",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, the Company issued to the"
        " underwriters Representative's Warrants to purchase up to 60,000 shares of common stock.",
    ),
    (
        "reference_only",
        "Item 3.02 Unregistered Sales of Equity Securities. The information set forth in Item 2.01 is"
        " incorporated herein by reference.",
    ),
    (
        "private_placement",
        "Item 3.02 Unregistered Sales of Equity Securities. On May 3, 2024, simultaneously with the "
        "closing of the IPO, the Company completed the private sale of 400,000 private placement "
        "units at a price of $10.00 per unit to the sponsor, generating gross proceeds of $4,000,000."
        " Each unit consists of one share and one half of one warrant.",
    ),
)


def event_of(text, item):
    return {each.item: each for each in reported_events(DocumentText(text))}[item]


@pytest.mark.parametrize(("event", "text"), SALES)
def test_what_was_issued(event, text):
    assert event_of(text, "3.02").event == event


def test_several_deals_at_once_are_not_one():
    text = (
        "Item 1.01 Entry into a Material Definitive Agreement. On May 3, 2024 Acme entered into a Merger"
        " Agreement"
        " by which holders receive 5,000,000 shares of common stock. It entered into a securities purchase"
        " agreement"
        " for a PIPE with gross proceeds of $9 million. It agreed to sell convertible notes of $20 million."
        " Item 3.02"
        " Unregistered Sales of Equity Securities. The disclosure in Item 1.01 is incorporated by reference."
    )
    assert event_of(text, "3.02").event == "reference_only"
