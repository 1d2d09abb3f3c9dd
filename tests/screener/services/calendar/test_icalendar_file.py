from datetime import UTC, date, datetime

import vobject

from screener.services.calendar.event_lines import EventLines
from screener.services.calendar.icalendar_file import icalendar_file

CHANGED_AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


def lines(**changes):
    return EventLines(
        **{
            "uid": "unlock-1-ab",
            "on": date(2027, 3, 31),
            "summary": "Alpha: Unlock",
            "description": "Two,\nlines; and more",
            "url": "https://assay.example/assets/alpha/?a=1,2",
            "category": "Unlock",
            "status": "CONFIRMED",
            "sequence": 3,
            "changed_at": CHANGED_AT,
        }
        | changes
    )


def test_another_library_reads_every_property():
    calendar = vobject.readOne(icalendar_file("Mine", [lines()]).decode())
    assert calendar.version.value == "2.0"
    assert calendar.method.value == "PUBLISH"
    assert calendar.x_wr_calname.value == "Mine"
    assert calendar.refresh_interval.value == "PT6H"
    event = calendar.vevent
    assert event.uid.value == "unlock-1-ab@assay"
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 3, 31), date(2027, 4, 1))
    assert (event.summary.value, event.description.value) == ("Alpha: Unlock", "Two,\nlines; and more")
    assert event.url.value == "https://assay.example/assets/alpha/?a=1,2"
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "3")
    assert event.categories.value == ["Unlock"]
    assert event.dtstamp.value == event.last_modified.value == CHANGED_AT
    assert event.transp.value == "TRANSPARENT"


def test_without_events_it_is_a_calendar_all_the_same():
    assert vobject.readOne(icalendar_file("Mine", []).decode()).prodid.value == "-//Assay//Calendar//EN"


def test_control_characters_are_left_out():
    text = icalendar_file("a\r\nb", [lines(summary="a\r\nb\x00c", description="a\rb\x07c\nd")]).decode()
    event = vobject.readOne(text).vevent
    assert (event.summary.value, event.description.value) == ("a b c", "a b c\nd")


def test_the_same_events_are_the_same_bytes():
    assert icalendar_file("Mine", [lines()]) == icalendar_file("Mine", [lines()])
