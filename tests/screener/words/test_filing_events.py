"""Filing events in words."""

from assets.documents.current_report import READERS
from screener.words.filing_events import filing_event_name, subject_name


def test_each_subject_has_its_own_words():
    assert filing_event_name("going_concern", "no") == "No doubt is stated"
    assert filing_event_name("going_concern", "listed") == "Filed; its text is not read"
    assert filing_event_name("offering", "equity_line") == "Equity line"
    assert filing_event_name("offering", "depositary") == "Depositary receipts for existing shares"
    assert filing_event_name("3.01", "deficiency_notice") == "Listing deficiency notice"
    assert filing_event_name("3.01", "alien") == "alien"


def test_subjects_are_items_or_names():
    assert [subject_name(each) for each in sorted(READERS)][:2] == ["Item 1.03", "Item 2.04"]
    assert [
        subject_name(each) for each in ("schedule", "going_concern", "offering", "price", "document")
    ] == [
        "Holders of more than 5 %",
        "Going concern",
        "Offering",
        "Price",
        "Document",
    ]
