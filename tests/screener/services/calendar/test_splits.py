from datetime import timedelta

import pytest

from screener.services.calendar.dated_event import Span
from tests.screener.services.calendar.dated_facts import NOW, TODAY, company, events_of, tell_split

pytestmark = pytest.mark.django_db

A_YEAR_BACK = Span(TODAY - timedelta(days=366), TODAY)


def test_an_announced_split_stands_on_the_day_on_which_it_takes_effect():
    asset = tell_split(TODAY + timedelta(days=9), source_url="https://example.org/8-k")
    (event,) = events_of()
    assert (event.kind, event.asset, event.on) == ("split", asset, TODAY + timedelta(days=9))
    assert (event.words, event.figures) == (("reverse_split",), {"ratio": 0.05})
    assert event.source.url == "https://example.org/8-k"


def test_one_that_is_past_stands_on_its_day():
    tell_split(TODAY - timedelta(days=200), event="split", ratio=2.0)
    assert [each.words for each in events_of(span=A_YEAR_BACK)] == [("split",)]


def test_one_that_is_reported_again_for_months_stands_once():
    """A quarter later its report gives the end of the quarter."""
    tell_split(TODAY - timedelta(days=60))
    tell_split(
        TODAY - timedelta(days=20), earliest_on=TODAY - timedelta(days=110), at=NOW - timedelta(days=1)
    )
    (event,) = events_of(span=A_YEAR_BACK)
    assert event.on == TODAY - timedelta(days=60)


def test_of_one_of_which_only_a_period_is_known_the_last_day_counts():
    tell_split(TODAY - timedelta(days=20), earliest_on=TODAY - timedelta(days=110))
    (event,) = events_of(span=A_YEAR_BACK)
    assert event.on == TODAY - timedelta(days=20)
    assert event.days["since_on"] == TODAY - timedelta(days=110)


def test_a_notice_that_may_mean_a_split_is_a_possible_one():
    tell_split(TODAY + timedelta(days=9), event="unit_change", ratio=None, evidence="noticed")
    (event,) = events_of()
    assert (event.words, event.figures) == (("possible",), {"ratio": None})


def test_an_offering_is_no_split():
    tell_split(TODAY + timedelta(days=9), event="offering", ratio=None, asset=company())
    assert events_of() == ()
