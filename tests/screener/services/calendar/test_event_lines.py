from datetime import timedelta

import pytest

from assets.models import Asset
from screener.models import CalendarFeedEntry
from screener.services.calendar.event_lines import single_lines, withdrawn_lines
from tests.screener.services.calendar.dated_facts import NOW, TODAY, events_of, tell_schedule, unlock

pytestmark = pytest.mark.django_db


def test_an_event_says_its_numbers_its_source_and_that_it_is_no_advice():
    asset = tell_schedule(unlock(14, 5_000_000))
    (event,) = events_of()
    (lines,) = single_lines([event], site="https://assay.example")
    assert lines.summary == "Alpha (ALP): Unlock"
    assert lines.description.split("\n") == [
        "5.00 M units (10.0 % of circulating), for team",
        "Source: Sandbox, as of 1 Mar 2027.",
        f"https://assay.example/data/observations/{event.source.observation_id}/",
        "Not financial advice.",
    ]
    assert lines.url == f"https://assay.example/assets/{asset.slug}/"
    assert (lines.on, lines.changed_at, lines.sequence) == (TODAY + timedelta(days=14), NOW, 0)


def test_an_old_source_makes_it_tentative_and_says_so():
    tell_schedule(unlock(14), at=NOW - timedelta(days=40))
    (lines,) = single_lines(events_of(), site="s")
    assert lines.status == "TENTATIVE"
    assert "This is old" in lines.description


def test_an_invented_asset_is_said_to_be_one():
    tell_schedule(unlock(14))
    Asset.objects.update(fictional=True)
    (lines,) = single_lines(events_of(with_sandbox=True), site="s")
    assert "invented" in lines.description


def test_two_events_that_look_alike_have_two_identifiers():
    tell_schedule(unlock(14))
    (event,) = events_of()
    assert len({each.uid for each in single_lines([event, event], site="s")}) == 2


def test_a_withdrawn_event_is_cancelled_in_its_last_words():
    entry = CalendarFeedEntry(
        uid="u",
        on=TODAY,
        kind="unlock",
        sequence=4,
        changed_at=NOW,
        told={"summary": "Alpha: Unlock", "sentence": "5 units", "slug": "alpha"},
    )
    lines = withdrawn_lines(entry, site="s")
    assert (lines.status, lines.summary, lines.sequence) == ("CANCELLED", "Alpha: Unlock", 4)
    assert lines.description.split("\n") == [
        "5 units",
        "Newer facts do not have this event any more, or the asset has left the list.",
        "Not financial advice.",
    ]
