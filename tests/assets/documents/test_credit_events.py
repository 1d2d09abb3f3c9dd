"""Bankruptcy and debt acceleration."""

import pytest

from assets.documents.current_report import reported_events
from assets.documents.text import DocumentText

EVENTS = (
    (
        "bankruptcy",
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024 the Company filed a voluntary petition "
        "under Chapter 7.",
    ),
    (
        "bankruptcy",
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024, the Court entered an order confirming "
        "the Plan.",
    ),
    (
        "bankruptcy",
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024 the Company filed a petition under Chapter 11 "
        "and will seek confirmation of a plan; upon emergence its notes will be exchanged.",
    ),
    (
        "bankruptcy+emerged",
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024, the Effective "
        "Date of the Plan occurred and the "
        "Company emerged from Chapter 11.",
    ),
    (
        "bankruptcy+emerged",
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024 the Bankruptcy "
        "Court entered an order dismissing "
        "the Chapter 11 case of the Company.",
    ),
    (
        "reference_only",
        "Item 1.03 Bankruptcy or Receivership. The information in Item 8.01 is incorporated by reference.",
    ),
    (
        "acceleration",
        "Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        "Obligation under an Off-Balance Sheet Arrangement. On May 3, 2024, the Company received a "
        "notice of default and acceleration from the lender.",
    ),
    (
        "acceleration",
        "Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        "Obligation under an Off-Balance Sheet Arrangement. On May 3, 2024, the Company did not make "
        "the interest payment due under the notes.",
    ),
    (
        "prepayment",
        "Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        "Obligation under an Off-Balance Sheet Arrangement. On May 3, 2024, the Company voluntarily "
        "prepaid all amounts outstanding under the Credit Agreement, and the agreement was "
        "terminated.",
    ),
    (
        "prepayment",
        "Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        "Obligation under an Off-Balance Sheet Arrangement. On May 3, 2024, the Company delivered "
        "notice of redemption of all of its 8% senior notes.",
    ),
    (
        "acceleration",
        "Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        "Obligation under an Off-Balance Sheet Arrangement. The filing of the Chapter 11 Cases "
        "constitutes an event of default that accelerated obligations.",
    ),
)


def event_of(text, item):
    return {each.item: each for each in reported_events(DocumentText(text))}[item]


@pytest.mark.parametrize(("event", "text"), EVENTS)
def test_what_happened_to_the_debt(event, text):
    name, *reasons = event.split("+")
    found = event_of(text, text.removeprefix("Item ")[:4])
    assert found.event == name
    assert set(reasons) <= set(found.reasons)


def test_a_subsidiary_is_not_the_filer():
    text = (
        "Item 1.03 Bankruptcy or Receivership. On May 3, 2024, a trustee was appointed for the Company's Acme"
        " Clearing subsidiary."
    )
    found = event_of(text, "1.03")
    assert (found.event, found.reasons) == ("bankruptcy", ("subsidiary",))


def test_a_waived_default_in_another_item_is_no_acceleration():
    text = (
        "Item 1.01 Entry into a Material Definitive Agreement. The lender waived the doubt that resulted in"
        " an event"
        " of default. Item 2.04 Triggering Events That Accelerate or Increase a Direct Financial"
        " Obligation. The"
        " information in Item 1.01 is incorporated by reference."
    )
    assert event_of(text, "2.04").event == "reference_only"
