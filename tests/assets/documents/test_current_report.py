"""Current report (8-K)."""

import time

from hypothesis import given
from hypothesis import strategies as st

from assets.documents.current_report import READERS, reported_events
from assets.documents.items import TITLES
from assets.documents.text import DocumentText

WORDS = [
    "the",
    "Company",
    "Nasdaq",
    "notified",
    "received",
    "delist",
    "panel",
    "determined",
    "merger",
    "requested",
    "reverse",
    "split",
    "1-for-10",
    "shares",
    "of",
    "common",
    "stock",
    "sold",
    "$5,000",
    "convertible",
    "notes",
    "warrants",
    "preferred",
    "certificate",
    "of",
    "designation",
    "dismissed",
    "resigned",
    "auditors",
    "default",
    "bankruptcy",
    "petition",
    "On",
    "May",
    "3,",
    "2024",
    "Item",
    "1.01",
    "incorporated",
    "by",
    "reference",
    ".",
    ";",
    "(",
    ")",
    "\n",
]


def test_each_item_that_is_read_has_one_event():
    text = (
        "Item 3.01 Notice of Delisting. Acme received a letter from Nasdaq: it is not in compliance with a"
        " rule. Item"
        " 7.01 Regulation FD Disclosure. Nothing. Item 5.03 Amendments to Articles of Incorporation. On May"
        " 3, 2024 it"
        " changed its name to Beta."
    )
    assert [(each.item, each.event) for each in reported_events(DocumentText(text))] == [
        ("3.01", "deficiency_notice"),
        ("5.03", "name_change"),
    ]


@given(st.sampled_from(sorted(READERS)), st.lists(st.sampled_from(WORDS), max_size=80))
def test_whatever_an_item_says_its_event_rests_on_its_words(number, words):
    text = f"Item {number} {TITLES[number]}. {' '.join(words)}"
    for event in reported_events(DocumentText(text)):
        assert event.event
        if event.passage:
            assert text[event.passage.start : event.passage.end].replace("\n", " ") == event.passage.text


def test_a_document_without_end_takes_no_time():
    started = time.monotonic()
    for number in READERS:
        text = " ".join(WORDS) * 400
        reported_events(DocumentText(f"Item {number} {TITLES[number]}. {text}"))
    assert time.monotonic() - started < 60
