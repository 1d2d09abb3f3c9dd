"""Decisions about a document."""

import json

from assets.documents.decisions import decide
from assets.documents.text import DocumentText

DOUBT = "These losses raise substantial doubt about our ability to continue as a going concern."


def test_a_report_is_read_for_going_concern():
    found = decide(DocumentText(DOUBT), "10-K")
    assert (found.going_concern.label, found.events, found.offerings) == ("yes", (), ())


def test_a_current_report_is_read_for_events():
    text = (
        "Item 5.03 Amendments to Articles of Incorporation. On May 3, 2024 it filed a 1-for-10"
        " reverse stock split."
    )
    found = decide(DocumentText(text), "8-K/A")
    assert found.going_concern is None
    assert found.as_json()["events"][0]["happened_on"] == "2024-05-03"
    assert json.dumps(found.as_json())


def test_a_prospectus_is_read_for_its_offering():
    text = f"PROSPECTUS SUPPLEMENT We offer up to $5,000,000 of shares in an at the market offering. {DOUBT}"
    found = decide(DocumentText(text), "424B5")
    assert (found.going_concern.label, found.offerings[0].kind) == ("yes", "atm")
