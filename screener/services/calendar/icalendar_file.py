"""iCalendar files (RFC 5545, RFC 7986), written by the library `icalendar`, which folds and escapes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from unicodedata import category

from icalendar import Calendar, Event, vDuration, vText, vUri

from screener.services.calendar.event_lines import EventLines

PRODUCT: Final = "-//Assay//Calendar//EN"
ASK_AGAIN_AFTER: Final = timedelta(hours=6)
"""How often a program is asked to look for news; schedules are refreshed once a day at most."""


def icalendar_file(name: str, lines: Iterable[EventLines]) -> bytes:
    """Whole days without a zone; nobody is busy because of them."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(_one_line(name)))
    calendar.add("x-wr-calname", vText(_one_line(name)))
    calendar.add("refresh-interval", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    for each in lines:
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(lines: EventLines) -> Event:
    event = Event()
    event.add("uid", f"{lines.uid}@assay")
    event.add("dtstamp", lines.changed_at)
    event.add("last-modified", lines.changed_at)
    event.add("dtstart", lines.on)
    event.add("dtend", lines.on + timedelta(days=1))
    event.add("summary", _one_line(lines.summary))
    event.add("description", _printable(lines.description))
    event.add("url", vUri(lines.url))
    event.add("categories", [lines.category])
    event.add("status", lines.status)
    event.add("sequence", lines.sequence)
    event.add("transp", "TRANSPARENT")
    return event


def _one_line(text: str) -> str:
    """Without what ends a line in any program: names of assets come from anybody."""
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """Without control characters but line feeds (RFC 5545, 3.1)."""
    return "".join(" " if category(each) == "Cc" and each != "\n" else each for each in text)
