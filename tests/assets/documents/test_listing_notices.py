"""Listing notices: what item 3.01 says of a standing on an exchange."""

from datetime import date

import pytest

from assets.documents.current_report import reported_events
from assets.documents.text import DocumentText

HEAD = (
    "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard;"
    " Transfer of Listing. "
)
ENDED = (
    (
        "voluntary_transfer",
        "On May 3, 2024 the Board determined to voluntarily delist its common stock from the NYSE American"
        " and to"
        " deregister it.",
    ),
    (
        "voluntary_transfer",
        "On May 3, 2024 the Company provided notice to the New York Stock Exchange of its decision to"
        " transfer the listing"
        " of its common stock to the Nasdaq Global Market. The transfer is expected to be effective on May"
        " 14, 2024.",
    ),
    (
        "delisting_by_merger",
        "Upon completion of the Merger, each share was converted into the right to receive $10.00 in cash"
        " under the"
        " Merger Agreement as required. On May 3, 2024, at the Company's request in connection with the"
        " closing of the"
        " Merger, Nasdaq filed a notification of removal from listing on Form 25.",
    ),
    (
        "delisting_by_merger",
        "As a result of the consummation of the merger, the shares ceased trading and will be delisted from"
        " the NYSE.",
    ),
)
NOTICES = (
    *((event, HEAD + text) for event, text in ENDED),
    (
        "deficiency_notice",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On June 3, 2024, Acme Corp. received a letter from Nasdaq stating that "
        "because the Company has not yet filed its Form 10-Q for the quarter ended March 31, 2024, "
        "the Company is no longer in compliance with Nasdaq Listing Rule 5250(c)(1).",
    ),
    (
        "deficiency_notice",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On June 3, 2024, the Company notified the NYSE American that, as a "
        "result of the resignation of a director, it no longer complies with the requirement that its"
        " audit committee have three members. The Company intends to appoint a new director.",
    ),
    (
        "deficiency_notice",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. The Company received a notice from Nasdaq on May 3, 2021 indicating "
        "that the Company failed to hold an annual meeting of stockholders within twelve months of "
        "its fiscal year end as required by Rule 5620(a). The Company has 45 days to submit a plan. "
        "If Nasdaq does not accept the plan, the Company will have the opportunity to appeal to a "
        "Hearings Panel.",
    ),
    (
        "delisting_determination",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On May 3, 2021, the Company received a letter from the Staff that it "
        "had not regained compliance with the bid price rule and that, unless the Company requests an"
        " appeal by May 10, 2021, trading of its common stock will be suspended at the opening of "
        "business on May 12, 2021 and a Form 25-NSE will be filed.",
    ),
    (
        "delisting_determination",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the staff of NYSE Regulation notified the Company "
        "that it has determined to commence proceedings to delist the Company's common stock. The "
        "Company has a right to a review of this determination by a Committee of the Board of the "
        "Exchange.",
    ),
    (
        "trading_suspended",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the NYSE notified the Company that it has "
        "determined to commence proceedings to delist the common stock and that trading was suspended"
        " immediately because of abnormally low price levels.",
    ),
    (
        "delisting_panel_decision",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the Nasdaq Hearings Panel notified the Company that"
        " it has denied the Company's request for continued listing and determined to delist the "
        "Company's shares; trading will be suspended on January 9, 2023.",
    ),
    (
        "compliance_regained",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the Company received a letter from Nasdaq "
        "confirming that it has regained compliance with the minimum bid price requirement and that "
        "the matter is now closed.",
    ),
    (
        "compliance_regained",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. As previously disclosed, on July 5, 2022 the Company was notified that "
        "it was not in compliance with Rule 5550(a)(2). On January 5, 2023, Nasdaq notified the "
        "Company that the closing bid price had been at $1.00 or greater for ten consecutive business"
        " days and that the Company is in compliance with Rule 5550(a)(2).",
    ),
    (
        "voluntary_transfer",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the Company notified the New York Stock Exchange of"
        " its intention to voluntarily withdraw the listing of its common stock and to transfer the "
        "listing to The Nasdaq Global Select Market, effective January 17, 2023.",
    ),
    (
        "voluntary_transfer",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, Nasdaq approved the Company's application to "
        "transfer the listing of its common stock from The Nasdaq Global Market to The Nasdaq Capital"
        " Market. The common stock will be transferred at the opening of business on January 9, 2023.",
    ),
    (
        "voluntary_transfer",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On January 5, 2023, the Board approved the voluntary delisting of the "
        "Company's common stock from the NYSE American and deregistration.",
    ),
    (
        "delisting_by_merger",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. In connection with the consummation of the Merger, on January 5, 2023, "
        "the Company notified Nasdaq that the Merger had been completed and requested that Nasdaq "
        "suspend trading of the shares and file with the SEC a Form 25 to delist the shares. The "
        "shares ceased trading prior to the opening.",
    ),
    (
        "delisting_by_merger",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. On the Closing Date, the Company requested that the NYSE file with the "
        "Commission a notification of removal from listing on Form 25 as a result of the Merger. The "
        "information set forth in Item 2.01 is incorporated by reference.",
    ),
    (
        "reference_only",
        "Item 3.01 Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; "
        "Transfer of Listing. The information set forth in Item 5.02 of this Current Report on Form "
        "8-K is incorporated by reference into this Item 3.01.",
    ),
)


def event_of(text, item):
    return {each.item: each for each in reported_events(DocumentText(text))}[item]


@pytest.mark.parametrize(("event", "text"), NOTICES)
def test_what_happened_on_an_exchange(event, text):
    assert event_of(text, "3.01").event == event


def test_a_notice_has_its_rule_reason_and_dates():
    text = (
        "Item 3.01 Notice of Delisting. On May 6, 2024, Acme received a letter from Nasdaq that it is not in"
        " compliance with the minimum bid price requirement of Listing Rule 5550(a)(2). The Company has until"
        " November 4, 2024 to regain compliance."
    )
    found = event_of(text, "3.01")
    assert (found.event, found.rules) == ("deficiency_notice", ("5550(a)(2)",))
    assert (found.happened_on, found.deadline_on) == (date(2024, 5, 6), date(2024, 11, 4))
    assert "bid_price" in found.reasons


def test_a_cure_told_in_another_item_is_one():
    text = (
        "Item 3.01 Notice of Delisting. The information in Item 8.01 is incorporated by reference. Item"
        " 8.01 Other"
        " Events. On May 6, 2024, Acme received a letter from Nasdaq that the Company has regained"
        " compliance with"
        " the rule and the matter is closed."
    )
    found = event_of(text, "3.01")
    assert (found.event, found.by_reference) == ("compliance_regained", "8.01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Item 8.01 Other Events. On May 3, 2024 Nasdaq notified us that we "
            "have regained compliance with the "
            "bid price rule, and the matter is closed.",
            [("8.01", "compliance_regained", ("bid_price",))],
        ),
        ("Item 8.01 Other Events. Nasdaq gave us until May 3, 2024 to regain compliance.", []),
        ("Item 8.01 Other Events. We have regained compliance with our covenants.", []),
    ],
)
def test_a_cure_may_be_told_freely(text, expected):
    events = reported_events(DocumentText(text))
    assert [(each.item, each.event, each.reasons) for each in events] == expected


def test_a_decision_of_the_staff_is_one_to_delist():
    text = f"{HEAD}On May 3, 2024 we received a Staff decision about our common stock from Nasdaq."
    assert reported_events(DocumentText(text))[0].event == "delisting_determination"
