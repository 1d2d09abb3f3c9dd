"""Auditor changes and withdrawn reports."""

import pytest

from assets.documents.current_report import reported_events
from assets.documents.text import DocumentText

CHANGES = (
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. (a) Dismissal of Independent "
        "Registered Public Accounting Firm. On July 1, 2022, the Audit Committee approved the "
        "dismissal of Smith LLP as the Company's independent registered public accounting firm. (b) "
        "On July 1, 2022 the Company engaged Jones PC.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, the Company "
        "terminated the engagement of Smith LLP.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. Following a competitive process, "
        "the Audit Committee selected Jones LLP as auditor for 2023 and dismissed Smith LLP effective"
        " upon completion of the audit.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. Smith LLP was dismissed by the "
        "board on July 1, 2022.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, the Board decided "
        "to replace Smith LLP with Jones LLP.",
    ),
    (
        "auditor_resigned",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, Smith LLP notified"
        " the Company of its resignation, effective immediately, as the Company's auditor.",
    ),
    (
        "auditor_resigned",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, Acme received a "
        "letter of resignation from Smith LLP.",
    ),
    (
        "auditor_resigned",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, Smith LLP advised "
        "the Company that it would resign as the Company's independent auditor.",
    ),
    (
        "auditor_declined_reelection",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, Smith LLP informed"
        " the Audit Committee that it will not stand for re-election as auditor.",
    ),
    (
        "auditor_declined_reelection",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, Smith LLP declined"
        " to stand for reappointment.",
    ),
    (
        "auditor_engaged",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On July 1, 2022, the Company "
        "appointed Jones LLP as its new independent registered public accounting firm. During the two"
        " most recent fiscal years the Company did not consult with Jones LLP.",
    ),
    (
        "auditor_resigned+firm_sold",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On August 1, 2014, Smith LLP "
        "combined its practice with Jones LLP. As a result, Smith LLP resigned as auditors and Jones "
        "LLP became the auditor.",
    ),
    (
        "auditor_resigned+firm_left_business",
        "Item 4.01 Changes in Registrant's Certifying Accountant. Smith LLP has notified us that it "
        "is exiting its public company audit practice and resigned on May 3, 2021.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On May 3, 2024, the SEC issued an "
        "order against BF Borgers CPA PC. As a result, on May 6, 2024 the Company dismissed BF "
        "Borgers CPA PC.",
    ),
    (
        "auditor_dismissed",
        "Item 4.01 Changes in Registrant's Certifying Accountant. On May 3, 2024, the Audit Committee"
        " determined not to renew the engagement of Smith LLP.",
    ),
)


def event_of(text, item):
    return {each.item: each for each in reported_events(DocumentText(text))}[item]


@pytest.mark.parametrize(("event", "text"), CHANGES)
def test_who_left(event, text):
    name, *reasons = event.split("+")
    found = event_of(text, "4.01")
    assert found.event == name
    assert set(reasons) <= set(found.reasons)


def test_reports_that_can_not_be_relied_on():
    text = (
        "Item 4.02 Non-Reliance on Previously Issued Financial Statements. On May 3, 2024 the board"
        " concluded that"
        " the financial statements of 2023 should no longer be relied upon."
    )
    assert event_of(text, "4.02").event == "non_reliance"


def test_an_item_without_a_verb_is_not_decided():
    found = event_of(
        "Item 4.01 Changes in Registrant's Certifying Accountant. See the exhibit to this report.", "4.01"
    )
    assert (found.event, found.passage.text) == ("undecided", "See the exhibit to this report.")
