"""Current report (8-K): what happened, item by item.

An item that no rule decides is `undecided`, with its first sentence as the passage, and one that only
points to another is `reference_only`: neither says that nothing happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from assets.documents.auditors import auditor_event, reliance_event
from assets.documents.charter import charter_event
from assets.documents.credit_events import bankruptcy_event, debt_event
from assets.documents.items import items_of
from assets.documents.listing_notices import cure_event, listing_event
from assets.documents.sections import UNDECIDED, ItemSection, ReportedEvent
from assets.documents.text import DocumentText
from assets.documents.unregistered_sales import sale_event

READERS: Final[Mapping[str, Callable[[ItemSection], ReportedEvent]]] = {
    "1.03": bankruptcy_event,
    "2.04": debt_event,
    "3.01": listing_event,
    "3.02": sale_event,
    "3.03": charter_event,
    "4.01": auditor_event,
    "4.02": reliance_event,
    "5.03": charter_event,
}


VOLUNTARY_READERS: Final[Mapping[str, Callable[[ItemSection], ReportedEvent | None]]] = {
    "7.01": cure_event,
    "8.01": cure_event,
}
"""What a company may tell under items for whatever it likes to tell; None says nothing of the company."""


def reported_events(document: DocumentText) -> tuple[ReportedEvent, ...]:
    """One event an item, of the items that rules read, in the order of the document; then what is told
    freely."""
    items = items_of(document)
    told = (
        VOLUNTARY_READERS[item.number](ItemSection(document, item, items))
        for item in items
        if item.number in VOLUNTARY_READERS
    )
    return tuple(
        _with_passage(READERS[item.number](section), section)
        for item in items
        if item.number in READERS
        for section in (ItemSection(document, item, items),)
    ) + tuple(each for each in told if each is not None)


def _with_passage(event: ReportedEvent, section: ItemSection) -> ReportedEvent:
    if event.passage is not None or not section.sentences:
        return event
    first = section.sentences[0]
    last = section.sentences[-1] if event.event == UNDECIDED and len(section.sentences) < 4 else first
    return replace(event, passage=section.document.passage(first.start, last.end))
